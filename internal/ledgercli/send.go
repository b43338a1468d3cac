package ledgercli

import (
	"context"
	"fmt"
	"time"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/store"
	"github.com/tierwise/tierwise/internal/weekly"
)

// sending is one walk from a source to a ledger.
type sending struct {
	opener
	to     shared
	since  time.Time
	of     []string // the repositories that are taken; none is all
	batch  []ledger.Entry
	read   int
	unread int
	counts store.Counts
	told   time.Time
}

// send sends a folder.
func (o opener) send(ctx context.Context, from string, since time.Time, repositories []string, empty bool) error {
	source, err := openFolder(from)
	if err != nil {
		return err
	}
	defer source.root.Close() //nolint:errcheck // it was only read
	files, err := source.files()
	if err != nil {
		return err
	}
	to, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer to.Close()
	s := &sending{opener: o, to: to, since: since, of: repositories}
	for _, name := range files {
		if err = s.file(ctx, source, name, empty); err != nil {
			break
		}
	}
	return s.end(ctx, err)
}

// end sends the rest, sums up, and gives the first error that there was.
func (s *sending) end(ctx context.Context, err error) error {
	if err == nil {
		err = s.flush(ctx)
	}
	s.sum()
	if err == nil && s.unread+s.counts.Refused > 0 {
		return errRefused
	}
	return err
}

// file sends one file. Where files are removed, each is sent to its end first.
func (s *sending) file(ctx context.Context, source folder, name string, remove bool) error {
	before := s.unread + s.counts.Refused
	for e, err := range source.entries(name) {
		if err != nil {
			s.refuse(err)
			continue
		}
		if err := s.take(ctx, e, name); err != nil {
			return err
		}
	}
	if !remove {
		return nil
	}
	if err := s.flush(ctx); err != nil {
		return err
	}
	if s.unread+s.counts.Refused > before {
		return nil
	}
	if err := source.root.Remove(name); err != nil {
		return fmt.Errorf("remove what was sent: %w", err)
	}
	return nil
}

// refuse counts what cannot be kept, and says why.
func (s *sending) refuse(why error) {
	s.unread++
	tell(s.Process, why)
}

// take adds an entry to the batch, and sends that where it is full. A ledger
// may be written by anybody who can write to its repository: it speaks for no
// other.
func (s *sending) take(ctx context.Context, e ledger.Entry, where string) error {
	repository := repositoryOf(e)
	if len(s.of) > 0 && !weekly.IsAmong(repository, s.of) {
		s.refuse(fmt.Errorf("%s: an entry of %q, which was not asked for", where, repository))
		return nil
	}
	if e.Record != nil && e.Record.Fact().Started.Before(s.since) {
		return nil
	}
	s.read++
	if s.batch = append(s.batch, e); len(s.batch) < store.Batch {
		return nil
	}
	return s.flush(ctx)
}

func repositoryOf(e ledger.Entry) string {
	if e.Flag != nil {
		return e.Flag.Repository
	}
	return e.Record.Repository
}

func (s *sending) flush(ctx context.Context) error {
	if len(s.batch) == 0 {
		return nil
	}
	counts, err := s.to.Put(ctx, s.batch)
	if err != nil {
		return err
	}
	s.counts.Add(counts)
	if counts.Refused > 0 {
		tell(s.Process, fmt.Errorf("the ledger refused %d entries: of a time that no run has, or of an id under which another record stands", counts.Refused))
	}
	s.batch = s.batch[:0]
	if now := s.Now(); s.Terminal && now.Sub(s.told) > 200*time.Millisecond {
		s.told = now
		fmt.Fprintf(s.Stderr, "\r%d read, %d new", s.read, s.counts.New)
	}
	return nil
}

func (s *sending) sum() {
	if s.Terminal {
		fmt.Fprint(s.Stderr, "\r\x1b[K")
	}
	fmt.Fprintf(s.Stdout, "%d read, %d new, %d known, %d refused\n", s.read+s.unread, s.counts.New, s.counts.Known, s.counts.Refused+s.unread)
	if len(s.batch) > 0 {
		fmt.Fprintf(s.Stdout, "%d not sent; the source is as it was, run it again\n", len(s.batch))
	}
}
