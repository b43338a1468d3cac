package change

import "fmt"

// maxListedFiles is where GitHub's list of a pull request's files ends
// (https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files).
const maxListedFiles = 3000

// Totals counts the files, added lines and removed lines of a change, as its
// rows give them.
func (c Change) Totals() (files, additions, deletions int) { return totals(c.Files) }

func totals(files []File) (n, additions, deletions int) {
	for _, f := range files {
		additions += f.Additions
		deletions += f.Deletions
	}
	return len(files), additions, deletions
}

// CheckTotals holds listed files against the totals that the platform gives
// for the whole pull request, and says in plain words what is missing. No
// reason means that nothing is known to be missing. Rows with neither counts
// nor a patch are a reason only where the sums differ: a picture and a mode
// change look just so, and each is Withheld by itself.
func CheckTotals(files []File, changedFiles, additions, deletions int) []string {
	var reasons []string
	add := func(format string, args ...any) { reasons = append(reasons, fmt.Sprintf(format, args...)) }
	n, added, removed := totals(files)
	if changedFiles < 0 || additions < 0 || deletions < 0 {
		add("the totals of the pull request are not known")
	}
	if n != changedFiles {
		add("%d files were listed, the pull request has %d", n, changedFiles)
	}
	if n >= maxListedFiles {
		add("%d files were listed, which is where the list ends (%d)", n, maxListedFiles)
	}
	if added != additions || removed != deletions {
		add("the files add up to +%d −%d lines, the pull request has +%d −%d", added, removed, additions, deletions)
		if hollow := countHollow(files); hollow > 0 {
			add("%d files came with neither counts nor a patch", hollow)
		}
	}
	return reasons
}

func countHollow(files []File) int {
	n := 0
	for _, f := range files {
		if f.Withheld && f.Additions == 0 && f.Deletions == 0 {
			n++
		}
	}
	return n
}
