package cli

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/sanitize"
)

func lintCommand(p Process) *cobra.Command {
	var change changeFlags
	cmd := &cobra.Command{
		Use:     "lint [FILE…]",
		Short:   "Find what is wrong with a policy, a workflow or a brief before anything is sent",
		Example: "  tierwise lint\n  tierwise lint routing-policy.yml .github/workflows\n  tierwise lint --change",
		RunE: func(cmd *cobra.Command, args []string) error {
			world, err := pipeline.LintWorld(p.Now())
			if err != nil {
				return err
			}
			files, err := lintFiles(args)
			if err != nil {
				return err
			}
			files, changed, err := change.into(cmd.Context(), p, files, &world)
			if err != nil {
				return err
			}
			return errors.Join(changed(), lintReport(p, pipeline.Lint(files, world)))
		},
	}
	change.register(cmd.Flags())
	return cmd
}

func lintFiles(args []string) ([]pipeline.LintFile, error) {
	here := os.DirFS(".")
	if len(args) == 0 {
		return pipeline.LintFiles(here)
	}
	var files []pipeline.LintFile
	for _, name := range args {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, &pipeline.UsageError{Text: fmt.Sprintf("read %s: %v", name, err)}
		}
		files = append(files, pipeline.LintFile{Name: name, Data: data})
	}
	return files, nil
}

func lintReport(p Process, r lint.Report) error {
	for _, f := range r.Findings {
		fmt.Fprintf(p.Stdout, "%s: %s: %s [%s]\n", f.Position, f.Severity, sanitize.LogLine(f.Message), f.ID)
	}
	if r.Count(diag.Error) > 0 {
		return withCode(ExitFindings)
	}
	return nil
}
