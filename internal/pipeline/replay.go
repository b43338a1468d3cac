package pipeline

import (
	"fmt"
	"slices"
	"time"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// Judge decides past work by a policy of today. It is safe for use at once by
// several goroutines.
type Judge struct {
	policy   *policy.File
	evidence route.Evidence
	models   Models
	task     *task.Task // nil: the table places a brief
	now      time.Time
}

// NewJudge makes a judge of work without a task: each commit is a brief for
// another program, placed by the table.
func NewJudge(file *policy.File, ev route.Evidence, now time.Time) (*Judge, error) {
	models, err := Assumed(file)
	if err != nil {
		return nil, err
	}
	return &Judge{policy: file, evidence: ev, models: models, now: now}, nil
}

// Measure finds the facts of past work.
func (j *Judge) Measure(in signal.Input) signal.Facts {
	in.Services, in.HasChange = j.policy.Services, true
	return signal.Measure(in)
}

// Decide places the work.
func (j *Judge) Decide(facts signal.Facts, ch change.Change) route.Decision {
	in := route.Input{
		Policy: j.policy, Task: j.task, Facts: facts, Change: ch, Evidence: j.evidence,
		Available: j.models.available(), Today: j.now.UTC().Format(time.DateOnly),
	}
	if j.task != nil {
		in.TaskID = j.task.ID
	}
	return route.Decide(in)
}

// Spend projects what one dispatch would cost on the decided model, and what
// the same tokens cost on the baseline.
func (j *Judge) Spend(d route.Decision, t Tokens) backtest.Spend {
	s := backtest.Spend{Baseline: j.cost(j.policy.Baseline, t)}
	switch {
	case d.Model != nil:
		s.Model, s.Cost = *d.Model, j.cost(*d.Model, t)
	case d.Tier == policy.Local || d.LocalForWantOfKey:
		s.Cost = money.Cost{State: money.Priced}
	default:
		s.Cost = money.Cost{State: money.Unknown, Note: "nothing can run it"}
	}
	return s
}

func (j *Judge) cost(m policy.Model, t Tokens) money.Cost {
	row, ok := j.models.Catalogue.Lookup(m.Provider, m.Model, j.now)
	if !ok {
		return money.Cost{State: money.Unpriced, Note: fmt.Sprintf("no price for %s", m.ID())}
	}
	return row.Cost(money.Usage{Known: true, InputTokens: t.Prompt, OutputTokens: t.Output})
}

// Tokens is the estimate of one dispatch.
type Tokens struct{ Prompt, Output int64 }

// TokensOf estimates one dispatch from the change that came of it: the prompt
// is the words and the changed lines with those around them, the output is the
// lines that were added. Files that are no person's work are not counted.
func TokensOf(ch change.Change, words string) Tokens {
	t := Tokens{Prompt: dispatch.EstimateTokens(words)}
	for _, f := range ch.Files {
		if _, hinted := signal.Hinted(f); hinted {
			continue
		}
		for _, h := range f.Hunks {
			for _, l := range h.Lines {
				n := dispatch.EstimateTokens(l.Text) + 1
				if l.Op != change.Add {
					t.Prompt += n
				} else {
					t.Output += n
				}
			}
		}
	}
	return t
}

// Reader reads a file at a revision.
type Reader interface {
	Read(rev, path string) (data []byte, found bool, err error)
}

// Versions reads whole files before and after, where measuring would say more
// with them. A file that cannot be had on both sides is left out.
func Versions(files Reader, in signal.Input) (map[string]signal.Versions, error) {
	wanted := signal.WantsVersions(in)
	versions := make(map[string]signal.Versions, len(wanted))
	for _, f := range in.Change.Files {
		if !slices.Contains(wanted, f.Path) {
			continue
		}
		before, wasThere, err := files.Read(in.Change.Base, f.Paths()[len(f.Paths())-1])
		if err != nil {
			return nil, fmt.Errorf("read %.200q before: %w", f.Path, err)
		}
		after, isThere, err := files.Read(in.Change.Head, f.Path)
		if err != nil {
			return nil, fmt.Errorf("read %.200q after: %w", f.Path, err)
		}
		if wasThere && isThere {
			versions[f.Path] = signal.Versions{Before: string(before), After: string(after)}
		}
	}
	return versions, nil
}
