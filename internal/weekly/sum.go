package weekly

import (
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// MaxGroups is how many names a table of groups holds before the rest is
// summed up in one.
const MaxGroups = 100

// Options say what the numbers are of.
type Options struct {
	From time.Time // the first day, in UTC
	To   time.Time // the day after the last
	// Repositories are the ones that count, owner/name, or the beginning of such
	// names with a star behind it: "acme/*" is an organisation, "acme/web-*" a
	// team's. None is all of them.
	Repositories []string
	// Price gives a list price as of the window's end; nil knows none.
	Price func(provider, model string) (input, output money.Pico, ok bool)
	// SampleSize is how many records are named to look at.
	SampleSize int
	// Keep says why a task must not be placed lower, "" where it may. Without it
	// nothing is known of the policy, and nothing is suggested lower.
	Keep func(task string, to policy.Tier) string
	// Placed gives the tier at which the policy places a task now; nil knows none.
	Placed func(task string) policy.Tier
	// Patch gives the change of the policy that places a task as a suggestion of
	// that kind says, "" where there is none to give; nil gives none.
	Patch func(kind, task string, to policy.Tier) string
	// Review is what is known of the policy's next review.
	Review ReviewFacts
	// Assumed says that the catchers that Keep rests on were not looked up.
	Assumed bool
}

// Sum takes facts and flags, in any order and any number of times, and gives
// the same numbers for the same entries. It keeps about two hundred bytes a
// record.
type Sum struct {
	options  Options
	wanted   map[string]bool
	rows     rows
	kinds    map[kind]uint32
	kindOf   []kind
	at       map[key]uint32 // place of a record in rows
	names    map[string]uint32
	flags    map[key]verdict
	disputed map[key]bool
	notes    []string
	unread   int
	refused  int
}

// key is what a record is known by. A repository names its own records alone:
// none takes the place of another's.
type key struct {
	id         [16]byte
	repository uint32
}

// New gives a sum of nothing.
func New(o Options) *Sum {
	s := &Sum{
		options: o, wanted: map[string]bool{}, kinds: map[kind]uint32{}, at: map[key]uint32{}, names: map[string]uint32{},
		flags: map[key]verdict{}, disputed: map[key]bool{},
	}
	return s
}

// Add takes one record's fact. Outside the window, or of a repository that was
// not asked for, it counts for nothing. A finished record takes the place of
// one that was begun; of two finished ones that differ one is chosen by what
// they say, whichever came first.
func (s *Sum) Add(f ledger.Fact) {
	if f.Started.Before(s.options.From) || !f.Started.Before(s.options.To) || !s.wants(f.Repository) {
		return
	}
	r := newRow(f, s.kind(f))
	k := key{f.ID, s.name(f.Repository)}
	place, known := s.at[k]
	switch {
	case !known:
		s.at[k] = s.rows.add(r)
	case s.prefers(r, *s.rows.get(place)):
		*s.rows.get(place) = r
	}
}

// AddFlag takes one flag. It may come before its record.
func (s *Sum) AddFlag(f ledger.Flag) {
	k, at, id, ok := s.flagged(f)
	if !ok {
		return
	}
	v := verdict{at: at, id: id, word: f.Verdict}
	if old, known := s.flags[k]; !known || v.after(old) {
		s.flags[k] = v
	}
}

// Dispute marks a record that somebody gave a thumbs-down: it is no verdict,
// and a reason to look.
func (s *Sum) Dispute(f ledger.Flag) {
	if k, _, _, ok := s.flagged(f); ok {
		s.disputed[k] = true
	}
}

func (s *Sum) flagged(f ledger.Flag) (k key, at time.Time, id [16]byte, ok bool) {
	record, err := decodeID(f.Record)
	at, timeErr := time.Parse(time.RFC3339, f.At)
	id, idErr := decodeID(f.ID)
	if err != nil || timeErr != nil || idErr != nil || !s.wants(f.Repository) {
		return key{}, time.Time{}, id, false
	}
	return key{record, s.name(f.Repository)}, at, id, true
}

func decodeID(text string) (id [16]byte, err error) {
	if len(text) != 2*len(id) {
		return id, hex.ErrLength
	}
	_, err = hex.Decode(id[:], []byte(text))
	return id, err
}

// Unread counts entries of the ledger that could not be read.
func (s *Sum) Unread(n int) { s.unread += n }

// RefusedFlags counts flags of people who may not flag.
func (s *Sum) RefusedFlags(n int) { s.refused += n }

// Note adds a sentence that stands on every page.
func (s *Sum) Note(text string) { s.notes = append(s.notes, text) }

func (s *Sum) wants(repository string) bool {
	if len(s.options.Repositories) == 0 {
		return true
	}
	wanted, known := s.wanted[repository]
	if !known {
		wanted = IsAmong(repository, s.options.Repositories)
		s.wanted[repository] = wanted
	}
	return wanted
}

// IsAmong says that a repository is one of those that a report is of.
func IsAmong(repository string, wanted []string) bool {
	return slices.ContainsFunc(wanted, func(w string) bool {
		head, isBeginning := strings.CutSuffix(w, "*")
		return w == repository || isBeginning && strings.HasPrefix(repository, head)
	})
}

func (s *Sum) name(text string) uint32 {
	n, known := s.names[text]
	if !known {
		n = uint32(len(s.names)) //nolint:gosec // a ledger has fewer records than that
		s.names[text] = n
	}
	return n
}

// verdict is the latest flag of a record.
type verdict struct {
	at   time.Time
	id   [16]byte
	word ledger.Verdict
}

// after says which of two counts: the later, and of one moment the one whose
// id is greater, so that the order of reading does not matter.
func (v verdict) after(old verdict) bool {
	if !v.at.Equal(old.at) {
		return v.at.After(old.at)
	}
	return string(v.id[:]) > string(old.id[:])
}
