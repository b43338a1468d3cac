package lint

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestPagesAreWhole holds every page to its parts and to an id of its own.
func TestPagesAreWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, p := range Pages() {
		if seen[p.ID] {
			t.Errorf("two pages are called %s", p.ID)
		}
		seen[p.ID] = true
		for part, text := range map[string]string{"Summary": p.Summary, "Why": p.Why, "Fix": p.Fix, "Bad": p.Bad.Text, "Good": p.Good.Text} {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s has no %s", p.ID, part)
			}
		}
	}
}

// TestPagesShowWhatTheySay fires every id on its bad example, at its severity,
// and keeps it quiet on the good one.
func TestPagesShowWhatTheySay(t *testing.T) {
	t.Parallel()
	w := World{Today: ExampleDay, Known: known(), Prices: prices(t)}
	for _, p := range Pages() {
		bad := p.Look(p.Bad, w)
		if len(bad) == 0 {
			t.Errorf("%s is not said of its bad example", p.ID)
		}
		for _, f := range bad {
			if f.Severity < p.Severity {
				t.Errorf("%s is a %s on its example, and its page says %s", p.ID, f.Severity, p.Severity)
			}
		}
		if good := p.Look(p.Good, w); len(good) > 0 {
			t.Errorf("%s is said of its good example: %v", p.ID, good)
		}
	}
}

// TestMendedRefusalsAreRead keeps the good example of a refusal from being
// refused for something else.
func TestMendedRefusalsAreRead(t *testing.T) {
	t.Parallel()
	w := World{Today: ExampleDay, Known: known(), Prices: prices(t)}
	for _, p := range Pages() {
		for _, f := range lookAt(p.Subject, p.Good.Text, w).Findings {
			if _, ofARule := Find(f.ID); !ofARule {
				t.Errorf("the good example of %s is refused: %s", p.ID, f.Finding)
			}
		}
	}
}

// TestEveryIDHasAPage reads the ids from the sources that report them.
func TestEveryIDHasAPage(t *testing.T) {
	t.Parallel()
	constant := regexp.MustCompile(`^\s+id[A-Za-z]+\s+= "([a-z-]+)"`)
	literal := regexp.MustCompile(`(?:p\.report|refuse)\((?:[a-z]+, 1, 1|file, line, i-start\+1|p\.at\([^"]*\)|pos|diag\.Position\{.*\}), "([a-z-]+)"|Severity: diag\.[A-Z][a-z]+, ID: "([a-z-]+)"`)
	var ids []string
	for folder, form := range map[string]*regexp.Regexp{"../policy": constant, ".": constant, "../yamltree": literal, "../workflow": literal} {
		for line := range strings.Lines(sourcesOf(t, folder)) {
			if m := form.FindStringSubmatch(line); m != nil {
				ids = append(ids, strings.Join(m[1:], ""))
			}
		}
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		if _, ok := FindPage(id); !ok {
			t.Errorf("%s is reported and has no page", id)
		}
	}
	if len(ids) < 50 {
		t.Errorf("only %d ids were found: the search is broken", len(ids))
	}
}

// sourcesOf gives the text of a package without its tests.
func sourcesOf(t *testing.T, folder string) string {
	t.Helper()
	files, err := filepath.Glob(folder + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}
