package signal

import "github.com/tierwise/tierwise/internal/change"

func cut(reasons ...string) Input {
	in := paths("a.go")
	in.Change.Incomplete = reasons
	return in
}

func withMarks(in Input, attributes string) Input {
	in.Marks = marks(attributes)
	return in
}

func classCases() map[string]examples {
	return map[string]examples{
		"code":              {[]Input{paths("a.go"), of(renamed("a.go", "a.md"))}, []Input{paths("a.md", "a_test.go")}},
		"configuration":     {[]Input{paths("a.yml"), paths("CLAUDE.md")}, []Input{paths("a.go")}},
		"documentation":     {[]Input{paths("a.md"), of(renamed("a.md", "a.go"))}, []Input{paths("AGENTS.md")}},
		"generated":         {[]Input{withMarks(paths("gen/a.go"), "gen/** linguist-generated")}, []Input{paths("gen/a.pb.go")}},
		"incomplete-change": {[]Input{cut("3000 files were listed")}, []Input{paths("a.go")}},
		"lock-file":         {[]Input{paths("go.sum")}, []Input{paths("go.mod")}},
		"migration":         {[]Input{paths("db/migrations/1.sql"), of(renamed("db/migrations/1.sql", "old/1.txt"))}, []Input{paths("docs/migrations.md")}},
		"policy-change":     {[]Input{paths(policyPath), of(renamed(policyPath, "old.yml"))}, []Input{paths("other/" + policyPath)}},
		"test":              {[]Input{paths("a_test.go")}, []Input{paths("latest.go")}},
		"vendored":          {[]Input{withMarks(paths("lib/a.go"), "lib/** linguist-vendored")}, []Input{paths("vendor/a.go")}},
		"withheld-patch":    {[]Input{of(change.File{Path: "a.go", Withheld: true, Additions: 5000})}, []Input{of(change.File{Path: "a.png", Withheld: true}), paths("a.go")}},
		"workflow":          {[]Input{paths(".github/workflows/ci.yml")}, []Input{paths("docs/workflows.yml")}},
	}
}
