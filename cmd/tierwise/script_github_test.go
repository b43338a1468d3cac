package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

// scenario is what `github FILE` reads: the state of acme/widgets. A file's
// text that begins with @ names a file of the script. A pull request needs no
// more than what matters to the script: it is number 7, by ada, from topic at
// $HEAD into main at $BASE.
type scenario struct {
	Token       string                           `json:"token"`
	Private     bool                             `json:"private"`
	Files       map[string]map[string]string     `json:"files"`
	Links       map[string]map[string]string     `json:"links"`
	CutTree     bool                             `json:"cut_tree"`
	Pulls       []*fakegithub.Pull               `json:"pulls"`
	Generate    map[int][2]int                   `json:"generate"` // by pull request: files, lines each
	People      map[string]fakegithub.Person     `json:"people"`
	Comments    map[int][]fakegithub.Comment     `json:"comments"`
	Rules       map[string][]map[string]any      `json:"rules"`
	Branches    map[string]fakegithub.Branch     `json:"branches"`
	Comparisons map[string]fakegithub.Comparison `json:"comparisons"`
	Runs        map[int64]*fakegithub.Run        `json:"runs"`
	CommitPulls map[string][]int                 `json:"commit_pulls"`
	Remarks     map[int][]*fakegithub.Remark     `json:"remarks"`
	MayResolve  bool                             `json:"may_resolve"`
	GitDir      string                           `json:"git_dir"` // a bare repository of the script
	Faults      []fakegithub.Fault               `json:"faults"`
	// Others holds files of further repositories, by "owner/name", ref and path.
	Others map[string]map[string]map[string]string `json:"others"`
	Rate   *struct{ Limit, Remaining int }         `json:"rate"`
}

// commandGitHub starts the platform with the state that a file describes; a
// second call changes the state of the one that runs.
func commandGitHub(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: github FILE")
	}
	var s scenario
	dec := json.NewDecoder(bytes.NewReader([]byte(scriptFile(ts, args[0]))))
	dec.DisallowUnknownFields()
	ts.Check(dec.Decode(&s))
	w := worldOf(ts)
	if w.hub == nil {
		hub, err := fakegithub.Start(w.spec, "127.0.0.1:0")
		ts.Check(err)
		w.hub = hub
	}
	repo := w.hub.Repo("acme", "widgets")
	w.hub.Do(func() { s.into(ts, w.hub, repo) })
	for full, refs := range s.Others {
		owner, name, _ := strings.Cut(full, "/")
		other := w.hub.Repo(owner, name)
		w.hub.Do(func() { othersInto(ts, other, refs) })
	}
	for _, f := range s.Faults {
		w.hub.Inject(f)
	}
	ts.Setenv("GITHUB_API_URL", w.hub.URL())
}

func othersInto(ts *testscript.TestScript, repo *fakegithub.Repo, refs map[string]map[string]string) {
	for ref, files := range refs {
		repo.Files[ref] = map[string]fakegithub.Blob{}
		for path, text := range files {
			if name, named := strings.CutPrefix(text, "@"); named {
				text = scriptFile(ts, name)
			}
			repo.Files[ref][path] = fakegithub.Blob{Content: []byte(text)}
		}
	}
}

func (s scenario) into(ts *testscript.TestScript, hub *fakegithub.Server, repo *fakegithub.Repo) {
	hub.Token, repo.Private, repo.CutTree = s.Token, s.Private, s.CutTree
	if s.Rate != nil {
		hub.Rate = fakegithub.Rate{Limit: s.Rate.Limit, Remaining: s.Rate.Remaining, Reset: time.Now().Add(time.Hour).Truncate(time.Second)}
	}
	s.filesInto(ts, repo)
	for _, p := range s.Pulls {
		complete(p, s.Generate[p.Number])
		repo.Pulls[p.Number] = p
	}
	for key, c := range s.Comparisons {
		for i := range c.Files {
			countLines(&c.Files[i])
		}
		repo.Comparisons[key] = c
	}
	merge(repo.People, s.People)
	merge(repo.Comments, s.Comments)
	merge(repo.Rules, s.Rules)
	merge(repo.Branches, s.Branches)
	merge(repo.Runs, s.Runs)
	merge(repo.CommitPulls, s.CommitPulls)
	merge(repo.Remarks, s.Remarks)
	repo.MayResolve = s.MayResolve
	if s.GitDir != "" {
		repo.GitDir = ts.MkAbs(s.GitDir)
	}
}

func merge[K comparable, V any](to, from map[K]V) {
	for k, v := range from {
		to[k] = v
	}
}

// filesInto always leaves something at the base and on main: an unknown
// commit would answer as one that is not there.
func (s scenario) filesInto(ts *testscript.TestScript, repo *fakegithub.Repo) {
	for _, ref := range []string{baseCommit, "main"} {
		if repo.Files[ref] == nil {
			repo.Files[ref] = map[string]fakegithub.Blob{"README.md": {Content: []byte("# widgets\n")}}
		}
	}
	if _, there := repo.Branches["main"]; !there {
		repo.Branches["main"] = fakegithub.Branch{}
	}
	for ref, files := range s.Files {
		if repo.Files[ref] == nil {
			repo.Files[ref] = map[string]fakegithub.Blob{}
		}
		for path, text := range files {
			if name, named := strings.CutPrefix(text, "@"); named {
				text = scriptFile(ts, name)
			}
			repo.Files[ref][path] = fakegithub.Blob{Content: []byte(text)}
		}
	}
	for ref, links := range s.Links {
		for path, target := range links {
			repo.Files[ref][path] = fakegithub.Blob{Content: []byte(target), Type: "symlink"}
		}
	}
}

// complete fills what a script left out of a pull request.
func complete(p *fakegithub.Pull, generate [2]int) {
	if p.Number == 0 {
		p.Number = 7
	}
	if p.Title == "" {
		p.Title = "Let people in"
	}
	if p.Author.Login == "" {
		p.Author = fakegithub.Person{Login: "ada", Permission: "write"}
	}
	orRef(&p.Base, fakegithub.Ref{SHA: baseCommit, Name: "main", Repo: "acme/widgets"})
	orRef(&p.Head, fakegithub.Ref{SHA: headCommit, Name: "topic", Repo: "acme/widgets"})
	if generate[0] > 0 {
		p.Files = append(p.Files, fakegithub.GeneratedRows(generate[0], generate[1])...)
	}
	for i := range p.Files {
		countLines(&p.Files[i])
	}
	if p.Commits == nil {
		p.Commits = []fakegithub.Commit{{SHA: p.Head.SHA, Message: "feat: let people in", Author: p.Author.Login, Parents: 1}}
	}
}

func orRef(r *fakegithub.Ref, or fakegithub.Ref) {
	if r.SHA == "" {
		r.SHA = or.SHA
	}
	if r.Name == "" {
		r.Name = or.Name
	}
	if r.Repo == "" {
		r.Repo = or.Repo
	}
	if r.Repo == "gone" {
		r.Repo = ""
	}
}

// countLines counts a patch's lines where a script did not.
func countLines(row *fakegithub.Row) {
	if row.Additions+row.Deletions > 0 {
		return
	}
	for line := range strings.SplitSeq(row.Patch, "\n") {
		switch {
		case strings.HasPrefix(line, "+"):
			row.Additions++
		case strings.HasPrefix(line, "-"):
			row.Deletions++
		}
	}
}
