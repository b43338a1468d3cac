package runnerparse

import (
	"fmt"
	"strings"
)

// Pair is one value that a step set. A later pair of the same name wins.
type Pair struct{ Name, Value string }

// File reads a file for outputs, environment or state: lines "name=value", and
// "name<<delimiter" up to a line that is exactly the delimiter. Empty lines
// are passed over. Lines end in \n alone; a \r belongs to the line. As in the
// runner, a line of neither form and a missing delimiter are errors, and what
// came before them has been set.
func File(text string) ([]Pair, error) {
	var pairs []Pair
	for text != "" {
		line, rest := nextLine(text)
		text = rest
		equals, heredoc := strings.Index(line, "="), strings.Index(line, "<<")
		switch {
		case line == "":
		case equals >= 0 && (heredoc < 0 || equals < heredoc):
			pairs = append(pairs, Pair{line[:equals], line[equals+1:]})
		case heredoc >= 0:
			name, delimiter := line[:heredoc], line[heredoc+2:]
			if name == "" || delimiter == "" {
				return pairs, fmt.Errorf("line %q: name and delimiter must not be empty", line)
			}
			value, after, ok := until(text, delimiter)
			if !ok {
				return pairs, fmt.Errorf("value of %q: delimiter %q is missing", name, delimiter)
			}
			pairs = append(pairs, Pair{name, value})
			text = after
		default:
			return pairs, fmt.Errorf("line %q is neither name=value nor name<<delimiter", line)
		}
	}
	return pairs, nil
}

func nextLine(text string) (line, rest string) {
	line, rest, _ = strings.Cut(text, "\n")
	return line, rest
}

// until gives what stands before the line that is the delimiter, without the
// newline before it, and what follows.
func until(text, delimiter string) (value, after string, ok bool) {
	start := text
	taken := 0
	for text != "" {
		line, rest := nextLine(text)
		if line == delimiter {
			return strings.TrimSuffix(start[:taken], "\n"), rest, true
		}
		taken += len(text) - len(rest)
		text = rest
	}
	return "", "", false
}
