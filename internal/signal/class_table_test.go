package signal

import (
	"os"
	"strings"
	"testing"
)

// classTable reads testdata/classes.txt.
func classTable(t *testing.T) map[string]Class {
	t.Helper()
	text, err := os.ReadFile("testdata/classes.txt")
	if err != nil {
		t.Fatal(err)
	}
	table := map[string]Class{}
	var class Class
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			class = Class(strings.Trim(line, "[]"))
		default:
			table[line] = class
		}
	}
	return table
}

func TestPathsOfEveryEcosystemHaveTheirClass(t *testing.T) {
	t.Parallel()
	seen := map[Class]int{}
	for path, want := range classTable(t) {
		seen[want]++
		f := file(path)
		f.Additions = 0
		if got := Classify(f, Marks{PolicyPath: policyPath}); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
	for _, class := range byRisk() {
		if class != PolicyFile && class != Generated && class != Vendored && seen[class] < 5 {
			t.Errorf("%s has %d paths", class, seen[class])
		}
	}
}
