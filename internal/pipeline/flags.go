package pipeline

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/report"
)

// Talk is where people say what they think of a run.
type Talk interface {
	CommentsSince(ctx context.Context, repo github.Repo, number int, since time.Time) ([]github.Comment, bool, error)
	Reactions(ctx context.Context, repo github.Repo, comment int64) ([]github.Reaction, error)
	Permission(ctx context.Context, repo github.Repo, login string) (github.Permission, error)
	PullRequest(ctx context.Context, repo github.Repo, number int) (event.PullRequest, error)
}

// maxTalked is how many pull requests are listened to: one request each, of a
// thousand that a workflow's token has an hour.
const maxTalked = 300

const (
	// maxPeople is how many people's permissions are looked up, and maxReacted on
	// how many comments the reactions are: anybody may comment and react, and
	// each lookup is a request.
	maxPeople  = 100
	maxReacted = 100
)

// Heard is what was said of runs. A dispute is a thumbs-down: a reason to look,
// and no verdict.
type Heard struct {
	Flags    []ledger.Flag
	Disputes []ledger.Flag
	Refused  int      // of people whose flags do not count
	Notes    []string // what was not heard
}

// Listener turns comments and reactions into flags. Only people count whom the
// policy lets flag; a bot never does, nor the author of a pull request from a
// fork.
type Listener struct {
	Talk   Talk
	Repo   github.Repo
	Policy *policy.File
	Runs   *ledger.Runs

	people    map[string]lookedUp
	pulls     map[int]lookedUp
	reacted   int // comments whose reactions were asked for
	unreacted int // and those whose were not
	unasked   int // flags of people who were not looked up
}

// lookedUp is what was looked up once: a person's permission, or the author of
// a pull request from a fork.
type lookedUp struct {
	name string
	err  error
}

// Listen reads what was said since a moment on every pull request that the runs
// were about, the newest first. One that cannot be read is noted. Where the
// requests run low it gives what it has heard, and says so.
func (l *Listener) Listen(ctx context.Context, since time.Time) (Heard, error) {
	var h Heard
	pulls := l.Runs.Pulls(l.Repo.String())
	slices.Reverse(pulls)
	if len(pulls) > maxTalked {
		h.Notes = append(h.Notes, fmt.Sprintf("comments of %d pull requests were read, those of %d older ones were not", maxTalked, len(pulls)-maxTalked))
		pulls = pulls[:maxTalked]
	}
	for i, number := range pulls {
		err := l.pull(ctx, number, since, &h)
		if err != nil && ctx.Err() != nil {
			return h, err
		}
		if err != nil {
			h.Notes = append(h.Notes, fmt.Sprintf("flags of comments are incomplete, of %d pull requests %d were heard whole: %v", len(pulls), i, err))
			break
		}
	}
	l.unheard(&h)
	return h, nil
}

// pull hears one pull request. Its number is of a record, which may be forged:
// only what stops the listening is an error.
func (l *Listener) pull(ctx context.Context, number int, since time.Time, h *Heard) error {
	comments, more, err := l.Talk.CommentsSince(ctx, l.Repo, number, since)
	switch {
	case stops(ctx, err):
		return fmt.Errorf("read the comments of pull request %d: %w", number, err)
	case err != nil:
		h.Notes = append(h.Notes, fmt.Sprintf("the comments of pull request %d were not read: %v", number, err))
	case more:
		h.Notes = append(h.Notes, fmt.Sprintf("pull request %d has more comments than were read", number))
	}
	for _, c := range comments {
		if l.refusesEdited(c, h) {
			continue
		}
		if err := l.Hear(ctx, c, h); err != nil {
			return err
		}
	}
	return nil
}

// unheard says what the bounds left out.
func (l *Listener) unheard(h *Heard) {
	if l.unasked > 0 {
		h.Notes = append(h.Notes, fmt.Sprintf("%d people were looked up, and no more: %d comments and reactions of others were refused", maxPeople, l.unasked))
	}
	if l.unreacted > 0 {
		h.Notes = append(h.Notes, fmt.Sprintf("reactions on %d comments were read, those on %d older ones were not", maxReacted, l.unreacted))
	}
}

// refusesEdited says that an edited comment counts for nothing. Whoever may write
// may edit what others say, and the platform does not tell who did: it counts
// only where all of them may flag.
func (l *Listener) refusesEdited(c github.Comment, h *Heard) bool {
	n := len(ledger.Opinions(c.Body))
	if c.Ours || n == 0 || c.Updated.Equal(c.Created) || l.Policy.Flag.PermitsAllWriters() {
		return false
	}
	h.Refused += n
	h.Notes = append(h.Notes, fmt.Sprintf("a comment on pull request %d was edited, maybe by somebody who may not flag: its flags are refused", c.Number))
	return true
}

// Hear takes one comment: its own reactions where it is ours, else its flags.
func (l *Listener) Hear(ctx context.Context, c github.Comment, h *Heard) error {
	if c.Ours {
		if !c.Reacted {
			return nil
		}
		return l.reactions(ctx, c, h)
	}
	opinions := ledger.Opinions(c.Body)
	if len(opinions) == 0 {
		return nil
	}
	permission, counts, err := l.mayFlag(ctx, c.Author, c.Number)
	if err != nil {
		return err
	}
	if !counts {
		h.Refused += len(opinions)
		return nil
	}
	for _, o := range opinions {
		run, found := l.Runs.Latest(l.Repo.String(), c.Number, o.Task, c.Created)
		if !found {
			h.Notes = append(h.Notes, fmt.Sprintf("a flag on pull request %d is about %q, of which no finished run came before it", c.Number, o.Task))
			continue
		}
		h.Flags = append(h.Flags, run.Flag(o.Verdict, "comment", strconv.FormatInt(c.ID, 10), permission, c.Updated))
	}
	return nil
}

// reactions takes a thumbs-up as right of every task that the comment tells
// of, and a thumbs-down as a dispute. Other reactions mean nothing.
func (l *Listener) reactions(ctx context.Context, c github.Comment, h *Heard) error {
	if l.reacted == maxReacted {
		l.unreacted++
		return nil
	}
	l.reacted++
	all, err := l.Talk.Reactions(ctx, l.Repo, c.ID)
	switch {
	case stops(ctx, err):
		return fmt.Errorf("read the reactions on pull request %d: %w", c.Number, err)
	case err != nil:
		h.Notes = append(h.Notes, fmt.Sprintf("reactions on pull request %d were not read: %v", c.Number, err))
	}
	for _, r := range all {
		if r.Content != "+1" && r.Content != "-1" {
			continue
		}
		permission, counts, err := l.mayFlag(ctx, r.Author, c.Number)
		if err != nil {
			return err
		}
		if !counts {
			h.Refused++
			continue
		}
		for _, id := range l.told(c) {
			run, found := l.Runs.Latest(l.Repo.String(), c.Number, id, r.Created)
			if !found {
				continue // it ran later
			}
			f := run.Flag(ledger.Right, "reaction", strconv.FormatInt(r.ID, 10), permission, r.Created)
			if r.Content == "+1" {
				h.Flags = append(h.Flags, f)
			} else {
				h.Disputes = append(h.Disputes, f)
			}
		}
	}
	return nil
}

// criticalMark is the first line of the sticky comment of critical tasks.
const criticalMark = `^<!-- tierwise: ([a-z0-9_, -]{1,500}?)(?: at [0-9a-f]+)? -->`

// told gives the tasks that a sticky comment of ours is about: those that its
// mark names, or all that ran there and are not on the critical path.
func (l *Listener) told(c github.Comment) []string {
	ran := l.Runs.Tasks(l.Repo.String(), c.Number)
	var named []string
	if m := regexp.MustCompile(criticalMark).FindStringSubmatch(c.Body); m != nil {
		named = strings.Split(m[1], ", ")
	}
	return slices.DeleteFunc(ran, func(id string) bool {
		if strings.HasPrefix(c.Body, report.AuxiliaryMarker) {
			return l.critical(id)
		}
		return !slices.Contains(named, id)
	})
}

func (l *Listener) critical(id string) bool {
	if row, found := l.Policy.Task(id); found && row.CriticalPath {
		return true
	}
	for _, t := range Known().Tasks {
		if t.ID == id {
			return t.Judges()
		}
	}
	return false
}

// MayFlag says whether somebody's flags on a pull request count.
func (l *Listener) MayFlag(ctx context.Context, who event.Account, pull int) (bool, error) {
	_, counts, err := l.mayFlag(ctx, who, pull)
	return counts, err
}

// mayFlag says with what permission somebody's flags count. A lookup that fails
// refuses; only what stops the whole run is an error.
func (l *Listener) mayFlag(ctx context.Context, who event.Account, pull int) (permission string, counts bool, err error) {
	if who.Bot || who.Login == "" {
		return "", false, nil
	}
	person, err := l.permission(ctx, who.Login)
	if err != nil || person.err != nil || !l.Policy.Flag.Permits(person.name) {
		return "", false, err
	}
	author, err := l.forkAuthor(ctx, pull)
	if err != nil || author.err != nil || strings.EqualFold(author.name, who.Login) {
		return "", false, err
	}
	return person.name, true, nil
}

func (l *Listener) permission(ctx context.Context, login string) (lookedUp, error) {
	key := strings.ToLower(login)
	if s, known := l.people[key]; known {
		return s, nil
	}
	if len(l.people) >= maxPeople {
		l.unasked++
		return lookedUp{err: errors.New("too many people to look up")}, nil
	}
	p, err := l.Talk.Permission(ctx, l.Repo, login)
	if stops(ctx, err) {
		return lookedUp{}, fmt.Errorf("look up who may flag: %w", err)
	}
	s := lookedUp{name: p.Name(), err: err}
	if p.Bot {
		s.err = errors.New("it is a bot")
	}
	if l.people == nil {
		l.people = map[string]lookedUp{}
	}
	l.people[key] = s
	return s, nil
}

// forkAuthor gives the author of a pull request from a fork, "" where it is
// from this repository.
func (l *Listener) forkAuthor(ctx context.Context, number int) (lookedUp, error) {
	if s, known := l.pulls[number]; known {
		return s, nil
	}
	pr, err := l.Talk.PullRequest(ctx, l.Repo, number)
	if stops(ctx, err) {
		return lookedUp{}, fmt.Errorf("look up whose pull request %d is: %w", number, err)
	}
	s := lookedUp{err: err}
	if pr.Fork {
		s.name = pr.Author.Login
	}
	if l.pulls == nil {
		l.pulls = map[int]lookedUp{}
	}
	l.pulls[number] = s
	return s, nil
}

// stops says that nothing more can be asked.
func stops(ctx context.Context, err error) bool {
	var limit *github.LimitError
	return err != nil && (ctx.Err() != nil || errors.Is(err, github.ErrRateLow) || errors.As(err, &limit))
}
