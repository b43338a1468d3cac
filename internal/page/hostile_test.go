package page

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/tierwise/tierwise/internal/weekly"
)

func attacks() []string {
	return []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "\u202egnp.exe\u2066x", strings.Repeat("very-long-name", 60),
		"</style></title><style>*{display:none}", "اسم المستودع العربي", "javascript:alert(1)", "{{.}}\x00\r\n::error::x", "\xff\xfe", "' onload='alert(1)",
	}
}

// hostileWeek is a ledger whose every name is an attack.
func hostileWeek() weekly.Numbers {
	evil := attacks()
	n := week(400, 7, func(n int) names {
		at := func(i int) string { return evil[(n+i)%len(evil)] }
		return names{at(0), at(1), at(2), at(3)}
	})
	for _, text := range evil {
		n.Notes = append(n.Notes, text)
		n.Suggestions = append(n.Suggestions, weekly.Suggestion{Text: text, Patch: text, From: text, To: text})
		n.Review.Changes = append(n.Review.Changes, text)
		n.Sample = append(n.Sample, weekly.Sampled{Record: text, Repository: text, Task: text, Tier: text, Model: text, Cost: text, Day: text})
		n.Disputed = append(n.Disputed, n.Sample[len(n.Sample)-1])
		n.ModelCosts = append(n.ModelCosts, weekly.ModelCost{Task: text, Tier: text, Provider: text, Model: text, Mean: text, Low: text, High: text, Median: text, DearerThan: text})
		n.Escalations = append(n.Escalations, weekly.Escalation{Task: text, From: text, To: text, Provider: text, Model: text, CostFrom: text, CostTo: text})
		n.Estimates = append(n.Estimates, weekly.Estimate{Provider: text, Model: text, Class: text})
		n.ByDay = append(n.ByDay, weekly.Day{Day: text, Total: weekly.Total{Cost: text}, ByTier: []weekly.TierCost{{Tier: text, Cost: text}}})
	}
	n.Review.Due, n.Review.State = evil[0], "due"
	n.Window = weekly.Window{From: evil[0], To: evil[4], Repository: evil[1], PricesAsOf: evil[0]}
	return n
}

// acting lists what a page could do beside being read.
func acting(document *html.Node) []string {
	may := map[string]bool{}
	for _, tag := range strings.Fields("html head meta link title style body main header section footer div p span h1 h2 ul ol li table thead tbody tr th td " +
		"data bdi wbr code pre strong details summary svg g rect line circle text") {
		may[tag] = true
	}
	var found []string
	for n := range document.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if !may[n.Data] {
			found = append(found, "<"+n.Data+">")
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "style" || a.Key == "href" && a.Val != "data:," || strings.Contains(a.Val, "url(") {
				found = append(found, n.Data+" "+a.Key+"="+a.Val)
			}
		}
	}
	return found
}

func parsed(t *testing.T, page string) *html.Node {
	t.Helper()
	document, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func wordsOf(n *html.Node) string {
	var words strings.Builder
	for inner := range n.Descendants() {
		if inner.Type == html.TextNode {
			words.WriteString(inner.Data)
		}
	}
	return words.String()
}

func written(t *testing.T, n weekly.Numbers) string {
	t.Helper()
	var page strings.Builder
	if err := Write(&page, n); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

func TestHostileNamesAreWords(t *testing.T) {
	t.Parallel()
	page := written(t, hostileWeek())
	if found := acting(parsed(t, page)); len(found) > 0 {
		t.Errorf("a name acts: %q", found)
	}
	if n := strings.Count(page, "<style>"); n != 1 {
		t.Errorf("%d styles", n)
	}
	for _, hidden := range []string{"\u202e", "\u2066", "\x00", "\r", "\xff"} {
		if strings.Contains(page, hidden) {
			t.Errorf("%q is on the page", hidden)
		}
	}
	for _, shown := range []string{"&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;U+202E&gt;gnp.exe", "اسم المستودع العربي"} {
		if !strings.Contains(page, shown) {
			t.Errorf("%q is not on the page", shown)
		}
	}
	bounded := 0
	for n := range parsed(t, page).Descendants() {
		if n.Data == "bdi" {
			if words := wordsOf(n); strings.HasSuffix(words, "…") {
				bounded++
			} else if len([]rune(words)) > maxPhrase {
				t.Errorf("not bounded: %q", words)
			}
		}
	}
	if bounded == 0 {
		t.Error("no long name was cut: the test overlooks them")
	}
	if got := acting(parsed(t, `<p onclick="x"><script></script><img src=x><a href=y></a>`)); len(got) != 6 {
		t.Errorf("the test overlooks what acts: %q", got)
	}
}

func FuzzNames(f *testing.F) {
	for _, text := range attacks() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n := week(6, 2, func(int) names { return names{text, text, text, text} })
		n.Notes = []string{text}
		n.Suggestions = []weekly.Suggestion{{Text: text, Patch: text}}
		n.Spend.Cost, n.ByDay[0].Cost = text, text
		if found := acting(parsed(t, written(t, n))); len(found) > 0 {
			t.Errorf("a name acts: %q", found)
		}
	})
}
