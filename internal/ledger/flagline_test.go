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
		"three spaces before it":                 {"   /flag docs cheaper", []Opinion{{"docs", Cheaper}}},
		"a tab before it makes it code":          {"\t/flag docs cheaper", nil},
		"spaces and a tab too":                   {" \t/flag docs cheaper", nil},
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

// What is shown as code, or not at all, speaks about flags; behind it they count.
func TestWhatIsQuotedFlagsNothing(t *testing.T) {
	t.Parallel()
	const flag = "/flag docs right"
	for name, c := range map[string]struct {
		body  string
		flags bool
	}{
		"a longer fence is not closed by a shorter one": {"````\n```\n" + flag + "\n````", false},
		"nor by one with words behind":                  {"```\n``` go\n" + flag + "\n```", false},
		"nor by the other character":                    {"~~~\n```\n" + flag + "\n~~~", false},
		"nor by one that is set in as code":             {"```\n    ```\n" + flag + "\n```", false},
		"a longer one closes it":                        {"```\n`````\n" + flag, true},
		"one with spaces behind closes it":              {"```go\nx\n  ``` \t\n" + flag, true},
		"a fence that is never closed":                  {"~~~ sh\n\n" + flag, false},
		"what is set in as code begins no fence":        {"    ```\n" + flag, true},
		"nor does it close the one behind it":           {"    ```\n```\n" + flag + "\n```", false},
		"backticks with a backtick behind are no fence": {"``` a ` b\n" + flag, true},
		"nor do they hide the fence behind them":        {"```a```\n```\n" + flag + "\n```", false},
		"tildes may have one behind":                    {"~~~ a ` b\n" + flag, false},
		"two backticks are no fence":                    {"``\n" + flag, true},
		"a fence of a list item":                        {"- ```\n  " + flag + "\n  ```", false},
		"of a numbered one":                             {"1. ~~~\n   " + flag + "\n   ~~~", false},
		"behind that item's fence":                      {"- ```\n  x\n  ```\n\n" + flag, true},
		"behind the item itself":                        {"- ```\n  x\n" + flag, true},
		"where the item ends another fence begins":      {"- ```\n```\n" + flag + "\n```", false},
		"a comment of HTML":                             {"<!--\n" + flag + "\n-->", false},
		"with an empty line in it":                      {"<!-- how to\n\n" + flag + "\n\n-->", false},
		"one that is never closed":                      {"<!--\n\n" + flag, false},
		"one that begins within a line":                 {"hello <!--\n" + flag + "\n-->", false},
		"a second one behind the first":                 {"<!-- a --> <!--\n" + flag + "\n-->", false},
		"behind a comment of one line":                  {"<!-- template -->\n" + flag, true},
		"behind one of several":                         {"<!--\na\n-->\n" + flag, true},
		"an empty one is whole":                         {"<!-->\n" + flag, true},
		"a comment hides no fence that takes over":      {"x <!--\n```\n-->\n" + flag + "\n```", false},
		"a fence in a comment begins nothing":           {"<!--\n```\n-->\n" + flag, true},
		"a block of pre":                                {"<pre>\n" + flag + "\n</pre>", false},
		"in capitals, with an attribute":                {"<PRE lang=\"sh\">\n\n" + flag + "\n</PRE>", false},
		"of a list item":                                {"- <pre>\n  " + flag + "\n  </pre>", false},
		"behind pre":                                    {"<pre>x</pre>\n" + flag, true},
		"another element that begins so":                {"<preface>\n" + flag, true},
		"HTML that is named in code":                    {"use `<pre>` or `<!--`\n" + flag, true},
		"with line ends of Windows":                     {"````\r\n```\r\n" + flag + "\r\n````\r\n", false},
	} {
		if got := Opinions(c.body); (len(got) == 1) != c.flags || len(got) > 1 {
			t.Errorf("%s: %+v of %q", name, got, c.body)
		}
	}
}

func FuzzOpinions(f *testing.F) {
	for _, seed := range []string{"/flag docs cheaper", "```\n/flag a right", "~~~\n```\n/flag a right", "/flag\ta\tright\r\n", "> /flag a right"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		all := Opinions(body)
		for _, mark := range []string{"`", "~"} {
			fence := strings.Repeat(mark, 3+strings.Count(body, mark))
			if quoted := Opinions(fence + "\n" + body + "\n" + fence); len(quoted) > 0 {
				t.Errorf("%+v of %q in a fence", quoted, body)
			}
		}
		if quoted := Opinions("<!--\n" + body); len(quoted) > 0 && !strings.Contains(body, "-->") {
			t.Errorf("%+v of %q in a comment of HTML", quoted, body)
		}
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
