package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/gitrepo"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/signal"
)

func runCommand(p Process) *cobra.Command {
	var work workFlags
	var call callFlags
	var form sarifFlags
	cmd := &cobra.Command{
		Use:   "run --task TASK[,TASK…]",
		Short: "Decide the tier of each task, run it there, and print the run summary",
		Long: "run reads a range of commits (or a diff), decides each task's tier by the policy at the base,\n" +
			"runs it, and prints the run summary as markdown. Without a key the tasks that can are done by\n" +
			"local code. Keys: ANTHROPIC_API_KEY, OPENAI_API_KEY, GEMINI_API_KEY. Every flag is also read\n" +
			"from TIERWISE_<FLAG>.",
		Example: "  tierwise run --task changelog\n" +
			"  tierwise run --task changelog,pr-summary --base v1.2.0 --head HEAD\n" +
			"  go test ./... 2>&1 | tierwise run --task failure-summary --log-file -\n" +
			"  tierwise run --task code-review --fail-on high --sarif-file review.sarif",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return runWork(cmd.Context(), p, work, call, form) },
	}
	work.register(cmd.Flags())
	call.register(cmd.Flags())
	form.register(cmd.Flags())
	return cmd
}

// runWork is the verb run in a checkout.
func runWork(ctx context.Context, p Process, f workFlags, c callFlags, form sarifFlags) error {
	fail, s, err := wanted(p, f, c, form)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	w, root, err := f.gather(ctx, p, s)
	if err != nil {
		return err
	}
	access, err := c.access(p)
	if err != nil {
		return err
	}
	if w.Memory, err = c.memory(p, root, w); err != nil {
		return err
	}
	w.Trace = &pipeline.Trace{Dir: root, Shared: w.Memory.Shared(), Denied: w.Memory.Denied, Apart: c.apart(p)}
	w.Past = w.Memory.Past(ctx, p.Now())
	done, err := execute(ctx, p, w, s, access, pipeline.Origin{RunID: p.Now().UTC().Format(time.RFC3339Nano), Attempt: 1, Job: "checkout", Event: "checkout", Version: p.Version, Started: p.Now()})
	if err != nil {
		return err
	}
	if err := show(p, done.session, form, access); err != nil {
		return err
	}
	w.Memory.Append(ctx, done.records, done.session.Results, access.redactor.Redact)
	done.session.Warnings = append(done.session.Warnings, w.Memory.Warnings...)
	warn(p, done.session)
	leaveFiles(p, root, done, access)
	return withCode(checkoutExit(done.session, fail))
}

// wanted checks the flags before anything is read: what is wrong with them
// must not cost a wait.
func wanted(p Process, f workFlags, c callFlags, form sarifFlags) (fail string, s pipeline.Settings, err error) {
	if len(f.tasks) == 0 {
		return "", s, &pipeline.UsageError{Text: "run needs --task, for example --task changelog"}
	}
	if fail, err = failOn(c.failOn); err != nil {
		return "", s, err
	}
	if s, err = f.settings(p); err != nil {
		return "", s, err
	}
	if s.MissingKey, err = missingKey(c.missingKey); err != nil {
		return "", s, err
	}
	if c.timeout <= 0 {
		return "", s, &pipeline.UsageError{Text: fmt.Sprintf("--timeout %s, expected more than nothing, for example 10m", c.timeout)}
	}
	return fail, s, form.check()
}

// show prints the summary, or what stands in its place.
func show(p Process, s report.Session, form sarifFlags, a access) error {
	file, err := form.leave(p, s, a.redactor.Redact)
	if err != nil {
		return err
	}
	page := printable(file)
	if form.format == "text" {
		var summary bytes.Buffer
		if err := report.Summary(&summary, s); err != nil {
			return fmt.Errorf("render the summary: %w", err)
		}
		page = inert(p, a.redactor.Redact(summary.String()))
	}
	if _, err := io.WriteString(p.Stdout, page); err != nil {
		return fmt.Errorf("print the summary: %w", err)
	}
	return nil
}

// inert takes the force of commands from a page that is printed where the
// runner reads standard output.
func inert(p Process, page string) string {
	if p.Getenv("GITHUB_ACTIONS") != "true" {
		return page
	}
	return sanitize.Page(page)
}

// warn puts on standard error what a person must not miss in the summary.
func warn(p Process, s report.Session) {
	for _, n := range report.Annotations(s) {
		if n.Level != report.LevelNotice {
			fmt.Fprintf(p.Stderr, "tierwise: %s: %s\n", sanitize.LogLine(n.Title), sanitize.LogLine(n.Message))
		}
	}
}

// leaveFiles writes the record, the result and the handoff. What cannot be written is said
// and changes nothing: all of it stands in the summary.
func leaveFiles(p Process, root string, d done, a access) {
	record, err := pipeline.WriteRecords(root, d.records)
	if err == nil {
		_, _, err = pipeline.WriteResult(root, resultName(record), d.head, d.session, a.redactor.Redact)
	}
	if h := d.session.Handoff.Document; err == nil && h != nil {
		_, err = pipeline.WriteHandoff(root, handoffName(record), *h, a.redactor.Redact)
	}
	patches, failed := pipeline.WritePatches(root, filesID(record), d.session.Results, a.redactor.Redact)
	for _, path := range patches {
		fmt.Fprintf(p.Stderr, "tierwise: patch written to %s; look at it, then git apply it\n", sanitize.LogLine(path))
	}
	err = errors.Join(err, failed)
	if err != nil {
		fmt.Fprintf(p.Stderr, "tierwise: %v\n", err)
	}
}

// checkoutExit tells a review that did not happen from one that found things.
func checkoutExit(s report.Session, failOn string) int {
	for _, r := range s.Results {
		if r.Task.CriticalPath && !r.Green() && !s.AllowNoReview[r.Task.ID] {
			return ExitFailed
		}
	}
	return report.ExitCode(s, failOn)
}

// gather finds the change: a diff, a range, or none.
func (f *workFlags) gather(ctx context.Context, p Process, s pipeline.Settings) (*pipeline.Work, string, error) {
	go signal.Prepare() // it reads nothing of this run
	override, err := f.policyText(p.Stdin)
	if err != nil {
		return nil, "", err
	}
	if f.diff != "" {
		if f.base != "" || f.head != "" {
			return nil, "", &pipeline.UsageError{Text: "--diff and --base or --head: choose one, a diff has no revisions"}
		}
		files, err := f.readDiff(p.Stdin)
		if err != nil {
			return nil, "", err
		}
		w, err := pipeline.FromDiff(ctx, files, s, override)
		return w, ".", err
	}
	repo, err := gitrepo.Open(ctx, ".", p.Environ...)
	switch {
	case errors.Is(err, gitrepo.ErrNoCheckout) && !pipeline.NeedsChange(s.Tasks) && f.base+f.head == "":
		w, err := pipeline.FromWords(ctx, s, override)
		return w, ".", err
	case errors.Is(err, gitrepo.ErrNoCheckout):
		return nil, "", &pipeline.UsageError{Text: "this folder is in no git checkout; go to one, or give --diff FILE"}
	case err != nil:
		return nil, "", fmt.Errorf("open the checkout: %w", err)
	}
	w, err := pipeline.FromCheckout(ctx, repo, s, override)
	return w, repo.Root(), err
}

func (f *workFlags) policyText(stdin io.Reader) (*pipeline.PolicyText, error) {
	if f.policy == "" {
		return nil, nil
	}
	data, err := readInput("policy", f.policy, stdin)
	if err != nil {
		return nil, err
	}
	return &pipeline.PolicyText{Name: f.policy, Data: data}, nil
}

func (f *workFlags) readDiff(stdin io.Reader) ([]change.File, error) {
	data, err := readInput("diff", f.diff, stdin)
	if err != nil {
		return nil, err
	}
	files, err := change.Parse(bytes.NewReader(data))
	if err != nil {
		return nil, &pipeline.UsageError{Text: fmt.Sprintf("--diff %s: %v", f.diff, err)}
	}
	return files, nil
}

// redactorFor hides the keys from every sink.
func redactorFor(keys map[string]string, more ...string) *sanitize.Redactor {
	values := more
	for _, k := range keys {
		values = append(values, k)
	}
	return sanitize.NewRedactor(values...)
}
