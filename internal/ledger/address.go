package ledger

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Kind is where a ledger lies.
type Kind string

// The kinds. A folder is written and read as files; artifacts are uploaded by
// the workflow and read through the platform; a branch is both.
const (
	KindFile     Kind = "file"
	KindArtifact Kind = "artifact"
	KindGit      Kind = "git"
)

// Address says where a ledger lies.
type Address struct {
	Kind   Kind
	Dir    Dir    // of KindFile
	Branch string // of KindGit
}

// String gives the address as it is written.
func (a Address) String() string {
	switch a.Kind {
	case KindFile:
		return "file:" + a.Dir.path
	case KindGit:
		return "git:" + a.Branch
	default:
		return string(a.Kind) + ":"
	}
}

// ParseAddress reads "file:DIR", "artifact:" or "git:BRANCH". The address of a
// database is refused: whoever changes a workflow's code could read what a job
// that reviews it holds.
func ParseAddress(text string) (Address, error) {
	kind, rest, found := strings.Cut(text, ":")
	switch {
	case found && slices.Contains([]string{"postgres", "postgresql", "clickhouse", "otlp+http", "otlp+https"}, strings.ToLower(kind)):
		return Address{}, fmt.Errorf("ledger %s://…: a job that reviews changes holds no database credentials: "+
			"use artifact: or git:, and tierwise-ledger collect", strings.ToLower(kind)) // the rest may hold a password
	case found && kind == string(KindFile) && rest != "":
		dir, err := parseDir(rest)
		return Address{Kind: KindFile, Dir: dir}, err
	case found && kind == string(KindArtifact):
		if rest != "" {
			return Address{}, fmt.Errorf("ledger %q: write artifact: with nothing behind it", clean(text))
		}
		return Address{Kind: KindArtifact}, nil
	case found && kind == string(KindGit) && rest != "":
		if err := checkBranch(rest); err != nil {
			return Address{}, fmt.Errorf("ledger %q: %w", clean(text), err)
		}
		return Address{Kind: KindGit, Branch: rest}, nil
	}
	return Address{}, fmt.Errorf("ledger %q, expected file:DIR (a folder), artifact:, or git:BRANCH", clean(text))
}

func parseDir(path string) (Dir, error) {
	if strings.HasPrefix(path, "//") {
		return Dir{}, fmt.Errorf("ledger %q: write file:DIR, without slashes before the folder", clean("file:"+path))
	}
	return Dir{path: filepath.Clean(filepath.FromSlash(path))}, nil
}

// maxBranch bounds the name of a branch, in bytes.
const maxBranch = 200

// checkBranch permits plain names: what git itself permits is wider
// (https://git-scm.com/docs/git-check-ref-format), and none of it is needed.
func checkBranch(name string) error {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./", r)
	}
	if len(name) > maxBranch || strings.ContainsFunc(name, func(r rune) bool { return !plain(r) }) || strings.HasPrefix(name, "-") {
		return fmt.Errorf("a branch has letters, digits and any of -_./, and at most %d of them", maxBranch)
	}
	if strings.HasPrefix(name, "refs/") || strings.Contains(name, "..") {
		return fmt.Errorf("%q is no name of a branch", name)
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".") || strings.HasSuffix(part, ".lock") {
			return fmt.Errorf("%q is no name of a branch", name)
		}
	}
	return nil
}
