package signal

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/go-enry/go-enry/v2"
	"github.com/google/go-cmp/cmp"
)

// TestDisagreementsWithTheOracleAreListed holds our classes against go-enry,
// the port of GitHub's linguist. Each difference has its reason in
// testdata/enry.txt; a new one fails, and so does one that is no more.
func TestDisagreementsWithTheOracleAreListed(t *testing.T) {
	t.Parallel()
	found := map[string]string{}
	for path, class := range classTable(t) {
		if verdict := differs(path, class); verdict != "" {
			found[path] = verdict
		}
	}
	if diff := cmp.Diff(disagreements(t), found); diff != "" {
		t.Errorf("the disagreements are not those of testdata/enry.txt:\n%s", diff)
	}
}

// differs gives what the oracle says where our class says otherwise.
func differs(path string, class Class) string {
	hint, _ := Hinted(file(path))
	var said []string
	for _, q := range []struct {
		what         string
		oracle, ours bool
	}{
		{"documentation", enry.IsDocumentation(path) || languageType(path) == enry.Prose, class == Documentation},
		{"test", enry.IsTest(path), class == Test || class == Snapshot},
		{"vendored", enry.IsVendor(path), hint == Vendored},
		{"generated", enry.IsGenerated(path, nil), hint == Generated || hint == LockFile},
		{"image", enry.IsImage(path), class == Asset},
	} {
		if q.oracle && !q.ours {
			said = append(said, q.what)
		}
	}
	if missed := language(path, class); missed != "" {
		said = append(said, missed)
	}
	return strings.Join(said, ", ")
}

func languageType(path string) enry.Type {
	return enry.GetLanguageType(enry.GetLanguage(path, nil))
}

// language compares what a language is for: a program is not settings, and
// data is not code.
func language(path string, class Class) string {
	switch kind := languageType(path); {
	case kind == enry.Programming && slices.Contains([]Class{Documentation, Asset, Translation, Configuration, LockFile, Deployment}, class):
		return "programming"
	case kind == enry.Data && slices.Contains([]Class{Code, Documentation}, class):
		return "data"
	case enry.IsConfiguration(path) && slices.Contains([]Class{Code, Documentation, Test}, class):
		return "configuration"
	case enry.IsDotFile(path) && class == Documentation:
		return "dot file"
	}
	return ""
}

// disagreements reads testdata/enry.txt: what the oracle says, by path. Each
// stands below a line with its reason.
func disagreements(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/enry.txt")
	if err != nil {
		t.Fatal(err)
	}
	listed, reason := map[string]string{}, ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		row, isRow := strings.CutPrefix(line, "\t")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case isRow:
			verdict, path, ok := strings.Cut(row, "\t")
			if !ok || reason == "" {
				t.Fatalf("%q has no path or no reason", line)
			}
			listed[path] = verdict
		default:
			_, reason, _ = strings.Cut(line, ": ")
		}
	}
	return listed
}
