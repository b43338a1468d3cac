package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
)

// maxClosed is how many outdated comments one run closes; the next run closes
// more. Each is a write of its own, and the platform takes 80 a minute.
const maxClosed = 20

// review writes the findings as comments at their lines, where the workflow
// asks for that, and closes the comments whose finding is gone. What cannot be
// done is a warning: the summary has every finding.
func (a *action) review(ctx context.Context, w *pipeline.Work, s *report.Session) {
	if a.in.remarks != "on-findings" || w.PullNumber == 0 || w.Refused != "" {
		return
	}
	all := report.RemarksOf(*s)
	if len(all.List)+len(all.Done) == 0 {
		delivered(s, reviewText(report.ReviewPlan{}, closed{}, all.Unplaced))
		return
	}
	if err := fresh(ctx, w); err != nil {
		s.Warnings = append(s.Warnings, "no review was written: "+err.Error())
		return
	}
	ours, err := a.client.OwnRemarks(ctx, platformRepo(w), w.PullNumber, report.RemarkPrefix)
	if err != nil {
		s.Warnings = append(s.Warnings, "no review was written: "+err.Error())
		return
	}
	threads := a.threads(ctx, w, ours, s)
	plan := all.Against(standing(ours, threads))
	if err := a.post(ctx, w, plan, all.Unplaced); err != nil {
		s.Warnings = append(s.Warnings, "the review was not written: "+err.Error())
		return
	}
	c, err := a.closeOutdated(ctx, ours, threads, plan.Close)
	if err != nil {
		s.Warnings = append(s.Warnings, "outdated review comments stay open: "+err.Error())
	}
	delivered(s, reviewText(plan, c, all.Unplaced))
}

func delivered(s *report.Session, text string) {
	if text != "" {
		s.Delivered = append(s.Delivered, text)
	}
}

// threads reads what became of our comments, where there are any. Where that
// cannot be read, what is found is posted anew rather than lost.
func (a *action) threads(ctx context.Context, w *pipeline.Work, ours []github.Remark, s *report.Session) []github.Thread {
	if len(ours) == 0 {
		return nil
	}
	threads, err := a.client.Threads(ctx, platformRepo(w), w.PullNumber)
	if err != nil {
		s.Warnings = append(s.Warnings, "whether earlier review comments are still open is not known, so findings are posted anew and none is closed: "+err.Error())
		return nil
	}
	return threads
}

func standing(ours []github.Remark, threads []github.Thread) []report.Standing {
	there := make([]report.Standing, len(ours))
	for i, k := range ours {
		there[i] = report.Standing{Body: k.Body, Outdated: k.Outdated, Answered: k.Answered}
		if at := threadOf(k, threads); at >= 0 {
			there[i].State = stateOf(threads[at], k)
		}
	}
	return there
}

func stateOf(t github.Thread, k github.Remark) report.State {
	switch {
	case t.Settled && !t.Outdated && !k.Outdated:
		return report.Settled
	case t.Resolved || t.Hidden:
		return report.Shut
	default:
		return report.Open
	}
}

// threadOf gives the place of the thread that a comment began, -1 where the
// platform does not show it.
func threadOf(k github.Remark, threads []github.Thread) int {
	return slices.IndexFunc(threads, func(t github.Thread) bool { return t.Comment == k.Node })
}

func (a *action) post(ctx context.Context, w *pipeline.Work, plan report.ReviewPlan, unplaced int) error {
	if len(plan.Post) == 0 {
		return nil
	}
	redact := a.access.redactor.Redact
	remarks := make([]github.NewRemark, len(plan.Post))
	for i, r := range plan.Post {
		remarks[i] = github.NewRemark{Path: r.Path, StartLine: r.StartLine, Line: r.Line, Body: redact(r.Body)}
	}
	return a.client.CreateReview(ctx, platformRepo(w), w.PullNumber, w.Change.Head, report.ReviewBody(len(remarks), plan.Held, unplaced), remarks)
}

// closed counts what became of outdated comments; left are those over the
// bound of one run, and those whose thread the platform does not show.
type closed struct{ resolved, hidden, left int }

// closeOutdated resolves the threads that our outdated comments began. A
// token that may not resolve, as one without contents: write may not, hides
// the comment as outdated instead: tierwise never asks for that permission.
func (a *action) closeOutdated(ctx context.Context, ours []github.Remark, threads []github.Thread, which []int) (closed, error) {
	var c closed
	for _, i := range which {
		at := threadOf(ours[i], threads)
		if at < 0 || c.resolved+c.hidden == maxClosed {
			c.left++
			continue
		}
		t := threads[at]
		if !t.Outdated || t.Comments > 1 {
			continue
		}
		if err := a.closeThread(ctx, t, &c); err != nil {
			return c, err
		}
	}
	return c, nil
}

func (a *action) closeThread(ctx context.Context, t github.Thread, c *closed) error {
	if t.MayResolve {
		err := a.client.ResolveThread(ctx, t.ID)
		if err == nil {
			c.resolved++
			return nil
		}
		var denied *github.PermissionError
		if !errors.As(err, &denied) {
			return fmt.Errorf("close an outdated comment: %w", err)
		}
	}
	if err := a.client.HideOutdated(ctx, t.Comment); err != nil {
		return fmt.Errorf("hide an outdated comment: %w", err)
	}
	c.hidden++
	return nil
}

// reviewText is what the summary says of the review.
func reviewText(plan report.ReviewPlan, c closed, unplaced int) string {
	var items []string
	say := func(n int, words string) {
		if n > 0 {
			items = append(items, fmt.Sprintf("%d %s", n, words))
		}
	}
	say(len(plan.Post), "new")
	say(plan.Known, "there already")
	say(plan.Settled, "resolved by a person, and not posted anew while its lines stand")
	say(plan.Held, fmt.Sprintf("more than the %d of one review", report.MaxRemarks))
	say(unplaced, "at no line of the diff")
	say(c.resolved, "resolved, its finding is gone")
	say(c.hidden, "hidden as outdated")
	say(c.left, "outdated and still open")
	say(plan.Kept, "not repeated though the lines did not change, left open for a person")
	say(plan.Answered, "not repeated and answered, left open")
	if len(items) == 0 {
		return ""
	}
	return "review comments: " + strings.Join(items, ", ")
}
