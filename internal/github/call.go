package github

// call names what is asked of the platform, as an error tells it.
type call string

// The calls.
const (
	readPull       call = "read the pull request"
	listFiles      call = "list the files of the pull request"
	listCommits    call = "list the commits of the pull request"
	listMerged     call = "list the merged pull requests"
	findPulls      call = "find the pull requests of a commit"
	compareCommits call = "compare two commits"
	readFile       call = "read a file"
	readTree       call = "list the files of a commit"
	readRepository call = "read the repository"
	readRules      call = "read the rules of a branch"
	readBranch     call = "read the protection of a branch"
	readPermission call = "read a person's permission"
	listComments   call = "list the comments"
	readComment    call = "read a comment"
	listReactions  call = "list the reactions to a comment"
	findReport     call = "look for the issue of the report"
	writeReport    call = "write the report to an issue"
	findComment    call = "look for our own comment"
	writeComment   call = "write a comment"
	writeCheck     call = "write a check run"
	listRemarks    call = "list the review comments"
	writeReview    call = "write a review"
	readThreads    call = "read the review threads"
	resolveThread  call = "resolve a review thread"
	hideRemark     call = "hide an outdated review comment"
	readRun        call = "read a workflow run"
	listJobs       call = "list the jobs of a workflow run"
	readLog        call = "read the log of a job"
	readLedger     call = "read the ledger's branch"
	writeLedger    call = "write to the ledger's branch"
	listArtifacts  call = "list the artifacts"
	readArtifact   call = "read an artifact"
)

// permission gives the line that a workflow's permissions: needs for the
// call, "" where the token always has it
// (https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps).
func (c call) permission() string {
	switch c {
	case readPull, listFiles, listCommits, listMerged, listComments, readComment, listReactions:
		return "pull-requests: read"
	case findComment, writeComment, listRemarks, writeReview, readThreads, hideRemark:
		return "pull-requests: write"
	case findReport, writeReport:
		return "issues: write"
	case writeCheck:
		return "checks: write"
	case resolveThread, writeLedger:
		return "contents: write"
	case compareCommits, readFile, readTree, findPulls, readBranch, readLedger:
		return "contents: read"
	case readRun, listJobs, readLog, listArtifacts, readArtifact:
		return "actions: read"
	case readRules, readPermission, readRepository:
		return "" // metadata: read, which every token has
	}
	return ""
}
