package task

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/tierwise/tierwise/internal/change"
)

// unified writes rewrites as one diff that git applies to the head. It is
// read again as every diff is: one that our own parser refuses is an error.
func unified(all []rewrite) (string, []change.File, error) {
	var b strings.Builder
	for _, r := range all {
		text, err := r.unified()
		if err != nil {
			return "", nil, err
		}
		b.WriteString(text)
	}
	files, err := change.Parse(strings.NewReader(b.String()))
	if err != nil {
		return "", nil, fmt.Errorf("read the patch again: %w", err)
	}
	if len(files) != len(all) {
		return "", nil, fmt.Errorf("read the patch again: %d files came of %d", len(files), len(all))
	}
	return b.String(), files, nil
}

// unified writes one file's part: git's header, then the hunks of the
// library, which brings a header of its own.
func (r rewrite) unified() (string, error) {
	hunks := diff.Diff("old", []byte(r.before), "new", []byte(r.after))
	at := bytes.Index(hunks, []byte("\n@@ "))
	if at < 0 {
		return "", errors.New("write the patch: a file does not change")
	}
	old, now := "a/"+r.path, "b/"+r.path
	head := fmt.Sprintf("diff --git %s %s\n", old, now)
	if r.fresh {
		head += "new file mode 100644\n"
		old = "/dev/null"
	}
	head += fmt.Sprintf("--- %s\n+++ %s\n", endedPath(old), endedPath(now))
	return head + string(hunks[at+1:]), nil
}

// endedPath marks the end of a path with a space in it, as git does.
func endedPath(path string) string {
	if strings.Contains(path, " ") {
		return path + "\t"
	}
	return path
}

// addedText gives the lines that a file of a patch adds, joined.
func addedText(f change.File) string { return linesOf(f, change.Add) }

func linesOf(f change.File, op change.Op) string {
	var b strings.Builder
	for l := range f.Lines() {
		if l.Op == op {
			b.WriteString(l.Text + "\n")
		}
	}
	return b.String()
}

// UnifiedDiff gives the change of one file as git writes it, with what
// surrounds it. path is relative, with / between folders.
func UnifiedDiff(path, before, after string) (string, error) {
	return rewrite{path: path, before: before, after: after}.unified()
}
