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

var errTooMany = errors.New("too many entries")

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
	items []item
	done  chan struct{}
}

func (c *chunk) decode() {
	for i := range c.items {
		if it := &c.items[i]; it.err == nil {
			it.entry, it.err = DecodeEntry(it.text)
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
			for c := range work {
				c.decode()
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
	c, size := &chunk{done: make(chan struct{})}, 0
	flush := func() bool {
		if len(c.items) == 0 {
			return true
		}
		full := c
		c, size = &chunk{done: make(chan struct{})}, 0
		return hand(ctx, order, full) && hand(ctx, work, full)
	}
	f, err := root.Open(name)
	if err != nil {
		c.items = append(c.items, item{file: name, err: err})
		return flush()
	}
	defer f.Close() //nolint:errcheck // it was only read
	err = eachLine(f, func(n int, line []byte) bool {
		c.items = append(c.items, item{file: name, line: n, text: bytes.Clone(line)})
		size += len(line)
		return size < chunkBytes || flush()
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
