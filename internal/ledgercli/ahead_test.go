package ledgercli

import (
	"context"
	"errors"
	"iter"
	"testing"
)

// counting gives n numbers, and an error behind the last where one is given.
func counting(n int, end error) func(context.Context) iter.Seq2[int, error] {
	return func(ctx context.Context) iter.Seq2[int, error] {
		return func(yield func(int, error) bool) {
			for i := range n {
				if ctx.Err() != nil || !yield(i, nil) {
					return
				}
			}
			if end != nil {
				yield(0, end)
			}
		}
	}
}

func TestReadingAheadGivesTheSameInOrder(t *testing.T) {
	t.Parallel()
	away := errors.New("away")
	for _, n := range []int{0, 1, aheadBatch - 1, aheadBatch, aheadBatch + 1, 10 * aheadBatch} {
		next, told := 0, false
		for i, err := range ahead(t.Context(), counting(n, away)) {
			switch {
			case err != nil:
				told = errors.Is(err, away)
			case i != next:
				t.Fatalf("%d of %d came as %d", i, n, next)
			default:
				next++
			}
		}
		if next != n || !told {
			t.Errorf("%d of %d came, and the error behind them: %v", next, n, told)
		}
	}
}

func TestAPartReadAheadIsNeverTakenForTheWhole(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var last error
	for i, err := range ahead(ctx, counting(100*aheadBatch, nil)) {
		if i == 5 {
			stop()
		}
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("the reading ended with %v", last)
	}
}

func TestNobodyReadsOnWhenTheReaderHasStopped(t *testing.T) {
	t.Parallel()
	read := 0
	for i := range ahead(t.Context(), func(ctx context.Context) iter.Seq2[int, error] {
		return func(yield func(int, error) bool) {
			for yield(read, nil) && ctx.Err() == nil {
				read++
			}
		}
	}) {
		if i == 3 {
			break
		}
	}
	if most := (aheadBatches + 3) * aheadBatch; read > most {
		t.Errorf("%d were read, at most %d can wait", read, most)
	}
}
