package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/task"
)

// maxWordsBytes bounds title and body: the platform's bodies have at most
// 65,536 characters, of up to four bytes each.
const maxWordsBytes = 4*65_536 + 4096

// LintWords is what the words of an event's issue or pull request hold. No file
// has them.
type LintWords struct {
	Report lint.Report
	// Sources are the title and the body. Findings name them.
	Sources []lint.Source
	// Unread says why the words were not read, or not all that they are held
	// against.
	Unread []string
}

// words are what an event's issue or pull request says. They are a stranger's.
type words struct {
	kind        string
	number      int
	title, body string
}

func wordsOf(ev event.Event) (words, bool) {
	switch {
	case ev.PullRequest != nil:
		return words{"pull request", ev.PullRequest.Number, ev.PullRequest.Title, ev.PullRequest.Body}, true
	case ev.Issue != nil && ev.Issue.Pull:
		return words{"pull request", ev.Issue.Number, ev.Issue.Title, ev.Issue.Body}, true
	case ev.Issue != nil:
		return words{"issue", ev.Issue.Number, ev.Issue.Title, ev.Issue.Body}, true
	default:
		return words{}, false
	}
}

// LintWords reads title and body of the event's issue or pull request by the
// rules of briefs. An annotation is held against the change, where there is
// one: that takes a request for each hundred files.
func (h *LintHead) LintWords(ctx context.Context, client *github.Client, ev event.Event) (LintWords, error) {
	says, ok := wordsOf(ev)
	if !ok {
		return LintWords{}, nil
	}
	if n := len(says.title) + len(says.body); n > maxWordsBytes {
		return LintWords{Unread: []string{fmt.Sprintf("title and body of %s %d: %d bytes, more than the %d that are read", says.kind, says.number, n, maxWordsBytes)}}, nil
	}
	detector, err := sanitize.NewDetector()
	if err != nil {
		return LintWords{}, fmt.Errorf("look for secrets: %w", err)
	}
	world := h.World
	world.Redact = func(text string) (string, []string) { return detector.Redact("", text) }
	var unread []string
	if declared, _ := task.FindAnnotation(says.text()); says.kind == "pull request" && !declared.Empty() {
		if world.Change, err = changeOf(ctx, client, ev, says.number); err != nil {
			if ctx.Err() != nil || errors.Is(err, github.ErrRateLow) {
				return LintWords{}, err
			}
			unread = append(unread, err.Error())
		}
	}
	linted := says.lint(world)
	linted.Unread = unread
	return linted, nil
}

// changeOf reads what a pull request changes.
func changeOf(ctx context.Context, client *github.Client, ev event.Event, number int) (*change.Change, error) {
	repo := github.Repo{Owner: ev.Repository.Owner, Name: ev.Repository.Name}
	var pr event.PullRequest
	var err error
	if ev.PullRequest != nil {
		pr = *ev.PullRequest
	} else if pr, err = client.PullRequest(ctx, repo, number); err != nil {
		return nil, fmt.Errorf("read pull request %d: %w", number, err)
	}
	ch := change.Change{Base: pr.Base.SHA, Head: pr.Head.SHA}
	if ch.Files, ch.Incomplete, err = client.PullFiles(ctx, repo, pr); err != nil {
		return nil, fmt.Errorf("read the files of pull request %d: %w", number, err)
	}
	return &ch, nil
}

// text is what a reader sees: the title on a line, and the body below it.
func (w words) text() string {
	return strings.Map(oneLined, w.title) + "\n\n" + w.body
}

// oneLined keeps a title on its line, whatever it holds.
func oneLined(r rune) rune {
	if r == '\n' || r == '\r' {
		return ' '
	}
	return r
}

// lint reads both as one brief, for what is missing in one may stand in the
// other. Findings name the one that they are in, with its own lines.
func (w words) lint(world lint.World) LintWords {
	whole := fmt.Sprintf("%s %d", w.kind, w.number)
	title, body := "title of "+whole, "body of "+whole
	r := lint.CheckBrief(lint.Brief{Source: lint.NewSource(whole, []byte(w.text()))}, world)
	r.Files = nil // none of them holds it
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.File = title; f.Line > 1 {
			f.File, f.Line = body, max(1, f.Line-2)
		}
	}
	return LintWords{Report: r, Sources: []lint.Source{
		lint.NewSource(title, []byte(strings.Map(oneLined, w.title))), lint.NewSource(body, []byte(w.body)),
	}}
}
