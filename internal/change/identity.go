package change

import (
	"errors"
	"fmt"
	"strings"
)

// sides are the paths of one header; an empty one is /dev/null.
type sides struct{ old, new string }

// file gives the row that a header describes, without its hunks.
func (h header) file() (File, error) {
	names, err := h.sides()
	if err != nil {
		return File{}, err
	}
	f := File{Path: names.new, Status: h.status(names)}
	if f.Status == Removed {
		f.Path = names.old
	}
	if f.Status == Renamed || f.Status == Copied {
		f.OldPath = names.old
	}
	f.OldMode = h.fields["old mode "] + h.fields["deleted file mode "]
	f.NewMode = h.fields["new mode "] + h.fields["new file mode "]
	return f, h.checkNames(names)
}

// status follows the header. Two paths without a word about a rename come
// from "git diff --no-index": both of them count.
func (h header) status(names sides) Status {
	switch {
	case names.old == "":
		return Added
	case names.new == "":
		return Removed
	case h.has("copy from "):
		return Copied
	case names.old != names.new:
		return Renamed
	}
	return Modified
}

func (h header) sides() (sides, error) {
	switch {
	case h.has("rename from "):
		return h.moved("rename from ", "rename to ")
	case h.has("copy from "):
		return h.moved("copy from ", "copy to ")
	case h.has("--- "):
		return h.marked()
	}
	first, second, err := splitNames(h.names)
	if err != nil {
		return sides{}, err
	}
	return h.prefixed(first, second)
}

// moved reads the paths of a rename or a copy, which have no prefix. Where
// "---" and "+++" stand too, they must say the same.
func (h header) moved(from, to string) (sides, error) {
	old, err := readName(h.fields[from])
	if err != nil {
		return sides{}, err
	}
	path, err := readName(h.fields[to])
	if err != nil {
		return sides{}, err
	}
	names := sides{old, path}
	if !h.has("--- ") {
		return names, nil
	}
	marked, err := h.marked()
	if err == nil && marked != names {
		err = errors.New(`"---" and "+++" name other paths than the rename or copy does`)
	}
	return names, err
}

// marked reads "---" and "+++". Git ends a bare path that has a space with a
// tab, for the sake of other tools.
func (h header) marked() (sides, error) {
	first, err := readName(strings.TrimSuffix(h.fields["--- "], "\t"))
	if err != nil {
		return sides{}, err
	}
	second, err := readName(strings.TrimSuffix(h.fields["+++ "], "\t"))
	if err != nil {
		return sides{}, err
	}
	switch {
	case first == devNull && second == devNull:
		return sides{}, errors.New("neither side of the file exists")
	case h.has("new file mode ") && first != devNull, h.has("deleted file mode ") && second != devNull:
		return sides{}, fmt.Errorf("header says that one side does not exist, and names it: %.200q", first)
	}
	return h.prefixed(first, second)
}

func (h header) prefixed(first, second string) (sides, error) {
	var names sides
	var err error
	if first != devNull {
		if names.old, err = cutPrefix(first, "a/"); err != nil {
			return sides{}, err
		}
	}
	if second != devNull {
		if names.new, err = cutPrefix(second, "b/"); err != nil {
			return sides{}, err
		}
	}
	if h.has("new file mode ") {
		names.old = ""
	}
	if h.has("deleted file mode ") {
		names.new = ""
	}
	return names, nil
}

// checkNames holds the paths against the "diff --git" line. A diff without
// prefixes, or with others, does not pass.
func (h header) checkNames(names sides) error {
	old, path := names.old, names.new
	if old == "" {
		old = path
	}
	if path == "" {
		path = old
	}
	rest, ok := cutName(h.names, "a/"+old)
	if ok {
		rest, ok = strings.CutPrefix(rest, " ")
	}
	if ok {
		rest, ok = cutName(rest, "b/"+path)
	}
	if !ok || rest != "" {
		return fmt.Errorf(`the "diff --git" line does not name a/%.200q and b/%.200q; make the diff with: %s`, old, path, diffCommand)
	}
	return nil
}
