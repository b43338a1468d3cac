package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/runner"
)

// inputs are the action's inputs as they came. An input that is not set
// arrives empty.
type inputs struct {
	get                               func(name string) string
	mode, token, comment              string
	failOn, logFile                   string
	recordFile, resultFile, patchFile string // outputs, once they are written
	resultDigest                      string
	handoff, handoffFile              string
	sarifName, sarifFile              string // the input sarif-file, and the output once it is written
	annotate, remarks                 string // the inputs annotate and review-comments
	ledger                            *ledger.Address
	leg                               int // of the job's matrix, from 0
}

func actionInputs(p Process) inputs {
	get := func(name string) string {
		return strings.TrimSpace(p.Getenv("INPUT_" + strings.ToUpper(strings.ReplaceAll(name, " ", "_"))))
	}
	return inputs{
		get: get, mode: get("mode"), token: get("github-token"), comment: get("comment"), logFile: get("log-file"), handoff: get("handoff"),
		sarifName: get("sarif-file"), annotate: get("annotate"), remarks: get("review-comments"),
	}
}

// keyInputs are the inputs that hold a key, by provider.
func keyInputs() map[string]string {
	return map[string]string{
		"anthropic": "anthropic-api-key", "openai": "openai-api-key", "gemini": "gemini-api-key",
		"bedrock": "bedrock-api-key", "azure": "azure-api-key", "vertex": "vertex-access-token",
	}
}

func (in *inputs) keys() map[string]string {
	keys := map[string]string{}
	for provider, name := range keyInputs() {
		if key := in.get(name); key != "" {
			keys[provider] = key
		}
	}
	return keys
}

// mask asks the runner to hide every secret, before anything else is printed.
func (in *inputs) mask(r *runner.Runner) {
	for _, key := range in.keys() {
		r.Mask(key)
	}
	if in.token != "" {
		r.Mask(in.token)
	}
}

// settings checks every input before anything is read or spent.
func (in *inputs) settings(p Process) (pipeline.Settings, error) {
	s := pipeline.Settings{
		Tasks: list(in.get("task")), Policy: in.get("policy"), Brief: in.get("brief"),
		Base: in.get("base"), Head: in.get("head"),
	}
	if err := in.check(s); err != nil {
		return s, err
	}
	if err := in.checkPublish(p.Getenv); err != nil {
		return s, err
	}
	err := boundedBrief("input brief", s.Brief)
	if err != nil {
		return s, err
	}
	if s.TrustBrief, err = yesNo("trust-brief", in.get("trust-brief")); err != nil {
		return s, err
	}
	if s.Annotation, err = annotation(in.get("annotation")); err != nil {
		return s, err
	}
	if s.MissingKey, err = missingKey(in.get("on-missing-key")); err != nil {
		return s, err
	}
	if in.failOn, err = in.threshold(); err != nil {
		return s, err
	}
	if in.ledger, err = ledgerInput(in.get("ledger")); err != nil {
		return s, err
	}
	if in.leg, err = matrixLeg(in.get("matrix-leg")); err != nil {
		return s, err
	}
	if id := in.get("run-id"); id != "" {
		if s.RunID, err = strconv.ParseInt(id, 10, 64); err != nil || s.RunID <= 0 {
			return s, &pipeline.UsageError{Text: fmt.Sprintf("run-id %q is not a run's number", id)}
		}
	}
	return s, nil
}

// matrixLeg reads the place of a job in its matrix: the platform makes 256 at
// most. A runner that does not say it leaves it empty.
func matrixLeg(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		return 0, &pipeline.UsageError{Text: fmt.Sprintf("matrix-leg %q is not the number of a job in its matrix: leave the input out", text)}
	}
	return int(n), nil
}

func (in *inputs) check(s pipeline.Settings) error {
	if in.mode == "" {
		in.mode = "run"
	}
	if !slices.Contains([]string{"run", "route", "publish", "lint", "record", "report"}, in.mode) {
		return &pipeline.UsageError{Text: fmt.Sprintf("mode %q, expected one of run, route, publish, lint, record, report", in.mode)}
	}
	if err := oneOf("comment", &in.comment, "never", "always", "over-budget", "on-findings"); err != nil {
		return err
	}
	if err := oneOf("annotate", &in.annotate, "workflow", "check-run", "both", "none"); err != nil {
		return err
	}
	if err := oneOf("review-comments", &in.remarks, "never", "on-findings"); err != nil {
		return err
	}
	if (in.mode == "run" || in.mode == "publish") && len(s.Tasks) == 0 {
		return &pipeline.UsageError{Text: fmt.Sprintf("input task is required for mode %s, for example task: changelog", in.mode)}
	}
	if err := in.checkRecord(s); err != nil {
		return err
	}
	if (s.Base == "") != (s.Head == "") {
		return &pipeline.UsageError{Text: "base and head belong together: give both"}
	}
	return nil
}

// threshold reads fail-on, whose words are those of the mode.
func (in *inputs) threshold() (string, error) {
	value := in.get("fail-on")
	if in.mode != "lint" {
		return failOn(value)
	}
	err := oneOf("fail-on", &value, lintLevels()...)
	return value, err
}

// oneOf holds an input to its words; empty is the first of them.
func oneOf(name string, value *string, words ...string) error {
	if *value == "" {
		*value = words[0]
	}
	if !slices.Contains(words, *value) {
		return &pipeline.UsageError{Text: fmt.Sprintf("%s %q, expected one of %s", name, *value, strings.Join(words, ", "))}
	}
	return nil
}

// access reads how models are reached. The SDKs' own variables are not read.
func (in *inputs) access(p Process, workspace string) (pipeline.Access, error) {
	a := pipeline.Access{
		Keys: in.keys(), BaseURL: in.get("base-url"), BaseURLProvider: in.get("base-url-provider"),
		AllowedHosts: list(in.get("allowed-hosts")), Proxy: p.Proxy, Now: p.Now,
	}
	var err error
	if a.AllowPrivate, err = yesNo("allow-private-network", in.get("allow-private-network")); err != nil {
		return a, err
	}
	if name := in.get("ca-file"); name != "" {
		path, err := insideWorkspace(workspace, filepath.FromSlash(name))
		if err != nil {
			return a, err
		}
		if a.CA, err = readInput("ca-file", path, nil); err != nil {
			return a, err
		}
	}
	return a, nil
}

// list splits at commas and new lines.
func list(text string) []string {
	var items []string
	for _, item := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '\n' || r == '\r' }) {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

func yesNo(name, text string) (bool, error) {
	switch text {
	case "", "false":
		return false, nil
	case "true":
		return true, nil
	default:
		return false, &pipeline.UsageError{Text: fmt.Sprintf("%s %q, expected true or false", name, text)}
	}
}
