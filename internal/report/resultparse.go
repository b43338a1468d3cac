package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// MaxResultFile bounds a result file that is read, in bytes. Ours has some
// kilobytes a task, and an answer of a model may have one mebibyte.
const MaxResultFile = 16 << 20

// Bounds of what a result file may hold. A task has at most nine calls.
const (
	maxResultTasks = 100
	maxClaimed     = 100
	maxClaimedText = 4096
	maxCount       = int64(1) << 40 // tokens, and nano-dollars of a thousand dollars
)

// ParsedResult is a result file that was read. All of it is untrusted: its
// digest proves that it is whole, and not who wrote it.
type ParsedResult struct {
	Head        ResultHead
	Digest      string // "sha256:" and 64 hexadecimal digits
	RunSpent    money.Nano
	Interrupted bool
	Warnings    []string
	entries     []entryJSON
}

// ParseResult reads a result file: the bytes that ResultFile writes and no
// others, with their digest. Nothing is repaired and nothing is passed over.
func ParseResult(data []byte) (ParsedResult, error) {
	if len(data) > MaxResultFile {
		return ParsedResult{}, fmt.Errorf("the result file has %d bytes, more than the %d that are read", len(data), MaxResultFile)
	}
	doc, err := decodeDocument(data)
	if err != nil {
		return ParsedResult{}, err
	}
	if doc.head.Schema != ResultSchema {
		return ParsedResult{}, fmt.Errorf("the result file's schema is %.40q, expected %q: give both jobs the same version", doc.head.Schema, ResultSchema)
	}
	if err := doc.whole(data); err != nil {
		return ParsedResult{}, err
	}
	if err := doc.bounded(); err != nil {
		return ParsedResult{}, err
	}
	return ParsedResult{
		Head: doc.head.ResultHead, Digest: doc.head.Digest, RunSpent: money.Nano(doc.head.RunSpent), Interrupted: doc.head.Interrupted,
		Warnings: doc.head.Warnings, entries: doc.tasks,
	}, nil
}

// whole holds the bytes to the one form of what was read from them, so that
// no key is unknown, doubled or spelled otherwise, and then to their digest.
func (d document) whole(data []byte) error {
	text, err := d.encode()
	if err != nil {
		return err
	}
	if text != string(data) {
		return errors.New("the result file is not in the form that tierwise writes: it was changed, or another version wrote it")
	}
	digest, err := d.digest()
	if err != nil {
		return err
	}
	if digest != d.head.Digest {
		return errors.New("the result file does not have its digest: it was changed or cut")
	}
	return nil
}

func (d document) bounded() error {
	if len(d.tasks) == 0 || len(d.tasks) > maxResultTasks {
		return fmt.Errorf("the result file has %d tasks, expected 1 to %d", len(d.tasks), maxResultTasks)
	}
	if len(d.head.Warnings) > maxClaimed || !countable(d.head.RunSpent) || d.head.RunAttempt < 0 || d.head.PullRequest < 0 {
		return errors.New("the result file's head is out of bounds")
	}
	if !slices.IsSorted(d.head.Available) || len(d.head.Available) > maxClaimed {
		return errors.New("the result file's list of available providers is not a sorted one")
	}
	for _, e := range d.tasks {
		if err := e.bounded(); err != nil {
			return fmt.Errorf("task %s: %w", sanitize.LogLine(clip(e.Task, maxName)), err)
		}
	}
	return nil
}

func (e entryJSON) bounded() error {
	if !statusKnown(dispatch.Status(e.Status)) {
		return fmt.Errorf("status %.40q is none", e.Status)
	}
	c := e.Claim
	if len(c.Reason) > maxClaimedText || len(c.Warnings) > maxClaimed || len(c.Notes) > maxClaimed || len(c.Attempts) > maxClaimed {
		return errors.New("its claim is out of bounds")
	}
	if e.Reused != nil && e.Reused.From != "comment" && e.Reused.From != "ledger" {
		return fmt.Errorf("an answer of an earlier run is kept in no place %.40q", e.Reused.From)
	}
	if !slices.Contains([]string{"", "comment", "ledger"}, c.Built) {
		return fmt.Errorf("an answer that it builds on is kept in no place %.40q", c.Built)
	}
	for _, a := range c.Attempts {
		if !a.bounded() {
			return errors.New("an attempt is out of bounds")
		}
	}
	return nil
}

func statusKnown(s dispatch.Status) bool {
	return slices.Contains([]dispatch.Status{dispatch.Clean, dispatch.Findings, dispatch.Skipped, dispatch.Partial, dispatch.CouldNotRun}, s)
}

func (c claimedAttempt) bounded() bool {
	if len(c.Tries) > maxClaimed || len(c.Problems) > maxClaimed || !c.UpperBound.bounded() {
		return false
	}
	return !slices.ContainsFunc(c.Tries, func(t claimedTry) bool { return !t.Usage.bounded() || !t.Cost.bounded() })
}

func (u claimedUsage) bounded() bool {
	if !u.Known {
		return u == claimedUsage{}
	}
	return !slices.ContainsFunc([]int64{u.Input, u.CacheRead, u.CacheWrite, u.CacheWrite1h, u.Output, u.Reasoning}, func(n int64) bool { return !countable(n) })
}

func (c claimedCost) bounded() bool {
	switch money.CostState(c.State) {
	case money.Priced:
		return countable(c.Nano)
	case money.Unpriced, money.Unknown:
		return c.Nano == 0
	default:
		return false
	}
}

func countable(n int64) bool { return n >= 0 && n <= maxCount }

// Tasks are the ids of the tasks, in order.
func (p ParsedResult) Tasks() []string {
	ids := make([]string, len(p.entries))
	for i, e := range p.entries {
		ids[i] = e.Task
	}
	return ids
}

// Claim is what the file says of its i-th task, as far as it cannot be found
// out without it.
func (p ParsedResult) Claim(i int) dispatch.Claim { return p.entries[i].claim() }

// Agrees holds a result that was made again to the i-th outcome in the file.
// An error names the first difference.
func (p ParsedResult) Agrees(i int, r dispatch.Result, allow sanitize.Links) error {
	told, made := p.entries[i].outcomeJSON, outcomeOf(r, allow)
	if told.Status != made.Status {
		return fmt.Errorf("the file says %s, and what is known here makes it %s", told.Status, orNone(made.Status))
	}
	if len(told.Findings) != len(made.Findings) || told.Dropped != made.Dropped {
		return fmt.Errorf("the file lists %s, and the model's answer has %s", count(len(told.Findings)+told.Dropped, "finding"), count(len(made.Findings)+made.Dropped, "finding"))
	}
	a, errA := encodeLine(told)
	b, errB := onceThroughJSON(made)
	if err := errors.Join(errA, errB); err != nil {
		return err
	}
	if string(a) != string(b) {
		return fmt.Errorf("what the file tells (%s) does not follow from the model's answer, the change and the policy", firstDifference(string(a), string(b)))
	}
	return nil
}

// onceThroughJSON writes an outcome as it would stand in a file: bytes that
// are no characters are read back as one that says so.
func onceThroughJSON(made outcomeJSON) ([]byte, error) {
	line, err := encodeLine(made)
	if err != nil {
		return nil, err
	}
	var read outcomeJSON
	if err := json.Unmarshal(line, &read); err != nil {
		return nil, fmt.Errorf("read the outcome back: %w", err)
	}
	return encodeLine(read)
}

func orNone(status string) string {
	if status == "" {
		return "none"
	}
	return status
}

// firstDifference names the key in which two lines of JSON begin to differ.
func firstDifference(a, b string) string {
	at := 0
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	keys := regexp.MustCompile(`"([a-z_]+)":`).FindAllStringSubmatch(a[:at], -1)
	if len(keys) == 0 {
		return "its form"
	}
	return strings.TrimSpace(keys[len(keys)-1][1])
}
