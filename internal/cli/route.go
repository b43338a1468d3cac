package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/route"
)

type routeFlags struct {
	work    workFlags
	json    bool
	explain bool
	batch   bool
}

func routeCommand(p Process) *cobra.Command {
	var f routeFlags
	cmd := &cobra.Command{
		Use:   "route [--task TASK]",
		Short: "Decide the tier and say why; no model is called",
		Long: "route decides as run does and calls nobody. Without a task it places the brief by the policy's\n" +
			"table, as before an agent is dispatched. --batch reads JSON lines\n" +
			`{"id", "task"?, "brief"?, "trusted"?, "annotation"?, "title"?, "diff"?} and writes one decision a line.`,
		Example: "  tierwise route --task changelog --explain\n" +
			"  tierwise route --brief 'fix the typo in README' --annotation '[scope: single-file] [domain: docs] [ambiguity: low]' --json\n" +
			"  git diff main... | tierwise route --task docs --diff - --json\n" +
			"  tierwise route --batch < work.jsonl",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return routeWork(cmd.Context(), p, f) },
	}
	f.work.register(cmd.Flags())
	cmd.Flags().BoolVar(&f.json, "json", false, "print the decision as JSON, one line a task")
	cmd.Flags().BoolVar(&f.explain, "explain", false, "print every reason with its place, and what would change the decision")
	cmd.Flags().BoolVar(&f.batch, "batch", false, "read JSON lines from standard input")
	return cmd
}

func routeWork(ctx context.Context, p Process, f routeFlags) error {
	if (f.json && f.explain) || (f.batch && (f.json || f.explain)) {
		return &pipeline.UsageError{Text: "choose one of --json, --explain, --batch"}
	}
	if f.batch {
		return batch(ctx, p, f.work)
	}
	s, err := f.work.settings(p)
	if err != nil {
		return err
	}
	w, err := f.work.gatherToRoute(ctx, p, s)
	if err != nil {
		return err
	}
	plans, err := decide(ctx, p, w, s)
	if err != nil {
		return err
	}
	for i, plan := range plans {
		if err := f.print(p, plan.Decision, i > 0); err != nil {
			return err
		}
	}
	return nil
}

// decide answers without calling anybody.
func decide(ctx context.Context, p Process, w *pipeline.Work, s pipeline.Settings) ([]pipeline.Planned, error) {
	models, err := pipeline.Assumed(w.Policy)
	if err != nil {
		return nil, err
	}
	return w.Decide(ctx, s, models, edgeOf(p))
}

func (f routeFlags) print(p Process, d route.Decision, another bool) error {
	if f.json {
		return report.DecisionJSON(p.Stdout, d)
	}
	if f.explain {
		if another {
			fmt.Fprintln(p.Stdout)
		}
		return report.Explain(p.Stdout, d, colour(p))
	}
	_, err := fmt.Fprintln(p.Stdout, report.OneLine(d))
	return err
}

// gatherToRoute takes the change where there is one. A brief alone, without
// a range or a diff, is placed before anything has been changed.
func (f *workFlags) gatherToRoute(ctx context.Context, p Process, s pipeline.Settings) (*pipeline.Work, error) {
	if f.diff != "" || f.base != "" || f.head != "" || len(f.tasks) > 0 {
		if f.diff != "" {
			if err := f.policyNearby(); err != nil {
				return nil, err
			}
		}
		w, _, err := f.gather(ctx, p, s)
		return w, err
	}
	if s.Brief == "" && s.Annotation.Empty() && s.Title == "" {
		return nil, &pipeline.UsageError{Text: "route needs --task, --brief, --annotation, --diff or a range (--base, --head)"}
	}
	if err := f.policyNearby(); err != nil {
		return nil, err
	}
	override, err := f.policyText(p.Stdin)
	if err != nil {
		return nil, err
	}
	return pipeline.FromWords(ctx, s, override)
}

// policyNearby takes the policy in this folder where no base holds one: a
// diff or a brief has no base commit, and this disk is the caller's own.
func (f *workFlags) policyNearby() error {
	if f.policy != "" {
		return nil
	}
	_, err := os.Stat(pipeline.DefaultPolicyPath)
	switch {
	case err == nil:
		f.policy = pipeline.DefaultPolicyPath
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return nil
	default:
		return fmt.Errorf("look for the policy: %w", err)
	}
}
