package signal

import "github.com/tierwise/tierwise/internal/task"

func title(text string) Input { return Input{Brief: task.Brief{Title: text}} }

func body(text string) Input { return Input{Brief: task.Brief{Body: text}} }

func wordCases() map[string]examples {
	return map[string]examples{
		"schema-words": {[]Input{title("Add a column to users"), body("DROP the users TABLE"), body("alter table x")}, []Input{title("Move the table of contents"), title("")}},
		"security-words": {
			[]Input{title("fix: auth bypass"), body("see CVE-2026-1234"), title("Login page"), title("LOG IN"), body("tokens")},
			[]Input{title("the author of the blog"), title("recrypt"), title("")},
		},
		"vague-words": {
			[]Input{title("WIP"), title("make it work somehow"), title("improve the parser"), title("Fix the login bug"), {Brief: task.Brief{Text: "tidy  up"}}},
			[]Input{title("Swap wiping order"), body("somehow"), title("Return 404 for unknown users")},
		},
	}
}
