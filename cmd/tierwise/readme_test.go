package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTheReadmesCommandsRun runs every tierwise command of the README in a
// small repository, and the one that it calls the main job in this one.
func TestTheReadmesCommandsRun(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "tierwise")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	makefile := readFile(t, "../../Makefile")
	ran := 0
	dir := smallRepository(t)
	for _, line := range shellLines(readFile(t, "../../README.md")) {
		command, _, _ := strings.Cut(line, " #")
		words := strings.Fields(command)
		switch words[0] {
		case "tierwise":
			ran++
			run(t, dir, "sh", "-c", bin+strings.TrimPrefix(command, "tierwise")) // a shell reads the quotes
		case "go":
			if strings.Contains(command, "run ./cmd/tierwise") {
				ran++
				run(t, "../..", bin, words[3:]...)
			}
		case "make":
			if !strings.Contains(makefile, "\n"+words[1]+":") {
				t.Errorf("the Makefile has no target %q", words[1])
			}
		}
	}
	if ran < 3 {
		t.Errorf("only %d commands were found in the README", ran)
	}
}

func shellLines(text string) []string {
	var lines []string
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(text, -1) {
		for line := range strings.Lines(block[1]) {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

func readFile(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func run(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil || len(out) == 0 {
		t.Errorf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}

// smallRepository has two commits on main.
func smallRepository(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, step := range [][]string{
		{"init", "-q", "-b", "main"},
		{"commit", "-q", "--allow-empty", "-m", "Begin"},
		{"commit", "-q", "--allow-empty", "-m", "feat: say hello"},
	} {
		cmd := exec.Command("git", append([]string{"-c", "user.name=t", "-c", "user.email=t@example.com"}, step...)...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", step, err, out)
		}
	}
	return dir
}

// TestTheImageIsBuiltLikeTheProgram holds the flags that keep both small
// together: a module that is renamed must not lose them in one place.
func TestTheImageIsBuiltLikeTheProgram(t *testing.T) {
	flags := regexp.MustCompile(`-gcflags='[^']+'`)
	made := flags.FindAllString(readFile(t, "../../Makefile"), -1)
	image := flags.FindAllString(readFile(t, "../../Dockerfile"), -1)
	if len(made) == 0 || strings.Join(made, " ") != strings.Join(image, " ") {
		t.Errorf("the Makefile says %q, the Dockerfile %q", made, image)
	}
	modules := strings.ReplaceAll(readFile(t, "../../go.mod"), "\n", " ")
	for _, f := range made {
		module, what, _ := strings.Cut(strings.TrimPrefix(f, "-gcflags='"), "/...")
		if what == "='" && !strings.Contains(modules, module+" ") {
			t.Errorf("go.mod has no module %s", module)
		}
	}
}
