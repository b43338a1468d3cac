package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/task"
)

// ResultSchema names the form of the result file.
const ResultSchema = "tierwise-result/1"

// ResultHead says what a result file is about and which run wrote it.
type ResultHead struct {
	Repository   string `json:"repository"`   // "owner/name", or the folder's name in a checkout
	PullRequest  int    `json:"pull_request"` // 0 where there is none
	BaseSHA      string `json:"base_sha"`
	HeadSHA      string `json:"head_sha"`
	RunID        string `json:"run_id"`
	RunAttempt   int    `json:"run_attempt"`
	Workflow     string `json:"workflow"`
	Event        string `json:"event"`
	Change       string `json:"change_digest"` // SHA-256 of all that was read of the change, "" where there is none
	Policy       string `json:"policy"`
	PolicyDigest string `json:"policy_digest"` // SHA-256 of the policy's bytes
	Version      string `json:"version"`
	// Available are the providers for which the run had a key, sorted.
	Available []string `json:"available"`
}

// headJSON is the file without its tasks.
type headJSON struct {
	Schema string `json:"schema"`
	Digest string `json:"digest"` // SHA-256 of the file with "" in this place
	ResultHead
	RunSpent    int64    `json:"run_spent_nano_usd"`
	Interrupted bool     `json:"interrupted"`
	Warnings    []string `json:"warnings"`
}

// entryJSON is one task: the outcome for a reader, and what the outcome can
// be made from once more.
type entryJSON struct {
	outcomeJSON
	Claim claimJSON `json:"claim"`
}

// outcomeJSON is one task in the result file: what results has, and what the
// task gave. Markdown is defused: a later step may post it.
type outcomeJSON struct {
	Task string `json:"task"`
	resultJSON
	Markdown string        `json:"markdown"`
	Findings []findingJSON `json:"findings"`
	Dropped  int           `json:"dropped"` // findings that were at no line of the change
	Worst    string        `json:"dropped_worst,omitempty"`
	LeftOut  []leftOutJSON `json:"left_out"`
	// Patch is a unified diff against the head; what its lines say is a model's.
	Patch string `json:"patch,omitempty"`
}

type findingJSON struct {
	Path       string `json:"path"`
	Line       int    `json:"line"` // 0: the whole file
	EndLine    int    `json:"end_line"`
	Severity   string `json:"severity"`
	Title      string `json:"title"`
	Body       string `json:"body"`
	Suggestion string `json:"suggestion,omitempty"`
	CWE        int    `json:"cwe,omitempty"`
	Evidence   string `json:"evidence,omitempty"` // the line quoted, as it stands in the change
	Exploit    string `json:"exploit,omitempty"`
	Fix        string `json:"fix,omitempty"`
}

type leftOutJSON struct {
	Path string `json:"path"`
	Why  string `json:"why"`
}

// ResultFile writes every task's result with its whole output as one JSON
// object, its tasks a line each. It has no bound but the tasks' own. Redact
// takes secrets out before the digest is made, which it gives.
func ResultFile(w io.Writer, head ResultHead, s Session, redact func(string) string) (digest string, err error) {
	text, err := documentOf(head, s.redacted(redact)).encode()
	if err != nil {
		return "", err
	}
	// Read back what was redacted: so it has the one form that it is read in.
	doc, err := decodeDocument([]byte(redact(text)))
	if err != nil {
		return "", fmt.Errorf("write results without secrets: %w", err)
	}
	if doc.head.Digest, err = doc.digest(); err != nil {
		return "", err
	}
	if text, err = doc.encode(); err != nil {
		return "", err
	}
	if _, err := io.WriteString(w, text); err != nil {
		return "", fmt.Errorf("write results: %w", err)
	}
	return doc.head.Digest, nil
}

// redacted takes secrets out of what a model wrote before it is defused: so
// what is told follows from the answer that stands beside it.
func (s Session) redacted(redact func(string) string) Session {
	results := slices.Clone(s.Results)
	for i := range results {
		r := &results[i]
		r.Reason, r.Answer, r.Output.Markdown = redact(r.Reason), []byte(redact(string(r.Answer))), redact(r.Output.Markdown)
		r.Output.Patch = redact(r.Output.Patch)
		r.Output.Findings = slices.Clone(r.Output.Findings)
		for j := range r.Output.Findings {
			f := &r.Output.Findings[j]
			f.Title, f.Body, f.Suggestion = redact(f.Title), redact(f.Body), redact(f.Suggestion)
			f.Evidence, f.Exploit, f.Fix = redact(f.Evidence), redact(f.Exploit), redact(f.Fix)
		}
	}
	s.Results = results
	return s
}

// document is the file as values.
type document struct {
	head  headJSON
	tasks []entryJSON
}

func documentOf(head ResultHead, s Session) document {
	if head.Available == nil {
		head.Available = []string{}
	}
	doc := document{head: headJSON{
		Schema: ResultSchema, ResultHead: head, RunSpent: int64(s.RunSpent), Interrupted: s.Interrupted,
		Warnings: append([]string{}, s.Warnings...),
	}}
	for _, r := range s.Results {
		doc.tasks = append(doc.tasks, entryJSON{outcomeOf(r, s.Links), claimOf(r)})
	}
	return doc
}

// encode gives the one form of a document, byte for byte.
func (d document) encode() (string, error) {
	head, err := encodeLine(d.head)
	if err != nil {
		return "", err
	}
	lines := make([]string, len(d.tasks))
	for i, t := range d.tasks {
		line, err := encodeLine(t)
		if err != nil {
			return "", err
		}
		lines[i] = string(line)
	}
	return strings.TrimSuffix(string(head), "}") + ",\"tasks\":[\n" + strings.Join(lines, ",\n") + "\n]}\n", nil
}

// digest is over the whole document but itself.
func (d document) digest() (string, error) {
	d.head.Digest = ""
	text, err := d.encode()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(text))
	return "sha256:" + hex.EncodeToString(sum[:]), nil
}

// decodeDocument reads the keys that it knows.
func decodeDocument(data []byte) (document, error) {
	var whole struct {
		headJSON
		Tasks []entryJSON `json:"tasks"`
	}
	if err := json.Unmarshal(data, &whole); err != nil {
		return document{}, fmt.Errorf("read JSON: %w", err)
	}
	return document{head: whole.headJSON, tasks: whole.Tasks}, nil
}

// defused is a task's markdown, safe to be shown anywhere.
func defused(r dispatch.Result, allow sanitize.Links) string {
	if r.Output.Escaped {
		return r.Output.Markdown
	}
	return sanitize.Markdown(r.Output.Markdown, allow)
}

func outcomeOf(r dispatch.Result, allow sanitize.Links) outcomeJSON {
	out := outcomeJSON{
		Task: r.Task.ID, resultJSON: resultOf(r), Markdown: defused(r, allow), Dropped: r.Output.Dropped,
		Findings: make([]findingJSON, 0, len(r.Output.Findings)), LeftOut: make([]leftOutJSON, 0, len(r.LeftOut)),
	}
	out.Patch = r.Output.Patch
	for _, f := range bySeverity(r.Output.Findings) {
		out.Findings = append(out.Findings, findingOf(f, allow))
	}
	if r.Output.Dropped > 0 {
		out.Worst = severityWord(r.Output.DroppedWorst)
	}
	for _, l := range r.LeftOut {
		out.LeftOut = append(out.LeftOut, leftOutJSON(l))
	}
	return out
}

func findingOf(f task.Finding, allow sanitize.Links) findingJSON {
	return findingJSON{
		Path: f.Path, Line: f.Line, EndLine: lastLine(f), Severity: severityWord(f.Severity),
		Title: line(f.Title), Body: sanitize.Markdown(f.Body, allow), Suggestion: f.Suggestion,
		CWE: f.CWE, Evidence: f.Evidence, Exploit: sanitize.Markdown(f.Exploit, allow), Fix: sanitize.Markdown(f.Fix, allow),
	}
}
