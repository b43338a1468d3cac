package event

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// fullName is what GitHub permits in "owner/name". It goes into request paths.
var fullName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,99}/[A-Za-z0-9._-]{1,100}$`)

var commitID = regexp.MustCompile(`^(?:[0-9a-f]{40}|[0-9a-f]{64})$`)

// checkSHA holds a commit id to 40 (SHA-1) or 64 (SHA-256) hex digits.
func checkSHA(field, sha string) error {
	if !commitID.MatchString(sha) {
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
	case !fullName.MatchString(name), repo == ".", repo == "..":
		return "", "", fmt.Errorf("repository.full_name is %.120q, expected owner/name", name)
	}
	return owner, repo, nil
}
