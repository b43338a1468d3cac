package ledger

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
)

// answerSchema names the shape of a kept answer.
const answerSchema = "tierwise-answer/1"

// Bounds of a kept answer.
const (
	maxAnswer  = dispatch.MaxKeptAnswer
	maxCommits = dispatch.MaxKeptCommits
	maxSources = dispatch.MaxKeptSources
	maxTaskID  = 80
)

// answer is a kept answer as it is written.
type answer struct {
	Schema  string   `json:"schema"`
	Key     string   `json:"key"`
	Lineage string   `json:"lineage"`
	Task    string   `json:"task"`
	Commits []string `json:"commits,omitempty"`
	Sources []string `json:"sources,omitempty"`
	Answer  string   `json:"answer"`
}

// EncodeAnswer writes an answer as one JSON document. One that is out of its
// bounds is an error: it would not be read back.
func EncodeAnswer(k dispatch.Kept) ([]byte, error) {
	a := answer{Schema: answerSchema, Key: k.Key, Lineage: k.Lineage, Task: k.Task, Commits: k.Commits, Sources: k.Sources, Answer: string(k.Answer)}
	if err := a.check(); err != nil {
		return nil, fmt.Errorf("encode answer: %w", err)
	}
	data, err := json.Marshal(a)
	if err != nil {
		return nil, fmt.Errorf("encode answer: %w", err)
	}
	return data, nil
}

// DecodeAnswer reads what EncodeAnswer wrote. Its form is checked; what the
// answer says is not, and nothing of it may be believed.
func DecodeAnswer(data []byte) (dispatch.Kept, error) {
	var a answer
	if err := decodeStrict(data, &a); err != nil {
		return dispatch.Kept{}, fmt.Errorf("read answer: %w", err)
	}
	if err := a.check(); err != nil {
		return dispatch.Kept{}, fmt.Errorf("read answer: %w", err)
	}
	return dispatch.Kept{Key: a.Key, Lineage: a.Lineage, Task: a.Task, Commits: a.Commits, Sources: a.Sources, Answer: []byte(a.Answer)}, nil
}

func (a answer) check() error {
	switch {
	case a.Schema != answerSchema:
		return fmt.Errorf("schema %q, expected %q", clean(a.Schema), answerSchema)
	case !isName(a.Key) || !isName(a.Lineage):
		return errors.New("a key that is no SHA-256")
	case a.Task == "" || len(a.Task) > maxTaskID || a.Task != clean(a.Task):
		return errors.New("a task without a name, or with one out of its bounds")
	case len(a.Answer) == 0 || len(a.Answer) > maxAnswer:
		return fmt.Errorf("an answer of %d bytes, expected 1 to %d", len(a.Answer), maxAnswer)
	case len(a.Sources) > maxSources:
		return fmt.Errorf("%d sources, more than %d", len(a.Sources), maxSources)
	case len(a.Commits) > maxCommits:
		return fmt.Errorf("%d commits, more than %d", len(a.Commits), maxCommits)
	}
	for _, id := range a.Commits {
		if !isCommit(id) {
			return fmt.Errorf("%q is no commit", clean(id))
		}
	}
	for _, s := range a.Sources {
		if len(s) != 32 || !isHex(s) {
			return fmt.Errorf("%q is no digest of a source", clean(s))
		}
	}
	return nil
}

func isName(s string) bool { return len(s) == 64 && isHex(s) }

func isCommit(s string) bool { return len(s) >= 7 && len(s) <= 64 && isHex(s) }

func isHex(s string) bool { return strings.Trim(s, "0123456789abcdef") == "" }
