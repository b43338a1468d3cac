package main

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// commandRequests writes what a fake was asked, one request a line:
//
//	requests github FILE    GET /repos/acme/widgets/pulls/7
//	requests storage FILE   the same, of the host that keeps logs, with its Authorization
//	requests model FILE     anthropic claude-opus-5-5 max=16000 effort=high schema
//	requests prompts FILE   all that models were sent, system and prompt
//	requests bodies FILE    what was written to the platform
//	requests comments FILE  the comments that stand there
//	requests remarks FILE   the review comments: id, author, place, state, then the text
//	requests checks FILE    the check runs: name, conclusion, annotations of each request, then each annotation and the text
func commandRequests(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: requests github|storage|model|prompts|bodies|comments|remarks|checks FILE")
	}
	var lines []string
	switch w := worldOf(ts); args[0] {
	case "github":
		lines = w.githubLines()
	case "storage":
		for _, r := range w.hub.StorageRequests() {
			lines = append(lines, fmt.Sprintf("%s authorization=%q", r, r.Header.Get("Authorization")))
		}
	case "bodies":
		for _, r := range w.hub.Requests() {
			if r.Method != http.MethodGet {
				lines = append(lines, r.String()+" "+r.Body)
			}
		}
	case "comments":
		for _, comments := range w.hub.Repo("acme", "widgets").Comments {
			for _, c := range comments {
				lines = append(lines, c.Body)
			}
		}
	case "remarks":
		lines = w.remarkLines()
	case "checks":
		lines = w.checkLines()
	case "model":
		lines = w.modelLines()
	case "prompts":
		for _, r := range w.model.Requests() {
			lines = append(lines, "=== "+r.Model, r.System, r.Prompt)
		}
	default:
		ts.Fatalf("no requests are called %q", args[0])
	}
	writeScriptFile(ts, args[1], strings.Join(append(lines, ""), "\n"))
}

func (w *world) githubLines() []string {
	var lines []string
	for _, r := range w.hub.Requests() {
		lines = append(lines, r.String())
	}
	return lines
}

func (w *world) modelLines() []string {
	var lines []string
	for _, r := range w.model.Requests() {
		line := fmt.Sprintf("%s %s max=%d effort=%s", r.Vendor, r.Model, r.MaxOutputTokens, r.Effort)
		if r.Schema != nil {
			line += " schema"
		}
		if r.Kept != "" {
			line += " kept"
		}
		lines = append(lines, line)
	}
	return lines
}

func (w *world) remarkLines() []string {
	var lines []string
	for _, k := range w.hub.Repo("acme", "widgets").Remarks[7] {
		lines = append(lines, fmt.Sprintf("=== %d %s %s:%d-%d resolved=%v hidden=%v", k.ID, k.Author.Login, k.Path, k.StartLine, k.Line, k.Resolved, k.Minimized), k.Body)
	}
	return lines
}

func (w *world) checkLines() []string {
	var lines []string
	for _, k := range w.hub.Repo("acme", "widgets").CheckRuns {
		lines = append(lines, fmt.Sprintf("=== %s %s %s %v %s", k.Name, k.HeadSHA, k.Conclusion, k.AnnotationsByRequest, k.Title))
		for _, a := range k.Annotations {
			lines = append(lines, fmt.Sprintf("%s %q:%d-%d %q %q", a.AnnotationLevel, a.Path, a.StartLine, a.EndLine, a.Title, a.Message))
		}
		lines = append(lines, k.Summary)
	}
	return lines
}
