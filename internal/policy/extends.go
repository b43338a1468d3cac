package policy

import (
	"regexp"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// Extends names the policy of an organisation at a commit.
type Extends struct {
	Owner, Repo string
	Path        string // in that repository
	Commit      string // 40 hexadecimal digits
	Pos         diag.Position
}

// DefaultExtendsPath is the file that is meant where extends: names only a
// repository.
const DefaultExtendsPath = "routing-policy.yml"

// String gives it as extends: writes it, without a path that goes without
// saying.
func (e Extends) String() string {
	text := e.Owner + "/" + e.Repo
	if e.Path != DefaultExtendsPath {
		text += "/" + e.Path
	}
	return text + "@" + e.Commit
}

// Name is what positions in that policy carry: short, and no path of this
// repository.
func (e Extends) Name() string {
	return e.Owner + "/" + e.Repo + "/" + e.Path + "@" + e.Commit[:12]
}

// The names of accounts and repositories on the platform, and a commit in
// full: a shorter one may come to mean another commit, and a branch or a tag
// means another one whenever its owner likes.
var (
	account    = regexp.MustCompile(`^[A-Za-z0-9](-?[A-Za-z0-9]){0,38}$`)
	repository = regexp.MustCompile(`^[A-Za-z0-9._-]{1,100}$`)
	fullCommit = regexp.MustCompile(`^[0-9a-f]{40}$`)
)

const exampleExtends = "acme/.github@ and the 40 hexadecimal digits of a commit"

// extends reads OWNER/REPOSITORY[/PATH]@COMMIT.
func (r *reader) extends(n *yamltree.Node) *Extends {
	text := r.text(n, "extends")
	if text == "" {
		return nil
	}
	where, commit, pinned := strings.Cut(text, "@")
	if !pinned || !fullCommit.MatchString(commit) {
		r.report(n.Pos, idExtendsNotPinned, "extends is %s, which is no commit: whoever moves a branch or a tag would change what must stay frontier here; write %s", quoted(text), exampleExtends)
		return nil
	}
	parts := strings.SplitN(where, "/", 3)
	if len(parts) < 2 || !account.MatchString(parts[0]) || !repository.MatchString(parts[1]) || slices.Contains([]string{".", ".."}, parts[1]) {
		r.report(n.Pos, idInvalidName, "extends is %s, expected %s", quoted(text), exampleExtends)
		return nil
	}
	e := &Extends{Owner: parts[0], Repo: parts[1], Path: DefaultExtendsPath, Commit: commit, Pos: n.Pos}
	if len(parts) == 3 {
		e.Path = r.path(&yamltree.Node{Pos: n.Pos, Kind: yamltree.Scalar, Tag: "!!str", Text: parts[2]}, "the path in extends")
	}
	return e
}

// keysOf lists the keys of the file, in its order: what is not among them, a
// policy that extends another one takes over.
func keysOf(root *yamltree.Node) []string {
	keys := make([]string, len(root.Entries))
	for i, e := range root.Entries {
		keys[i] = e.Key
	}
	return keys
}

// leavesOut says that a file that extends another one has no word on a section.
func (f *File) leavesOut(key string) bool {
	return f.Extends != nil && !slices.Contains(f.Keys, key)
}
