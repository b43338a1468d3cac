package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
)

// inMemory is a store as its interface describes it.
type inMemory struct {
	mu  sync.Mutex
	all map[string]ledger.Entry
	bad error
}

func (s *inMemory) Append(_ context.Context, entries []ledger.Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range entries {
		if kept, there := s.all[e.ID()]; !there || e.Supersedes(kept) {
			s.all[e.ID()] = e
		}
	}
	return s.bad
}

func (s *inMemory) Entries(context.Context, time.Time) iter.Seq2[ledger.Entry, error] {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []ledger.Entry
	for _, e := range s.all {
		all = append(all, e)
	}
	return func(yield func(ledger.Entry, error) bool) {
		for _, e := range all {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func dir(t *testing.T) ledger.Dir {
	t.Helper()
	a, err := ledger.ParseAddress("file:" + t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return a.Dir
}

func nano(n money.Nano) *money.Nano { return &n }

// runOn is one run of many that share a ledger.
func runOn(s Shared, n int, b policy.Budget) (*Work, Edge) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	w := &Work{Repository: "o/r", PullNumber: 7, Policy: &policy.File{Name: "p", Budget: b}}
	w.Trace = &Trace{Shared: s, Login: "octocat", Origin: Origin{RunID: fmt.Sprint(n), Attempt: 1, Job: "j", Event: "pull_request", Version: "v", Started: now}}
	return w, Edge{Now: func() time.Time { return now }}
}

func reserveOne(w *Work, e Edge, bound money.Nano, critical bool) (dispatch.Result, dispatch.Reserved) {
	r := dispatch.Result{Task: task.Task{ID: "docs", CriticalPath: critical}, Bound: money.Cost{State: money.Priced, Nano: bound}}
	return r, w.reserver(0, Models{}, e)(context.Background(), r, r.Bound)
}

func TestRunsThatReserveAtOnceNeverPassACeiling(t *testing.T) {
	t.Parallel()
	const ceiling = 1_000
	limits := map[string]policy.Budget{
		"the pull request's": {PullRequest: nano(ceiling)},
		"the day's":          {Day: nano(ceiling)},
		"the person's":       {ActorDay: nano(ceiling)},
	}
	stores := map[string]func(*testing.T) Shared{
		"in memory":   func(*testing.T) Shared { return &inMemory{all: map[string]ledger.Entry{}} },
		"in a folder": func(t *testing.T) Shared { return dir(t) },
	}
	for what, b := range limits {
		for where, open := range stores {
			t.Run(what+" "+where, func(t *testing.T) {
				t.Parallel()
				store, random := open(t), rand.New(rand.NewPCG(1, 2))
				var mu sync.Mutex
				var spent money.Nano
				admitted := 0
				for round := range 4 {
					var all sync.WaitGroup
					for i := range 8 {
						bound := money.Nano(1 + random.IntN(300))
						cost := money.Nano(random.IntN(int(bound)))
						all.Go(func() {
							w, e := runOn(store, round*8+i, b)
							r, got := reserveOne(w, e, bound, false)
							r.Status, r.Cost = dispatch.Skipped, money.Cost{State: money.Priced}
							if got.Over == "" {
								r.Status, r.Cost.Nano = dispatch.Clean, cost
								mu.Lock()
								spent += cost
								admitted++
								mu.Unlock()
							}
							w.ended(context.Background(), 0, r, Models{}, e)
							for _, warning := range w.Trace.Warnings {
								t.Error(warning)
							}
						})
					}
					all.Wait()
				}
				// One alone must get through, or the test would not tell anything.
				w, e := runOn(store, 1000, b)
				if _, got := reserveOne(w, e, 1, false); spent < ceiling && got.Over != "" {
					t.Errorf("%s spent of %d, and one more is refused: %s", spent.Dollars(), ceiling, got.Over)
				}
				if spent > ceiling {
					t.Errorf("%d tasks spent %d, over the ceiling of %d", admitted, spent, ceiling)
				}
			})
		}
	}
}

func TestWhatASharedCeilingRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		budget   policy.Budget
		held     money.Nano // by another run that began
		bound    money.Nano
		critical bool
		broken   error
		refused  bool
	}{
		"a bound that just fits":                            {budget: policy.Budget{Day: nano(100)}, held: 60, bound: 40},
		"one more than fits":                                {budget: policy.Budget{Day: nano(100)}, held: 60, bound: 41, refused: true},
		"an auxiliary task up to the reserved share":        {budget: policy.Budget{Day: nano(100), CriticalReserve: 300}, held: 60, bound: 10},
		"a critical task up to the day":                     {budget: policy.Budget{Day: nano(100), CriticalReserve: 300}, held: 60, bound: 40, critical: true},
		"a critical task over the day":                      {budget: policy.Budget{Day: nano(100), CriticalReserve: 300}, held: 60, bound: 41, critical: true, refused: true},
		"an auxiliary task where all is reserved":           {budget: policy.Budget{Day: nano(100), CriticalReserve: 1000}, bound: 1, refused: true},
		"a critical task where all is reserved":             {budget: policy.Budget{Day: nano(100), CriticalReserve: 1000}, bound: 100, critical: true},
		"a share is rounded to what it keeps":               {budget: policy.Budget{Day: nano(101), CriticalReserve: 333}, bound: 68, refused: true},
		"and what it leaves is left":                        {budget: policy.Budget{Day: nano(101), CriticalReserve: 333}, bound: 67},
		"an auxiliary task within the reserved share":       {budget: policy.Budget{Day: nano(100), CriticalReserve: 300}, held: 60, bound: 11, refused: true},
		"a critical task within the reserved share":         {budget: policy.Budget{Day: nano(100), CriticalReserve: 300}, held: 60, bound: 11, critical: true},
		"nothing where no ceiling is set":                   {held: 60, bound: 1_000_000},
		"everything where the ledger cannot be written":     {budget: policy.Budget{Day: nano(100)}, bound: 1, broken: errors.New("read-only"), refused: true},
		"nothing without ceilings though it is not written": {bound: 1, broken: errors.New("read-only")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := &inMemory{all: map[string]ledger.Entry{}}
			other, e := runOn(store, 1, policy.Budget{})
			reserveOne(other, e, c.held, false)
			store.bad = c.broken
			w, e := runOn(store, 2, c.budget)
			if _, got := reserveOne(w, e, c.bound, c.critical); (got.Over != "") != c.refused {
				t.Errorf("refused: %q, expected %v", got.Over, c.refused)
			}
		})
	}
}

// unreadable is a store that takes everything and gives nothing back.
type unreadable struct{ inMemory }

func (*unreadable) Entries(context.Context, time.Time) iter.Seq2[ledger.Entry, error] {
	return func(yield func(ledger.Entry, error) bool) {
		yield(ledger.Entry{}, ledger.UnreadError{File: "2026-11-24", Err: errors.New("permission denied")})
	}
}

// garbled is a store with one line that nobody can read.
type garbled struct{ *inMemory }

func (g garbled) Entries(ctx context.Context, since time.Time) iter.Seq2[ledger.Entry, error] {
	return func(yield func(ledger.Entry, error) bool) {
		if !yield(ledger.Entry{}, ledger.UnreadError{File: "record-a.jsonl", Line: 1, Err: errors.New("no JSON")}) {
			return
		}
		g.inMemory.Entries(ctx, since)(yield)
	}
}

func TestALedgerThatCannotBeUsedLetsNothingThroughItsCeilings(t *testing.T) {
	t.Parallel()
	day := policy.Budget{Day: nano(100)}
	for name, c := range map[string]struct {
		budget        policy.Budget
		store         Shared
		denied, apart string
		refused       bool
		notHeld       string
		warnings      int
	}{
		"read and within its ceiling":                 {budget: day, store: &inMemory{all: map[string]ledger.Entry{}}},
		"not to be read, and a ceiling is set":        {budget: day, store: &unreadable{inMemory{all: map[string]ledger.Entry{}}}, refused: true, notHeld: "the ledger cannot be read", warnings: 1},
		"not to be read, and none is set":             {store: &unreadable{inMemory{all: map[string]ledger.Entry{}}}, notHeld: "no ceiling over them is set"},
		"a line that nobody can read":                 {budget: day, store: garbled{&inMemory{all: map[string]ledger.Entry{}}}, refused: true, notHeld: "the ledger cannot be read", warnings: 1},
		"brought by the change, and a ceiling is set": {budget: day, denied: "the change touches it", refused: true, notHeld: "the ledger may not be used here"},
		"brought by the change, and none is set":      {denied: "the change touches it", notHeld: "the ledger may not be used here"},
		"seen by nobody else":                         {budget: day, store: &inMemory{all: map[string]ledger.Entry{}}, apart: "a folder of this runner", notHeld: "a folder of this runner"},
		"brought by the change, seen by nobody else":  {budget: day, denied: "the change touches it", apart: "a folder of this runner", notHeld: "a folder of this runner"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, e := runOn(c.store, 1, c.budget)
			w.Trace.Denied, w.Trace.Apart = c.denied, c.apart
			if _, got := reserveOne(w, e, 1, true); (got.Over != "") != c.refused {
				t.Errorf("refused: %q, expected %v", got.Over, c.refused)
			}
			said := w.Ceilings(t.Context(), Models{}, e)
			if said == nil || said.NotHeld != c.notHeld {
				t.Errorf("said %+v, expected %q", said, c.notHeld)
			}
			if len(w.Trace.Warnings) != c.warnings {
				t.Errorf("warnings %q, expected %d", w.Trace.Warnings, c.warnings)
			}
		})
	}
	w, e := runOn(nil, 1, day)
	w.Trace.Shared = nil
	if _, got := reserveOne(w, e, 1, true); got.Over != "" || w.Ceilings(t.Context(), Models{}, e) != nil {
		t.Errorf("without a ledger: %q, expected to run, and to be said by the report", got.Over)
	}
}

func TestCallsThatNothingTellsApartHaveIDsOfTheirOwn(t *testing.T) {
	t.Parallel()
	store := &inMemory{all: map[string]ledger.Entry{}}
	for n := range byte(3) { // the legs of one matrix, on a runner that does not number them
		w, e := runOn(store, 1, policy.Budget{Day: nano(100)})
		var err error
		if w.Trace.Origin.First, err = FirstSequence(bytes.NewReader([]byte{255, n, 0, 0})); err != nil {
			t.Fatal(err)
		}
		if _, got := reserveOne(w, e, 40, false); (got.Over != "") != (n == 2) {
			t.Errorf("leg %d: refused %q, expected two of 40 to fit in 100", n, got.Over)
		}
	}
	if len(store.all) != 3 {
		t.Errorf("%d records, expected 3", len(store.all))
	}
	if _, err := FirstSequence(strings.NewReader("abc")); err == nil {
		t.Error("no error where nothing is left to draw from")
	}
}
