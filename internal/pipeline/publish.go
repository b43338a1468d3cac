package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// UnfitResultError is a result file that may not be shown: it is of something
// else, it contradicts what was found out here, or it cannot be read.
type UnfitResultError struct{ Text string }

// Error gives the text.
func (e *UnfitResultError) Error() string { return e.Text }

func unfit(format string, args ...any) error {
	return &UnfitResultError{Text: fmt.Sprintf(format, args...)}
}

// ResultHead says what a result file of this work is about.
func (w *Work) ResultHead(o Origin, m Models) (report.ResultHead, error) {
	change, err := w.changeDigest()
	if err != nil {
		return report.ResultHead{}, err
	}
	return report.ResultHead{
		Repository: w.Repository, PullRequest: w.PullNumber, BaseSHA: w.Change.Base, HeadSHA: w.Change.Head,
		RunID: o.RunID, RunAttempt: o.Attempt, Workflow: o.Workflow, Event: o.Event, Change: change,
		Policy: w.Policy.Name, PolicyDigest: w.PolicyDigest, Version: o.Version, Available: m.available(),
	}, nil
}

// changeDigest covers all that was read of a change: files, patches, commits
// and what is known to be missing.
func (w *Work) changeDigest() (string, error) {
	if !w.HasChange {
		return "", nil
	}
	data, err := json.Marshal(w.Change)
	if err != nil {
		return "", fmt.Errorf("digest the change: %w", err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}

// Publish makes the session of another job once more from its result file,
// without a model. The decision is taken here, by the policy at the base; what
// a model gave goes through its verifier here; what does not fit is an error,
// and then nothing of the file may be shown.
func (w *Work) Publish(ctx context.Context, file report.ParsedResult, s Settings, o Origin, e Edge) (report.Session, error) {
	if w.Refused != "" {
		return report.Session{}, unfit("nothing is published: %s", w.Refused)
	}
	m, err := keyless(w, file.Head.Available)
	if err != nil {
		return report.Session{}, err
	}
	if err := w.sameWork(file, s, o, m); err != nil {
		return report.Session{}, err
	}
	plans, err := w.Decide(ctx, s, m, e)
	if err != nil {
		return report.Session{}, err
	}
	if err := w.CheckNeeds(withoutLogs(plans)); err != nil {
		return report.Session{}, err
	}
	results, err := w.confirm(ctx, file, plans, w.confirmer(m, s, e, o.Version))
	if err != nil {
		return report.Session{}, err
	}
	session := w.Session(results, file.RunSpent, s, m, e, o.Version)
	session.Interrupted, session.Published = file.Interrupted, true
	session.Warnings = with(session.Warnings, file.Warnings)
	return session, w.stillFresh(ctx)
}

// keyless answers for the providers for which the other job had a key.
// Nothing can be called with it.
func keyless(w *Work, available []string) (Models, error) {
	m, err := Assumed(w.Policy)
	if err != nil {
		return Models{}, err
	}
	clients := map[string]dispatch.Completer{}
	for _, name := range available {
		if m.Clients[name] == nil {
			return Models{}, unfit("the result file claims a key for %q, which is no provider of the policy", name)
		}
		clients[name] = nowhere{}
	}
	m.Clients = clients
	if m.Scanner, err = sanitize.NewDetector(); err != nil {
		return Models{}, fmt.Errorf("read the rules for secrets: %w", err)
	}
	return m, nil
}

// sameWork holds the file to this run, this change, this policy and these
// tasks. An artifact of another attempt is refused too: the attempt at hand
// may have ended otherwise.
func (w *Work) sameWork(file report.ParsedResult, s Settings, o Origin, m Models) error {
	here, err := w.ResultHead(o, m)
	if err != nil {
		return err
	}
	there := file.Head
	for _, c := range []struct{ what, there, here, hint string }{
		{"repository", there.Repository, here.Repository, ""},
		{"workflow run", there.RunID, here.RunID, ""},
		{"run attempt", fmt.Sprint(there.RunAttempt), fmt.Sprint(here.RunAttempt), "; re-run all jobs, so that what is shown is of this attempt"},
		{"workflow", there.Workflow, here.Workflow, ""},
		{"event", there.Event, here.Event, ""},
		{"pull request", fmt.Sprint(there.PullRequest), fmt.Sprint(here.PullRequest), ""},
		{"base", there.BaseSHA, here.BaseSHA, ": run again"},
		{"head", there.HeadSHA, here.HeadSHA, ": the newer run decides"},
		{"change", there.Change, here.Change, ": what was read is not what stands there now"},
		{"policy", there.Policy, here.Policy, ""},
		{"policy digest", there.PolicyDigest, here.PolicyDigest, ": another policy decided"},
		{"version", there.Version, here.Version, "; give both jobs the same version of tierwise"},
	} {
		if c.there != c.here {
			return unfit("the result file is of another %s: %.80q, expected %.80q%s", c.what, c.there, c.here, c.hint)
		}
	}
	if !slices.Equal(file.Tasks(), s.Tasks) {
		return unfit("the result file has the tasks %.400q, expected %.400q: give both jobs the same task input", file.Tasks(), s.Tasks)
	}
	return nil
}

// withoutLogs asks for no log: where it is missing, only what tells is shown.
func withoutLogs(plans []Planned) []Planned {
	all := slices.Clone(plans)
	for i := range all {
		all[i].Task.NeedsLog = false
	}
	return all
}

// noAnswers is where nothing is kept: the other job looked, and its answers
// stand in its file.
type noAnswers struct{}

// Recall gives nothing.
func (noAnswers) Recall(context.Context, string, string) []dispatch.Kept { return nil }

// confirmer names answers as the other job did, wherever that one found them,
// and looks for none itself.
func (w *Work) confirmer(m Models, s Settings, e Edge, version string) *dispatch.Dispatcher {
	d := w.dispatcher(m, e, s.MissingKey)
	if d.Memory = nil; w.Policy.Reuse {
		d.Memory, d.Terms = noAnswers{}, w.terms(version)
	}
	return d
}

// confirm makes every result again and holds it to what the file tells.
func (w *Work) confirm(ctx context.Context, file report.ParsedResult, plans []Planned, d *dispatch.Dispatcher) ([]dispatch.Result, error) {
	results := make([]dispatch.Result, len(plans))
	for i, p := range plans {
		claim := file.Claim(i)
		r, err := d.Confirm(ctx, p.Task, p.Decision, p.Input, claim)
		if err != nil {
			return nil, unfit("the result of task %s is not shown: %v", p.Task.ID, err)
		}
		blind := p.Task.NeedsLog && len(p.Input.Log) == 0
		if blind && r.Status != claim.Status {
			return nil, unfit("the result of task %s is not shown: it claims to be %s, and is %s", p.Task.ID, claim.Status, r.Status)
		}
		if err := file.Agrees(i, r, sanitize.Links{Repository: w.Repository}); err != nil && !blind {
			return nil, unfit("the result of task %s is not shown: %v", p.Task.ID, err)
		}
		results[i] = r
	}
	return results, nil
}

// with adds the texts that are not there yet.
func with(texts, more []string) []string {
	all := slices.Clone(texts)
	for _, text := range more {
		if !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return all
}

// stillFresh asks for the head right before anything is told.
func (w *Work) stillFresh(ctx context.Context) error {
	if w.Fresh == nil {
		return nil
	}
	if err := w.Fresh(ctx); err != nil {
		return unfit("nothing is published: %v", err)
	}
	return nil
}
