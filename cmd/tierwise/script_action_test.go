package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tierwise/tierwise/internal/testkit/runnerparse"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// workflowToken is the token that the runner gives to a script's step.
const workflowToken = "ghs_ThisIsAWorkflowToken0123456789abcd"

// stepTimeout bounds one step; a step that hangs must not hang the tests.
const stepTimeout = 2 * time.Minute

// commandAction runs the binary as the runner would, against the fakes:
//
//	action [-exit N] EVENT PAYLOAD input=value…
//
// An argument NAME=value in capitals sets a variable instead of an input, and
// result-digest=@FILE takes the digest that stands in a result file. It
// leaves the files stdout, stderr, summary.md, outputs.txt (name=value a
// line) and commands.txt (the workflow commands), and holds them to what must
// always be: only our commands, well-formed outputs, no secret anywhere.
func commandAction(ts *testscript.TestScript, neg bool, args []string) {
	want := 0
	if len(args) > 2 && args[0] == "-exit" {
		n, err := strconv.Atoi(args[1])
		ts.Check(err)
		want, args = n, args[2:]
	}
	if neg || len(args) < 2 {
		ts.Fatalf("usage: action [-exit N] EVENT PAYLOAD input=value…")
	}
	s := newStep(ts, args)
	code := s.run()
	s.leave()
	s.checkCommands()
	s.checkSecrets()
	if code != want {
		ts.Fatalf("exit %d, expected %d\n%s\n%s", code, want, s.stdout.String(), s.stderr.String())
	}
}

type step struct {
	ts             *testscript.TestScript
	env            []string
	secrets        []string
	stdout, stderr bytes.Buffer
	outputs        string // path of GITHUB_OUTPUT
	summary        string // path of GITHUB_STEP_SUMMARY
}

func newStep(ts *testscript.TestScript, args []string) *step {
	s := &step{ts: ts, outputs: ts.MkAbs(".home/output"), summary: ts.MkAbs("summary.md")}
	for _, name := range []string{s.outputs, s.summary} {
		ts.Check(os.WriteFile(name, nil, 0o644))
	}
	inputs := defaultInputs(ts)
	inputs["github-token"] = workflowToken
	inputs["matrix-leg"] = "0" // what the runner makes of the default in a job without a matrix
	s.env = runnerVariables(ts, args[0], ts.MkAbs(args[1]))
	s.env = append(s.env, "GITHUB_OUTPUT="+s.outputs, "GITHUB_STEP_SUMMARY="+s.summary)
	for name, value := range settings(ts, args[2:]) {
		if name == strings.ToUpper(name) {
			s.env = append(s.env, name+"="+value)
			continue
		}
		if _, known := inputs[name]; !known {
			ts.Fatalf("action.yml has no input %q", name)
		}
		if file, ok := strings.CutPrefix(value, "@"); ok && name == "result-digest" {
			value = digestIn(ts.ReadFile(file))
		}
		inputs[name] = strings.ReplaceAll(value, `\n`, "\n")
	}
	for name, value := range inputs {
		s.env = append(s.env, "INPUT_"+strings.ToUpper(name)+"="+value)
		if value != "" && (strings.HasSuffix(name, "-key") || name == "github-token") && name != "on-missing-key" {
			s.secrets = append(s.secrets, value)
		}
	}
	return s
}

// defaultInputs reads the defaults of action.yml, as the runner does.
func defaultInputs(ts *testscript.TestScript) map[string]string {
	data, err := os.ReadFile(filepath.Join("..", "..", "action.yml"))
	ts.Check(err)
	tree, findings := yamltree.Parse("action.yml", data)
	ts.Check(findings.Err())
	inputs := map[string]string{}
	for _, top := range tree.Entries {
		if top.Key != "inputs" {
			continue
		}
		for _, input := range top.Value.Entries {
			for _, field := range input.Value.Entries {
				if field.Key == "default" {
					inputs[input.Key] = field.Value.Text
				}
			}
		}
	}
	return inputs
}

// runnerVariables is the environment of a step, as small as the real one's
// part that matters here.
func runnerVariables(ts *testscript.TestScript, event, path string) []string {
	return []string{
		"PATH=" + ts.Getenv("PATH"), "HOME=" + ts.Getenv("HOME"), "GITHUB_ACTIONS=true", "CI=true",
		"GITHUB_EVENT_NAME=" + event, "GITHUB_EVENT_PATH=" + path, "GITHUB_API_URL=" + ts.Getenv("GITHUB_API_URL"),
		"GITHUB_SERVER_URL=https://github.com", "GITHUB_REPOSITORY=acme/widgets", "GITHUB_REPOSITORY_ID=42", "GITHUB_SHA=" + headCommit,
		"GITHUB_REF=refs/pull/7/merge", "GITHUB_RUN_ID=4711", "GITHUB_RUN_ATTEMPT=1", "GITHUB_JOB=review", "GITHUB_WORKFLOW=review",
		"GITHUB_ACTOR=ada", "GITHUB_TRIGGERING_ACTOR=ada", "GITHUB_WORKSPACE=" + ts.MkAbs("ws"), "ACTIONS_RUNTIME_TOKEN=runtime-token-of-the-runner",
	}
}

func (s *step) run() int {
	ctx, cancel := context.WithTimeout(context.Background(), stepTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, s.binary())
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = s.ts.MkAbs("ws"), s.env, &s.stdout, &s.stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		s.ts.Check(err)
	}
	return cmd.ProcessState.ExitCode()
}

// binary finds the program on the script's own path.
func (s *step) binary() string {
	for _, dir := range filepath.SplitList(s.ts.Getenv("PATH")) {
		name := filepath.Join(dir, "tierwise")
		if _, err := os.Stat(name); err == nil {
			return name
		}
	}
	s.ts.Fatalf("tierwise is not on the path")
	return ""
}

// leave writes what the step said for the script to look at.
func (s *step) leave() {
	writeScriptFile(s.ts, "stdout", s.stdout.String())
	writeScriptFile(s.ts, "stderr", s.stderr.String())
	pairs, err := runnerparse.File(s.ts.ReadFile(s.outputs))
	s.ts.Check(err)
	var lines []string
	for _, p := range pairs {
		lines = append(lines, p.Name+"="+strings.ReplaceAll(p.Value, "\n", `\n`))
	}
	writeScriptFile(s.ts, "outputs.txt", strings.Join(append(lines, ""), "\n"))
	s.checkNames(pairs)
	lines = nil
	for _, c := range s.commands() {
		lines = append(lines, fmt.Sprintf("%s %s %s:%s %s", c.Name, c.Properties["title"], c.Properties["file"], c.Properties["line"], strings.ReplaceAll(c.Data, "\n", `\n`)))
	}
	writeScriptFile(s.ts, "commands.txt", strings.Join(append(lines, ""), "\n"))
}

// checkNames holds the outputs to those that action.yml names, each once.
func (s *step) checkNames(pairs []runnerparse.Pair) {
	data, err := os.ReadFile(filepath.Join("..", "..", "action.yml"))
	s.ts.Check(err)
	_, outputs, _ := strings.Cut(string(data), "\noutputs:\n")
	seen := map[string]bool{}
	for _, p := range pairs {
		if !strings.Contains("\n"+outputs, "\n  "+p.Name+":\n") {
			s.ts.Fatalf("action.yml has no output %q", p.Name)
		}
		if seen[p.Name] {
			s.ts.Fatalf("output %q was set twice", p.Name)
		}
		seen[p.Name] = true
	}
}

func (s *step) commands() []runnerparse.Command {
	return append(runnerparse.Commands(s.stdout.String()), runnerparse.Commands(s.stderr.String())...)
}

// checkCommands holds the step to commands that only tell: a command that
// sets, saves or stops anything is a stranger's.
func (s *step) checkCommands() {
	ours := []string{"notice", "warning", "error", "add-mask", "debug"}
	for _, c := range s.commands() {
		if !slices.Contains(ours, c.Name) {
			s.ts.Fatalf("the step said the command %+v", c)
		}
		if c.Name == "add-mask" && !slices.Contains(s.secrets, c.Data) {
			s.ts.Fatalf("the step masks %q, which is no secret of its own", c.Data)
		}
	}
}

// checkSecrets looks for every key and token in every sink. The runner takes
// masks out of the log by itself.
func (s *step) checkSecrets() {
	sinks := map[string]string{"outputs": s.ts.ReadFile(s.outputs), "summary": s.ts.ReadFile(s.summary), "stdout": s.stdout.String(), "stderr": s.stderr.String()}
	s.addFiles(sinks)
	w := worldOf(s.ts)
	if w.hub != nil {
		for _, r := range w.hub.Requests() {
			sinks["platform"] += r.String() + r.Body
		}
	}
	if w.model != nil {
		for _, r := range w.model.Requests() {
			sinks["model"] += string(r.Body)
		}
	}
	for name, text := range sinks {
		for line := range strings.Lines(text) {
			for _, secret := range s.secrets {
				if strings.Contains(line, secret) && strings.TrimSpace(line) != "::add-mask::"+secret {
					s.ts.Fatalf("a secret stands in %s: %s", name, line)
				}
			}
		}
	}
}

func (s *step) addFiles(sinks map[string]string) {
	root := s.ts.MkAbs("ws/.tierwise")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || err == nil && d.IsDir() {
			return nil
		}
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		sinks[path] = string(data)
		return err
	})
	s.ts.Check(err)
}
