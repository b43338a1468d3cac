package report

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/route"
)

func outputs(t *testing.T, s Session) map[string]string {
	t.Helper()
	list, err := Outputs(s)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]string{}
	for _, o := range list {
		byName[o.Name] = o.Value
	}
	return byName
}

func TestOutputsGoldens(t *testing.T) {
	t.Parallel()
	for name, s := range sessions() {
		list, err := Outputs(s)
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for _, o := range list {
			fmt.Fprintf(&text, "%s=%q\n", o.Name, o.Value)
			if strings.ContainsAny(o.Value, "\r\n") {
				t.Errorf("%s: %s has more than one line", name, o.Name)
			}
		}
		golden(t, name+".outputs.txt", text.String())
	}
}

func TestOutputsHaveTheDocumentedFormats(t *testing.T) {
	t.Parallel()
	number := regexp.MustCompile(`^(-?\d+(\.\d{1,9})?|unpriced|unknown)$`)
	percent := regexp.MustCompile(`^(-?\d+\.\d|unknown)$`)
	tokens := regexp.MustCompile(`^(\d+|unknown)$`)
	for name, s := range sessions() {
		out := outputs(t, s)
		if s.routedOnly() {
			if _, ok := out["cost-usd"]; ok {
				t.Errorf("%s: a cost where nothing ran", name)
			}
			continue
		}
		for _, n := range []string{"cost-usd", "baseline-usd", "saved-usd"} {
			if !number.MatchString(out[n]) {
				t.Errorf("%s: %s is %q", name, n, out[n])
			}
		}
		for _, n := range []string{"input-tokens", "cache-read-tokens", "cache-write-tokens", "output-tokens"} {
			if !tokens.MatchString(out[n]) {
				t.Errorf("%s: %s is %q", name, n, out[n])
			}
		}
		if !percent.MatchString(out["saved-percent"]) {
			t.Errorf("%s: saved-percent is %q", name, out["saved-percent"])
		}
	}
}

func TestOutputsAreThoseOfActionYML(t *testing.T) {
	t.Parallel()
	action, err := os.ReadFile("../../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	declared := string(action)
	declared = declared[strings.Index(declared, "\noutputs:"):]
	for name := range outputs(t, workedExample()) {
		if !strings.Contains(declared, "\n  "+name+":\n") {
			t.Errorf("output %s is not in action.yml", name)
		}
	}
}

func TestTheMostSevereTaskSpeaks(t *testing.T) {
	t.Parallel()
	with := func(id string, st dispatch.Status, critical bool) dispatch.Result {
		r := localResult(id)
		r.Status, r.Task.CriticalPath = st, critical
		return r
	}
	for name, tc := range map[string]struct {
		results []dispatch.Result
		want    string
	}{
		"could-not-run over partial":     {[]dispatch.Result{with("a", dispatch.Partial, true), with("b", dispatch.CouldNotRun, false)}, "b"},
		"partial over findings":          {[]dispatch.Result{with("a", dispatch.Findings, true), with("b", dispatch.Partial, false)}, "b"},
		"findings over skipped":          {[]dispatch.Result{with("a", dispatch.Skipped, true), with("b", dispatch.Findings, false)}, "b"},
		"skipped over clean":             {[]dispatch.Result{with("a", dispatch.Clean, true), with("b", dispatch.Skipped, false)}, "b"},
		"of equal ones the critical":     {[]dispatch.Result{with("a", dispatch.Clean, false), with("b", dispatch.Clean, true), with("c", dispatch.Clean, true)}, "b"},
		"of equal ones else the first":   {[]dispatch.Result{with("a", dispatch.Clean, false), with("b", dispatch.Clean, false)}, "a"},
		"a task that ran over a decided": {[]dispatch.Result{with("a", "", true), with("b", dispatch.Clean, false)}, "b"},
	} {
		if got := mostSevere(tc.results).Task.ID; got != tc.want {
			t.Errorf("%s: %s speaks", name, got)
		}
	}
}

func TestOutputsStayWithinTheirBound(t *testing.T) {
	t.Parallel()
	s := hostileSession()
	for range 3000 {
		s.Results[0].Decision.Reasons = append(s.Results[0].Decision.Reasons, route.Reason{Rule: poison, Text: poison, File: poison, Decisive: true})
		s.Results[0].Decision.Catch.Results = append(s.Results[0].Decision.Catch.Results, route.CatchResult{Text: poison})
	}
	for range 200 {
		s.Results[0].Attempts = append(s.Results[0].Attempts, s.Results[0].Attempts[0])
	}
	list, err := Outputs(s)
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, o := range list {
		total += 2 * len(utf16.Encode([]rune(o.Value)))
		if (o.Name == "decision" || o.Name == "results") && !json.Valid([]byte(o.Value)) {
			t.Errorf("%s is no JSON", o.Name)
		}
	}
	if total > 1_000_000 {
		t.Errorf("%d bytes", total)
	}
	if !strings.Contains(outputs(t, s)["decision"], `"cut":true`) {
		t.Error("nothing says that the decision is cut")
	}
}

func TestAReasonCannotBeObeyedByAShell(t *testing.T) {
	t.Parallel()
	out := outputs(t, hostileSession())
	if strings.ContainsAny(out["reason"], "$`\"'\\;&|<>(){}[]*?~!#\n") || len(out["reason"]) > 2*maxReason {
		t.Errorf("reason %q", out["reason"])
	}
	if out["reason"] == "" {
		t.Error("nothing is left of it")
	}
}

func TestResultsHoldEveryTaskInOrder(t *testing.T) {
	t.Parallel()
	raw := outputs(t, workedExample())["results"]
	var byTask map[string]struct {
		Status, Tier string
		Cost         string `json:"cost_usd"`
		Attempts     []struct{ Model string }
	}
	if err := json.Unmarshal([]byte(raw), &byTask); err != nil {
		t.Fatal(err)
	}
	if len(byTask) != 4 || byTask["docs"].Cost != "0.016" || byTask["auth-review"].Status != "findings" || byTask["docs"].Attempts[0].Model != "claude-haiku-4-5" {
		t.Errorf("results %s", raw)
	}
	if strings.Index(raw, `"docs"`) > strings.Index(raw, `"config"`) {
		t.Error("not in the order of the session")
	}
	if list, err := Outputs(Session{}); err != nil || list != nil {
		t.Errorf("no results: %v, %v", list, err)
	}
}
