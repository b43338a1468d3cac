package event

import (
	"errors"
	"fmt"
	"strings"
)

// maxNameBytes is the most that GitHub permits in an owner or a name.
const maxNameBytes = 100

// isFullName says that this is what GitHub permits in "owner/name". It goes
// into request paths. Expressions that count to a hundred would be compiled on
// every start, and take half a millisecond.
func isFullName(s string) bool {
	owner, repo, _ := strings.Cut(s, "/")
	return isName(owner, "_-") && isName(repo, "._-") && !strings.ContainsAny(owner[:1], "_-")
}

// isName says that s holds ASCII letters, digits and marks, and is neither
// empty nor too long.
func isName(s, marks string) bool {
	for _, r := range s {
		if !isLetterOrDigit(r) && !strings.ContainsRune(marks, r) {
			return false
		}
	}
	return s != "" && len(s) <= maxNameBytes
}

func isLetterOrDigit(r rune) bool {
	return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// isCommitID says that s is 40 (SHA-1) or 64 (SHA-256) hex digits in lower case.
func isCommitID(s string) bool {
	return (len(s) == 40 || len(s) == 64) && strings.Trim(s, "0123456789abcdef") == ""
}

// checkSHA holds a commit id to 40 (SHA-1) or 64 (SHA-256) hex digits.
func checkSHA(field, sha string) error {
	if !isCommitID(sha) {
		return fmt.Errorf("%s is %.80q, expected 40 or 64 hex digits", field, sha)
	}
	return nil
}

// checkCommit is checkSHA for a commit that must exist: the platform writes
// zeros for none.
func checkCommit(field, sha string) error {
	if err := checkSHA(field, sha); err != nil {
		return err
	}
	if isZero(sha) {
		return fmt.Errorf("%s is all zeros, expected a commit", field)
	}
	return nil
}

func isZero(sha string) bool { return strings.Trim(sha, "0") == "" }

func splitFullName(name string) (owner, repo string, err error) {
	owner, repo, _ = strings.Cut(name, "/")
	switch {
	case name == "":
		return "", "", errors.New("repository is missing")
	case !isFullName(name), repo == ".", repo == "..":
		return "", "", fmt.Errorf("repository.full_name is %.120q, expected owner/name", name)
	}
	return owner, repo, nil
}
