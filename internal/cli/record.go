package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tierwise/tierwise/internal/agentlog"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
)

// recordFlags name the log of another program.
type recordFlags struct {
	work         workFlags
	file, agent  string
	model        string
	ledger       string
	format       string
	timeoutAfter time.Duration
}

func recordCommand(p Process) *cobra.Command {
	var f recordFlags
	cmd := &cobra.Command{
		Use:   "record --usage-file FILE",
		Short: "Price what another agent spent, and say what the policy would have chosen",
		Long: "record reads the log of an agent that ran already, prices it as run does, prints the run summary and\n" +
			"puts one record into the ledger, with what the policy leads to for the change at hand. It calls no model\n" +
			"and verifies nothing. It reads Claude Code's execution file, result and stream, Codex's exec --json and\n" +
			"rollout files, and Gemini CLI's JSON output, stream and telemetry file. What a log does not say is\n" +
			"unknown, and never zero.",
		Example: "  tierwise record --usage-file claude-execution-output.json --task code-review\n" +
			"  codex exec --json 'fix the tests' | tierwise record --usage-file - --usage-model gpt-6.1-terra --ledger file:ledger\n" +
			"  tierwise record --usage-file gemini.json --agent gemini --format json",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), p) },
	}
	f.register(cmd.Flags())
	return cmd
}

func (f *recordFlags) register(flags *pflag.FlagSet) {
	f.work.register(flags)
	flags.StringVar(&f.file, "usage-file", "", "log of the agent, or - for standard input")
	flags.StringVar(&f.agent, "agent", "auto", "whose log it is: auto, claude, codex or gemini")
	flags.StringVar(&f.model, "usage-model", "", "the model, where the log does not name it")
	flags.StringVar(&f.ledger, "ledger", "", "file:DIR, a folder that keeps the record")
	flags.StringVar(&f.format, "format", "markdown", "markdown or json")
	flags.DurationVar(&f.timeoutAfter, "timeout", 10*time.Minute, "deadline on the whole")
}

// check holds the flags to their words before anything is read.
func (f *recordFlags) check() (agentlog.Agent, error) {
	switch {
	case f.file == "":
		return "", &pipeline.UsageError{Text: "record needs --usage-file, for example --usage-file claude-execution-output.json"}
	case len(f.work.tasks) > 1:
		return "", &pipeline.UsageError{Text: "record takes one --task: a log does not say what was spent on which"}
	case f.format != "markdown" && f.format != "json":
		return "", &pipeline.UsageError{Text: fmt.Sprintf("--format %q, expected one of markdown, json", f.format)}
	case f.timeoutAfter <= 0:
		return "", &pipeline.UsageError{Text: fmt.Sprintf("--timeout %s, expected more than nothing, for example 10m", f.timeoutAfter)}
	}
	w := f.work
	err := oneInput(map[string]string{
		"--brief": strings.TrimPrefix(w.brief, "@"), "--diff": w.diff, "--log-file": w.logFile, "--handoff": w.handoff,
		"--evidence": w.evidence, "--policy": w.policy, "--extends": w.extends, "--usage-file": f.file,
	})
	if err != nil {
		return "", err
	}
	if err := usageModel(f.model); err != nil {
		return "", err
	}
	return agentNamed("--agent", f.agent)
}

// agentNamed reads the short and the whole names of the agents.
func agentNamed(what, name string) (agentlog.Agent, error) {
	switch name {
	case "", "auto":
		return agentlog.Auto, nil
	case "claude", string(agentlog.ClaudeCode):
		return agentlog.ClaudeCode, nil
	case "codex":
		return agentlog.Codex, nil
	case "gemini", string(agentlog.GeminiCLI):
		return agentlog.GeminiCLI, nil
	default:
		return "", &pipeline.UsageError{Text: fmt.Sprintf("%s %q, expected one of auto, claude, codex, gemini", what, name)}
	}
}

// usageModel refuses what can be no model's id.
func usageModel(name string) error {
	const most = 200
	if len(name) > most || strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return &pipeline.UsageError{Text: "usage-model is no id of a model"}
	}
	return nil
}

// readUsage reads a log up to its bound, and one byte more of what is too long.
func readUsage(what, name string, stdin io.Reader) ([]byte, error) {
	return readUpTo(agentlog.MaxBytes+1, what, name, stdin)
}

func (f *recordFlags) run(ctx context.Context, p Process) error {
	agent, err := f.check()
	if err != nil {
		return err
	}
	data, err := readUsage("--usage-file", f.file, p.Stdin)
	if err != nil {
		return err
	}
	s, err := f.work.settings(p)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, f.timeoutAfter)
	defer cancel()
	w, root, err := f.gather(ctx, p, s)
	if err != nil {
		return err
	}
	if w.Memory, err = (&callFlags{ledger: f.ledger}).memory(p, root, w); err != nil {
		return err
	}
	started := p.Now()
	o := pipeline.Origin{RunID: started.UTC().Format(time.RFC3339Nano), Attempt: 1, Job: "checkout", Event: "checkout", Version: p.Version, Started: started}
	d, err := recordLog(ctx, p, w, s, pipeline.ReadLog(agent, data).Naming(f.model), o)
	if err != nil {
		return err
	}
	w.Memory.Append(ctx, d.records, d.session.Results, nil)
	d.session.Warnings = append(d.session.Warnings, w.Memory.Warnings...)
	if err := f.print(p, d.session); err != nil {
		return err
	}
	warn(p, d.session)
	return nil
}

// gather takes the change where one is named, and the words alone where there
// is no checkout to read.
func (f *recordFlags) gather(ctx context.Context, p Process, s pipeline.Settings) (*pipeline.Work, string, error) {
	if f.work.diff != "" {
		if err := f.work.policyNearby(); err != nil {
			return nil, "", err
		}
	}
	return f.work.gather(ctx, p, s)
}

// recordLog makes a session and a record of a log.
func recordLog(ctx context.Context, p Process, w *pipeline.Work, s pipeline.Settings, log agentlog.Log, o pipeline.Origin) (done, error) {
	models, err := pipeline.Assumed(w.Policy)
	if err != nil {
		return done{}, err
	}
	edge := edgeOf(p)
	if o.First, err = pipeline.FirstSequence(edge.Random); err != nil {
		return done{}, fmt.Errorf("name the record: %w", err)
	}
	results, err := w.Record(ctx, log, s, models, edge)
	if err != nil {
		return done{}, err
	}
	session := w.Session(results, 0, s, models, edge, p.Version)
	session.RunBudget = nil // nobody could have held this spend to it
	return done{session: session, records: w.Records(results, o, models, edge)}, nil
}

func (f *recordFlags) print(p Process, s report.Session) error {
	if f.format == "json" {
		return printResults(p, s)
	}
	var page bytes.Buffer
	if err := report.Summary(&page, s); err != nil {
		return fmt.Errorf("render the summary: %w", err)
	}
	if _, err := io.WriteString(p.Stdout, inert(p, page.String())); err != nil {
		return fmt.Errorf("print the summary: %w", err)
	}
	return nil
}

// printResults prints what the action's output results holds.
func printResults(p Process, s report.Session) error {
	outputs, err := report.Outputs(s)
	if err != nil {
		return fmt.Errorf("render the results: %w", err)
	}
	i := slices.IndexFunc(outputs, func(o report.Output) bool { return o.Name == "results" })
	if i < 0 {
		return errors.New("render the results: there are none")
	}
	if _, err := fmt.Fprintln(p.Stdout, outputs[i].Value); err != nil {
		return fmt.Errorf("print the results: %w", err)
	}
	return nil
}
