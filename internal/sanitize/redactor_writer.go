package sanitize

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Writer gives a writer that redacts what passes through it to w. A secret
// that comes in several writes is caught: what could be the beginning of one
// is held back until the next write, or until Close, which must be called and
// does not close w.
func (r *Redactor) Writer(w io.Writer) io.WriteCloser { return &redactingWriter{redactor: r, to: w} }

type redactingWriter struct {
	redactor *Redactor
	to       io.Writer
	held     string
}

// Write passes on what is known to be free of secrets.
func (w *redactingWriter) Write(p []byte) (int, error) {
	if w.redactor == nil {
		n, err := w.to.Write(p)
		if err != nil {
			return n, fmt.Errorf("write: %w", err)
		}
		return n, nil
	}
	w.held += string(p)
	if err := w.pass(w.redactor.settled(w.held)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Close passes on what was held back.
func (w *redactingWriter) Close() error { return w.pass(len(w.held)) }

func (w *redactingWriter) pass(n int) error {
	if n == 0 {
		return nil
	}
	out := w.redactor.Redact(w.held[:n])
	w.held = w.held[n:]
	if _, err := io.WriteString(w.to, out); err != nil {
		return fmt.Errorf("write redacted text: %w", err)
	}
	return nil
}

// settled is how many bytes of s can be judged whatever follows: those before
// the first place from which a secret might still unfold, and not within one.
func (r *Redactor) settled(s string) int {
	s = s[:len(s)-unfinished(s)]
	dense, places := compact(s)
	end := len(s)
	if k := r.unfolding(dense); k > 0 {
		end = places.of(len(dense) - k)
	}
	spans := r.find(s)
	for i := len(spans) - 1; i >= 0; i-- {
		if spans[i].from < end && spans[i].to > end {
			end = spans[i].from
		}
	}
	return end
}

// unfinished is the number of bytes of a character that has begun at the end of
// s: it may turn out to be one that is passed over.
func unfinished(s string) int {
	for n := 1; n < utf8.UTFMax && n <= len(s); n++ {
		if tail := s[len(s)-n:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRuneInString(tail) {
				return n
			}
			return 0
		}
	}
	return 0
}

// unfolding is the length of the longest end of dense that begins a needle and
// is not all of it.
func (r *Redactor) unfolding(dense string) int {
	if len(r.needles) == 0 {
		return 0
	}
	for k := min(len(r.needles[0])-1, len(dense)); k > 0; k-- {
		tail := dense[len(dense)-k:]
		for _, needle := range r.needles {
			if len(needle) <= k {
				break // they are sorted, longest first
			}
			if strings.HasPrefix(needle, tail) {
				return k
			}
		}
	}
	return 0
}
