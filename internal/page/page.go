// Package page shows the numbers of a week as one HTML page that needs nothing
// but itself: no script, no request, drawings and styles inside. Numbers come
// in and bytes go out. The page is built of nodes, so that no name of a ledger
// can be anything but words.
package page

import (
	"crypto/sha256"
	_ "embed" // for the styles
	"encoding/base64"
	"fmt"
	"io"

	"golang.org/x/net/html"

	"github.com/tierwise/tierwise/internal/weekly"
)

//go:embed style.css
var styles string

// Write writes the page of these numbers.
func Write(w io.Writer, n weekly.Numbers) error {
	document := &html.Node{Type: html.DocumentNode}
	document.AppendChild(&html.Node{Type: html.DoctypeNode, Data: "html"})
	document.AppendChild(with(lines("html", "", head(n), body(n)), "lang", "en"))
	if err := html.Render(w, document); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// contentPolicy lets the page do nothing but show itself: these styles alone,
// by their hash, and the empty icon that keeps a browser from asking for one.
func contentPolicy() string {
	hash := sha256.Sum256([]byte(styles))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) +
		"'; img-src data:; base-uri 'none'; form-action 'none'"
}

func head(n weekly.Numbers) *html.Node {
	meta := func(pairs ...string) *html.Node { return with(element("meta", ""), pairs...) }
	return lines("head", "",
		meta("charset", "utf-8"),
		meta("http-equiv", "Content-Security-Policy", "content", contentPolicy()),
		meta("name", "viewport", "content", "width=device-width, initial-scale=1"),
		meta("name", "color-scheme", "content", "light dark"),
		meta("name", "referrer", "content", "no-referrer"),
		meta("name", "robots", "content", "noindex"),
		with(element("link", ""), "rel", "icon", "href", "data:,"),
		element("title", "", text(fmt.Sprintf("tierwise: %s to %s", line(n.Window.From, maxName), line(n.Window.To, maxName)))),
		element("style", "", text(styles)),
	)
}

func body(n weekly.Numbers) *html.Node {
	return lines("body", "",
		lines("main", "",
			header(n.Window),
			notes(n),
			three(n),
			gaps(n),
			suggestions(n.Suggestions),
			byDay(n),
			byTask(n),
			hindsight(n),
			escalations(n.Escalations),
			overrides(n.Overrides),
			groups(n),
			estimates(n.Estimates),
			sampled(n),
			review(n.Review),
			footer(n),
		),
	)
}

func header(w weekly.Window) *html.Node {
	scope := span("", "all repositories of the ledger")
	if w.Repository != "" {
		scope = name(w.Repository, "")
	}
	prices := span("")
	if w.PricesAsOf != "" {
		prices = span("", " · prices as of "+line(w.PricesAsOf, maxName))
	}
	return lines("header", "",
		paragraph("brand", "tierwise"),
		element("h1", "", run("AI spend and routing, ", day(w.From), " to ", day(w.To))...),
		paragraph("muted", scope, " · ", counted("window.days", w.Days, "day"), ", UTC", prices),
	)
}

// section is a part of the page with its heading.
func section(id, heading string, children ...*html.Node) *html.Node {
	title := with(element("h2", "", text(heading)), "id", id)
	return with(lines("section", "", append([]*html.Node{title}, children...)...), "aria-labelledby", id)
}

func notes(n weekly.Numbers) *html.Node {
	var list []*html.Node
	for _, note := range n.Notes {
		list = append(list, paragraph("note", phrase(note)))
	}
	if n.Spend.Records == 0 {
		list = append(list, paragraph("note", "No record in this window: there is nothing to count yet."))
	}
	if list == nil {
		return nil
	}
	return lines("div", "notes", list...)
}

func footer(n weekly.Numbers) *html.Node {
	return element("footer", "muted", run(
		"The all-frontier line is the same work, all at the baseline model, of the tasks that could be compared: those that have both figures. "+
			"Intervals are 95 %, of shares by Wilson's formula. What nobody reviewed counts neither as right nor as wrong. "+
			"The same numbers as JSON: ", element("code", "", text("tierwise report --format json")), ", schema ", element("code", "", text(n.Schema)), ".")...)
}
