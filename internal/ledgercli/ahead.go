package ledgercli

import (
	"context"
	"iter"
	"sync"
)

const (
	// aheadBatch is how much is handed over at once, aheadBatches how many such
	// wait: a hand-over of each by itself would cost more than it saves.
	aheadBatch   = 512
	aheadBatches = 4
)

type readAhead[T any] struct {
	value T
	err   error
}

// ahead reads on a core of its own while what was read before is added up. It
// gives the same in the same order. A context that ends is an error at the
// end, so that a part is never taken for the whole.
func ahead[T any](ctx context.Context, read func(context.Context) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		within, stop := context.WithCancel(ctx)
		batches := make(chan []readAhead[T], aheadBatches)
		var reading sync.WaitGroup
		defer reading.Wait()
		defer stop()
		reading.Go(func() {
			defer close(batches)
			handOver(within, read(within), batches)
		})
		for batch := range batches {
			for _, r := range batch {
				if !yield(r.value, r.err) {
					return
				}
			}
		}
		if err := ctx.Err(); err != nil {
			var none T
			yield(none, err)
		}
	}
}

func handOver[T any](ctx context.Context, all iter.Seq2[T, error], batches chan<- []readAhead[T]) {
	batch := make([]readAhead[T], 0, aheadBatch)
	for value, err := range all {
		batch = append(batch, readAhead[T]{value, err})
		if len(batch) < aheadBatch {
			continue
		}
		select {
		case batches <- batch:
			batch = make([]readAhead[T], 0, aheadBatch)
		case <-ctx.Done():
			return
		}
	}
	select {
	case batches <- batch:
	case <-ctx.Done():
	}
}
