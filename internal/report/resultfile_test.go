package report

import (
	"encoding/json"
	"strings"
	"testing"
)

func asIs(text string) string { return text }

func aHead() ResultHead {
	return ResultHead{
		Repository: "acme/widgets", PullRequest: 7, BaseSHA: strings.Repeat("1", 40), HeadSHA: strings.Repeat("2", 40),
		RunID: "4711", RunAttempt: 1, Workflow: "review", Event: "pull_request", Change: strings.Repeat("c", 64),
		Policy: "routing-policy.yml", PolicyDigest: strings.Repeat("d", 64), Version: "v1", Available: []string{"anthropic"},
	}
}

func TestResultFileHoldsEveryOutput(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	if _, err := ResultFile(&out, aHead(), workedExample(), asIs); err != nil {
		t.Fatal(err)
	}
	golden(t, "worked-example.results.json", out.String())
	var file struct {
		Schema string
		Tasks  []struct {
			Task     string
			Cost     string `json:"cost_usd"`
			Findings []struct{ Severity, Suggestion string }
		}
	}
	if err := json.Unmarshal([]byte(out.String()), &file); err != nil {
		t.Fatal(err)
	}
	all := file.Tasks
	if file.Schema != ResultSchema {
		t.Errorf("schema %q", file.Schema)
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
	if _, err := ResultFile(&out, aHead(), hostileSession(), asIs); err != nil {
		t.Fatal(err)
	}
	var file struct {
		Tasks []struct {
			Markdown string
			Findings []struct{ Body string }
		}
	}
	if err := json.Unmarshal([]byte(out.String()), &file); err != nil {
		t.Fatal(err)
	}
	first := file.Tasks[0]
	for _, text := range []string{first.Markdown, first.Findings[0].Body} {
		if strings.Contains(text, "![x]") || strings.Contains(text, "<img") || strings.Contains(text, " @everyone") {
			t.Errorf("as the model wrote it: %q", text)
		}
	}
	if _, err := ResultFile(brokenPipe{}, aHead(), workedExample(), asIs); err == nil {
		t.Error("a broken pipe is no error")
	}
}
