package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/weekly"
)

// flagBack is how many days back a comment's run is looked for.
const flagBack = 90

// comment keeps the flags of the comment that the event is about, as it stands
// now. One that flags nothing, or whose author may not flag, changes nothing
// and is no failure: anybody may comment.
func (r *reporter) comment(ctx context.Context, ev event.Event) error {
	said := *ev.Comment
	c, found, err := r.client.Comment(ctx, r.repo, said.ID)
	if err != nil {
		return fmt.Errorf("read the comment: %w", err)
	}
	if !found || said.PullNumber == 0 || c.Number != said.PullNumber || c.Ours || len(ledger.Opinions(c.Body)) == 0 {
		r.runner.Log("the comment flags nothing: there is nothing to do")
		return nil
	}
	if editedByAnother(ev, c) {
		return r.summary("No flag was counted: the comment was edited by somebody else than its author, or again since.\n")
	}
	l := pipeline.Listener{Talk: r.client, Repo: r.repo, Policy: r.work.Policy}
	counts, err := l.MayFlag(ctx, c.Author, c.Number)
	if err != nil {
		return err
	}
	if !counts {
		return r.summary("No flag was counted: by this repository's policy the comment's author may not flag.\n")
	}
	if r.in.ledger != nil && r.in.ledger.Kind == ledger.KindArtifact { // it could be kept nowhere
		return r.summary("The ledger is the workflow's artifacts: the next report reads the comment and counts it.\n")
	}
	if err := r.open(); err != nil {
		return err
	}
	reading := reading{sum: weekly.New(weekly.Options{}), runs: ledger.NewRuns(), kept: map[string]bool{}, tell: r.runner.Log}
	if err := reading.read(ctx, r.ledger, weekly.DayStart(r.process.Now()).Add(-flagBack*24*time.Hour)); err != nil {
		return err
	}
	l.Runs = reading.runs
	var heard pipeline.Heard
	if err := l.Hear(ctx, c, &heard); err != nil {
		return err
	}
	if err := r.keep(ctx, reading.unkept(heard.Flags)); err != nil {
		return fmt.Errorf("keep the flags in the ledger: %w", err)
	}
	_, kept := r.ledger.(pipeline.Store)
	return r.summary(report.Flagged(heard.Flags, heard.Notes, kept))
}

// editedByAnother says that the flags that stand there now may not be the
// author's: somebody else made the edit that the event is of, or they are others
// than the event's, and the edit that made them so has an event of its own.
func editedByAnother(ev event.Event, now github.Comment) bool {
	if ev.Action == "edited" && (ev.Sender.Login == "" || !strings.EqualFold(ev.Sender.Login, now.Author.Login)) {
		return true
	}
	return !slices.Equal(ledger.Opinions(ev.Comment.Body), ledger.Opinions(now.Body))
}

func (r *reporter) summary(text string) error {
	if err := r.runner.AppendSummary("### tierwise: hindsight\n\n" + text); err != nil {
		return fmt.Errorf("write the summary: %w", err)
	}
	return nil
}
