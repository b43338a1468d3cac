package main

import (
	"fmt"
	"time"

	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// placer decides tasks by the built-in policy, from what is known before any
// work is done: the kind of the task and its words. There is no diff yet.
type placer struct {
	policy *policy.File
	models []string
	tests  task.Task
	today  string
}

func newPlacer(now time.Time) (*placer, error) {
	file, err := policy.Default(pipeline.Known())
	if err != nil {
		return nil, fmt.Errorf("read the built-in policy: %w", err)
	}
	tests, ok := task.Find("tests")
	if !ok {
		return nil, fmt.Errorf("the catalogue has no task tests")
	}
	p := &placer{policy: file, tests: tests, today: now.UTC().Format(time.DateOnly)}
	for _, m := range file.Pool {
		p.models = append(p.models, m.Provider)
	}
	return p, nil
}

// place gives the tier of a task: the table's for a fault to mend, whose text
// is a trusted brief; the row's of the task tests for a test to write.
func (p *placer) place(r row) policy.Tier {
	in := route.Input{
		Policy: p.policy, Available: p.models, Today: p.today,
		Evidence: route.Evidence{Source: "assumed", RequiredReview: route.Assumed, ChecksProof: route.Assumed},
	}
	brief := task.Brief{Text: r.text, Trusted: true}
	if r.Bench == writing {
		in.TaskID, in.Task = p.tests.ID, &p.tests
		brief.Trusted = false // the row places; the words can only raise
	}
	in.Facts = signal.Measure(signal.Input{Brief: brief})
	return route.Decide(in).Tier
}
