package task

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

var pullMerge = lazily(`^Merge pull request #([0-9]{1,9}) from \S`)

// withPullTitles reads a merge that GitHub made as the pull request it merged,
// whose title is the first line of the merge's body
// (https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/about-pull-request-merges).
// Where another commit has that title or number the merge stays a merge, and
// the change is told once; but never does a breaking change go with it.
func withPullTitles(commits []commit) []commit {
	read := slices.Clone(commits)
	for i, c := range commits {
		pull, ok := pullOf(c)
		if !ok {
			continue
		}
		told := slices.ContainsFunc(commits, func(other commit) bool {
			return !other.Merge && !other.Fixup && (!pull.Breaking || other.Breaking) && other.tells(pull)
		})
		if !told {
			read[i] = pull
		}
	}
	return read
}

// pullOf gives the merged pull request as a commit, under the merge's id and
// subject: a revert names these.
func pullOf(c commit) (commit, bool) {
	m := pullMerge().FindStringSubmatch(c.Subject)
	title, body, _ := strings.Cut(strings.TrimSpace(c.Body), "\n")
	if title = strings.TrimSpace(title); !c.Merge || m == nil || title == "" {
		return commit{}, false
	}
	pull := parseCommit(change.Commit{SHA: c.SHA, Subject: title, Body: body, Author: c.Author})
	number, err := strconv.Atoi(m[1])
	if err != nil || pull.Merge {
		return commit{}, false
	}
	if !slices.Contains(pull.Refs, number) {
		pull.Refs = append(pull.Refs, number)
	}
	pull.Subject = c.Subject
	return pull, true
}

// tells says that a commit has the title of a pull request, or its number.
func (c commit) tells(pull commit) bool {
	return sameWords(c.Text, pull.Text) || slices.ContainsFunc(c.Refs, func(n int) bool { return slices.Contains(pull.Refs, n) })
}
