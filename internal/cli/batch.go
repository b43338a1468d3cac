package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/lint"
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
// policy is read once. A line that cannot be read is answered with an error in
// its place, so that no answer is taken for another line's; the exit code then
// says that there were such.
func batch(ctx context.Context, p Process, f workFlags) error {
	if f.brief+f.diff+f.logFile+f.handoff != "" || f.policy == "-" || f.extends == "-" || f.evidence == "-" {
		return &pipeline.UsageError{Text: "--batch reads its work from standard input alone"}
	}
	if err := f.policyNearby(); err != nil {
		return err
	}
	override, err := f.policyText(p.Stdin)
	if err != nil {
		return err
	}
	given, err := extending(p, f.extends)
	if err != nil {
		return err
	}
	world, err := pipeline.BriefWorld(p.Now())
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(p.Stdin)
	lines.Buffer(make([]byte, 0, 1<<20), maxBatchLine)
	bad := 0
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		if err := batchLine(ctx, p, lines.Bytes(), override, given, world); err != nil {
			bad++
			if err := refuseLine(p, n, lines.Bytes(), err); err != nil {
				return err
			}
		}
	}
	switch {
	case lines.Err() != nil:
		return fmt.Errorf("read the batch: %w", lines.Err())
	case bad > 0:
		return &pipeline.UsageError{Text: fmt.Sprintf("lines that could not be decided: %d; each has its error in its place", bad)}
	default:
		return nil
	}
}

// refuseLine answers a line that could not be decided. A broken policy stops
// the batch: it would break every line alike.
func refuseLine(p Process, n int, line []byte, cause error) error {
	var words *pipeline.UsageError
	if !errors.As(cause, &words) {
		return fmt.Errorf("line %d: %w", n, cause)
	}
	var item struct {
		ID any `json:"id"`
	}
	// The line may be no JSON at all: then the answer has no id either.
	_ = json.Unmarshal(line, &item)
	answer, err := json.Marshal(map[string]any{"id": item.ID, "error": fmt.Sprintf("line %d: %v", n, cause)})
	if err != nil {
		return fmt.Errorf("line %d: %w", n, err)
	}
	_, err = fmt.Fprintf(p.Stdout, "%s\n", answer)
	return err
}

func batchLine(ctx context.Context, p Process, line []byte, override *pipeline.PolicyText, given pipeline.Extending, world lint.World) error {
	item, s, err := readItem(line)
	if err != nil {
		return err
	}
	s.Extending = given
	w, err := item.work(ctx, s, override)
	if err != nil {
		return err
	}
	plans, err := decide(ctx, p, w, s)
	if err != nil {
		return err
	}
	return report.BatchLine(p.Stdout, item.ID, plans[0].Decision, item.verdict(w, s, world))
}

// verdict says what a dispatcher should do with the words. A line that names a
// task and brings none has nothing to ask about.
func (i batchItem) verdict(w *pipeline.Work, s pipeline.Settings, world lint.World) lint.Dispatch {
	if i.Brief == "" && i.Task != "" {
		return lint.Dispatch{Verdict: lint.Go}
	}
	verdict := w.LintBrief(i.ID, s, world).Verdict
	return verdict
}

func readItem(line []byte) (batchItem, pipeline.Settings, error) {
	var item batchItem
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&item); err != nil {
		return item, pipeline.Settings{}, &pipeline.UsageError{Text: fmt.Sprintf("read JSON: %v", err)}
	}
	if item.ID == "" {
		return item, pipeline.Settings{}, &pipeline.UsageError{Text: "the line has no id"}
	}
	if err := boundedBrief("the brief", item.Brief); err != nil {
		return item, pipeline.Settings{}, err
	}
	s := pipeline.Settings{Brief: item.Brief, TrustBrief: item.Trusted, Title: item.Title}
	if item.Task != "" {
		s.Tasks = []string{item.Task}
	}
	var err error
	s.Annotation, err = annotation(item.Annotation)
	return item, s, err
}

func (i batchItem) work(ctx context.Context, s pipeline.Settings, override *pipeline.PolicyText) (*pipeline.Work, error) {
	if i.Diff == nil {
		return pipeline.FromWords(ctx, s, override)
	}
	files, err := change.Parse(strings.NewReader(*i.Diff))
	if err != nil {
		return nil, &pipeline.UsageError{Text: fmt.Sprintf("diff: %v", err)}
	}
	return pipeline.FromDiff(ctx, files, s, override)
}
