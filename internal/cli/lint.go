package cli

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/sanitize"
)

func lintCommand(p Process) *cobra.Command {
	var f workFlags
	var asJSON, hook bool
	var fix fixing
	cmd := &cobra.Command{
		Use:     "lint [FILE…]",
		Short:   "Find what is wrong with a policy, a workflow or a brief before anything is sent",
		Example: "  tierwise lint\n  tierwise lint routing-policy.yml .github/workflows",
		RunE: func(cmd *cobra.Command, args []string) error {
			if hook {
				return lintHook(cmd.Context(), p, f)
			}
			if f.brief != "" {
				r, err := lintBrief(cmd.Context(), p, f, asJSON)
				if err != nil {
					return err
				}
				if asJSON {
					return lintCode(r)
				}
				return lintReport(p, r)
			}
			world, err := pipeline.LintWorld(p.Now())
			if err != nil {
				return err
			}
			files, err := lintFiles(args)
			if err != nil {
				return err
			}
			if fix.asked() {
				fix.check = func(f pipeline.LintFile) lint.Report { return pipeline.Lint([]pipeline.LintFile{f}, world) }
				if files, err = fixFiles(p, &fix, files); err != nil || !fix.write {
					return err
				}
			}
			return lintReport(p, pipeline.Lint(files, world))
		},
	}
	f.register(cmd.Flags())
	cmd.Flags().BoolVar(&asJSON, "json", false, "JSON")
	cmd.Flags().BoolVar(&hook, "hook", false, "answer a coding agent: read its hook event from standard input")
	fix.register(cmd)
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
	return lintCode(r)
}

func lintCode(r lint.Report) error {
	if r.Count(diag.Error) > 0 {
		return withCode(ExitFindings)
	}
	return nil
}
