package cli

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/task"
)

// maxInputBytes bounds every file that a flag names.
const maxInputBytes = 64 << 20

// workFlags name the work: the change, the words, the task.
type workFlags struct {
	tasks      []string
	base, head string
	diff       string
	policy     string
	brief      string
	trustBrief bool
	title      string
	annotation string
	evidence   string
	logFile    string
	handoff    string
	extends    string
}

func (f *workFlags) register(flags *pflag.FlagSet) {
	f.registerAllButDiff(flags)
	flags.StringVar(&f.diff, "diff", "", "read the change from a diff file, or - for standard input")
}

// registerAllButDiff leaves --diff out, for lint, where it shows what --fix does.
func (f *workFlags) registerAllButDiff(flags *pflag.FlagSet) {
	flags.StringSliceVarP(&f.tasks, "task", "t", nil, "the task, or several separated by commas")
	flags.StringVar(&f.base, "base", "", "base revision (default: merge base with the default branch)")
	flags.StringVar(&f.head, "head", "", "head revision (default: HEAD)")
	flags.StringVar(&f.policy, "policy", "", "policy file on disk (default: routing-policy.yml at the base)")
	flags.StringVar(&f.extends, "extends", "", extendsUsage)
	flags.StringVar(&f.brief, "brief", "", "the words: TEXT, @FILE, or - for standard input")
	flags.BoolVar(&f.trustBrief, "trust-brief", false, "let the brief place the work")
	flags.StringVar(&f.title, "title", "", "title of the change; it may only raise")
	flags.StringVar(&f.annotation, "annotation", "", `trusted annotation, such as "[scope: single-file] [domain: docs] [ambiguity: low]"`)
	flags.StringVar(&f.evidence, "evidence", "", "JSON file with what is known of the branch's rules")
	flags.StringVar(&f.logFile, "log-file", "", "log or JUnit XML for failure-summary, or - for standard input")
	flags.StringVar(&f.handoff, "handoff", "", "document that an earlier run handed over, or - for standard input; it may only raise")
}

// settings reads the files that the flags name.
func (f *workFlags) settings(p Process) (pipeline.Settings, error) {
	stdin := p.Stdin
	if err := f.oneInput(); err != nil {
		return pipeline.Settings{}, err
	}
	for i := range f.tasks {
		f.tasks[i] = strings.TrimSpace(f.tasks[i])
	}
	s := pipeline.Settings{Tasks: f.tasks, Base: f.base, Head: f.head, Title: f.title, TrustBrief: f.trustBrief}
	var err error
	if s.Extending, err = extending(p, f.extends); err != nil {
		return s, err
	}
	if s.Annotation, err = annotation(f.annotation); err != nil {
		return s, err
	}
	if s.Brief, err = briefText(f.brief, stdin); err != nil {
		return s, err
	}
	if f.logFile != "" {
		s.LogName = f.logFile
		if s.Log, err = readInput("log-file", f.logFile, stdin); err != nil {
			return s, err
		}
	}
	if f.evidence != "" {
		if s.Evidence, err = readInput("evidence", f.evidence, stdin); err != nil {
			return s, err
		}
	}
	if f.handoff != "" {
		if s.Handoff, err = readInput("handoff", f.handoff, stdin); err != nil {
			return s, err
		}
	}
	return s, nil
}

// oneInput refuses to read standard input for two flags: the second would
// find nothing, and nothing is a small change.
func (f *workFlags) oneInput() error {
	return oneInput(map[string]string{"--brief": strings.TrimPrefix(f.brief, "@"), "--diff": f.diff, "--log-file": f.logFile, "--handoff": f.handoff, "--evidence": f.evidence, "--policy": f.policy, "--extends": f.extends})
}

// oneInput holds flags that name a file to at most one "-".
func oneInput(flags map[string]string) error {
	var from []string
	for flag, value := range flags {
		if value == "-" {
			from = append(from, flag)
		}
	}
	if len(from) > 1 {
		slices.Sort(from)
		return &pipeline.UsageError{Text: fmt.Sprintf("%s all read standard input: only one can", strings.Join(from, " and "))}
	}
	return nil
}

func annotation(text string) (task.Annotation, error) {
	if strings.TrimSpace(text) == "" {
		return task.Annotation{}, nil
	}
	a, err := task.ParseAnnotation(text)
	if err != nil {
		return a, &pipeline.UsageError{Text: fmt.Sprintf("annotation: %v", err)}
	}
	return a, nil
}

// briefText reads TEXT, @FILE or -, and no more of it than a brief may have.
func briefText(value string, stdin io.Reader) (string, error) {
	name, isFile := strings.CutPrefix(value, "@")
	if value == "-" {
		name, isFile = "-", true
	}
	text := value
	if isFile {
		data, err := readUpTo(maxBriefBytes+1, "--brief", name, stdin)
		if err != nil {
			return "", err
		}
		text = string(data)
	}
	return text, boundedBrief(briefName(value), text)
}

// readInput reads a named file, or standard input for "-", up to a bound.
func readInput(flag, name string, stdin io.Reader) ([]byte, error) {
	return readNamed("--"+flag, name, stdin)
}

// readNamed reads the file that a flag or an argument names, - for standard
// input.
func readNamed(what, name string, stdin io.Reader) ([]byte, error) {
	data, err := readUpTo(maxInputBytes+1, what, name, stdin)
	if len(data) > maxInputBytes {
		return nil, &pipeline.UsageError{Text: fmt.Sprintf("%s %s is larger than %d MiB", what, name, maxInputBytes>>20)}
	}
	return data, err
}

func readUpTo(bytes int64, what, name string, stdin io.Reader) ([]byte, error) {
	r := stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, &pipeline.UsageError{Text: fmt.Sprintf("%s: %v", what, err)}
		}
		defer f.Close() //nolint:errcheck // it was only read
		r = f
	}
	data, err := io.ReadAll(io.LimitReader(r, bytes))
	if err != nil {
		return nil, fmt.Errorf("read %s %s: %w", what, name, err)
	}
	return data, nil
}

// callFlags say how models are reached, and how long it may take.
type callFlags struct {
	baseURL, baseURLProvider string
	allowedHosts             []string
	allowPrivate             bool
	caFile                   string
	missingKey, failOn       string
	ledger                   string
	timeout                  time.Duration
}

func (f *callFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.baseURL, "base-url", "", "root of a vendor's API (OpenAI-compatible: with /v1), or several as provider=URL")
	flags.StringVar(&f.baseURLProvider, "base-url-provider", "", "whose API a single --base-url is: anthropic, openai, gemini,\nbedrock, vertex or azure")
	flags.StringSliceVar(&f.allowedHosts, "allowed-hosts", nil, "hosts that may be called for models (host or host:port)")
	flags.BoolVar(&f.allowPrivate, "allow-private-network", false, "let --base-url point into a private network")
	flags.StringVar(&f.caFile, "ca-file", "", "PEM file with certificates to trust beside the system's")
	flags.StringVar(&f.missingKey, "on-missing-key", "", "fail, local or skip (default: local where the task has it, else fail)")
	flags.StringVar(&f.failOn, "fail-on", "none", "none, info, low, medium, high, critical or error")
	flags.StringVar(&f.ledger, "ledger", "", "file:DIR, a folder that keeps records and answers for later runs")
	flags.DurationVar(&f.timeout, "timeout", 10*time.Minute, "deadline on the whole")
}

// missingKey checks the value of on-missing-key.
func missingKey(value string) (dispatch.MissingKey, error) {
	switch k := dispatch.MissingKey(value); k {
	case dispatch.MissingKeyDefault, dispatch.MissingKeyFail, dispatch.MissingKeyLocal, dispatch.MissingKeySkip:
		return k, nil
	default:
		return "", &pipeline.UsageError{Text: fmt.Sprintf("on-missing-key %q, expected one of fail, local, skip", value)}
	}
}

// failOn checks the value of fail-on.
func failOn(value string) (string, error) {
	switch value {
	case "", "none":
		return "none", nil
	case "error":
		return value, nil
	}
	if _, err := task.ParseSeverity(value); err != nil {
		return "", &pipeline.UsageError{Text: fmt.Sprintf("fail-on %q, expected one of none, info, low, medium, high, critical, error", value)}
	}
	return value, nil
}
