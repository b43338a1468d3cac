package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/gitrepo"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
)

// maxUsers is how many files that use a name are looked for: enough to say
// who they are.
const maxUsers = 20

// atOnce runs questions to git side by side, since starting git is most of
// what a small one costs. The first one's error comes first.
func atOnce(questions ...func() error) error {
	answers := make([]chan error, len(questions))
	for i, ask := range questions {
		answers[i] = make(chan error, 1)
		go func() { answers[i] <- ask() }()
	}
	var first error
	for _, answer := range answers {
		if err := <-answer; first == nil {
			first = err
		}
	}
	return first
}

func (w *Work) readPaths(ctx context.Context, repo *gitrepo.Repo) (err error) {
	if w.Tree, err = repo.Tree(ctx, w.Change.Base); err != nil {
		return fmt.Errorf("list the files at the base: %w", err)
	}
	return nil
}

// surroundings is what a checkout holds beside the change.
type surroundings interface {
	Contents(ctx context.Context) (*gitrepo.Contents, error)
	Mentions(ctx context.Context, rev string, names []string, limit int) (map[string][]string, error)
}

// readAround reads the marks, and then what signals ask to see beside the
// patch: most changes need none of it, and then no git is started.
func (w *Work) readAround(ctx context.Context, repo surroundings, policyPath string) error {
	if err := w.readMarks(ctx, policyPath); err != nil {
		return err
	}
	in := signal.Input{Change: w.Change, HasChange: true, Marks: w.Marks}
	return atOnce(
		func() error { return w.readVersions(ctx, repo, in) },
		func() error { return w.readUsers(ctx, repo, signal.SharedNames(in)) },
	)
}

func (w *Work) readVersions(ctx context.Context, repo surroundings, in signal.Input) error {
	if len(signal.WantsVersions(in)) == 0 {
		return nil
	}
	files, err := repo.Contents(ctx)
	if err != nil {
		return fmt.Errorf("read whole files: %w", err)
	}
	w.Versions, err = Versions(files, in)
	if err = errors.Join(err, files.Close()); err != nil {
		return fmt.Errorf("read whole files: %w", err)
	}
	return nil
}

// readUsers leaves an empty map where it looked for nothing or found nothing,
// and nil where it could not look, as in a clone without all objects.
func (w *Work) readUsers(ctx context.Context, repo surroundings, names []string) error {
	if len(names) == 0 {
		w.Users = map[string][]string{}
		return nil
	}
	users, err := repo.Mentions(ctx, w.Change.Base, names, maxUsers)
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("look for users of what the change alters: %w", err)
	case err != nil:
		w.unlooked = fmt.Sprintf("nobody looked for users of what the change alters: %v", err)
	default:
		w.Users = users
	}
	return nil
}

// pastCommits is how far back it is looked for what changes together.
const pastCommits = 500

// readTogether reads the history, which takes git longer than all the rest,
// only where the policy names a signal that needs it.
func (w *Work) readTogether(ctx context.Context, repo historian) error {
	if !slices.ContainsFunc(w.Policy.MustFrontier, needsHistory) {
		return nil
	}
	past, err := repo.PastPaths(ctx, w.Change.Base, pastCommits)
	if err != nil && !errors.Is(err, gitrepo.ErrNoCommit) { // before the first commit there is no past
		return fmt.Errorf("read the history: %w", err)
	}
	var paths []string
	for _, f := range w.Change.Files {
		paths = append(paths, f.Paths()...)
	}
	w.Together = signal.Companions(past, paths)
	return nil
}

// historian is a checkout with a past.
type historian interface {
	PastPaths(ctx context.Context, rev string, limit int) ([][]string, error)
}

func needsHistory(entry policy.MustFrontier) bool {
	return slices.ContainsFunc(signal.All(), func(s signal.Signal) bool {
		return slices.Contains(s.Needs, signal.NeedsHistory) && slices.Contains(entry.Signals, s.ID)
	})
}
