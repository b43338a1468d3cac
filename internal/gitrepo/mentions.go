//go:build !image

package gitrepo

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
)

// maxName is longer than any name that a program would call by.
const maxName = 256

// Mentions finds the files of a revision that hold one of the names as a
// whole word, whatever it means there: for each name the first of them in
// git's order, at most limit, sorted, and no entry where there is none. Binary
// files, symlinks and submodules are not searched. A name that can stand in no
// line is in no file.
func (r *Repo) Mentions(ctx context.Context, rev string, names []string, limit int) (map[string][]string, error) {
	m := mentions{names: searchable(names), limit: limit, found: map[string][]string{}, within: map[string][]string{}}
	if len(m.names) == 0 || limit <= 0 {
		return m.found, nil
	}
	tree, err := r.tree(ctx, rev)
	if err != nil {
		return nil, err
	}
	if err := r.grep(ctx, tree, &m); err != nil {
		return nil, fmt.Errorf("search for names at %.100q: %w", rev, err)
	}
	for _, paths := range m.found {
		slices.Sort(paths)
	}
	return m.found, nil
}

func searchable(names []string) []string {
	var kept []string
	for _, name := range names {
		if name != "" && len(name) <= maxName && !strings.ContainsFunc(name, unicode.IsControl) {
			kept = append(kept, name)
		}
	}
	slices.Sort(kept)
	return slices.Compact(kept)
}

// grep reads "TREE:PATH" NUL and the match, a line each, until nothing more
// is wanted. The names go by standard input, where no number of them is too
// many.
func (r *Repo) grep(ctx context.Context, tree string, m *mentions) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	git, err := r.git.start(ctx, strings.NewReader(strings.Join(m.names, "\n")+"\n"), "grep",
		"-o", "-w", "-F", "-z", "-I", "--full-name", "--no-line-number", "--no-column", "--no-color", "--no-textconv",
		"--no-recurse-submodules", "-f", "-", tree, "--")
	if err != nil {
		return err
	}
	more, readErr := m.read(bufio.NewReaderSize(git.out, 64<<10), tree+":")
	if !more {
		cancel()
		_ = git.finish() // it was stopped, and says so
		return nil
	}
	err = git.finish()
	if exited(err, 1) { // nothing was found
		err = nil
	}
	// Git passes over a file that it cannot read, says so and goes on.
	if said := git.said(); err == nil && strings.Contains(said, "error: ") {
		err = errors.New(said)
	}
	return errors.Join(err, readErr)
}

// mentions is what a search has found so far.
type mentions struct {
	names  []string
	limit  int
	found  map[string][]string
	within map[string][]string // the names in each text that matched
	full   int                 // names with as many paths as are wanted
}

// read reads matches; more is false where the rest is not wanted.
func (m *mentions) read(out *bufio.Reader, prefix string) (more bool, err error) {
	for m.full < len(m.names) {
		place, err := out.ReadString(0)
		if errors.Is(err, io.EOF) && place == "" {
			return true, nil
		}
		if err != nil {
			return true, err
		}
		text, err := out.ReadString('\n')
		if err != nil {
			return true, err
		}
		path, ok := strings.CutPrefix(strings.TrimSuffix(place, "\x00"), prefix)
		if !ok {
			return true, fmt.Errorf("read a match: %.80q", place)
		}
		m.add(path, strings.TrimSuffix(text, "\n"))
	}
	return false, nil
}

// add notes a match. Where one name is the beginning of another, git shows
// the longer match alone.
func (m *mentions) add(path, text string) {
	names, known := m.within[text]
	if !known {
		for _, name := range m.names {
			if holdsWord(text, name) {
				names = append(names, name)
			}
		}
		m.within[text] = names
	}
	for _, name := range names {
		paths := m.found[name]
		// The matches of one file follow each other.
		if len(paths) == m.limit || len(paths) > 0 && paths[len(paths)-1] == path {
			continue
		}
		m.found[name] = append(paths, path)
		if len(paths)+1 == m.limit {
			m.full++
		}
	}
}

// holdsWord says whether a name stands in a text as git grep -w would have
// it: no letter, digit or underscore before or after.
func holdsWord(text, name string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return false
		}
		i += from
		if end := i + len(name); (i == 0 || !isWordByte(text[i-1])) && (end == len(text) || !isWordByte(text[end])) {
			return true
		}
		from = i + 1
	}
}

func isWordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}
