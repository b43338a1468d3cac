package ledger

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOpinionsOfAComment(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body string
		want []Opinion
	}{
		"one line":                               {"/flag docs cheaper", []Opinion{{"docs", Cheaper}}},
		"among words, with line ends of Windows": {"Thanks!\r\n/flag docs right\r\nbye", []Opinion{{"docs", Right}}},
		"several tasks":                          {"/flag docs cheaper\n/flag tests frontier", []Opinion{{"docs", Cheaper}, {"tests", Frontier}}},
		"the later of two about one task":        {"/flag docs cheaper\n/flag docs right", []Opinion{{"docs", Right}}},
		"any case":                               {"/Flag Docs CHEAPER", []Opinion{{"docs", Cheaper}}},
		"a quotation flags nothing":              {"> /flag docs cheaper", nil},
		"code flags nothing":                     {"```\n/flag docs cheaper\n```\n~~~\n```\n/flag docs right\n~~~", nil},
		"indented code flags nothing":            {"    /flag docs cheaper", nil},
		"after code it counts again":             {"```\nx\n```\n/flag docs cheaper", []Opinion{{"docs", Cheaper}}},
		"in a sentence it flags nothing":         {"use /flag docs cheaper", nil},
		"a verdict nobody knows":                 {"/flag docs dearer", nil},
		"no task":                                {"/flag cheaper", nil},
		"more words than there are":              {"/flag docs cheaper please", nil},
		"a task that is no name of one":          {"/flag ../docs cheaper", nil},
	} {
		if diff := cmp.Diff(c.want, Opinions(c.body)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if n := len(Opinions(strings.Repeat("/flag a right\n/flag b right\n", 10))); n != 2 {
		t.Errorf("%d opinions of two tasks", n)
	}
	var many strings.Builder
	for i := range 3 * maxOpinions {
		many.WriteString("/flag task-" + strings.Repeat("x", i%70) + string(rune('a'+i/70)) + " right\n")
	}
	if n := len(Opinions(many.String())); n != maxOpinions {
		t.Errorf("%d opinions, expected the bound %d", n, maxOpinions)
	}
}

func FuzzOpinions(f *testing.F) {
	for _, seed := range []string{"/flag docs cheaper", "```\n/flag a right", "~~~\n```\n/flag a right", "/flag\ta\tright\r\n", "> /flag a right"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		all := Opinions(body)
		if len(all) > maxOpinions {
			t.Fatalf("%d opinions", len(all))
		}
		for _, o := range all {
			if !slices.Contains(Verdicts(), o.Verdict) || o.Task == "" || o.Task != clean(o.Task) {
				t.Errorf("%+v of %q", o, body)
			}
			if !strings.Contains(strings.ToLower(body), o.Task) {
				t.Errorf("%+v stands nowhere in %q", o, body)
			}
		}
	})
}
