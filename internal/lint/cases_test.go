package lint

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/workflow"
)

var update = flag.Bool("update", false, "write what is found into the golden files")

const casesFolder = "../../testdata/lint"

// TestCases runs each rule on its cases: testdata/lint/RULE/{fires,quiet}-*.txtar.
// A case holds the text (policy.yml, brief.md or workflow.yml), perhaps
// world.json (see worldFile), change.diff, extended.yml, routing-policy.yml and further
// workflows (other-*.yml), and want: what the rule says, one finding a line,
// with its edits.
func TestCases(t *testing.T) {
	t.Parallel()
	for _, r := range All() {
		t.Run(r.ID, func(t *testing.T) {
			t.Parallel()
			for kind, least := range map[string]int{"fires": 2, "quiet": 2} {
				files, err := filepath.Glob(filepath.Join(casesFolder, r.ID, kind+"-*.txtar"))
				if err != nil {
					t.Fatal(err)
				}
				if len(files) < least {
					t.Errorf("%d cases %s-*.txtar, want at least %d", len(files), kind, least)
				}
				for _, file := range files {
					runCase(t, r, file, kind == "fires")
				}
			}
		})
	}
}

func runCase(t *testing.T, r Rule, file string, fires bool) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range archive.Files {
		parts[f.Name] = string(f.Data)
	}
	got := shown(onlyOf(check(t, r, parts), r.ID))
	if fires == (got == "") {
		t.Errorf("%s: got %q", file, got)
	}
	if *update {
		writeWant(t, file, archive, got)
		return
	}
	if diff := cmp.Diff(parts["want"], got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func writeWant(t *testing.T, file string, archive *txtar.Archive, got string) {
	t.Helper()
	var kept []txtar.File
	for _, f := range archive.Files {
		if f.Name != "want" {
			kept = append(kept, f)
		}
	}
	archive.Files = append(kept, txtar.File{Name: "want", Data: []byte(got)})
	if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// check lints the text of a case in the world of a case.
func check(t *testing.T, r Rule, parts map[string]string) Report {
	t.Helper()
	w := worldOf(t, parts)
	switch r.Subject() {
	case OfPolicy:
		return CheckPolicy("policy.yml", []byte(parts["policy.yml"]), w)
	case OfWorkflow:
		return CheckWorkflow("workflow.yml", []byte(parts["workflow.yml"]), w)
	default:
		return CheckBrief(briefOf(t, parts), w)
	}
}

func onlyOf(r Report, id string) []Finding {
	var mine []Finding
	for _, f := range r.Findings {
		if f.ID == id {
			mine = append(mine, f)
		}
	}
	return mine
}

// shown prints findings as "line:col-end: severity: message" and their edits
// as "  fix line:col-line:col "text"".
func shown(findings []Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%d:%d-%d: %s: %s\n", f.Line, f.Col, f.End, f.Severity, f.Message)
		for _, e := range f.Edits {
			fmt.Fprintf(&b, "  fix %d:%d-%d:%d %q\n", e.Start.Line, e.Start.Col, e.End.Line, e.End.Col, e.Text)
		}
	}
	return b.String()
}

// worldFile is world.json of a case. What is left out is not known.
type worldFile struct {
	Today string    `json:"today"`
	Tree  *[]string `json:"tree"`
	// Configs are the settings of agents in the repository.
	Configs  map[string]string `json:"configs"`
	Platform *struct {
		Public         bool     `json:"public"`
		RequiredReview string   `json:"required_review"` // confirmed, absent or unknown
		RequiredChecks []string `json:"required_checks"`
	} `json:"platform"`
	Spend     *Spend    `json:"spend"`
	Workflows bool      `json:"workflows"` // the other-*.yml of the case are all there are
	Change    *struct { // of the policy
		Looked int    `json:"looked"`
		Spend  string `json:"spend"`
		Falls  []struct {
			Change string   `json:"change"`
			Title  string   `json:"title"`
			Entry  string   `json:"entry"`
			Tasks  []string `json:"tasks"`
			To     string   `json:"to"`
			Hit    string   `json:"hit"`
		} `json:"falls"`
		Moves []struct {
			Task    string `json:"task"`
			From    string `json:"from"`
			To      string `json:"to"`
			Changes int    `json:"changes"`
		} `json:"moves"`
	} `json:"policy_change"`
	Title     string `json:"title"` // of a brief
	Trusted   bool   `json:"trusted"`
	Annotated string `json:"annotation"`
	// Secret is a text that the stand-in for the detector takes for a secret.
	Secret string `json:"secret"`
}

const exampleDay = "2026-11-25"

func readWorld(t *testing.T, parts map[string]string) worldFile {
	t.Helper()
	f := worldFile{Today: exampleDay}
	if text := parts["world.json"]; text != "" {
		dec := json.NewDecoder(strings.NewReader(text))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&f); err != nil {
			t.Fatalf("world.json: %v", err)
		}
	}
	return f
}

func worldOf(t *testing.T, parts map[string]string) World {
	t.Helper()
	f := readWorld(t, parts)
	w := World{Today: f.Today, Known: known(), Prices: prices(t), Spend: f.Spend, Configs: f.Configs}
	if f.Secret != "" {
		w.Redact = func(text string) (string, []string) {
			if !strings.Contains(text, f.Secret) {
				return text, nil
			}
			return strings.ReplaceAll(text, f.Secret, "[redacted:rule]"), []string{"rule"}
		}
	}
	if f.Tree != nil {
		w.Tree = &Tree{Paths: *f.Tree}
	}
	if f.Platform != nil {
		w.Platform = &Platform{Public: f.Platform.Public, Evidence: route.Evidence{
			Source: "file", Branch: "main", RequiredReview: route.Proof(f.Platform.RequiredReview),
			RequiredChecks: f.Platform.RequiredChecks, ChecksProof: route.Confirmed,
		}}
	}
	if f.Change != nil {
		w.PolicyChange = &PolicyChange{Looked: f.Change.Looked, Spend: f.Change.Spend}
		for _, fall := range f.Change.Falls {
			w.PolicyChange.Falls = append(w.PolicyChange.Falls, PolicyFall{Change: fall.Change, Title: fall.Title, Entry: fall.Entry, Tasks: fall.Tasks, To: tierOf(t, fall.To), Hit: fall.Hit})
		}
		for _, m := range f.Change.Moves {
			w.PolicyChange.Moves = append(w.PolicyChange.Moves, PolicyMove{Task: m.Task, From: tierOf(t, m.From), To: tierOf(t, m.To), Changes: m.Changes})
		}
	}
	if text, ok := parts["extended.yml"]; ok {
		file, findings := policy.Parse("acme/.github/routing-policy.yml@4f2c1d2e3a4b", []byte(text), w.Known)
		if file == nil {
			t.Fatal(findings)
		}
		w.Extended = map[string]*policy.File{"": file}
	}
	if f.Workflows {
		w.Workflows = &[]Workflow{}
		for name, text := range parts {
			if strings.HasPrefix(name, "other-") {
				*w.Workflows = append(*w.Workflows, workflowOf(t, name, text))
			}
		}
	}
	if text, ok := parts["routing-policy.yml"]; ok {
		file, findings := policy.Parse("routing-policy.yml", []byte(text), w.Known)
		if file == nil {
			t.Fatal(findings)
		}
		w.Policy = file
	}
	if text, ok := parts["change.diff"]; ok {
		files, err := change.Parse(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		w.Change = &change.Change{Files: files}
	}
	return w
}

func tierOf(t *testing.T, word string) policy.Tier {
	t.Helper()
	var tier policy.Tier
	if err := tier.UnmarshalText([]byte(word)); err != nil {
		t.Fatal(err)
	}
	return tier
}

func workflowOf(t *testing.T, name, text string) Workflow {
	t.Helper()
	file, findings := workflow.Parse(name, []byte(text))
	if file == nil {
		t.Fatal(findings)
	}
	return Workflow{Source: NewSource(name, []byte(text)), File: file, Calls: file.Calls()}
}

func briefOf(t *testing.T, parts map[string]string) Brief {
	t.Helper()
	f := readWorld(t, parts)
	a, err := task.ParseAnnotation(f.Annotated)
	if err != nil {
		t.Fatal(err)
	}
	return Brief{Source: NewSource("brief.md", []byte(parts["brief.md"])), Title: f.Title, Trusted: f.Trusted, Annotation: a}
}

func known() policy.Known {
	var signals []string
	for _, s := range signal.All() {
		signals = append(signals, s.ID)
	}
	return policy.Known{Tasks: task.All(), Signals: signals}
}

func prices(t testing.TB) money.Catalogue {
	t.Helper()
	c, err := money.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}
