package pipeline

import (
	"errors"
	"fmt"
	"time"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/gitrepo"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// Judge decides past work by a policy of today. It is safe for use at once by
// several goroutines.
type Judge struct {
	policy    *policy.File
	evidence  route.Evidence
	models    Models
	available []string
	task      *task.Task // nil: the table places a brief
	now       time.Time
}

// NewJudge makes a judge of one task, or with nil of briefs for another
// program, placed by the table. A policy that only observes is judged by what
// routing would do.
func NewJudge(file *policy.File, t *task.Task, ev route.Evidence, now time.Time) (*Judge, error) {
	enforced := *file
	enforced.Enforce = true
	models, err := Assumed(&enforced)
	if err != nil {
		return nil, err
	}
	return &Judge{policy: &enforced, evidence: ev, models: models, available: models.available(), task: t, now: now}, nil
}

// Measure finds the facts of past work.
func (j *Judge) Measure(in signal.Input) signal.Facts {
	in.Services, in.AlsoServices, in.HasChange = j.policy.Services, j.policy.AlsoServices, true
	return signal.Measure(in)
}

// services are what facts are measured by, to be compared.
func (j *Judge) services() string { return fmt.Sprint(j.policy.Services, j.policy.AlsoServices) }

// Decide places the work.
func (j *Judge) Decide(facts signal.Facts, ch change.Change) route.Decision {
	in := route.Input{
		Policy: j.policy, Task: j.task, Facts: facts, Change: ch, Evidence: j.evidence,
		Available: j.available, Today: j.now.UTC().Format(time.DateOnly),
	}
	if j.task != nil {
		in.TaskID = j.task.ID
	}
	return route.Decide(in)
}

// Spend projects what one dispatch would cost on the decided model, and what
// the same tokens cost on the baseline.
func (j *Judge) Spend(d route.Decision, t Tokens) backtest.Spend {
	switch {
	case d.Skipped != "" || d.Unavailable != "":
		return backtest.Spend{}
	case d.Model == nil:
		return backtest.Spend{Free: true}
	}
	s := backtest.Spend{Cost: j.cost(*d.Model, t), Baseline: j.cost(j.policy.Baseline, t)}
	if up, ok := j.above(d.Model.Tier); ok {
		s.Above, s.UpTier = j.cost(up, t), up.Tier
	}
	return s
}

// above is the first model of the next tier that the pool has.
func (j *Judge) above(tier policy.Tier) (policy.Model, bool) {
	for _, higher := range policy.Tiers() {
		if models := j.policy.Models(higher); higher > tier && tier > 0 && len(models) > 0 {
			return models[0], true
		}
	}
	return policy.Model{}, false
}

func (j *Judge) cost(m policy.Model, t Tokens) money.Cost {
	row, ok := j.models.Catalogue.Lookup(m.Provider, m.Model, j.now)
	if !ok {
		return money.Cost{State: money.Unpriced, Note: "no price for " + m.ID()}
	}
	return row.Cost(money.Usage{Known: true, InputTokens: t.Prompt, OutputTokens: t.Output})
}

// Tokens estimates one dispatch by what came of it: the prompt is the words
// and the old side of every hunk, the answer is the lines that were added, and
// neither is more than a dispatch may have. It is the same for every tier.
func (j *Judge) Tokens(ch change.Change, f signal.Facts, words string) Tokens {
	t := tokensOf(ch, f, words)
	return Tokens{Prompt: min(t.Prompt, dispatch.MaxPromptTokens), Output: min(t.Output, j.policy.Baseline.MaxOutputTokens)}
}

// Tokens is the size of one dispatch.
type Tokens struct{ Prompt, Output int64 }

// tokensOf estimates without a bound. Files that are no person's work are not
// counted.
func tokensOf(ch change.Change, facts signal.Facts, words string) Tokens {
	made := map[string]bool{}
	for _, h := range facts.Hits {
		switch signal.Class(h.Signal) {
		case signal.Generated, signal.Vendored, signal.LockFile:
			made[h.File] = true
		}
	}
	t := Tokens{Prompt: dispatch.EstimateTokens(words)}
	for _, f := range ch.Files {
		if made[f.Path] {
			continue
		}
		for _, h := range f.Hunks {
			t.hunk(h)
		}
	}
	return t
}

func (t *Tokens) hunk(h change.Hunk) {
	for _, l := range h.Lines {
		n := dispatch.EstimateTokens(l.Text) + 1
		if l.Op == change.Add {
			t.Output += n
		} else {
			t.Prompt += n
		}
	}
}

// Reader reads a file at a revision.
type Reader interface {
	Read(rev, path string) (data []byte, found bool, err error)
}

// maxVersions bounds what Versions holds in memory, in bytes.
const maxVersions = 32 << 20

// Versions reads whole files before and after, where measuring would say more
// with them. A file that is not there on both sides or is too large is left
// out, and so are those that come when the sum is too large.
func Versions(files Reader, in signal.Input) (map[string]signal.Versions, error) {
	return wholeFiles(files, in.Change, signal.WantsVersions(in))
}

func wholeFiles(files Reader, ch change.Change, paths []string) (map[string]signal.Versions, error) {
	wanted := map[string]bool{}
	for _, path := range paths {
		wanted[path] = true
	}
	versions := make(map[string]signal.Versions, len(wanted))
	left := maxVersions
	for _, f := range ch.Files {
		if !wanted[f.Path] || left <= 0 {
			continue
		}
		v, both, err := versionsOf(files, ch, f)
		if err != nil && !errors.Is(err, gitrepo.ErrTooBig) {
			return nil, err
		}
		if both {
			versions[f.Path] = v
			left -= len(v.Before) + len(v.After)
		}
	}
	return versions, nil
}

func versionsOf(files Reader, ch change.Change, f change.File) (v signal.Versions, both bool, err error) {
	paths := f.Paths()
	before, wasThere, err := files.Read(ch.Base, paths[len(paths)-1])
	if err != nil {
		return v, false, fmt.Errorf("read %.200q before: %w", f.Path, err)
	}
	after, isThere, err := files.Read(ch.Head, f.Path)
	if err != nil {
		return v, false, fmt.Errorf("read %.200q after: %w", f.Path, err)
	}
	return signal.Versions{Before: string(before), After: string(after)}, wasThere && isThere, nil
}
