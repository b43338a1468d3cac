package policy

import (
	_ "embed"
	"fmt"
)

// defaultText is the policy of a repository that has none, and what "tierwise
// init" writes: it names only tasks and signals that are built.
//
//go:embed default.yml
var defaultText string

// DefaultText gives the built-in policy as a commented file.
func DefaultText() []byte { return []byte(defaultText) }

// Default gives the built-in policy, whose positions name the file
// "built-in". It is an error where it uses a name that known does not have.
func Default(known Known) (*File, error) {
	file, findings := Parse("built-in", DefaultText(), known)
	if err := findings.Err(); err != nil {
		return nil, fmt.Errorf("parse the built-in policy: %w", err)
	}
	return file, nil
}
