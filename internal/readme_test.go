package internal

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/yamltree"
)

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestTheReadmeShowsARealSummary holds the summary in the README against what
// the report renders for the worked example.
func TestTheReadmeShowsARealSummary(t *testing.T) {
	readme := read(t, "../README.md")
	marked := regexp.MustCompile(`(?s)<!-- example: (\S+) -->\n(.*?)\n<!-- end of example -->`).FindAllStringSubmatch(readme, -1)
	if len(marked) == 0 {
		t.Fatal("the README shows no summary")
	}
	for _, m := range marked {
		if golden := read(t, "../"+m[1]); !strings.HasPrefix(golden, m[2]) {
			t.Errorf("the README's example is not the beginning of %s", m[1])
		}
	}
}

// TestTheReadmeShowsRealMessages holds each message in the README against the
// golden file that it names.
func TestTheReadmeShowsRealMessages(t *testing.T) {
	marked := regexp.MustCompile("(?s)<!-- lines: (\\S+) -->\n```text\n(.*?)```").FindAllStringSubmatch(read(t, "../README.md"), -1)
	if len(marked) == 0 {
		t.Fatal("the README shows no message")
	}
	for _, m := range marked {
		golden := read(t, "../"+m[1])
		for line := range strings.Lines(m[2]) {
			if !strings.Contains(golden, line) {
				t.Errorf("%s does not say %q", m[1], line)
			}
		}
	}
}

// TestTheReadmesWorkflowsFitTheAction reads every workflow in the README and
// checks its inputs against action.yml.
func TestTheReadmesWorkflowsFitTheAction(t *testing.T) {
	inputs := keys(t, "action.yml", read(t, "../action.yml"), "inputs")
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(read(t, "../README.md"), -1)
	if len(blocks) < 4 {
		t.Fatalf("only %d workflows were found", len(blocks))
	}
	for i, b := range blocks {
		tree, findings := yamltree.Parse("README.md", []byte(b[1]))
		if err := findings.Err(); err != nil {
			t.Errorf("workflow %d: %v", i+1, err)
			continue
		}
		for _, key := range ownInputs(tree) {
			if !slices.Contains(inputs, key) {
				t.Errorf("workflow %d sets %q, which is no input of action.yml", i+1, key)
			}
		}
		if len(ownInputs(tree)) == 0 {
			t.Errorf("workflow %d does not use the action", i+1)
		}
		if len(find(tree, "permissions")) == 0 || len(find(tree, "timeout-minutes")) == 0 {
			t.Errorf("workflow %d has no permissions or no time limit", i+1)
		}
	}
}

// ownInputs are the keys under with of the steps that use this action.
func ownInputs(tree *yamltree.Node) []string {
	var keys []string
	for _, steps := range find(tree, "steps") {
		for _, step := range steps.Items {
			uses := find(step, "uses")
			if len(uses) == 0 || !strings.HasPrefix(uses[0].Text, "OWNER/tierwise@") {
				continue
			}
			for _, with := range find(step, "with") {
				for _, e := range with.Entries {
					keys = append(keys, e.Key)
				}
			}
		}
	}
	return keys
}

// find gives the values of a key, anywhere in a tree.
func find(n *yamltree.Node, key string) []*yamltree.Node {
	var found []*yamltree.Node
	for _, e := range n.Entries {
		if e.Key == key {
			found = append(found, e.Value)
		}
		found = append(found, find(e.Value, key)...)
	}
	for _, item := range n.Items {
		found = append(found, find(item, key)...)
	}
	return found
}

func keys(t *testing.T, name, text, under string) []string {
	t.Helper()
	tree, findings := yamltree.Parse(name, []byte(text))
	if err := findings.Err(); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, n := range find(tree, under) {
		for _, e := range n.Entries {
			names = append(names, e.Key)
		}
	}
	return names
}

// TestEveryOutputIsDeclared holds the outputs that the report writes against
// those that action.yml declares, so that no step reads one in vain.
func TestEveryOutputIsDeclared(t *testing.T) {
	declared := keys(t, "action.yml", read(t, "../action.yml"), "outputs")
	written := []string{"handoff-file", "patch-file", "record-file", "report-file", "result-file", "result-digest", "sarif-file"}
	for line := range strings.Lines(read(t, "report/testdata/worked-example.outputs.txt")) {
		if name, _, ok := strings.Cut(line, "="); ok && regexp.MustCompile(`^[a-z-]+$`).MatchString(name) {
			written = append(written, name)
		}
	}
	slices.Sort(declared)
	slices.Sort(written)
	if !slices.Equal(declared, slices.Compact(written)) {
		t.Errorf("declared and written outputs differ:\n%q\n%q", declared, written)
	}
}

// TestTheProjectSpeaksOfItselfAlone keeps out of every file what belongs to
// one machine or to one person.
func TestTheProjectSpeaksOfItselfAlone(t *testing.T) {
	for _, s := range sources(t) {
		text := read(t, s.path)
		for _, word := range []string{"/" + "work/", "/" + "root/", "goproxy" + "."} {
			if strings.Contains(text, word) {
				t.Errorf("%s names %q", s.path, word)
			}
		}
	}
}
