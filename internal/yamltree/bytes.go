package yamltree

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/tierwise/tierwise/internal/diag"
)

// checkBytes refuses what cannot be read as text, or what YAML and an editor
// would count lines in differently.
func checkBytes(file string, data []byte) diag.Findings {
	if len(data) > maxBytes {
		return refuse(file, 1, 1, "too-large", fmt.Sprintf("the file has more than %d bytes, and no more are read", maxBytes))
	}
	line, start := 1, 0
	for i := 0; i < len(data); {
		r, width := utf8.DecodeRune(data[i:])
		if message := badRune(r, width, data[i+width:]); message != "" {
			return refuse(file, line, i-start+1, "invalid-character", message)
		}
		i += width
		if r == '\n' {
			line, start = line+1, i
		}
	}
	return nil
}

func badRune(r rune, width int, rest []byte) string {
	switch {
	case r == utf8.RuneError && width == 1:
		return "the file is not UTF-8"
	case r == '\r' && !bytes.HasPrefix(rest, []byte("\n")):
		return "a carriage return stands without a newline"
	// NEL, LS and PS end a line for YAML, a later byte order mark is skipped.
	case r == 0x85, r == 0x2028, r == 0x2029, r == 0xfeff:
		return fmt.Sprintf("character %U is read as a line end or not at all", r)
	case r < ' ' && r != '\n' && r != '\r' && r != '\t', r == 0x7f:
		return fmt.Sprintf("control character %U", r)
	default:
		return ""
	}
}

func refuse(file string, line, col int, id, message string) diag.Findings {
	pos := diag.Position{File: file, Line: line, Col: col}
	return diag.Findings{{Position: pos, Severity: diag.Error, ID: id, Message: message}}
}

// lineStarts gives the offset of every line.
func lineStarts(data []byte) []int {
	starts := []int{0}
	for i, c := range data {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}
