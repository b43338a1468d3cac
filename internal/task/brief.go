package task

import (
	"fmt"
	"slices"
	"strings"
)

// Scope is how far a piece of work reaches. The zero value is not known.
type Scope int

// The scopes, smallest first.
const (
	SingleFile Scope = iota + 1
	MultiFile
	CrossService
)

// Scopes lists them, smallest first.
func Scopes() []Scope { return []Scope{SingleFile, MultiFile, CrossService} }

// String gives the policy's word, and "scope(N)" for what is no scope.
func (s Scope) String() string { return word("scope", int(s), scopeWords()) }

// MarshalText writes the policy's word, or nothing where it is not known. A
// value that is no scope is an error.
func (s Scope) MarshalText() ([]byte, error) { return marshalWord("scope", int(s), scopeWords()) }

// UnmarshalText reads exactly the policy's word; nothing is "not known".
func (s *Scope) UnmarshalText(text []byte) error {
	n, err := unmarshalWord("scope", string(text), scopeWords())
	if err == nil {
		*s = Scope(n)
	}
	return err
}

func scopeWords() []string { return []string{"single-file", "multi-file", "cross-service"} }

// Ambiguity is how unclear a piece of work is. The zero value is not known.
type Ambiguity int

// The ambiguities, clearest first.
const (
	Low Ambiguity = iota + 1
	Medium
	High
)

// Ambiguities lists them, clearest first.
func Ambiguities() []Ambiguity { return []Ambiguity{Low, Medium, High} }

// String gives the policy's word, and "ambiguity(N)" for what is none.
func (a Ambiguity) String() string { return word("ambiguity", int(a), ambiguityWords()) }

// MarshalText writes the policy's word, or nothing where it is not known. A
// value that is no ambiguity is an error.
func (a Ambiguity) MarshalText() ([]byte, error) {
	return marshalWord("ambiguity", int(a), ambiguityWords())
}

// UnmarshalText reads exactly the policy's word; nothing is "not known".
func (a *Ambiguity) UnmarshalText(text []byte) error {
	n, err := unmarshalWord("ambiguity", string(text), ambiguityWords())
	if err == nil {
		*a = Ambiguity(n)
	}
	return err
}

func ambiguityWords() []string { return []string{"low", "medium", "high"} }

// word names the value n of an enumeration that begins at 1.
func word(kind string, n int, words []string) string {
	if n < 1 || n > len(words) {
		return fmt.Sprintf("%s(%d)", kind, n)
	}
	return words[n-1]
}

func marshalWord(kind string, n int, words []string) ([]byte, error) {
	if n == 0 {
		return nil, nil
	}
	if n < 1 || n > len(words) {
		return nil, fmt.Errorf("write %s: %d is not one of %s", kind, n, strings.Join(words, ", "))
	}
	return []byte(words[n-1]), nil
}

func unmarshalWord(kind, text string, words []string) (int, error) {
	if text == "" {
		return 0, nil
	}
	if i := slices.Index(words, text); i >= 0 {
		return i + 1, nil
	}
	return 0, fmt.Errorf("unknown %s %.60q, expected one of %s", kind, text, strings.Join(words, ", "))
}

// Domain is what a piece of work is about.
type Domain string

// The domains.
const (
	Docs     Domain = "docs"
	Config   Domain = "config"
	Tests    Domain = "tests"
	Feature  Domain = "feature"
	Security Domain = "security"
	Schema   Domain = "schema"
	Refactor Domain = "refactor"
)

// Domains lists them in alphabetical order.
func Domains() []Domain {
	return []Domain{Config, Docs, Feature, Refactor, Schema, Security, Tests}
}

// Annotation is scope, domain and ambiguity as somebody stated them. Absent
// parts are zero; Domains is sorted and has no duplicates.
type Annotation struct {
	Scope     Scope
	Domains   []Domain
	Ambiguity Ambiguity
}

// Empty says that nothing was stated.
func (a Annotation) Empty() bool {
	return a.Scope == 0 && len(a.Domains) == 0 && a.Ambiguity == 0
}

// Brief is the words that came with a piece of work. Trusted words may place;
// all others may only raise.
type Brief struct {
	Text       string     // the brief itself
	Trusted    bool       // trust-brief: Text may place
	Title      string     // pull request title; never trusted
	Body       string     // pull request body; never trusted
	Annotation Annotation // from the workflow's input or a flag: trusted
}
