package signal

import (
	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

func title(text string) Input { return Input{Brief: task.Brief{Title: text}} }

func body(text string) Input { return Input{Brief: task.Brief{Body: text}} }

func wordCases() map[string]examples {
	return map[string]examples{
		"broad-request": {
			[]Input{title("Rename the header everywhere"), brief("update every service", false), brief("across the codebase", true)},
			[]Input{title("Rename the header in a.go"), body("everywhere"), brief("fix x.go\n```\neverywhere\n```", true)},
		},
		"earlier-context": {
			[]Input{title("As discussed, rename it"), brief("see the thread above", false), brief("same as before", true)},
			[]Input{title("Add the column above the fold"), body("as discussed"), brief("keep the discussion page", true)},
		},
		"no-stated-cause": {
			[]Input{title("App crashes sometimes"), brief("fix the auth bug", false), brief("Debug the flaky test", true)},
			[]Input{title("Fix a crash in the parser"), body("it crashes sometimes"), brief("fix the auth bug because the cookie is cut", true)},
		},
		"open-question": {
			[]Input{title("Decide how we store dates"), brief("investigate the latency", false), brief("design a queue", true)},
			[]Input{title("Add a research page"), body("we should decide how"), brief("fix the design page", true)},
		},
		"payment-words": {
			[]Input{
				title("customers see yesterday's balance after a transfer"), title("fix capturePayment"), body("refund the rest"), brief("users are charged twice", false),
				{HasChange: true, Change: change.Change{Commits: []change.Commit{{Subject: "add the invoice"}}}},
			},
			[]Input{title("balance the load"), title("bump actions/checkout to v4"), title("state transfer of shards"), body("a customer sees the order")},
		},
		"schema-words": {
			[]Input{title("Add a column to users"), body("DROP the users TABLE"), body("alter table x"), title("the schema"), title("migrate the users table")},
			[]Input{title("Move the table of contents"), title("migrate to the new client"), body("the schema of the form"), title("")},
		},
		"security-words": {
			[]Input{
				title("fix: auth bypass"), body("see CVE-2026-1234"), title("Login page"), title("LOG IN"), title("refresh tokens"), title("use findSAMLProvider"), body("avoids SQL injection"),
				brief("do not touch auth", true), brief("x\n```\nwrong password\n```", true), title("users can see other users' orders"), title("users see other customers\u2019 files"),
			},
			[]Input{title("the author of the blog"), title("recrypt"), title("Count the tokens of a prompt"), body("the login page has a token"), title("the key of the map"), title("dependency injection"), title("the authors' orders"), title("")},
		},
		"vague-words": {
			[]Input{
				title("WIP"), title("make it work somehow"), title("improve the parser"), title("Fix the login bug"), {Brief: task.Brief{Text: "tidy  up"}}, brief("login", true), brief("???", false),
			},
			[]Input{title("Swap wiping order"), body("somehow"), title("Return 404 for unknown users"), brief("fix x.go as below\n> something", true)},
		},
	}
}
