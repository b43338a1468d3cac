package task

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestTheCatalogueIsWhole(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, task := range All() {
		ids = append(ids, task.ID)
		if !taskID().MatchString(task.ID) {
			t.Errorf("%q is not kebab-case", task.ID)
		}
		if task.Summary == "" || task.Why == "" || task.Unseen == "" || task.Verify == nil || len(task.Failures) == 0 || !task.NeedsChange && !task.NeedsLog {
			t.Errorf("%s: something is missing", task.ID)
		}
		if strings.ContainsRune(task.Summary, '\n') {
			t.Errorf("%s: the summary is more than a line", task.ID)
		}
		if _, err := os.Stat(strings.ReplaceAll(task.ID, "-", "_") + ".go"); err != nil {
			t.Error(err)
		}
		if found, ok := Find(task.ID); !ok || found.ID != task.ID {
			t.Errorf("%s is not found", task.ID)
		}
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) || len(ids) != 8 {
		t.Errorf("ids: %v", ids)
	}
	if _, ok := Find("nonsense"); ok {
		t.Error("nonsense was found")
	}
}

func TestOnlyTheReviewAndTheScanJudge(t *testing.T) {
	t.Parallel()
	for _, task := range All() {
		got := task.ID == "code-review" || task.ID == "security-scan"
		if task.Judges() != got || task.CriticalPath != got || (task.Local == nil) != (got || task.Kind == Writes) {
			t.Errorf("%s: judges %v, critical path %v, local form %v", task.ID, task.Judges(), task.CriticalPath, task.Local != nil)
		}
	}
	if !(Task{Kind: Tells, CriticalPath: true}).Judges() {
		t.Error("what the policy puts on the critical path does not judge")
	}
}

func TestEveryFailureIsProvedOrHasACatcher(t *testing.T) {
	t.Parallel()
	for _, task := range All() {
		for _, f := range task.Failures {
			if task.CriticalPath {
				continue // not asked
			}
			if f.Verified == (len(f.CaughtBy) > 0) {
				t.Errorf("%s: %s is proved (%v) and has catchers %v", task.ID, f.ID, f.Verified, f.CaughtBy)
			}
		}
	}
}

func TestPromptsSayWhatTheyMust(t *testing.T) {
	t.Parallel()
	for _, task := range All() {
		for _, must := range []string{dataRules, jsonRule, "nothing"} {
			if !strings.Contains(task.Instructions, must) {
				t.Errorf("%s: the prompt lacks %.40q", task.ID, must)
			}
		}
		if len(task.Instructions) > 8<<10 {
			t.Errorf("%s: the prompt has %d bytes", task.ID, len(task.Instructions))
		}
	}
}

// Vendors that hold an answer to a schema take objects that are closed and
// whose every property is required.
func TestSchemasAreStrict(t *testing.T) {
	t.Parallel()
	for _, task := range All() {
		if _, err := resolveSchema(task.Schema); err != nil {
			t.Errorf("%s: %v", task.ID, err)
		}
		var root any
		if err := json.Unmarshal(task.Schema, &root); err != nil {
			t.Fatal(err)
		}
		strictObjects(t, task.ID, root)
	}
}

func strictObjects(t *testing.T, at string, node any) {
	t.Helper()
	object, ok := node.(map[string]any)
	if !ok {
		return
	}
	if object["type"] == "object" {
		properties, _ := object["properties"].(map[string]any)
		required, _ := object["required"].([]any)
		if object["additionalProperties"] != false || len(properties) != len(required) {
			t.Errorf("%s: an object is open, or has a property that is not required", at)
		}
	}
	for key, child := range object {
		strictObjects(t, at+"/"+key, child)
	}
}
