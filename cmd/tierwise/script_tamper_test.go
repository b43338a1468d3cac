package main

import (
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

// commandTamper does to our own comment on pull request 7 what somebody who
// may edit comments can do:
//
//	tamper OLD NEW          rewrites the kept answers, under their keys
//	tamper -forge TASK      says that they are of another task
//	tamper -garbage         leaves a line that nobody can read
//	tamper -stranger LOGIN  makes it a stranger's
func commandTamper(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 || len(args) > 2 {
		ts.Fatalf("usage: tamper OLD NEW | -forge TASK | -garbage | -stranger LOGIN")
	}
	w := worldOf(ts)
	repo := w.hub.Repo("acme", "widgets")
	w.hub.Do(func() {
		comments := repo.Comments[7]
		for i := range comments {
			if comments[i].Author.Bot && strings.HasPrefix(comments[i].Body, "<!-- tierwise -->") {
				tamper(ts, &comments[i], args)
				return
			}
		}
		ts.Fatalf("there is no comment of ours")
	})
}

func tamper(ts *testscript.TestScript, k *fakegithub.Comment, args []string) {
	kept, err := ledger.ReadAnswersLine(k.Body)
	ts.Check(err)
	lines := strings.Split(k.Body, "\n")
	switch args[0] {
	case "-garbage":
		lines[1] = "<!-- tierwise answers 1 AAAA -->"
	case "-stranger":
		k.Author, k.App = fakegithub.Person{Login: args[1]}, ""
	case "-forge":
		lines[1] = edit(ts, kept, func(a *dispatch.Kept) { a.Task = args[1] })
	default:
		lines[1] = edit(ts, kept, func(a *dispatch.Kept) { a.Answer = []byte(strings.ReplaceAll(string(a.Answer), args[0], args[1])) })
	}
	k.Body = strings.Join(lines, "\n")
}

func edit(ts *testscript.TestScript, kept []dispatch.Kept, change func(*dispatch.Kept)) string {
	if len(kept) == 0 {
		ts.Fatalf("the comment keeps no answer")
	}
	for i := range kept {
		change(&kept[i])
	}
	line, dropped := ledger.AnswersLine(kept)
	if len(dropped) > 0 {
		ts.Fatalf("dropped %v", dropped)
	}
	return line
}
