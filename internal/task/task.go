// Package task is the catalogue of AI work that tierwise runs: one file a
// task, with its kind, what it needs, its prompt, the shape of its output,
// its verifier and its local form. It also reads briefs and annotations.
package task

import (
	"github.com/tierwise/tierwise/internal/change"
)

// Kind says what is done with a task's output.
type Kind string

// The kinds.
const (
	Judges Kind = "judges" // its verdict gates
	Writes Kind = "writes" // its output becomes code or documentation
	Tells  Kind = "tells"  // its output is read
)

// Catcher names who would notice a bad output.
type Catcher string

// The catchers.
const (
	CatcherVerifier       Catcher = "verifier"
	CatcherRequiredReview Catcher = "required-review"
	CatcherRequiredChecks Catcher = "required-checks"
	CatcherAdvisory       Catcher = "advisory"
)

// Failure is one way in which an output can be bad. Verified says that the
// task's verifier proves its absence; otherwise any one of CaughtBy covers it.
type Failure struct {
	ID       string // "misleading"
	Verified bool
	CaughtBy []Catcher
}

// Task is one entry of the catalogue, as a value. A worked example:
//
//	Task{ID: "changelog", Kind: Tells, NeedsChange: true, Failures: …,
//		Schema: []byte(changelogSchema), Instructions: changelogInstructions,
//		Verify: verifyChangelog, Local: localChangelog}
type Task struct {
	ID           string
	Summary      string // one line
	Why          string // why it stands where it stands, one paragraph
	Unseen       string // what the verifier cannot see, a sentence a line; "" where the page says nothing of it
	Kind         Kind
	CriticalPath bool
	NeedsChange  bool
	NeedsLog     bool
	// NeedsFiles says that the task works on whole files, given as Input.Head.
	NeedsFiles bool
	Failures   []Failure
	// Schema is the JSON schema of a model's answer.
	Schema []byte
	// Instructions is the trusted part of the prompt.
	Instructions string
	// Verify checks an answer of a model (JSON bytes) against the input. It
	// gives the output to release, or the problems for which it is refused.
	Verify func(Input, []byte) (Output, []Problem)
	// Local does the task without a model; nil where it cannot be done.
	Local func(Input) (Output, error)
	// Building says how an answer builds on an earlier one; nil where the task
	// reads the whole every time.
	Building *Building
}

// Judges says that the task's verdict gates, by its kind or because the policy
// put it on the critical path.
func (t Task) Judges() bool { return t.Kind == Judges || t.CriticalPath }

// Input is what a task works on. Everything but Today and Repository is
// untrusted text.
type Input struct {
	Change  change.Change
	Title   string
	Body    string
	Brief   string
	Log     []byte // failure-summary
	LogName string
	// Head has the whole texts of files at the head, by path, for a task that
	// needs files. A file that is not in it was not read, and may not be edited.
	Head map[string]string
	// HeadOrder names the files of Head, what matters most first.
	HeadOrder []string
	// HeadPaths lists the files that exist at the head, for a task that needs
	// files: a new file may not stand where one is. Empty means not known.
	HeadPaths []string
	// Handoff is what an earlier step handed over, read back whole and about
	// this very change; nil where there is none.
	Handoff    *Handoff
	Repository string // "owner/name", or the folder's name in a checkout
	PullNumber int    // 0 where there is none
	Today      string // YYYY-MM-DD
}

// Problem is one reason why a verifier refused an answer. ID is kebab-case.
type Problem struct {
	ID   string
	Text string // safe to show: names places, quotes at most a few words
}

// Output is what a task gives to its reader. Markdown is untrusted where a
// model wrote it: the report defuses it.
type Output struct {
	Markdown string
	Findings []Finding // for tasks that judge
	// Patch is a unified diff against the head, for tasks that write; "" where
	// there is nothing to change. It was made by code of ours from checked
	// edits, so it applies; what its added lines say is a model's text.
	Patch string
	// Escaped says that code of ours wrote Markdown and escaped what
	// strangers wrote in it: the report shows it as it is.
	Escaped bool
	// Dropped counts findings that did not point at a line of the diff, on
	// either side. DroppedWorst is the most severe of them, 0 where none was
	// dropped: a gate counts it, since nobody knows where it points.
	Dropped      int
	DroppedWorst Severity
}

// Finding is one remark of a review. Path is a row's path at the head, which
// for a deleted file is the one it had. Line and EndLine are 1-based lines of
// the new file (EndLine ≥ Line), both inside one hunk of the diff. Line 0, with
// EndLine 0 and no Suggestion, means the file as a whole, or lines of it that
// were removed.
type Finding struct {
	Path       string
	Line       int
	EndLine    int
	Severity   Severity
	Title      string
	Body       string
	Suggestion string
	// CWE is the number of the weakness in the Common Weakness Enumeration
	// (https://cwe.mitre.org), 0 where the task names none. Exploit says how it
	// would be used, Evidence quotes the line that shows it; both may be "".
	CWE      int
	Exploit  string
	Evidence string
	Fix      string // what closes the hole; "" where the task gives none
}
