package sanitize

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
)

// ErrBoundary says that text contains the boundary that was to fence it in.
// With 128 random bits that is no accident.
var ErrBoundary = errors.New("text contains its own boundary")

var (
	boundaryForm = lazily(`^[0-9a-f]{32}$`)
	labelForm    = lazily(`^[A-Za-z0-9][A-Za-z0-9 _./-]{0,99}$`)
)

// Boundary draws 128 random bits and writes them in hexadecimal.
func Boundary(random io.Reader) (string, error) {
	bits := make([]byte, 16)
	if _, err := io.ReadFull(random, bits); err != nil {
		return "", fmt.Errorf("read random bits: %w", err)
	}
	return hex.EncodeToString(bits), nil
}

// Block puts untrusted text between two lines that carry the boundary and a
// label of ours. The text cannot end the block early, for it cannot know the
// boundary; where it contains it all the same, in any case, the error is
// ErrBoundary. A boundary that does not come from Boundary, and a label that
// is not a few plain words, are errors too.
func Block(boundary, label, text string) (string, error) {
	if !boundaryForm().MatchString(boundary) {
		return "", errors.New("boundary is not 128 bits in hexadecimal")
	}
	if !labelForm().MatchString(label) {
		return "", fmt.Errorf("label %q is not a few plain words", label)
	}
	visible, _ := StripInvisible(text)
	if strings.Contains(strings.ToLower(visible), boundary) {
		return "", fmt.Errorf("fence %s: %w", label, ErrBoundary)
	}
	return fmt.Sprintf("=== %s begin %s ===\n%s\n=== %s end %s ===\n",
		boundary, label, strings.TrimSuffix(text, "\n"), boundary, label), nil
}
