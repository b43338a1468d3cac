//go:build !image

package gitrepo

import (
	"context"
	"errors"
	"io"
)

// The queue holds at most aheadUnits × aheadUnit bytes, and one frame beside
// them, that git has printed and nobody has parsed yet.
const (
	aheadUnit  = 64 << 10
	aheadUnits = 512
)

// queue lets git go on with the next patches while earlier ones are parsed.
type queue struct {
	frames chan frame
	room   chan struct{} // one for each unit that waits
}

func newQueue() *queue {
	return &queue{frames: make(chan frame, aheadUnits), room: make(chan struct{}, aheadUnits)}
}

func units(f frame) int { return min(1+len(f.text)/aheadUnit, aheadUnits) }

// put waits for room, or for the end of ctx.
func (q *queue) put(ctx context.Context, f frame) error {
	for range units(f) {
		select {
		case q.room <- struct{}{}:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	q.frames <- f // has room: each frame has taken a unit
	return nil
}

// free gives back what a frame took.
func (q *queue) free(f frame) {
	for range units(f) {
		<-q.room
	}
}

// fill puts frames until git ends. The last one goes on only where git ended
// well: else it may be the one that git died in.
func (q *queue) fill(ctx context.Context, git *stream, frames *framer) error {
	defer close(q.frames)
	last, err := frames.next()
	for err == nil && !frames.ended {
		if err = q.put(ctx, last); err == nil {
			last, err = frames.next()
		}
	}
	if failed := git.finish(); failed != nil {
		return failed
	}
	if err == nil {
		return q.put(ctx, last)
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
