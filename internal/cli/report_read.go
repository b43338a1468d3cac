package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/weekly"
)

// maxUnreadTold is how many lines that could not be read are named.
const maxUnreadTold = 5

// reading takes a ledger's entries: into the sum, and where they are asked
// for into the runs that a flag may mean and the ids of flags that are kept.
type reading struct {
	sum  *weekly.Sum
	runs *ledger.Runs    // nil where nobody asks
	kept map[string]bool // ids of flags; nil where nobody asks
	may  policy.FlagRule
	// artifacts says that the entries are of artifacts, which any job can upload.
	artifacts bool
	tell      func(string)
}

// read gives all that a ledger holds. Lines that cannot be read are counted; a
// ledger of which no line can be read is an error.
func (r *reading) read(ctx context.Context, entries ledgerReader, since time.Time) error {
	unread, given := 0, 0
	r.artifacts = areArtifacts(entries)
	for e, err := range entries.Entries(ctx, since) {
		var bad ledger.UnreadError
		switch {
		case errors.As(err, &bad):
			if unread++; unread <= maxUnreadTold {
				r.tell("not read: " + bad.Error())
			}
		case err != nil:
			return fmt.Errorf("read the ledger: %w", err)
		default:
			given++
			r.take(e)
		}
	}
	if given == 0 && unread > 0 {
		return fmt.Errorf("read the ledger: none of its %d lines or files can be read", unread)
	}
	r.sum.Unread(unread)
	r.leftOut(entries)
	return nil
}

// leftOut says what a ledger holds and could not give.
func (r *reading) leftOut(entries ledgerReader) {
	l, says := entries.(interface{ LeftOut() []string })
	if !says {
		return
	}
	for _, text := range l.LeftOut() {
		r.tell(text)
		r.sum.Note(text)
	}
}

// areArtifacts says that a ledger is made of artifacts.
func areArtifacts(entries ledgerReader) bool {
	_, yes := entries.(*github.LedgerArtifacts)
	return yes
}

// take counts one entry. A flag from the platform counts only where the policy
// lets its author flag, as it stands now; one from a command line is of whoever
// holds the ledger. Nothing of ours writes a flag into an artifact: one that is
// there is refused, whatever it says of itself.
func (r *reading) take(e ledger.Entry) {
	switch {
	case e.Flag == nil:
		r.sum.Add(e.Record.Fact())
		if r.runs != nil {
			r.runs.Add(*e.Record)
		}
		return
	case r.artifacts:
		r.sum.RefusedFlags(1)
		return
	case e.Flag.Source != "command" && !r.may.Permits(e.Flag.Permission):
		r.sum.RefusedFlags(1)
	default:
		r.sum.AddFlag(*e.Flag)
	}
	if r.kept != nil {
		r.kept[e.Flag.ID] = true
	}
}

// unkept gives the flags that the ledger does not have yet.
func (r *reading) unkept(flags []ledger.Flag) []ledger.Flag {
	var fresh []ledger.Flag
	for _, f := range flags {
		if !r.kept[f.ID] {
			fresh = append(fresh, f)
		}
	}
	return fresh
}

// policyHere reads the policy that is named, or the one of this folder; nil
// where there is none.
func policyHere(name string, stdin io.Reader) (*pipeline.PolicyText, error) {
	const usual = "routing-policy.yml"
	if name == "" {
		if _, err := os.Stat(usual); errors.Is(err, fs.ErrNotExist) {
			return nil, nil // without one the built-in counts
		}
		name = usual
	}
	return policyFile("policy", name, stdin)
}

// advisorOf says what may be suggested where nobody can ask the platform: the
// catchers are assumed, and what a policy extends is not known.
func advisorOf(file *policy.File, text *pipeline.PolicyText) pipeline.Advisor {
	return pipeline.Advisor{File: file, Text: text, Whole: file.Extends == nil, Evidence: pipeline.AssumedEvidence()}
}

// digestOf is "" where the digest in records is of more than this file.
func digestOf(file *policy.File, text *pipeline.PolicyText) string {
	if file.Extends != nil {
		return ""
	}
	return text.Digest()
}
