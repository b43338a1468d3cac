package main

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

type object = map[string]any

// commandEvent writes an event's payload, as it would be at this moment, from
// the state of the fake platform:
//
//	event FILE pull_request action=opened number=7 sender=ada label=…
//	event FILE merge_group base=SHA head=SHA
//	event FILE push before=SHA after=SHA ref=refs/heads/main
//	event FILE workflow_run run=55
//	event FILE issue_comment number=7 sender=eve body=hello
//	event FILE issues number=12 title=… text=@FILE
//	event FILE workflow_dispatch
//	event FILE schedule
func commandEvent(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: event FILE KIND key=value…")
	}
	e := payload{ts: ts, values: settings(ts, args[2:])}
	e.repo = worldOf(ts).hub.Repo("acme", "widgets")
	body := e.body(args[1])
	body["repository"] = repository(e.repo.FullName(), e.repo.ID, e.repo.Private)
	body["sender"] = account(e.or("sender", "ada"))
	if action := e.or("action", ""); action != "" {
		body["action"] = action
	}
	data, err := json.MarshalIndent(body, "", " ")
	ts.Check(err)
	writeScriptFile(ts, args[0], string(data))
}

type payload struct {
	ts     *testscript.TestScript
	values map[string]string
	repo   *fakegithub.Repo
}

func (e payload) or(key, otherwise string) string {
	if v, ok := e.values[key]; ok {
		return v
	}
	return otherwise
}

func (e payload) orText(otherwise string) string {
	if _, given := e.values["text"]; !given {
		return otherwise
	}
	return e.text("text")
}

// text is a value, or what the file holds that it names with @.
func (e payload) text(key string) string {
	value := e.or(key, "")
	if name, named := strings.CutPrefix(value, "@"); named {
		return scriptFile(e.ts, name)
	}
	return value
}

func (e payload) number(key string, otherwise int) int {
	n, err := strconv.Atoi(e.or(key, strconv.Itoa(otherwise)))
	e.ts.Check(err)
	return n
}

func (e payload) body(kind string) object {
	switch kind {
	case "pull_request", "pull_request_target":
		return e.pullRequest()
	case "merge_group":
		return object{"action": "checks_requested", "merge_group": object{
			"base_sha": e.or("base", baseCommit), "base_ref": "refs/heads/main",
			"head_sha": e.or("head", headCommit), "head_ref": "refs/heads/gh-readonly-queue/main/pr-7",
		}}
	case "push":
		return object{"ref": e.or("ref", "refs/heads/main"), "before": e.or("before", baseCommit), "after": e.or("after", headCommit)}
	case "workflow_run":
		return e.workflowRun()
	case "issue_comment":
		return object{
			"action":  "created",
			"issue":   object{"number": e.number("number", 7), "pull_request": object{"url": "https://api.github.example/pulls/7"}},
			"comment": object{"id": e.number("comment", 9), "body": e.or("body", "hello"), "user": account(e.or("sender", "ada"))},
		}
	case "issues":
		return object{"action": "opened", "issue": object{"number": e.number("number", 12), "title": e.text("title"), "body": e.text("text")}}
	case "schedule":
		return object{"schedule": "0 6 * * 1"}
	case "workflow_dispatch":
		return object{"inputs": object{}}
	default:
		e.ts.Fatalf("no event is called %q", kind)
		return nil
	}
}

func (e payload) pullRequest() object {
	p := e.repo.Pulls[e.number("number", 7)]
	if p == nil {
		e.ts.Fatalf("the platform has no such pull request")
	}
	labels := []object{}
	for _, name := range p.Labels {
		labels = append(labels, object{"name": name})
	}
	body := object{"action": "opened", "number": p.Number, "pull_request": object{
		"number": p.Number, "title": e.or("title", p.Title), "body": e.orText(p.Body), "draft": p.Draft,
		"user": account(p.Author.Login), "labels": labels, "base": ref(e.repo, p.Base), "head": ref(e.repo, p.Head),
		"changed_files": len(p.Files), "commits": len(p.Commits),
	}}
	if label := e.or("label", ""); label != "" {
		body["label"] = object{"name": label}
	}
	return body
}

func (e payload) workflowRun() object {
	r := e.repo.Runs[int64(e.number("run", 55))]
	if r == nil {
		e.ts.Fatalf("the platform has no such run")
	}
	return object{"action": "completed", "workflow_run": object{
		"id": r.ID, "run_attempt": r.Attempt, "name": r.Name, "event": r.Event, "conclusion": r.Conclusion,
		"head_sha": r.HeadSHA, "head_branch": r.HeadBranch, "head_repository": repository(r.HeadRepo, e.repo.ID, false), "pull_requests": []object{},
	}}
}

func ref(repo *fakegithub.Repo, r fakegithub.Ref) object {
	v := object{"sha": r.SHA, "ref": r.Name, "repo": nil}
	if r.Repo != "" {
		id := repo.ID
		if r.Repo != repo.FullName() {
			id++
		}
		v["repo"] = repository(r.Repo, id, false)
	}
	return v
}

func repository(full string, id int64, private bool) object {
	owner, name, _ := strings.Cut(full, "/")
	return object{
		"id": id, "name": name, "full_name": full, "default_branch": "main", "private": private,
		"owner": object{"login": owner, "type": "Organization"},
	}
}

// account is null for a ghost.
func account(login string) any {
	switch {
	case login == "":
		return nil
	case strings.HasSuffix(login, "[bot]"):
		return object{"login": login, "type": "Bot"}
	default:
		return object{"login": login, "type": "User"}
	}
}
