package ledger

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"runtime"
)

// ErrTooMany is the end of a reading that has not seen all: what it gave is a
// part.
var ErrTooMany = errors.New("too many entries")

// ErrTaken is another entry of an id that was given before. The first stays.
var ErrTaken = errors.New("another entry of the id")

const (
	// chunkBytes is how much text one worker decodes at a time.
	chunkBytes = 64 << 10
	// maxWorkers bounds how many decode at once.
	maxWorkers = 8
)

// item is what became of one line.
type item struct {
	file  string
	line  int // 0: the file as a whole
	text  []byte
	entry Entry
	err   error
}

// chunk is some lines of one file, and where they come back decoded.
type chunk struct {
	text  []byte // of all its lines
	items []item
	done  chan struct{}
}

func newChunk() *chunk {
	return &chunk{text: make([]byte, 0, chunkBytes), done: make(chan struct{})}
}

// add copies a line; false where the chunk is full.
func (c *chunk) add(file string, n int, line []byte) bool {
	at := len(c.text)
	c.text = append(c.text, line...) // where it moves, earlier lines keep the old place
	c.items = append(c.items, item{file: file, line: n, text: c.text[at:len(c.text):len(c.text)]})
	return len(c.text) < chunkBytes-chunkBytes/8
}

func (c *chunk) decode(words map[string]string) {
	for i := range c.items {
		if it := &c.items[i]; it.err == nil {
			it.entry, it.err = decodeEntry(it.text, words)
		}
	}
	close(c.done)
}

// walk reads files one after the other, decodes in parallel, and gives every
// line in order. Only a few chunks are in memory at a time. It stops where
// give says so or the context ends.
func walk(ctx context.Context, root *os.Root, files []string, give func(item) bool) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	workers := min(runtime.GOMAXPROCS(0), maxWorkers)
	work, order := make(chan *chunk), make(chan *chunk, 2*workers)
	for range workers {
		go func() {
			words := map[string]string{}
			for c := range work {
				c.decode(words)
			}
		}()
	}
	go func() {
		defer close(order)
		defer close(work)
		for _, name := range files {
			if !cut(ctx, root, name, work, order) {
				return
			}
		}
	}()
	for c := range order {
		select {
		case <-c.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		for _, it := range c.items {
			if !give(it) {
				return nil
			}
		}
	}
	return ctx.Err()
}

// cut reads one file into chunks; false where nobody waits for more.
func cut(ctx context.Context, root *os.Root, name string, work, order chan<- *chunk) bool {
	c := newChunk()
	flush := func() bool {
		if len(c.items) == 0 {
			return true
		}
		full := c
		c = newChunk()
		return hand(ctx, order, full) && hand(ctx, work, full)
	}
	f, err := root.Open(name)
	if err != nil {
		c.items = append(c.items, item{file: name, err: err})
		return flush()
	}
	defer f.Close() //nolint:errcheck // it was only read
	err = eachLine(f, func(n int, line []byte) bool {
		return c.add(name, n, line) || flush()
	})
	if err != nil {
		c.items = append(c.items, item{file: name, err: err})
	}
	return flush()
}

func hand(ctx context.Context, to chan<- *chunk, c *chunk) bool {
	select {
	case to <- c:
		return true
	case <-ctx.Done():
		return false
	}
}

// eachLine gives the lines that are not empty, until it is told to stop.
func eachLine(r io.Reader, give func(n int, line []byte) bool) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, chunkBytes), maxLine)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) > 0 && !give(n, lines.Bytes()) {
			return nil
		}
	}
	return lines.Err()
}
