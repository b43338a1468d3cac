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
		"agent-instructions": {[]Input{paths("CLAUDE.md"), of(renamed("AGENTS.md", "notes.md"))}, []Input{paths("docs/agents/intro.md")}},
		"asset":              {[]Input{paths("logo.png")}, []Input{paths("icon.svg"), paths("docs/flow.png")}},
		"deployment":         {[]Input{paths("Dockerfile"), paths("k8s/web.yaml")}, []Input{paths("dockerfile_parser.go"), paths("composer.json")}},
		"infrastructure":     {[]Input{paths("main.tf")}, []Input{paths("prod.tfvars"), paths("tests/main.tf")}},
		"interface-file":     {[]Input{paths("api/user.proto"), paths("openapi.yaml")}, []Input{paths("api/user.go"), paths("tests/openapi.yaml")}},
		"owners":             {[]Input{paths(".github/CODEOWNERS")}, []Input{paths("owners.go")}},
		"snapshot":           {[]Input{paths("__snapshots__/a.snap")}, []Input{paths("snapshots/orders.sql"), paths("a_test.go")}},
		"translation":        {[]Input{paths("locales/de.json")}, []Input{paths("locales/index.ts"), paths("local/de.json")}},
		"code":               {[]Input{paths("a.go"), of(renamed("a.go", "a.md")), paths("logo.png")}, []Input{paths("a.md", "a_test.go")}},
		"configuration":      {[]Input{paths("a.yml")}, []Input{paths("a.go"), paths("CLAUDE.md"), paths("Dockerfile")}},
		"documentation":      {[]Input{paths("a.md"), of(renamed("a.md", "a.go"))}, []Input{paths("AGENTS.md")}},
		"generated":          {[]Input{withMarks(paths("gen/a.go"), "gen/** linguist-generated")}, []Input{paths("gen/a.pb.go")}},
		"incomplete-change":  {[]Input{cut("3000 files were listed")}, []Input{paths("a.go")}},
		"lock-file":          {[]Input{paths("go.sum")}, []Input{paths("go.mod")}},
		"migration":          {[]Input{paths("db/migrations/1.sql"), of(renamed("db/migrations/1.sql", "old/1.txt"))}, []Input{paths("docs/migrations.md")}},
		"policy-change":      {[]Input{paths(policyPath), of(renamed(policyPath, "old.yml"))}, []Input{paths("other/" + policyPath)}},
		"test":               {[]Input{paths("a_test.go"), of(inFile("a.rs", "#[cfg(test)]"))}, []Input{paths("latest.go"), of(inFile("a.rs", "fn latest() {}")), of(inFile("a.go", "#[cfg(test)]"))}},
		"vendored":           {[]Input{withMarks(paths("lib/a.go"), "lib/** linguist-vendored")}, []Input{paths("vendor/a.go")}},
		"withheld-patch":     {[]Input{of(change.File{Path: "a.go", Withheld: true, Additions: 5000})}, []Input{of(change.File{Path: "a.png", Withheld: true}), paths("a.go")}},
		"workflow":           {[]Input{paths(".github/workflows/ci.yml")}, []Input{paths("docs/workflows.yml")}},
	}
}
