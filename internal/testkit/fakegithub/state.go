package fakegithub

import (
	"fmt"
	"strings"
)

// Repo is one repository's state. Maps may be filled directly before the
// first request, and within Server.Do afterwards.
type Repo struct {
	ID            int64
	Owner, Name   string
	DefaultBranch string
	Private       bool

	// Files holds the content by ref (a commit id or a branch) and path. A ref
	// that is not there answers as an unknown ref does.
	Files map[string]map[string]Blob
	// CutTree makes trees say that they are truncated.
	CutTree     bool
	Pulls       map[int]*Pull
	Comments    map[int][]Comment
	People      map[string]Person
	Rules       map[string][]map[string]any // by branch, in the API's words
	Branches    map[string]Branch
	Comparisons map[string]Comparison // by "base...head"
	Runs        map[int64]*Run
	CommitPulls map[string][]int // numbers of Pulls, by commit id
	CheckRuns   []*CheckRun
	// Remarks are the review comments by pull request, oldest first.
	Remarks map[int][]*Remark
	// Issues are those that are no pull requests, oldest first.
	Issues []Issue
	// GitDir is a bare repository behind the git-data calls, "" for none.
	GitDir string
	known  map[string]string // what git said that cannot change
	// Artifacts are those of all runs, newest first.
	Artifacts []Artifact
	// MayResolve lets the token resolve review threads, which takes contents:
	// write on the platform (https://github.com/github/gh-aw/issues/35726).
	MayResolve bool
}

// FullName is "owner/name".
func (r *Repo) FullName() string { return r.Owner + "/" + r.Name }

// Blob is what stands at a path: a file, or a symlink or submodule by Type.
type Blob struct {
	Content []byte
	Type    string // "" is a file
}

// Pull is a pull request. The totals are those of Files unless Totals is set.
type Pull struct {
	Number      int
	Title, Body string
	NullBody    bool
	Draft       bool
	Author      Person
	Base, Head  Ref
	Labels      []string
	Files       []Row
	Commits     []Commit
	Totals      *Totals
	// Merged and Updated are moments (RFC 3339). A pull request without the
	// first was not merged; without the second it was last updated then.
	Merged, Updated string
	// PatchLines emulates a platform that drops counts and patches of the
	// later rows of one answer, once its patches have this many lines.
	PatchLines int
}

// Totals overrides what a pull request says of its size.
type Totals struct{ Files, Additions, Deletions int }

// Ref is a branch at a commit. Repo is "owner/name", "" where it is gone.
type Ref struct{ SHA, Name, Repo string }

// Row is one changed file. Patch is "" where the platform shows none.
type Row struct {
	Path, OldPath        string
	Status               string // "" is modified
	Patch                string
	Additions, Deletions int
}

// Commit is one commit of a pull request or comparison.
type Commit struct {
	SHA, Message, Author string
	Parents              int
}

// Person is an account, and its permission in the repository.
type Person struct {
	Login      string // "" is a ghost
	Bot        bool
	Permission string // admin, write, read, none
	Role       string // "" is the permission's own name
}

// Comment is an issue comment. App is the slug of the app it was made with.
type Comment struct {
	ID     int64
	Author Person
	App    string
	Body   string
	// Created is when it was written and Updated when it was last edited (RFC
	// 3339); "" is a fixed moment, and as created.
	Created, Updated string
	Reactions        []Reaction
}

// Reaction is one person's reaction to a comment: Content is +1, -1, ….
type Reaction struct {
	ID      int64
	Author  Person
	Content string
	Created string // RFC 3339
}

// Issue is an issue that is no pull request.
type Issue struct {
	Number int
	Title  string
	Author Person
	Closed bool
}

// Branch is what GET branches/{branch} says of classic protection.
type Branch struct {
	Protected bool
	Checks    []string
}

// Comparison answers compare/{base}...{head}.
type Comparison struct {
	Status       string // "" is ahead
	MergeBase    string
	Files        []Row
	Commits      []Commit
	TotalCommits int // 0 is len(Commits)
}

// Run is a workflow run with its jobs by attempt.
type Run struct {
	ID                            int64
	Attempt                       int
	Name, Event, Conclusion       string
	HeadSHA, HeadBranch, HeadRepo string
	PullNumbers                   []int
	Jobs                          map[int][]Job
}

// Job is one job. Redirect replaces the address that its log redirects to;
// LogStatus replaces the 302.
type Job struct {
	ID         int64
	Name       string
	Conclusion string
	Log        string
	Redirect   string
	LogStatus  int
}

// Artifact is what a run uploaded: Zip is its archive. A run of a fork has
// another head repository. Redirect replaces the storage's address.
type Artifact struct {
	ID       int64
	Name     string
	Created  string // RFC 3339
	Expired  bool
	Fork     bool
	Zip      []byte
	Redirect string
}

// GeneratedRows makes n modified files of lines added lines each.
func GeneratedRows(n, lines int) []Row {
	rows := make([]Row, n)
	for i := range rows {
		rows[i] = AddedRow(fmt.Sprintf("pkg/file%03d.go", i), lines)
		rows[i].Status = "modified"
	}
	return rows
}

// AddedRow makes one added file of lines lines.
func AddedRow(path string, lines int) Row {
	var patch strings.Builder
	fmt.Fprintf(&patch, "@@ -0,0 +1,%d @@", lines)
	for i := range lines {
		fmt.Fprintf(&patch, "\n+line %d", i+1)
	}
	return Row{Path: path, Status: "added", Patch: patch.String(), Additions: lines}
}

func (p *Pull) totals() Totals {
	if p.Totals != nil {
		return *p.Totals
	}
	t := Totals{Files: len(p.Files)}
	for _, row := range p.Files {
		t.Additions += row.Additions
		t.Deletions += row.Deletions
	}
	return t
}
