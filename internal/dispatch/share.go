package dispatch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/task"
)

// Job is one task that a step is about to run.
type Job struct {
	Task     task.Task
	Decision route.Decision
	Input    task.Input
}

// shared is the beginning that several requests of a step have in common:
// the data, before the tasks.
type shared struct {
	model    policy.Model
	blocks   []block
	requests int64  // how many first requests begin so
	fence    string // the random word, drawn once for the step
	text     string // the blocks as they are sent
}

// Share finds what several first requests of the step have in common, so that
// a vendor that is asked to can keep it for the next one. It is for the step's
// own jobs, before the first of them runs: what is sent once is dearer to keep
// than to send.
func (d *Dispatcher) Share(ctx context.Context, jobs []Job) error {
	var found []shared
	for _, j := range jobs {
		if !oneOfSeveral(j, jobs) {
			continue // a prompt takes time to compose
		}
		if p, m, ok := d.opening(ctx, j); ok {
			for _, blocks := range p.depths() {
				found = counted(found, m, blocks)
			}
		}
	}
	found = slices.DeleteFunc(found, func(s shared) bool { return !d.worthKeeping(s) })
	slices.SortStableFunc(found, func(a, b shared) int { return len(a.blocks) - len(b.blocks) })
	var kept []shared
	for _, s := range found {
		if slices.ContainsFunc(found, s.within) {
			continue
		}
		if err := s.fenceIn(kept, d.Random); err != nil {
			return err
		}
		kept = append(kept, s)
	}
	d.shared = append(d.shared, kept...)
	return nil
}

// counted notes one more request that begins so.
func counted(all []shared, m policy.Model, blocks []block) []shared {
	at := slices.IndexFunc(all, func(s shared) bool { return s.begins(m, blocks) && len(s.blocks) == len(blocks) })
	if at < 0 {
		return append(all, shared{model: m, blocks: blocks, requests: 1})
	}
	all[at].requests++
	return all
}

// within says that all requests that begin as s do go on as a longer one.
func (s shared) within(longer shared) bool {
	return len(longer.blocks) > len(s.blocks) && longer.requests == s.requests && s.begins(longer.model, longer.blocks)
}

// oneOfSeveral says that another job asks the same model, of a vendor that is
// to be told what to keep.
func oneOfSeveral(j Job, jobs []Job) bool {
	n := 0
	for _, k := range jobs {
		if j.Decision.Model != nil && k.Decision.Model != nil && alike(*j.Decision.Model, *k.Decision.Model) {
			n++
		}
	}
	return n > 1 && marksCache(j.Decision.Model.Provider)
}

// marksCache says whether a vendor keeps only what it is told to keep. The
// others keep what they see fit.
func marksCache(provider string) bool { return provider == "anthropic" || provider == "bedrock" }

// opening is the prompt of a job's first request; false where it makes none,
// since an earlier answer stands or no model is called.
func (d *Dispatcher) opening(ctx context.Context, j Job) (plan, policy.Model, bool) {
	dec := j.Decision
	if dec.Model == nil || dec.Refused != "" || dec.Skipped != "" {
		return plan{}, policy.Model{}, false
	}
	r := Result{Task: j.Task, Decision: dec, Tier: dec.Tier}
	p := d.plan(j.Task, j.Input)
	in := p.shown(j.Task, j.Input)
	if n, ok := d.namesOf(j.Task, *dec.Model, p, in); ok {
		if _, found := d.reuse(ctx, r, n, p, in); found {
			return plan{}, policy.Model{}, false
		}
		if d.build(ctx, j.Task, n, p, in) != nil {
			return plan{}, policy.Model{}, false
		}
	}
	return p, *dec.Model, true
}

// depths are the beginnings that others may have in common with a plan: up to
// the diff, which is most of a prompt, and where only what judges is sent the
// rest of it, up to that.
func (p plan) depths() [][]block {
	var found [][]block
	for i, b := range p.blocks {
		if b.label == diffLabel || b.label == restLabel {
			found = append(found, p.blocks[:i+1])
		}
	}
	return found
}

// begins says that a request to a model with these blocks begins so.
func (s shared) begins(m policy.Model, blocks []block) bool {
	return alike(s.model, m) && len(blocks) >= len(s.blocks) && slices.Equal(s.blocks, blocks[:len(s.blocks)])
}

// alike says that a vendor takes two requests to these for the same model. How
// hard it thinks is a part of it.
func alike(a, b policy.Model) bool {
	return a.Provider == b.Provider && a.Model == b.Model && a.Effort == b.Effort
}

// worthKeeping says that writing once and reading from then on is cheaper than
// sending every time, at known prices, and that the model keeps so short a
// text at all. Our estimate of tokens is high by up to three fifths.
func (d *Dispatcher) worthKeeping(s shared) bool {
	var estimate int64
	for _, b := range s.blocks {
		estimate += EstimateTokens(b.text)
	}
	if s.requests < 2 || estimate*5/8 < max(minShared, keptFrom(s.model.Model)) {
		return false
	}
	row, ok := d.Catalogue.Lookup(s.model.Provider, s.model.Model, d.Now())
	if !ok {
		return false
	}
	// Each request has its own price: a long one may be dearer by the token.
	plain := row.Cost(money.Usage{Known: true, InputTokens: estimate})
	write := row.Cost(money.Usage{Known: true, CacheCreationInputTokens: estimate})
	read := row.Cost(money.Usage{Known: true, CacheReadInputTokens: estimate})
	if plain.State != money.Priced || write.State != money.Priced || read.State != money.Priced {
		return false
	}
	rest := money.Nano(s.requests - 1)
	return write.Nano+rest*read.Nano < plain.Nano+rest*plain.Nano
}

// fenceIn writes the blocks down between lines of a random word: that of a
// shorter beginning of the same, or a new one. No answer of a model goes into
// these blocks, so none can carry the word back.
func (s *shared) fenceIn(shorter []shared, random io.Reader) error {
	at := slices.IndexFunc(shorter, func(o shared) bool { return o.begins(s.model, s.blocks) })
	var err error
	if at >= 0 {
		s.fence = shorter[at].fence
	} else if s.fence, err = sanitize.Boundary(random); err != nil {
		return fmt.Errorf("draw a prompt boundary: %w", err)
	}
	s.text, err = fencedIn(s.fence, s.blocks)
	return err
}

// kept gives what a request begins with and others do, too, the shortest
// first; none where it stands alone.
func (d *Dispatcher) kept(m policy.Model, p plan) []shared {
	var found []shared
	for _, s := range d.shared {
		if s.begins(m, p.blocks) {
			found = append(found, s)
		}
	}
	return found
}

// first gives the prompt of a first attempt: with the step's shared beginning
// where it has one, else as every other.
func (d *Dispatcher) first(t task.Task, m policy.Model, p plan) (prompt, error) {
	if kept := d.kept(m, p); len(kept) > 0 {
		return p.after(kept, t, nil)
	}
	return p.prompt(nil, d.Random)
}

// later gives the prompt of a further attempt. It begins as other tasks'
// requests to its model do, where they are kept and no request of this task
// had their random word: what a model wrote must not know the word of the lines
// that it stands between.
func (d *Dispatcher) later(r Result, m policy.Model, p plan, passedOn []block) (prompt, error) {
	asked := slices.ContainsFunc(r.Attempts, func(a Attempt) bool { return alike(a.Model, m) })
	if kept := d.kept(m, p); len(kept) > 0 && !asked {
		next, err := p.after(kept, r.Task, passedOn)
		if !errors.Is(err, sanitize.ErrBoundary) {
			return next, err
		}
	}
	return p.prompt(passedOn, d.Random)
}

// after writes the plan down behind what is shared; the task comes last.
func (p plan) after(kept []shared, t task.Task, passedOn []block) (prompt, error) {
	s := kept[len(kept)-1]
	rest, err := fencedIn(s.fence, slices.Concat(p.blocks[len(s.blocks):], passedOn))
	if err != nil {
		return prompt{}, err
	}
	system, text := task.DataFirst(), s.text+rest+fmt.Sprintf("=== %s task ===\n%s\n", s.fence, t.AfterData())
	next := prompt{system: system, text: text, shared: len(s.text), most: mostTokens(system) + mostTokens(text)}
	if len(kept) > 1 {
		next.inner = len(kept[0].text)
	}
	return next, nil
}

func fencedIn(fence string, blocks []block) (string, error) {
	var text strings.Builder
	for _, b := range blocks {
		fenced, err := sanitize.Block(fence, b.label, b.text)
		if err != nil {
			return "", fmt.Errorf("fence %s: %w", b.label, err)
		}
		text.WriteString(fenced + "\n")
	}
	return text.String(), nil
}
