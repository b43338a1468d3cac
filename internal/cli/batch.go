package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
)

// batchItem is one line of --batch.
type batchItem struct {
	ID         string  `json:"id"`
	Task       string  `json:"task"`
	Brief      string  `json:"brief"`
	Trusted    bool    `json:"trusted"`
	Annotation string  `json:"annotation"`
	Title      string  `json:"title"`
	Diff       *string `json:"diff"`
}

// maxBatchLine bounds one line of --batch in bytes.
const maxBatchLine = 64 << 20

// batch decides one line after the other, in order, in this process. The
// policy is read once. A line that cannot be read ends the batch: a caller
// must not take the answers that follow for those of other lines.
func batch(ctx context.Context, p Process, f workFlags) error {
	if err := f.policyNearby(); err != nil {
		return err
	}
	override, err := f.policyText(p.Stdin)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(p.Stdout)
	lines := bufio.NewScanner(p.Stdin)
	lines.Buffer(make([]byte, 0, 1<<20), maxBatchLine)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		if err := batchLine(ctx, p, out, lines.Bytes(), override); err != nil {
			return fmt.Errorf("line %d: %w", n, flushThen(out, err))
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read the batch: %w", flushThen(out, err))
	}
	return out.Flush()
}

// flushThen writes what was decided before an error.
func flushThen(out *bufio.Writer, err error) error {
	if flush := out.Flush(); flush != nil {
		return fmt.Errorf("%w (and the answers before it could not be written: %v)", err, flush) //nolint:errorlint // the first error decides
	}
	return err
}

func batchLine(ctx context.Context, p Process, out *bufio.Writer, line []byte, override *pipeline.PolicyText) error {
	item, s, err := readItem(line)
	if err != nil {
		return err
	}
	w, err := item.work(s, override)
	if err != nil {
		return err
	}
	models, err := pipeline.Assumed(w.Policy)
	if err != nil {
		return err
	}
	plans, err := w.Decide(ctx, s, models, edgeOf(p))
	if err != nil {
		return err
	}
	return report.BatchLine(out, item.ID, plans[0].Decision)
}

func readItem(line []byte) (batchItem, pipeline.Settings, error) {
	var item batchItem
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&item); err != nil {
		return item, pipeline.Settings{}, &pipeline.UsageError{Text: fmt.Sprintf("read JSON: %v", err)}
	}
	s := pipeline.Settings{Brief: item.Brief, TrustBrief: item.Trusted, Title: item.Title}
	if item.Task != "" {
		s.Tasks = []string{item.Task}
	}
	var err error
	s.Annotation, err = annotation(item.Annotation)
	return item, s, err
}

func (i batchItem) work(s pipeline.Settings, override *pipeline.PolicyText) (*pipeline.Work, error) {
	if i.Diff == nil {
		return pipeline.FromWords(s, override)
	}
	files, err := change.Parse(strings.NewReader(*i.Diff))
	if err != nil {
		return nil, &pipeline.UsageError{Text: fmt.Sprintf("diff: %v", err)}
	}
	return pipeline.FromDiff(files, s, override)
}
