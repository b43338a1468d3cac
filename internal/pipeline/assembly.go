package pipeline

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/gitrepo"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// pastWork is one commit on its way through.
type pastWork struct {
	past         gitrepo.Past
	in           signal.Input
	title, label string
	done         chan result
}

type result struct {
	replayed backtest.Replayed
	verdicts []backtest.Verdict // of a change of the policy
	err      error
}

// workOf says what a run would have seen: of the words the title alone,
// without the type by which the author names the work.
func (p *replay) workOf(past gitrepo.Past) *pastWork {
	w := &pastWork{past: past, done: make(chan result, 1)}
	var words string
	if len(past.Change.Commits) > 0 {
		w.title = backtest.Title(past.Change.Commits[0])
		w.label, words = backtest.Withheld(w.title)
		if p.changes != nil {
			words = w.title // no guess is held against its author here
		}
	}
	w.in = signal.Input{Change: past.Change, HasChange: true, Brief: task.Brief{Title: words}}
	w.in.Change.Commits = nil
	if p.request.TrustSubjects {
		w.in.Brief = task.Brief{Text: words, Trusted: true}
	}
	return w
}

// assembly measures several commits at once and sums up in the order in which
// they came. What is under way is bounded, and so is what it holds in memory.
type assembly struct {
	work    chan *pastWork
	order   chan *pastWork
	workers sync.WaitGroup
	summed  chan error
	readers []*gitrepo.Contents
}

func (p *replay) newAssembly(ctx context.Context) (*assembly, error) {
	n := min(runtime.GOMAXPROCS(0)+1, 8)
	a := &assembly{work: make(chan *pastWork, n), order: make(chan *pastWork, 4*n), summed: make(chan error, 1)}
	for range n {
		contents, err := p.history.Contents(ctx)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("open the contents: %w", err), a.close())
		}
		a.readers = append(a.readers, contents)
	}
	for _, contents := range a.readers {
		a.workers.Go(func() {
			for w := range a.work {
				w.done <- p.judged(contents, w)
			}
		})
	}
	go func() { a.summed <- p.sum(a.order) }()
	return a, nil
}

// put takes a commit in, and waits where too much is under way.
func (a *assembly) put(ctx context.Context, w *pastWork) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case a.order <- w:
		a.work <- w
		return nil
	}
}

// end waits for what is under way.
func (a *assembly) end() error {
	close(a.work)
	close(a.order)
	a.workers.Wait()
	return errors.Join(<-a.summed, a.close())
}

func (a *assembly) close() error {
	var errs []error
	for _, contents := range a.readers {
		errs = append(errs, contents.Close())
	}
	return errors.Join(errs...)
}

// sum adds results in order. After an error it only empties the line.
func (p *replay) sum(order <-chan *pastWork) error {
	var first error
	n := 0
	for w := range order {
		switch r := <-w.done; {
		case first != nil:
		case r.err != nil:
			first = r.err
		default:
			p.tally.Add(r.replayed)
			if p.changes != nil {
				p.changes.Add(pastOf(w.past, w.title), r.verdicts)
			}
			n++
			if p.request.Progress != nil {
				p.request.Progress(n, p.all)
			}
		}
	}
	return first
}

func (p *replay) judged(files Reader, w *pastWork) result {
	versions, err := Versions(files, w.in)
	if err != nil {
		return result{err: fmt.Errorf("commit %.12s: %w", w.in.Change.Head, err)}
	}
	w.in.Versions = versions
	facts := p.judge.Measure(w.in)
	before := facts
	tokens := p.judge.Tokens(w.in.Change, facts, w.title)
	r := backtest.Replayed{
		SHA: w.in.Change.Head, When: w.past.When, Title: w.title, Label: w.label, Lines: linesOf(w.in.Change),
		Decision: p.judge.Decide(facts, w.in.Change),
	}
	r.Spend = p.judge.Spend(r.Decision, tokens)
	if p.other != nil {
		if p.again {
			facts = p.other.Measure(w.in)
		}
		other := p.other.Decide(facts, w.in.Change)
		r.Other, r.OtherSpend = &other, p.other.Spend(other, tokens)
	}
	return result{replayed: r, verdicts: verdicts(p.pairs, before, facts, w.in.Change, tokens)}
}

func linesOf(ch change.Change) int {
	n := 0
	for _, f := range ch.Files {
		n += f.Additions + f.Deletions
	}
	return n
}
