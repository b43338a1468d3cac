package report

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/task"
)

// sarifForm is the published schema. It is written in an older draft; what it
// uses has the same meaning in the one that is checked here.
func sarifForm(t *testing.T) *jsonschema.Resolved {
	t.Helper()
	data, err := os.ReadFile("../../testdata/sarif/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	delete(raw, "$schema")
	delete(raw, "id")
	data, err = json.Marshal(raw)
	if err != nil {
		t.Fatal(err)
	}
	var schema jsonschema.Schema
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	form, err := schema.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	return form
}

func checkSARIF(form *jsonschema.Resolved, data []byte) error {
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	return form.Validate(v)
}

// The check must be able to fail.
func TestTheSchemaOfSARIFRefuses(t *testing.T) {
	t.Parallel()
	form := sarifForm(t)
	for name, text := range map[string]string{
		"an unknown key":            `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x","colour":1}}}]}`,
		"an unknown level":          `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"message":{"text":"a"},"level":"high"}]}]}`,
		"an invocation without end": `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"invocations":[{}]}]}`,
		"line zero":                 `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"message":{"text":"a"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a"},"region":{"startLine":0}}}]}]}]}`,
	} {
		if checkSARIF(form, []byte(text)) == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// scan is a security scan and a review of one change.
func scan() Session {
	scan := review()
	scan.Task.ID, scan.Task.Summary, scan.Task.Why = "security-scan", "Look for weaknesses.", "It judges."
	scan.Output.Findings = []task.Finding{
		{Path: "db/query.go", Line: 3, EndLine: 3, Severity: task.Critical, Title: "The name goes into the statement", Body: "See [the page](https://evil.example/?q=1), @acme/everybody.", CWE: 89, Exploit: "`' OR 1=1`", Evidence: "db.Query(q + name)", Suggestion: "rows, err := db.Query(q, name)"},
		{Path: "db/query.go", Line: 3, EndLine: 3, Severity: task.LowSeverity, Title: "A second statement", Body: "The same place.", CWE: 89},
		{Path: "a b/c#d%.go", Severity: task.MediumSeverity, Title: "A check is gone", Body: "Whoever comes is let in."},
	}
	scan.Output.Dropped, scan.Output.DroppedWorst = 0, 0
	s := session(scan, review(), localResult("changelog"))
	s.Server, s.Version = "https://github.com", "v1.2.3"
	s.Change = change.Change{Head: strings.Repeat("b", 40), Files: []change.File{{Path: "db/query.go", Status: change.Modified, Hunks: []change.Hunk{{
		OldStart: 1, OldLines: 2, NewStart: 1, NewLines: 3, Lines: []change.Line{
			{Op: change.Context, Text: "package db", OldLine: 1, NewLine: 1},
			{Op: change.Context, Text: "", OldLine: 2, NewLine: 2},
			{Op: change.Add, Text: "rows, err := db.Query(q + name)", NewLine: 3},
		},
	}}}}}
	return s
}

func TestFindingsAsSARIF(t *testing.T) {
	t.Parallel()
	file, absent, err := SARIF(scan())
	if err != nil || len(absent) > 0 {
		t.Fatal(absent, err)
	}
	golden(t, "findings.sarif.json", string(file))
	if err := checkSARIF(sarifForm(t), file); err != nil {
		t.Error(err)
	}
}

// What was not looked at must never read as clean: code scanning closes the
// alerts that a new file does not show.
func TestNothingReviewedIsNoFile(t *testing.T) {
	t.Parallel()
	form := sarifForm(t)
	for name, tc := range map[string]struct {
		status    dispatch.Status
		file      bool
		succeeded bool
	}{
		"clean":         {dispatch.Clean, true, true},
		"findings":      {dispatch.Findings, true, true},
		"partial":       {dispatch.Partial, true, false},
		"could not run": {dispatch.CouldNotRun, false, false},
		"skipped":       {dispatch.Skipped, false, false},
		"only routed":   {"", false, false},
	} {
		r := review()
		r.Status = tc.status
		r.Output = task.Output{}
		file, absent, err := SARIF(session(r, localResult("changelog")))
		if err != nil || (file != nil) != tc.file || (len(absent) > 0) == tc.file {
			t.Errorf("%s: %d bytes, absent %v, %v", name, len(file), absent, err)
			continue
		}
		if file == nil {
			continue
		}
		if err := checkSARIF(form, file); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var log sarifLog
		if err := json.Unmarshal(file, &log); err != nil {
			t.Fatal(err)
		}
		in := log.Runs[0].Invocations[0]
		if len(log.Runs) != 1 || in.Successful != tc.succeeded || (len(in.Notifications) > 0) == tc.succeeded {
			t.Errorf("%s: %+v", name, in)
		}
	}
	if file, absent, err := SARIF(session(localResult("changelog"))); file != nil || absent != nil || err != nil {
		t.Errorf("a task that tells gave %q, %v, %v", file, absent, err)
	}
	s := session(review())
	s.Interrupted = true
	if file, _, _ := SARIF(s); !strings.Contains(string(file), `"executionSuccessful": false`) {
		t.Errorf("an interrupted run reads as whole: %s", file)
	}
}

// Where findings point nowhere, they may be those of alerts that the file does
// not show: code scanning must not close them.
func TestAReviewWithFindingsThatPointNowhereIsNotWhole(t *testing.T) {
	t.Parallel()
	for dropped, want := range map[int]string{0: `"executionSuccessful": true`, 2: `"executionSuccessful": false`} {
		r := review()
		r.Status, r.Output = dispatch.Clean, task.Output{Dropped: dropped, DroppedWorst: task.HighSeverity}
		file, _, err := SARIF(session(r))
		if err != nil || !strings.Contains(string(file), want) || strings.Contains(string(file), "2 findings left out") != (dropped == 2) {
			t.Errorf("%d dropped: %v, %s", dropped, err, file)
		}
	}
}

func TestAnySessionGivesSARIFThatCodeScanningTakes(t *testing.T) {
	t.Parallel()
	form := sarifForm(t)
	rng := rand.New(rand.NewPCG(5, 8))
	for i := range 25 {
		s := randomSession(rng)
		for j := range s.Results {
			s.Results[j].Task.Kind = task.Judges
		}
		file, _, err := SARIF(s)
		if err != nil {
			t.Fatal(err)
		}
		if file == nil {
			continue
		}
		if err := checkSARIF(form, file); err != nil {
			t.Fatalf("session %d: %v", i, err)
		}
		var log sarifLog
		if err := json.Unmarshal(file, &log); err != nil {
			t.Fatal(err)
		}
		for _, run := range log.Runs {
			checkSARIFRun(t, run)
		}
	}
}

func checkSARIFRun(t *testing.T, run sarifRun) {
	t.Helper()
	for _, r := range run.Results {
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("rule %d is not %q", r.RuleIndex, r.RuleID)
		}
		if strings.Contains(r.Message.Text, "](") || strings.ContainsAny(r.Message.Text, "\x00\x1b\u202e") {
			t.Errorf("message %q", r.Message.Text)
		}
		if len([]rune(r.Message.Text)) > maxSARIFMessage+maxSARIFMessage/10 {
			t.Errorf("a message of %d characters", len([]rune(r.Message.Text)))
		}
		if uri := r.Locations[0].Physical.Artifact.URI; strings.HasPrefix(uri, "/") || strings.ContainsAny(uri, ":\\ \n#?|") {
			t.Errorf("uri %q", uri)
		}
	}
}

func TestALargeFileStaysBelowTheBoundAndKeepsEveryResult(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	r := review()
	r.Output.Findings = nil
	for i := range 900 {
		noise := make([]byte, 8000)
		for j := range noise {
			noise[j] = byte('a' + rng.IntN(26))
		}
		r.Output.Findings = append(r.Output.Findings, task.Finding{Path: "a.go", Line: i + 1, EndLine: i + 1, Severity: task.Info, Title: "t", Body: string(noise), Suggestion: string(noise)})
	}
	file, _, err := SARIF(session(r))
	if err != nil {
		t.Fatal(err)
	}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	if _, err := z.Write(file); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(file), `"ruleId"`); n != 900 || zipped.Len() > 10_000_000 {
		t.Errorf("%d results in %d bytes", n, zipped.Len())
	}
	r.Output.Findings = make([]task.Finding, 5001)
	for i := range r.Output.Findings {
		r.Output.Findings[i] = task.Finding{Path: "a.go", Line: i + 1, EndLine: i + 1, Severity: task.Info, Title: "t", Body: "b"}
	}
	if file, _, err = SARIF(session(r)); err != nil || !strings.Contains(string(file), "1 finding more than code scanning keeps") {
		t.Errorf("the rest is not counted: %v", err)
	}
	if !strings.Contains(string(file), `"executionSuccessful": false`) {
		t.Error("a file without some findings reads as whole: code scanning would close the alerts of those")
	}
	r.Output.Findings, r.Output.Dropped = r.Output.Findings[:5000], 0
	if file, _, err = SARIF(session(r)); err != nil || !strings.Contains(string(file), `"executionSuccessful": true`) {
		t.Errorf("a file with all findings does not: %v", err)
	}
}

// Code scanning refuses a file of more runs as a whole.
func TestAFileHasAtMostTwentyRuns(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]bool{20: true, 21: false} {
		var results []dispatch.Result
		for i := range n {
			r := review()
			r.Task.ID = fmt.Sprintf("review-%d", i)
			results = append(results, r)
		}
		if file, absent, err := SARIF(session(results...)); (err == nil) != want || (file != nil) != want || len(absent) > 0 {
			t.Errorf("%d runs: %d bytes, %v", n, len(file), err)
		}
	}
}

func TestARuleKeepsItsIdAndTakesTheWorst(t *testing.T) {
	t.Parallel()
	for _, severities := range [][]task.Severity{{task.LowSeverity, task.Critical}, {task.Critical, task.LowSeverity}} {
		rules := newSARIFRules(task.Task{ID: "security-scan"})
		for _, s := range severities {
			rules.of(task.Finding{CWE: 79, Severity: s})
		}
		last := rules.list[1]
		if got := fmt.Sprint(last.ID, " ", last.Default.Level, " ", last.Properties.SecuritySeverity, " ", last.Properties.Tags); got != "security-scan/cwe-79 error 9.5 [ai security external/cwe/cwe-079]" {
			t.Error(got)
		}
	}
	rules := newSARIFRules(task.Task{ID: "code-review"})
	rules.of(task.Finding{Severity: task.Info})
	if p := rules.list[0].Properties; p.SecuritySeverity != "" || p.ProblemSeverity != "recommendation" {
		t.Errorf("%+v", p)
	}
}
