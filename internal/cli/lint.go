package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/sanitize"
)

type lintFlags struct {
	work           workFlags // of a brief; its policy and its evidence count for every file
	hook           bool
	failOn, format string
	json           bool
	stdinName      string
	ledger         string
	offline        bool
	change         changeFlags
	fix            fixing
}

// platformWait bounds how long a person waits for the platform.
const platformWait = 15 * time.Second

func lintCommand(p Process) *cobra.Command {
	var f lintFlags
	cmd := &cobra.Command{
		Use:   "lint [FILE|FOLDER|-]…",
		Short: "Find what is wrong with a policy, a workflow or a brief before anything is sent",
		Long: "lint reads the policy, the workflows and the composite actions of this repository, or the files,\n" +
			"the folders and the standard input (-) that are named, each by what it holds, and says what is\n" +
			"wrong with them. A folder without policy and workflow is one of tasks, a brief in each .md and\n" +
			".txt file. No model is called. With GITHUB_TOKEN or GH_TOKEN the platform is asked what the\n" +
			"default branch requires (not with --offline or --evidence); nothing else is fetched. What a rule\n" +
			"would have to know and does not is \"not examined\". tierwise explain ID says more of each rule.\n" +
			"A finding is suppressed by a comment, on its line or above it, until a day within a year:\n" +
			"  # tierwise: ignore rule-id until 2027-01-31: why\n" +
			"Exit codes: 0 nothing at or over --fail-on, 1 findings, 2 wrong words or a file that cannot be\n" +
			"read, 3 it could not run.",
		Example: "  tierwise lint\n" +
			"  tierwise lint routing-policy.yml .github/workflows\n" +
			"  tierwise lint --fix --diff\n" +
			"  tierwise lint --change\n" +
			"  tierwise lint --brief @task.md --json\n" +
			"  tierwise lint --format sarif > lint.sarif\n" +
			"  git show HEAD:routing-policy.yml | tierwise lint --stdin-name routing-policy.yml -",
		RunE: func(cmd *cobra.Command, args []string) error {
			brief := cmd.Flags().Changed("brief")
			if err := f.alone(brief, args); err != nil {
				return err
			}
			switch {
			case f.hook:
				return lintHook(cmd.Context(), p, f.work)
			case brief:
				return lintBriefs(cmd.Context(), p, f)
			default:
				return lintWork(cmd.Context(), p, f, args)
			}
		},
	}
	f.register(cmd.Flags())
	f.fix.register(cmd)
	return cmd
}

func (f *lintFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.failOn, "fail-on", "error", "none, note, warning or error: exit with 1 where something is that bad or worse")
	flags.StringVar(&f.format, "format", "text", "text, json, sarif, or github (annotations)")
	flags.BoolVar(&f.json, "json", false, "the same as --format json")
	flags.StringVar(&f.stdinName, "stdin-name", "stdin", "how findings name what is read from standard input")
	f.work.registerAllButDiff(flags)
	flags.StringVar(&f.work.diff, "brief-diff", "", "with --brief: a diff file, or -, with the change that the brief is about")
	flags.BoolVar(&f.hook, "hook", false, "answer a coding agent: read its hook event from standard input")
	f.change.register(flags)
	flags.BoolVar(&f.offline, "offline", false, "ask the platform nothing, whatever token is there")
	flags.StringVar(&f.ledger, "ledger", "", "file:DIR, a folder with records of what the last weeks cost")
}

// alone keeps files from being passed over in silence where the words of a
// brief are read. An empty --brief is an empty brief, and not all of the
// repository.
func (f *lintFlags) alone(brief bool, args []string) error {
	flag := "--brief"
	if f.hook {
		flag = "--hook"
	}
	switch {
	case !brief && !f.hook:
		return nil
	case brief && f.hook:
		return &pipeline.UsageError{Text: "--hook and --brief: choose one, a hook brings its own words"}
	case len(args) > 0:
		return &pipeline.UsageError{Text: fmt.Sprintf("%s and %q: lint a brief and files one after the other", flag, args[0])}
	case f.fix.asked() || f.change.change:
		return &pipeline.UsageError{Text: fmt.Sprintf("%s: --fix, --diff and --change are for files", flag)}
	}
	return nil
}

func (f *lintFlags) check() error {
	if f.json {
		if f.format != "text" && f.format != "json" {
			return &pipeline.UsageError{Text: "choose one of --json and --format " + f.format}
		}
		f.format = "json"
	}
	if err := oneOf("--format", &f.format, "text", "json", "sarif", "github"); err != nil {
		return err
	}
	return oneOf("--fail-on", &f.failOn, lintLevels()...)
}

// lintLevels are the words of fail-on for a linter, the default first.
func lintLevels() []string { return []string{"error", "none", "note", "warning"} }

func lintWork(ctx context.Context, p Process, f lintFlags, args []string) error {
	if err := f.check(); err != nil {
		return err
	}
	defer roomForGarbage()()
	checkout, err := pipeline.OpenLint(ctx, p.Environ)
	if err != nil {
		return err
	}
	in, err := lintTexts(p, f, checkout, args)
	if err != nil {
		return err
	}
	briefs, err := f.lintTasks(ctx, p, in.briefs)
	if err != nil {
		return err
	}
	facts, err := f.facts(p, slices.Contains(args, "-"))
	if err != nil {
		return err
	}
	facts.Platform = f.platform(ctx, p, checkout)
	world, warnings, err := checkout.World(ctx, facts)
	if err != nil {
		return err
	}
	for _, text := range warnings {
		fmt.Fprintf(p.Stderr, "tierwise: %s\n", sanitize.LogLine(text))
	}
	f.change.base, f.change.head, f.change.extends = f.work.base, f.work.head, f.work.extends
	f.change.policy = checkout.Named(pipeline.DefaultPolicyPath)
	files, table, err := f.change.into(ctx, p, in.files, &world)
	if err != nil {
		return err
	}
	in.files = files
	if f.fix.asked() {
		if in.files, err = f.mend(p, checkout, world, in.files, args); err != nil || !f.fix.write {
			return err
		}
	}
	if f.format == "text" {
		if err := table(); err != nil {
			return err
		}
	}
	return f.tell(p, report.Linted{
		Report: lint.Join(checkout.LintAll(in.files, world), briefs.Report), Sources: append(pipeline.LintSources(in.files), briefs.Sources...),
		Version: p.Version, Folder: checkout.Folder, PassedOver: in.passedOver,
	})
}

// lintTasks reads the briefs of folders of tasks.
func (f *lintFlags) lintTasks(ctx context.Context, p Process, names []string) (report.Linted, error) {
	switch {
	case len(names) == 0:
		return report.Linted{}, nil
	case f.fix.asked() || f.change.change:
		return report.Linted{}, &pipeline.UsageError{Text: fmt.Sprintf("%s is a brief: --fix, --diff and --change are for policies and workflows", briefName(names[0]))}
	}
	return lintBriefFiles(ctx, p, f.work, names, false)
}

// platform asks for the rules of the default branch, where there is a token and
// no --evidence. What it does not say is not known, and said so: a linter has
// other rules, and works on a train.
func (f *lintFlags) platform(ctx context.Context, p Process, c pipeline.LintCheckout) *lint.Platform {
	if f.offline || f.work.evidence != "" || platformToken(p) == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, platformWait)
	defer cancel()
	at, err := c.Hosted(ctx)
	var known *lint.Platform
	if err == nil {
		known, err = branchRules(ctx, p, at)
	}
	if err != nil {
		fmt.Fprintf(p.Stderr, "tierwise: what %s requires is not known: %s\n", sanitize.LogLine(cmp.Or(at.Branch, "the branch")), sanitize.LogLine(err.Error()))
	}
	return known
}

// mend fixes what is mechanical. A text that came by standard input is shown
// and has no place to be written to.
func (f *lintFlags) mend(p Process, c pipeline.LintCheckout, world lint.World, files []pipeline.LintFile, args []string) ([]pipeline.LintFile, error) {
	if f.change.head != "" {
		return nil, &pipeline.UsageError{Text: "--fix and --head: choose one, what stands at a revision is not mended"}
	}
	f.fix.check = func(file pipeline.LintFile) lint.Report { return c.Lint([]pipeline.LintFile{file}, world) }
	f.fix.where = func(name string) string {
		if name == f.stdinName && slices.Contains(args, "-") {
			return ""
		}
		return name
	}
	f.fix.folder = c.Folder
	return fixFiles(p, &f.fix, files)
}

// lintBriefs reads the words of work that is about to be sent out. As JSON
// each brief has its verdict on a line.
func lintBriefs(ctx context.Context, p Process, f lintFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	l, err := lintBrief(ctx, p, f.work, f.format == "json")
	if err != nil {
		return err
	}
	if f.format != "json" {
		return f.tell(p, l)
	}
	return f.code(l)
}

// facts reads the files that the flags name.
func (f *lintFlags) facts(p Process, stdinTaken bool) (pipeline.LintFacts, error) {
	facts := pipeline.LintFacts{Ledger: f.ledger, Now: p.Now()}
	from := map[string]string{"--policy": f.work.policy, "--evidence": f.work.evidence}
	if stdinTaken {
		from["the files"] = "-"
	}
	if err := oneInput(from); err != nil {
		return facts, err
	}
	var err error
	if facts.Policy, err = policyFile("policy", f.work.policy, p.Stdin); err != nil {
		return facts, err
	}
	if f.work.evidence != "" {
		facts.Evidence, err = readInput("evidence", f.work.evidence, p.Stdin)
	}
	return facts, err
}

// tell prints what was found and gives the exit code.
func (f *lintFlags) tell(p Process, l report.Linted) error {
	if err := printLint(p, f.format, l); err != nil {
		return fmt.Errorf("print the findings: %w", err)
	}
	return f.code(l)
}

func (f *lintFlags) code(l report.Linted) error {
	if lintFails(l, f.failOn) {
		return withCode(ExitFindings)
	}
	return nil
}

// lintFails says whether something is as bad as fail-on says, or worse.
func lintFails(l report.Linted, failOn string) bool {
	for _, s := range []diag.Severity{diag.Note, diag.Warning, diag.Error} {
		if s.String() == failOn {
			return l.Count(s) > 0
		}
	}
	return false
}
