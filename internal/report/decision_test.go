package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
)

func decisions() map[string]route.Decision {
	docs := overridden(true).Results[0].Decision
	docs.Facts.Declared = task.Annotation{Scope: task.SingleFile, Domains: []task.Domain{task.Docs}, Ambiguity: task.Low}
	docs.Estimate = usd(32_000_000)
	docs.Considered = []route.Considered{{Model: policy.Model{Tier: policy.Efficient, Provider: "openai", Model: "gpt-6-luna"}, Why: "no key for openai"}}
	hostile := hostileSession().Results[0].Decision
	return map[string]route.Decision{"docs": docs, "review": review().Decision, "local": localResult("changelog").Decision, "hostile": hostile, "nothing": {}}
}

func TestDecisionJSONGoldens(t *testing.T) {
	t.Parallel()
	for name, d := range decisions() {
		var first, second bytes.Buffer
		if err := DecisionJSON(&first, d); err != nil {
			t.Fatal(err)
		}
		if err := DecisionJSON(&second, d); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: two writings differ", name)
		}
		if strings.Count(first.String(), "\n") != 1 || strings.Contains(first.String(), "##[") {
			t.Errorf("%s: not one safe line", name)
		}
		var pretty bytes.Buffer
		if err := json.Indent(&pretty, first.Bytes(), "", "  "); err != nil {
			t.Fatal(err)
		}
		golden(t, name+".decision.json", pretty.String())
	}
}

func TestDecisionJSONHasTheDocumentedKeysFirst(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := DecisionJSON(&out, review().Decision); err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, key := range []string{"tier", "model", "locked", "annotation", "declared", "inferred", "scope", "domain", "domains", "ambiguity", "reasons", "rule", "tier", "decisive", "policy", "line", "col", "change", "text", "catchers", "override", "estimate", "baseline"} {
		next := strings.Index(out.String()[at:], `"`+key+`":`)
		if next < 0 {
			t.Fatalf("no key %q after byte %d in %s", key, at, out.String())
		}
		at += next + 1
	}
}

func TestTheEscapedSignReadsBackAsItWas(t *testing.T) {
	t.Parallel()
	d := review().Decision
	d.Counter = `x ##[set-output name=tier]frontier \##[ ####[`
	var out bytes.Buffer
	if err := DecisionJSON(&out, d); err != nil {
		t.Fatal(err)
	}
	var back struct{ Counterfactual string }
	if err := json.Unmarshal(out.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if back.Counterfactual != d.Counter || strings.Contains(out.String(), "##[") {
		t.Errorf("%q in %s", back.Counterfactual, out.String())
	}
}

func TestBatchLineIsTheDecisionAfterItsID(t *testing.T) {
	t.Parallel()
	var alone, batch bytes.Buffer
	if err := DecisionJSON(&alone, review().Decision); err != nil {
		t.Fatal(err)
	}
	if err := BatchLine(&batch, `row "7"`, review().Decision, lint.Dispatch{Verdict: lint.Ask, Why: []string{"it is vague"}, Annotation: "[scope: …]"}); err != nil {
		t.Fatal(err)
	}
	dispatch := `,"dispatch":{"verdict":"ask","why":["it is vague"],"annotation":"[scope: …]"}}` + "\n"
	if want := `{"id":"row \"7\"",` + strings.TrimSuffix(alone.String()[1:], "}\n") + dispatch; batch.String() != want {
		t.Errorf("got  %s\nwant %s", batch.String(), want)
	}
}

func TestExplainGoldens(t *testing.T) {
	t.Parallel()
	for name, d := range decisions() {
		var out strings.Builder
		if err := Explain(&out, d, false); err != nil {
			t.Fatal(err)
		}
		golden(t, name+".explain.txt", out.String())
		for line := range strings.Lines(out.String()) {
			if strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##[") || strings.Contains(line, "\x1b") {
				t.Errorf("%s: a command in %q", name, line)
			}
		}
	}
}

func TestExplainEndsWithTheCounterfactual(t *testing.T) {
	t.Parallel()
	var plain, colour strings.Builder
	d := decisions()["docs"]
	if err := Explain(&plain, d, false); err != nil {
		t.Fatal(err)
	}
	if err := Explain(&colour, d, true); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(plain.String(), "\n\n"+d.Counter+"\n") {
		t.Errorf("ends with %q", plain.String()[plain.Len()-80:])
	}
	if strings.Contains(plain.String(), "\x1b") || !strings.Contains(colour.String(), "\x1b[1mefficient\x1b[0m") {
		t.Error("colour where there should be none, or none where there should be")
	}
	if err := Explain(brokenPipe{}, d, false); err == nil {
		t.Error("a broken pipe is no error")
	}
}
