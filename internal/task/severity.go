package task

import (
	"errors"
	"strings"
)

// Severity is how bad a finding of a review is. The zero value is none.
type Severity int

// The severities, mildest first.
const (
	Info Severity = iota + 1
	LowSeverity
	MediumSeverity
	HighSeverity
	Critical
)

// Severities lists them, mildest first.
func Severities() []Severity {
	return []Severity{Info, LowSeverity, MediumSeverity, HighSeverity, Critical}
}

// ParseSeverity reads one of info, low, medium, high and critical. Anything
// else, the empty word too, is an error that names them.
func ParseSeverity(text string) (Severity, error) {
	var s Severity
	if err := s.UnmarshalText([]byte(text)); err != nil {
		return 0, err
	}
	if s == 0 {
		return 0, errors.New("severity is empty, expected one of " + strings.Join(severityWords(), ", "))
	}
	return s, nil
}

// String gives the word, and "severity(N)" for what is no severity.
func (s Severity) String() string { return word("severity", int(s), severityWords()) }

// MarshalText writes the word, or nothing for none.
func (s Severity) MarshalText() ([]byte, error) {
	return marshalWord("severity", int(s), severityWords())
}

// UnmarshalText reads exactly the word; nothing is none.
func (s *Severity) UnmarshalText(text []byte) error {
	n, err := unmarshalWord("severity", string(text), severityWords())
	if err == nil {
		*s = Severity(n)
	}
	return err
}

func severityWords() []string { return []string{"info", "low", "medium", "high", "critical"} }
