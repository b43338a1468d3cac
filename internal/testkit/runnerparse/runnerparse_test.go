package runnerparse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseFindsWhatTheRunnerWouldRun(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]Command{
		"::error::broken":                           {"error", map[string]string{}, "broken"},
		"  \t::warning file=a.go,line=3::x%0Ay%25":  {"warning", map[string]string{"file": "a.go", "line": "3"}, "x\ny%"},
		"::notice title=a%3Ab%2Cc::m":               {"notice", map[string]string{"title": "a:b,c"}, "m"},
		"::ADD-MASK::e":                             {"add-mask", map[string]string{}, "e"},
		"\u00a0::error::":                           {"error", map[string]string{}, ""},
		"model: ##[set-output name=tier]frontier":   {"set-output", map[string]string{"name": "tier"}, "frontier"},
		"x##[add-matcher]m.json":                    {"add-matcher", map[string]string{}, "m.json"},
		"::stop-commands::t":                        {"stop-commands", map[string]string{}, "t"},
		"\u200b::error::no width":                   {"error", map[string]string{}, "no width"},
		"#\u200b#\u2060[error]no width":             {"error", map[string]string{}, "no width"},
		"::error::##[set-output name=a]b":           {"error", map[string]string{}, "##[set-output name=a]b"},
		"::unknown:: but ##[group]then an old one":  {"group", map[string]string{}, "then an old one"},
		"::warning FILE=a,line=::empty properties%": {"warning", map[string]string{"file": "a"}, "empty properties%"},
	} {
		got, ok := Parse(line)
		if diff := cmp.Diff(want, got); !ok || diff != "" {
			t.Errorf("%q: found %v (-want +got):\n%s", line, ok, diff)
		}
	}
}

func TestParseLeavesPlainLinesAlone(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"", "error", "x ::error::y", ":error:", "::error", "::nothing::x", "#[error]", "##[error", "##[nothing]x", `##\[error]x`, `\::error::x`, "std::error::code",
	} {
		if got, ok := Parse(line); ok {
			t.Errorf("%q: found %+v", line, got)
		}
	}
}

func TestCommandsReadsLinesOfEveryKind(t *testing.T) {
	t.Parallel()
	got := Commands("a\n::error::1\r::error::2\r\nb ##[error]3")
	if len(got) != 3 || got[0].Data != "1" || got[1].Data != "2" || got[2].Data != "3" {
		t.Errorf("got %+v", got)
	}
}

func TestFileReadsBothForms(t *testing.T) {
	t.Parallel()
	got, err := File("a=b=c\n\nd<<E\none\r\n\nE \nE\nf=<<\ng<<E\nE\nh<<E\n\nE")
	want := []Pair{{"a", "b=c"}, {"d", "one\r\n\nE "}, {"f", "<<"}, {"g", ""}, {"h", ""}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("error %v (-want +got):\n%s", err, diff)
	}
}

// TestFileShowsTheInjection is the known one through a fixed delimiter.
func TestFileShowsTheInjection(t *testing.T) {
	t.Parallel()
	const fixed = "_GitHubActionsFileCommandDelimeter_"
	value := "ok\n" + fixed + "\ntier=frontier\nrest<<" + fixed + "\nx"
	got, err := File("response<<" + fixed + "\n" + value + "\n" + fixed + "\n")
	want := []Pair{{"response", "ok"}, {"tier", "frontier"}, {"rest", "x"}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("error %v (-want +got):\n%s", err, diff)
	}
}

func TestFileRefusesWhatTheRunnerRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"word", "a<<", "<<E\nx\nE\n", "a<<E\nx\n", "a<<E\nx\nE\r\n"} {
		if got, err := File(text); err == nil {
			t.Errorf("%q: no error, pairs %+v", text, got)
		}
	}
}

func FuzzFile(f *testing.F) {
	f.Add("a=b\nc<<E\nx\nE\n")
	f.Add("<<\n=\n")
	f.Fuzz(func(t *testing.T, text string) {
		pairs, err := File(text)
		if err == nil && text != "" && len(pairs) > len(text) {
			t.Errorf("%q gives %d pairs", text, len(pairs))
		}
	})
}
