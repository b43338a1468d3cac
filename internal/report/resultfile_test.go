package report

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestResultFileHoldsEveryOutput(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	if err := ResultFile(&out, workedExample()); err != nil {
		t.Fatal(err)
	}
	golden(t, "worked-example.results.json", out.String())
	var all []struct {
		Task     string
		Cost     string `json:"cost_usd"`
		Findings []struct{ Severity, Suggestion string }
	}
	if err := json.Unmarshal([]byte(out.String()), &all); err != nil {
		t.Fatal(err)
	}
	if len(all) != 4 {
		t.Fatalf("%d tasks", len(all))
	}
	last := all[3]
	if last.Task != "auth-review" || last.Cost != "0.51" || len(last.Findings) != 2 || last.Findings[0].Severity != "high" || last.Findings[0].Suggestion == "" {
		t.Errorf("%+v", last)
	}
}

func TestResultFileDefusesModelText(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	if err := ResultFile(&out, hostileSession()); err != nil {
		t.Fatal(err)
	}
	var all []struct {
		Markdown string
		Findings []struct{ Body string }
	}
	if err := json.Unmarshal([]byte(out.String()), &all); err != nil {
		t.Fatal(err)
	}
	first := all[0]
	for _, text := range []string{first.Markdown, first.Findings[0].Body} {
		if strings.Contains(text, "![x]") || strings.Contains(text, "<img") || strings.Contains(text, " @everyone") {
			t.Errorf("as the model wrote it: %q", text)
		}
	}
	if err := ResultFile(brokenPipe{}, workedExample()); err == nil {
		t.Error("a broken pipe is no error")
	}
}
