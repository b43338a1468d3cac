package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

func explainCommand(_ Process) *cobra.Command {
	return &cobra.Command{
		Use:     "explain ID",
		Short:   "Explain a signal, a shape of work, a reason, a task or a rule of the linter; without an ID, list them",
		Example: "  tierwise explain\n  tierwise explain migration\n  tierwise explain code-review\n  tierwise explain model-not-pinned",
		// Asked for by a shell alone: every other start of the program need not
		// gather the pages.
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return explainable(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			switch len(args) {
			case 0:
				_, err := fmt.Fprintln(cmd.OutOrStdout(), contents())
				return err
			case 1:
				text, err := explain(args[0])
				if err != nil {
					return err
				}
				_, err = fmt.Fprint(cmd.OutOrStdout(), text)
				return err
			default:
				return &pipeline.UsageError{Text: "explain takes one ID"}
			}
		},
	}
}

// explain gives every page of an id: a reason and what reading a policy
// refuses may share one.
func explain(id string) (string, error) {
	text := explained(id)
	if p, ok := lint.FindPage(id); ok {
		if text != "" {
			text += "\n"
		}
		text += lintPage(p)
	}
	if text == "" {
		return "", &pipeline.UsageError{Text: fmt.Sprintf("nothing is called %q, expected one of %s", id, strings.Join(explainable(), ", "))}
	}
	return text, nil
}

func explained(id string) string {
	for _, s := range signal.All() {
		if s.ID == id {
			return signalPage(s)
		}
	}
	for _, s := range signal.ShapePages() {
		if string(s.Shape) == id {
			return shapePage(s)
		}
	}
	kind, _, _ := strings.Cut(id, "/") // must-frontier/auth is a must-frontier
	for _, r := range route.Rules() {
		if r.ID == kind {
			return pageOf("reason", r.ID, r.Summary, r.Why, "What to do", r.Fix)
		}
	}
	if t, ok := task.Find(id); ok {
		return taskPage(t)
	}
	return ""
}

// signalPage also shows what fires the signal, and what it needs to see.
func signalPage(s signal.Signal) string {
	needs := make([]string, len(s.Needs))
	for i, n := range s.Needs {
		needs[i] = string(n)
	}
	domains := "none"
	if len(s.Domains) > 0 {
		words := make([]string, len(s.Domains))
		for i, d := range s.Domains {
			words[i] = string(d)
		}
		domains = strings.Join(words, ", ")
	}
	return pageOf("signal", s.ID, s.Summary, s.Why, "Example", indented(s.Example)) + fmt.Sprintf("\nHow to tune it\n  %s\n\nNeeds: %s. Adds to the domains: %s.\n",
		s.Fix, strings.Join(needs, ", "), domains)
}

// shapePage also shows how a row of the table asks for the shape.
func shapePage(s signal.ShapePage) string {
	return pageOf("shape of work", string(s.Shape), s.Summary, s.Why, "Example", indented(s.Example)) +
		fmt.Sprintf("\nHow to tune it\n  %s\n\nA row of the table below the default asks for it: shape: [%s]. More diff can only take it away.\n", s.Fix, s.Shape)
}

func indented(text string) string {
	return strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n  ")
}

func pageOf(kind, id, summary, why, more, text string) string {
	return fmt.Sprintf("%s (%s)\n\n%s\n\nWhy\n  %s\n\n%s\n  %s\n", id, kind, summary, why, more, text)
}

// taskPage also says what the task's verifier cannot see.
func taskPage(t task.Task) string {
	text := pageOf("task", t.ID, t.Summary, t.Why, "How its output can be bad, and who would notice", failures(t))
	text += "\nWhat its verifier cannot see\n  " + indented(t.Unseen) + "\n"
	local := "none: without a key it cannot run"
	if t.Local != nil {
		local = "code of this program does it where there is no key"
	}
	return text + fmt.Sprintf("\nKind: it %s. Local form: %s.\n", t.Kind, local)
}

// failures is the catch test of a task: each way to be bad, and who covers it.
func failures(t task.Task) string {
	var lines []string
	if t.CriticalPath {
		lines = append(lines, "Not asked: the task is on the critical path and stays frontier. Its verifier runs all the same.")
	}
	for _, f := range t.Failures {
		switch {
		case f.Verified:
			lines = append(lines, f.ID+": the verifier proves that it is not there")
		case t.CriticalPath:
			lines = append(lines, f.ID+": nobody is asked to catch it, which is why no label lowers the tier")
		default:
			names := make([]string, len(f.CaughtBy))
			for i, c := range f.CaughtBy {
				names[i] = string(c)
			}
			lines = append(lines, f.ID+": left to "+strings.Join(names, " or ")+", as caught_by of the policy names them and the branch confirms; nobody: frontier")
		}
	}
	return strings.Join(lines, "\n  ")
}

func explainable() []string {
	var ids []string
	for _, s := range signal.All() {
		ids = append(ids, s.ID)
	}
	for _, s := range signal.Shapes() {
		ids = append(ids, string(s))
	}
	for _, r := range route.Rules() {
		ids = append(ids, r.ID)
	}
	for _, t := range task.All() {
		ids = append(ids, t.ID)
	}
	for _, p := range lint.Pages() {
		ids = append(ids, p.ID)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	return ids
}

// contents lists everything that explain knows.
func contents() string {
	lines := []string{"signals:"}
	for _, s := range signal.All() {
		lines = append(lines, fmt.Sprintf("  %-23s %s", s.ID, s.Summary))
	}
	lines = append(lines, "shapes of work:")
	for _, s := range signal.ShapePages() {
		lines = append(lines, fmt.Sprintf("  %-23s %s", s.Shape, s.Summary))
	}
	lines = append(lines, "reasons:")
	for _, r := range route.Rules() {
		lines = append(lines, fmt.Sprintf("  %-23s %s", r.ID, r.Summary))
	}
	lines = append(lines, "tasks:")
	for _, t := range task.All() {
		lines = append(lines, fmt.Sprintf("  %-23s %s", t.ID, t.Summary))
	}
	lines = append(lines, lintContents()...)
	return strings.Join(lines, "\n")
}
