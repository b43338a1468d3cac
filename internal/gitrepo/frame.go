//go:build !image

package gitrepo

import (
	"bytes"
	"errors"
	"io"
)

const (
	readSize = 256 << 10
	// maxHeader is what is kept of a commit that is larger than the limit.
	maxHeader = 1 << 20
	// keptBuffer is what the buffer may hold on to between two large commits.
	keptBuffer = 64 << 20
)

// frame is one commit of the output of git log: its header and its patch.
type frame struct {
	text string
	cut  bool // text is only the beginning
}

// framer cuts the output of git log into frames. Each begins with the mark,
// which is made anew for every run, so that no message and no file can hold it.
type framer struct {
	src    io.Reader
	mark   []byte
	limit  int // of one frame, in bytes
	begun  bool
	ended  bool
	buffer bytes.Buffer
	chunk  []byte
}

func newFramer(src io.Reader, mark string, limit int) *framer {
	return &framer{src: src, mark: []byte(mark), limit: limit, chunk: make([]byte, readSize)}
}

// next gives the next frame, and io.EOF after the last one. Whether the last
// one is whole the way git ended must say.
func (f *framer) next() (frame, error) {
	if !f.begun {
		if err := f.begin(); err != nil {
			return frame{}, err
		}
	}
	if f.ended {
		return frame{}, io.EOF
	}
	return f.rest()
}

// begin reads the first mark.
func (f *framer) begin() error {
	for f.buffer.Len() < len(f.mark) {
		err := f.more()
		if errors.Is(err, io.EOF) && f.buffer.Len() == 0 {
			return io.EOF
		}
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
	}
	if !bytes.Equal(f.buffer.Next(len(f.mark)), f.mark) {
		return errors.New("the output begins with something else than a commit")
	}
	f.begun = true
	return nil
}

// rest reads up to the next mark and takes that too.
func (f *framer) rest() (frame, error) {
	var head frame
	for seen := 0; ; {
		if i := bytes.Index(f.buffer.Bytes()[seen:], f.mark); i >= 0 {
			return f.take(head, seen+i, len(f.mark)), nil
		}
		// The buffer may end in the middle of a mark.
		seen = max(0, f.buffer.Len()-len(f.mark)+1)
		if seen > f.limit {
			head = f.take(head, seen, 0)
			head.cut, seen = true, 0
		}
		err := f.more()
		if errors.Is(err, io.EOF) {
			f.ended = true
			return f.take(head, f.buffer.Len(), 0), nil
		}
		if err != nil {
			return frame{}, err
		}
	}
}

// take moves n bytes to the frame, or drops them where it is cut already, and
// skips what comes after.
func (f *framer) take(head frame, n, skip int) frame {
	part := f.buffer.Next(n)
	switch {
	case head.cut:
	case n > f.limit:
		head = frame{text: string(part[:min(n, maxHeader)]), cut: true}
	default:
		head.text = string(part)
	}
	f.buffer.Next(skip)
	if f.buffer.Cap() > keptBuffer && f.buffer.Len() < readSize {
		f.buffer = *bytes.NewBuffer(bytes.Clone(f.buffer.Bytes()))
	}
	return head
}

func (f *framer) more() error {
	n, err := f.src.Read(f.chunk)
	f.buffer.Write(f.chunk[:n])
	if n > 0 {
		return nil
	}
	return err
}
