package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
	"github.com/tierwise/tierwise/internal/testkit/fakemodel"
)

var update = flag.Bool("update", false, "rewrite golden files")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tierwise": main})
}

// TestScripts runs the transcripts: the real binary in a folder of its own,
// against a fake GitHub and a fake model that refuse what the real ones would.
func TestScripts(t *testing.T) {
	spec, err := fakegithub.FindSpec()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", UpdateScripts: *update, RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error { return setup(env, spec) },
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"github":   commandGitHub,
			"model":    commandModel,
			"event":    commandEvent,
			"tamper":   commandTamper,
			"action":   commandAction,
			"requests": commandRequests,
			"count":    commandCount,
			"exits":    commandExits,
			"render":   commandRender,
			"await":    commandAwait,
			"inert":    commandInert,
			"samepage": commandSamePage,
			"forge":    commandForge,
		},
	})
}

// Commit ids that scripts name by $BASE, $HEAD, $OLD and $NEXT.
const (
	baseCommit = "1111111111111111111111111111111111111111"
	headCommit = "2222222222222222222222222222222222222222"
	oldCommit  = "3333333333333333333333333333333333333333"
	nextCommit = "4444444444444444444444444444444444444444"
)

// world is what stands around one script.
type world struct {
	spec  *fakegithub.Spec
	hub   *fakegithub.Server
	model *fakemodel.Server
}

type worldKey struct{}

func worldOf(ts *testscript.TestScript) *world { return ts.Value(worldKey{}).(*world) }

// setup gives a script a home, a git that depends on nobody's machine, and
// the commit ids; after it, the fakes must have nothing to complain about.
func setup(env *testscript.Env, spec *fakegithub.Spec) error {
	w := &world{spec: spec}
	env.Values[worldKey{}] = w
	home := filepath.Join(env.WorkDir, ".home")
	for _, dir := range []string{home, filepath.Join(env.WorkDir, "ws")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	env.Vars = append(env.Vars, variables(home)...)
	env.Vars = append(env.Vars, "SOON="+time.Now().AddDate(0, 1, 0).Format(time.DateOnly)) // a suppression names no day that is far ahead
	env.Defer(func() {
		if failures := w.close(); len(failures) > 0 {
			env.T().Fatal("the fakes refused something:\n" + strings.Join(failures, "\n"))
		}
	})
	return nil
}

func variables(home string) []string {
	return []string{
		"HOME=" + home, "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=init.defaultBranch", "GIT_CONFIG_VALUE_0=main",
		"GIT_AUTHOR_NAME=Ada", "GIT_AUTHOR_EMAIL=ada@example.com", "GIT_AUTHOR_DATE=2026-01-02T03:04:05Z",
		"GIT_COMMITTER_NAME=Ada", "GIT_COMMITTER_EMAIL=ada@example.com", "GIT_COMMITTER_DATE=2026-01-02T03:04:05Z",
		"BASE=" + baseCommit, "HEAD=" + headCommit, "OLD=" + oldCommit, "NEXT=" + nextCommit,
	}
}

// close stops the fakes and gives what they refused.
func (w *world) close() []string {
	var failures []string
	if w.hub != nil {
		failures = append(failures, w.hub.Failures()...)
		w.hub.Close()
	}
	if w.model != nil {
		failures = append(failures, w.model.Failures()...)
		w.model.Close()
	}
	return failures
}

// scriptFile gives a script's file with $BASE and the like filled in.
func scriptFile(ts *testscript.TestScript, name string) string {
	return strings.NewReplacer("$BASE", baseCommit, "$HEAD", headCommit, "$OLD", oldCommit, "$NEXT", nextCommit).Replace(ts.ReadFile(name))
}

// settings splits arguments of the form key=value.
func settings(ts *testscript.TestScript, args []string) map[string]string {
	values := map[string]string{}
	for _, arg := range args {
		key, value, ok := strings.Cut(arg, "=")
		if !ok {
			ts.Fatalf("%q is not key=value", arg)
		}
		values[key] = value
	}
	return values
}

func writeScriptFile(ts *testscript.TestScript, name, text string) {
	ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o644))
}
