package ledger

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
)

// The line of a comment that holds answers. Its base64 is the standard one,
// which has no hyphen: "--" would end an HTML comment for some readers.
const (
	lineStart = "<!-- tierwise answers 1 "
	lineEnd   = " -->"
	// MaxAnswersLine bounds it, in bytes: the facts of a comment and some of
	// the tasks' output fit beside it under the platform's 65,536.
	MaxAnswersLine = 24 << 10
	// maxInflated bounds what such a line may grow to.
	maxInflated = 1 << 20
)

// AnswersLine puts answers on one line that a reader of the comment does not
// see. What makes the line too long is left out, the longest first; "" where
// nothing is left. dropped names the tasks left out.
func AnswersLine(kept []dispatch.Kept) (line string, dropped []string) {
	var docs [][]byte
	var tasks []string
	for _, k := range kept {
		doc, err := EncodeAnswer(k)
		if err != nil {
			dropped = append(dropped, k.Task)
			continue
		}
		docs, tasks = append(docs, doc), append(tasks, k.Task)
	}
	for len(docs) > 0 {
		if line = lineStart + packed(docs) + lineEnd; len(line) <= MaxAnswersLine {
			return line, dropped
		}
		at := longest(docs)
		dropped = append(dropped, tasks[at])
		docs, tasks = append(docs[:at:at], docs[at+1:]...), append(tasks[:at:at], tasks[at+1:]...)
	}
	return "", dropped
}

func longest(docs [][]byte) int {
	at := 0
	for i, d := range docs {
		if len(d) > len(docs[at]) {
			at = i
		}
	}
	return at
}

func packed(docs [][]byte) string {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err == nil {
		_, err = w.Write(bytes.Join(docs, []byte("\n")))
		err = errors.Join(err, w.Close())
	}
	if err != nil {
		panic(err) // the level is right, and memory does not refuse a write
	}
	return base64.RawStdEncoding.EncodeToString(out.Bytes())
}

// ReadAnswersLine finds the answers in the body of a comment. They stand on
// its second line alone: further down a model's words could look like them.
// No such line is no answer and no error.
func ReadAnswersLine(body string) ([]dispatch.Kept, error) {
	_, rest, _ := strings.Cut(body, "\n")
	line, _, _ := strings.Cut(rest, "\n")
	text, ours := strings.CutPrefix(strings.TrimRight(line, "\r"), lineStart)
	text, ends := strings.CutSuffix(text, lineEnd)
	if !ours || !ends {
		return nil, nil
	}
	if len(text) > MaxAnswersLine {
		return nil, fmt.Errorf("read kept answers: the line has %d bytes, more than %d", len(text), MaxAnswersLine)
	}
	data, err := base64.RawStdEncoding.Strict().DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("read kept answers: %w", err)
	}
	plain, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(data)), maxInflated+1))
	if err != nil {
		return nil, fmt.Errorf("read kept answers: %w", err)
	}
	if len(plain) > maxInflated {
		return nil, fmt.Errorf("read kept answers: more than %d bytes", maxInflated)
	}
	return decodeAnswers(plain)
}

func decodeAnswers(plain []byte) ([]dispatch.Kept, error) {
	var kept []dispatch.Kept
	for doc := range bytes.SplitSeq(plain, []byte("\n")) {
		if len(kept) == maxItems {
			return nil, fmt.Errorf("read kept answers: more than %d", maxItems)
		}
		k, err := DecodeAnswer(doc)
		if err != nil {
			return nil, err
		}
		k.From = FromComment
		kept = append(kept, k)
	}
	return kept, nil
}

// Where an answer may have been kept.
const (
	FromComment = "comment"
	FromLedger  = "ledger"
)
