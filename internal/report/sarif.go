package report

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/task"
)

// Bounds of code scanning: it takes 20 runs of a file, keeps 5,000 results of a
// run and takes 10 MB of a gzipped file. What is at most that long before gzip
// is so after it.
const (
	maxSARIFRuns    = 20
	maxSARIFResults = 5000
	maxSARIFMessage = 4000
	maxSARIFBytes   = 9 << 20
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	sourceRoot  = "%SRCROOT%"
	homepage    = "https://github.com/tierwise/tierwise"
)

// SARIF gives the findings as a SARIF 2.1.0 file for code scanning, a run for
// each task that judges and was done, in whole or in part. Absent names those
// that were not done: they have no run, and where no run is left there is no
// file (nil). Code scanning takes a finding that is missing from an upload for
// mended and closes its alert, so "nothing was looked at" must never be
// uploaded as "nothing was found". A review in part, or one with findings
// that point nowhere or are more than are kept, says executionSuccessful: false, and code scanning refuses such a file
// (https://github.com/github/codeql-action/pull/1393): its alerts stay too.
func SARIF(s Session) (file []byte, absent []string, err error) {
	log := sarifLog{Schema: sarifSchema, Version: "2.1.0"}
	for _, r := range s.Results {
		switch {
		case r.Task.Kind != task.Judges:
		case r.Status == dispatch.Clean, r.Status == dispatch.Findings, r.Status == dispatch.Partial:
			log.Runs = append(log.Runs, s.sarifRun(r))
		default:
			absent = append(absent, r.Task.ID)
		}
	}
	switch n := len(log.Runs); {
	case n == 0:
		return nil, absent, nil
	case n > maxSARIFRuns:
		return nil, nil, fmt.Errorf("encode SARIF: %s, and code scanning takes %d: part the tasks that judge by steps", count(n, "run"), maxSARIFRuns)
	}
	file, err = encodeSARIF(log)
	return file, absent, err
}

// encodeSARIF keeps the file below its bound: first the fixes go, then most
// of every message. Every result stays.
func encodeSARIF(log sarifLog) ([]byte, error) {
	for _, shorten := range []func(*sarifResult){
		func(*sarifResult) {},
		func(r *sarifResult) { r.Fixes = nil },
		func(r *sarifResult) { r.Message.Text = clip(r.Message.Text, 300) },
	} {
		for i := range log.Runs {
			for j := range log.Runs[i].Results {
				shorten(&log.Runs[i].Results[j])
			}
		}
		data, err := json.MarshalIndent(log, "", " ")
		if err != nil {
			return nil, fmt.Errorf("encode SARIF: %w", err)
		}
		if len(data) <= maxSARIFBytes {
			return append(data, '\n'), nil
		}
	}
	return nil, fmt.Errorf("encode SARIF: more than %d bytes, which code scanning does not take", maxSARIFBytes)
}

func (s Session) sarifRun(r dispatch.Result) sarifRun {
	root := "The root of the repository."
	run := sarifRun{
		Automation: sarifAutomation{ID: "tierwise/" + line(r.Task.ID) + "/"},
		Bases:      map[string]sarifArtifactLocation{sourceRoot: {Description: &sarifText{root}}},
		Provenance: s.provenance(), ColumnKind: "unicodeCodePoints", Results: []sarifResult{},
	}
	rules := newSARIFRules(r.Task)
	names := task.Fingerprints(r.Task.ID, r.Output.Findings, s.Change)
	for _, i := range severeFirst(r.Output.Findings) {
		if len(run.Results) < maxSARIFResults {
			f := r.Output.Findings[i]
			run.Results = append(run.Results, sarifResultOf(f, names[i], rules))
		}
	}
	run.Invocations = []sarifInvocation{s.invocation(r, len(run.Results))}
	run.Tool.Driver = sarifDriver{Name: "tierwise", Version: line(s.Version), URI: homepage, Rules: rules.list}
	return run
}

// invocation says whether the task was done whole, and what a reader of the
// results must know.
func (s Session) invocation(r dispatch.Result, results int) sarifInvocation {
	more := len(r.Output.Findings) - results
	in := sarifInvocation{Successful: whole(s, r) && more == 0}
	note := func(level, id, text string) {
		in.Notifications = append(in.Notifications, sarifNotification{Level: level, Message: sarifText{plain(text, maxSARIFMessage)}, Descriptor: sarifDescriptor{id}})
	}
	if r.Status == dispatch.Partial {
		note("error", "partial", "The review is partial: "+because(r))
	}
	if s.Interrupted {
		note("error", "interrupted", "The run was interrupted.")
	}
	if r.Output.Dropped > 0 {
		note("error", "not-placed", droppedText(r.Output))
	}
	if more > 0 {
		note("error", "too-many", count(more, "finding")+" more than code scanning keeps: see the run summary")
	}
	return in
}

// whole says that what a task no longer says may count as gone. A finding that
// points nowhere may be any of the earlier ones.
func whole(s Session, r dispatch.Result) bool {
	return (r.Status == dispatch.Clean || r.Status == dispatch.Findings) && r.Output.Dropped == 0 && !s.Interrupted
}

// provenance is left out where no server is known: an address is required.
func (s Session) provenance() []sarifProvenance {
	if s.Server == "" || s.Change.Head == "" {
		return nil
	}
	return []sarifProvenance{{
		Repository: strings.TrimSuffix(s.Server, "/") + "/" + s.Repository, Revision: s.Change.Head,
		MappedTo: sarifArtifactLocation{BaseID: sourceRoot},
	}}
}

func sarifResultOf(f task.Finding, name string, rules *sarifRules) sarifResult {
	at := sarifArtifactLocation{URI: relativeURI(f.Path), BaseID: sourceRoot}
	id, index := rules.of(f)
	result := sarifResult{
		RuleID: id, RuleIndex: index, Level: sarifLevel(f.Severity), Message: sarifText{sarifMessage(f)},
		Locations:    []sarifLocation{{sarifPhysical{at, regionOf(f)}}},
		Fingerprints: map[string]string{"primaryLocationLineHash": name, "tierwiseFinding/v1": name},
		Properties:   sarifResultBag{severityWord(f.Severity)},
	}
	if f.Suggestion != "" && f.Line > 0 {
		result.Fixes = []sarifFix{{
			Description: sarifText{"Suggested by a model: read it before you apply it."},
			Changes:     []sarifArtifactChange{{at, []sarifReplacement{{regionOf(f), sarifContent{visible(strings.TrimRight(f.Suggestion, "\n"))}}}}},
		}}
	}
	return result
}

// regionOf gives the first line to a finding on the whole file: code scanning
// takes no result without a line.
func regionOf(f task.Finding) sarifRegion {
	return sarifRegion{StartLine: max(1, f.Line), EndLine: max(1, lastLine(f))}
}

func sarifLevel(s task.Severity) string {
	switch {
	case reaches(s, task.HighSeverity):
		return "error"
	case s == task.MediumSeverity:
		return "warning"
	default:
		return "note"
	}
}

// sarifMessage is the title, then the body, without anything that acts.
func sarifMessage(f task.Finding) string {
	title := sentenceEnd(line(f.Title))
	if f.Line == 0 {
		title = "The file as a whole, or removed lines of it: " + title
	}
	return plain(title+"\n\n"+remark(f), maxSARIFMessage)
}

// plain is text of a stranger for a sink that shows SARIF's messages: links,
// mentions and markup are defused, and "](" is parted, since a SARIF message
// has links of that form itself (section 3.11.6).
func plain(text string, most int) string {
	text = clip(strings.TrimSpace(sanitize.Markdown(clip(text, most), sanitize.Links{})), most)
	return strings.ReplaceAll(text, "](", "] (")
}

// visible takes out what a reader of code does not see.
func visible(code string) string {
	code, _ = sanitize.StripInvisible(strings.ToValidUTF8(code, "\uFFFD"))
	return strings.ReplaceAll(code, "\r\n", "\n")
}

// relativeURI escapes a path by its segments. A ":" is escaped too: before the
// first "/" it would end a scheme.
func relativeURI(path string) string {
	var parts []string
	for part := range strings.SplitSeq(path, "/") {
		if part != "" && part != "." && part != ".." {
			parts = append(parts, strings.ReplaceAll(url.PathEscape(part), ":", "%3A"))
		}
	}
	return strings.Join(parts, "/")
}
