package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/task"
)

// MaxRemarks is the most comments of one review. A reader of more reads none,
// and the platform takes 80 new pieces of content a minute
// (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api).
const MaxRemarks = 30

// maxRemark bounds one comment, in bytes; the platform takes 65,536 characters.
const maxRemark = 32 << 10

// RemarkPrefix begins every review comment of ours. What follows it is the
// task and the fingerprint; anybody can copy it, so it proves nothing.
const RemarkPrefix = "<!-- tierwise-finding "

// Remark is one review comment on the new side of the diff. StartLine is 0
// where it is one line.
type Remark struct {
	Task, Fingerprint string
	Path              string
	StartLine, Line   int
	Body              string
}

// Remarks is what a session has to say at lines of a pull request, the most
// severe first. Unplaced counts what has no line there: a finding on a whole
// file or on removed lines, and a hunk of a patch outside of the diff.
type Remarks struct {
	List     []Remark
	Unplaced int
	// Done are the tasks that were done whole and said nothing but at lines of
	// the diff, so that what they no longer say may count as gone: what has no
	// line may be the same finding.
	Done []string
}

// RemarksOf gives the comments of every task, findings and suggestions of
// patches, without a bound: which of them are new is the caller's to know.
func RemarksOf(s Session) Remarks {
	var all Remarks
	for _, r := range s.Results {
		if !taskForm().MatchString(r.Task.ID) {
			all.Unplaced += len(r.Output.Findings)
			continue
		}
		before := all.Unplaced
		all.addFindings(s, r)
		all.addPatch(s, r)
		if whole(s, r) && all.Unplaced == before {
			all.Done = append(all.Done, r.Task.ID)
		}
	}
	return all
}

// taskForm is what a task's id may be to stand in a marker.
func taskForm() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,79}$`) }

func (all *Remarks) addFindings(s Session, r dispatch.Result) {
	names := task.Fingerprints(r.Task.ID, r.Output.Findings, s.Change)
	for _, i := range severeFirst(r.Output.Findings) {
		f := r.Output.Findings[i]
		file, ok := s.Change.File(f.Path)
		if !ok || !file.HasLine(f.Line, f.EndLine) {
			all.Unplaced++
			continue
		}
		remark := Remark{Task: r.Task.ID, Fingerprint: names[i], Path: f.Path, Line: lastLine(f)}
		if lastLine(f) > f.Line {
			remark.StartLine = f.Line
		}
		remark.Body = marker(remark) + s.remarkBody(r, f)
		all.List = append(all.List, remark)
	}
}

func marker(r Remark) string { return RemarkPrefix + r.Task + " " + r.Fingerprint + " -->\n" }

// ParseMarker reads the marker at the start of a comment of ours.
func ParseMarker(body string) (taskID, fingerprint string, ok bool) {
	rest, ok := strings.CutPrefix(body, RemarkPrefix)
	first, _, ends := strings.Cut(rest, " -->")
	taskID, fingerprint, two := strings.Cut(first, " ")
	fine := taskForm().MatchString(taskID) && regexp.MustCompile(`^[0-9a-f]{32}:[1-9][0-9]{0,5}$`).MatchString(fingerprint)
	if !ok || !ends || !two || !fine {
		return "", "", false
	}
	return taskID, fingerprint, true
}

// remarkBody is the finding in words, then its suggestion, then whose words
// they are. A suggestion that does not fit is left out: half of one would be
// applied as a whole.
func (s Session) remarkBody(r dispatch.Result, f task.Finding) string {
	head := fmt.Sprintf("**%s** %s%s\n\n", severityWord(f.Severity), weakness(f), phrase(f.Title)) + evidence(f)
	tail := s.remarkAuthor(r)
	body, cut := fit(remark(f), s.Links, maxRemark/2)
	text := head + body
	if block := suggestion(suggested(f.Suggestion)); f.Suggestion != "" && len(text)+len(block)+len(tail)+len(cutNote) <= maxRemark {
		text += block
	}
	if cut {
		text += cutNote
	}
	return text + tail
}

// remarkAuthor is the last line of a comment.
func (s Session) remarkAuthor(r dispatch.Result) string {
	return fmt.Sprintf("<sub>%s of tierwise. %s</sub>\n", sanitize.Cell(r.Task.ID, maxName), strings.Trim(s.author(r), "*"))
}

// suggestion is a block that the platform offers to apply, in a fence that
// nothing inside of it ends. No lines at all delete what they replace.
func suggestion(lines []string) string {
	code := visible(strings.Join(lines, "\n"))
	fence := strings.Repeat("`", max(3, longestRun(code, '`')+1))
	if len(lines) > 0 {
		code += "\n"
	}
	return fence + "suggestion\n" + code + fence + "\n\n"
}

func suggested(code string) []string { return strings.Split(strings.TrimRight(code, "\r\n"), "\n") }

// ReviewBody is the text above the comments, with the facts alone.
func ReviewBody(posted, held, unplaced int) string {
	text := fmt.Sprintf("tierwise: %s. It approves nothing: read them beside the code.", count(posted, "new comment"))
	if held > 0 {
		text += fmt.Sprintf(" Not shown here, to keep this short: %d.", held)
	}
	if unplaced > 0 {
		text += fmt.Sprintf(" At no line of the diff: %d.", unplaced)
	}
	return text + " The run summary has all of them."
}

// Standing is a review comment of ours that is already there.
type Standing struct {
	Body     string
	Outdated bool // its lines are no longer in the diff
	Answered bool // somebody replied
	State    State
}

// State says whether readers see a comment unfolded.
type State int

// The states. A comment that the author resolved is shut as one is that we hid.
const (
	StateUnknown State = iota
	Open
	Shut    // resolved or hidden
	Settled // resolved by a person who is not the author, and its lines did not change
)

// ReviewPlan says what to do with a pull request's comments.
type ReviewPlan struct {
	Post  []Remark // not there yet, the most severe first
	Held  int      // new, and over the bound of one review
	Known int      // there already, and open
	// Settled counts what a person resolved, and what is found again on the very
	// same lines: it was read.
	Settled int
	// Close are the places of those whose finding is gone and whose lines
	// changed. Kept counts those whose finding is gone though their lines did
	// not change: a model that is silent is no proof, so a person closes them.
	// Answered are left to those who talk there.
	Close          []int
	Kept, Answered int
}

// Against compares what is to be said with what stands there, by fingerprint.
// A finding that comes back is posted anew where its comment was shut, or may
// have been: nobody would see it. One that a person settled is not. Only what a task that was done whole no longer
// says counts as gone.
func (all Remarks) Against(there []Standing) ReviewPlan {
	var plan ReviewPlan
	known, settled, wanted := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, k := range there {
		if _, name, ok := ParseMarker(k.Body); ok {
			known[name] = known[name] || k.State == Open
			settled[name] = settled[name] || k.State == Settled
		}
	}
	for _, r := range all.List {
		wanted[r.Fingerprint] = true
		switch {
		case known[r.Fingerprint]:
			plan.Known++
		case settled[r.Fingerprint]:
			plan.Settled++
		case len(plan.Post) == MaxRemarks:
			plan.Held++
		default:
			plan.Post = append(plan.Post, r)
		}
	}
	for i, k := range there {
		taskID, name, ok := ParseMarker(k.Body)
		if !ok || wanted[name] || k.State == Shut || k.State == Settled || !slices.Contains(all.Done, taskID) {
			continue
		}
		switch {
		case k.Answered:
			plan.Answered++
		case k.Outdated:
			plan.Close = append(plan.Close, i)
		default:
			plan.Kept++
		}
	}
	return plan
}
