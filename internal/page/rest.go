package page

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/weekly"
)

// maxPatch bounds a patch, in characters.
const maxPatch = 20_000

// patch shows a patch with its lines, and with what is invisible written out.
func patch(s string) string {
	shown, _ := sanitize.ShowInvisible(strings.ToValidUTF8(s, "\uFFFD"))
	if letters := []rune(shown); len(letters) > maxPatch {
		return string(letters[:maxPatch]) + "\n…"
	}
	return shown
}

// estimates are the errors of what was estimated before the calls.
func estimates(all []weekly.Estimate) *html.Node {
	if len(all) == 0 {
		return nil
	}
	t := table{caption: "Estimates of prompts, against what was billed", short: 12, columns: []column{
		words("Model"), words("Files"), figures("Calls"), figures("Median error"), figures("Bias"), figures("Above what was held possible"),
	}}
	for i, e := range all {
		path := fmt.Sprintf("estimates.%d", i)
		t.rows = append(t.rows, []*html.Node{
			modelName(e.Provider, e.Model), name(e.Class, "no class"), number(path+".n", e.N), percent(path+".median_error", e.Error),
			figure(path+".median_bias", exact(e.Bias), fmt.Sprintf("%+.1f %%", 100*e.Bias)), number(path+".above", e.Above),
		})
	}
	return section("estimates", "Estimates before the call", t.node())
}

// sampled are the records to look at.
func sampled(n weekly.Numbers) *html.Node {
	var tables []*html.Node
	if len(n.Disputed) > 0 {
		tables = append(tables, sampleTable("disputed", "Disputed: somebody gave a thumbs-down", n.Disputed))
	}
	if len(n.Sample) > 0 {
		tables = append(tables, sampleTable("sample", "Drawn by chance", n.Sample))
	}
	if tables == nil {
		return nil
	}
	why := paragraph("muted", "Silence is not taken for consent: look at these, and say so with ", element("code", "", text("/flag <task> right")), ", ",
		element("code", "", text("cheaper")), " or ", element("code", "", text("frontier")), " on the pull request.")
	return section("sample", "To look at", append([]*html.Node{why}, tables...)...)
}

func sampleTable(path, caption string, all []weekly.Sampled) *html.Node {
	t := table{caption: caption, short: 20, columns: []column{
		words("Task"), words("Day"), words("Repository"), figures("Pull request"), words("Tier"), words("Model"), figures("Cost"), words("Record"),
	}}
	for i, s := range all {
		at := fmt.Sprintf("%s.%d", path, i)
		pull := nothing()
		if s.PullRequest > 0 {
			pull = figure(at+".pull_request", strconv.Itoa(s.PullRequest), "#"+strconv.Itoa(s.PullRequest))
		}
		t.rows = append(t.rows, []*html.Node{
			name(s.Task, "no task"), day(s.Day), name(s.Repository, "no repository"), pull, text(tierWord(s.Tier)), name(s.Model, "no model"),
			usd(at+".cost_usd", s.Cost), element("code", "", name(s.Record, "no record")),
		})
	}
	return t.node()
}

// review is the quarterly look at the policy, where it names a date.
func review(r weekly.Review) *html.Node {
	if r.Due == "" {
		return nil
	}
	due := line(r.Due, maxName)
	words := paragraph("", "Due on "+due+", in ", counted("review.days", r.Days, "day"), ".")
	switch r.State {
	case "overdue":
		words = paragraph("note", "Overdue since "+due+": ", figure("review.days", strconv.Itoa(r.Days), thousands(-r.Days)), " days.")
	case "due":
		words = paragraph("note", "Due on "+due+", in ", counted("review.days", r.Days, "day"), ".")
	}
	list := element("ul", "facts")
	for _, change := range r.Changes {
		list.AppendChild(element("li", "", phrase(change)))
	}
	return section("review", "Review of the policy", words, list)
}
