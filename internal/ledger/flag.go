package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// FlagSchema names the shape of a flag.
const FlagSchema = "tierwise-flag/1"

// Verdict is what hindsight says of a run's tier.
type Verdict string

// The verdicts. Right is that the tier was right; the others name what would
// have done: something cheaper, or nothing less than frontier.
const (
	Right    Verdict = "right"
	Cheaper  Verdict = "cheaper"
	Frontier Verdict = "frontier"
)

// Verdicts lists them in the order in which help shows them.
func Verdicts() []Verdict { return []Verdict{Cheaper, Frontier, Right} }

// Flag is one person's hindsight about one record. Flags are only ever added:
// of several about one record the latest counts. Who flagged is personal data
// and stays out; with what permission is kept.
type Flag struct {
	Schema       string  `json:"schema"`
	ID           string  `json:"id"` // hash of source, its reference, record and verdict
	Repository   string  `json:"repository"`
	RepositoryID int64   `json:"repository_id,omitempty"`
	Record       string  `json:"record"` // id of the record that is meant
	Task         string  `json:"task"`
	PullRequest  int     `json:"pull_request"` // 0 where there is none
	Verdict      Verdict `json:"verdict"`
	Permission   string  `json:"permission"` // as the platform says; "" from a command line
	Source       string  `json:"source"`     // comment | reaction | command
	Reference    string  `json:"reference"`  // the platform's id of the comment or reaction; a random one of a command
	At           string  `json:"at"`         // RFC 3339
	// Reason is what somebody gave on a command line; a comment's words are not
	// kept.
	Reason string `json:"reason,omitempty"`
}

// NewFlag gives the flag with its id. Text is cut to its bound.
func NewFlag(f Flag) Flag {
	f.Schema = FlagSchema
	f.Repository, f.Task, f.Permission, f.Reference = clean(f.Repository), clean(f.Task), clean(f.Permission), clean(f.Reference)
	f.Reason = clean(f.Reason)
	f.ID = f.hash()
	return f
}

func (f Flag) hash() string {
	h := sha256.New()
	for _, part := range []string{f.Repository, f.Source, f.Reference, f.Record, string(f.Verdict)} {
		h.Write([]byte(strconv.Itoa(len(part)) + ":" + part + ";"))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// check says what is wrong with a flag that came from outside.
func (f Flag) check() error {
	switch {
	case f.Schema != FlagSchema:
		return fmt.Errorf("schema %q, expected %q", clean(f.Schema), FlagSchema)
	case f.ID != f.hash():
		return errors.New("the id is not that of the flag")
	case len(f.Record) != 32 || !isHex(f.Record):
		return errors.New("record is no id")
	case f.Task == "" || f.PullRequest < 0 || f.RepositoryID < 0:
		return errors.New("no task, or a negative number")
	case !slices.Contains(Verdicts(), f.Verdict):
		return fmt.Errorf("unknown verdict %q", clean(string(f.Verdict)))
	case !slices.Contains([]string{"comment", "reaction", "command"}, f.Source):
		return fmt.Errorf("unknown source %q", clean(f.Source))
	}
	if _, err := time.Parse(time.RFC3339, f.At); err != nil {
		return fmt.Errorf("at: %w", err)
	}
	return checkTexts([]string{f.Repository, f.Task, f.Permission, f.Reference, f.Reason})
}
