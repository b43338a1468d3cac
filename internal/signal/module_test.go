package signal

import "testing"

func TestAModuleIsAMemberOrAFolderAtTheRoot(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"services/pay/main.go": "services/pay", "packages/ui/src/a.ts": "packages/ui", "crates/core/src/lib.rs": "crates/core", "cmd/tool/main.go": "cmd/tool",
		"services/README.md": "services", "frontend/src/services/x.ts": "frontend", "src/main/java/App.java": "src", "src/Ordering.API/Startup.cs": "src/Ordering.API",
		"components/Button/index.tsx": "components", "components/pay/main.go": "components/pay",
		"main.go": "", ".github/workflows/ci.yml": "", "/absolute": "", "": "", "a/": "a",
	} {
		if got := moduleOf(path); got != want {
			t.Errorf("moduleOf(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestWhatCarriesBehaviour(t *testing.T) {
	t.Parallel()
	withheld := file("a/package.json")
	withheld.Withheld = true
	for name, tt := range map[string]struct {
		in   Input
		want bool
	}{
		"code":                                  {paths("a/x.go"), true},
		"a migration":                           {paths("a/migrations/1.sql"), true},
		"settings that a service runs with":     {paths("a/values.yaml"), true},
		"a generated file":                      {withMarks(paths("a/gen.go"), "a/gen.go linguist-generated"), true},
		"documentation":                         {paths("a/README.md"), false},
		"tests":                                 {paths("a/x_test.go"), false},
		"a lock file":                           {paths("a/go.sum"), false},
		"settings of a linter":                  {paths("a/.eslintrc.json"), false},
		"what agents read":                      {paths("a/AGENTS.md"), false},
		"a workflow of the whole repository":    {paths(".github/workflows/ci.yml"), false},
		"an example":                            {paths("a/examples/x.go"), false},
		"a package named example is code":       {paths("src/main/java/com/example/App.java"), true},
		"a manifest with new versions":          {of(diff("a/package.json", `-  "left-pad": "^1.2.3",`, `+  "left-pad": "^1.3.0",`)), false},
		"a version of go":                       {of(diff("a/go.mod", "-go 1.25.1", "+go 1.26.0")), false},
		"a manifest with a new name":            {of(diff("a/package.json", `+  "left-pad": "^1.3.0",`)), true},
		"a manifest with another name":          {of(diff("a/package.json", `-  "left-pad": "^1.2.3",`, `+  "right-pad": "^1.2.3",`)), true},
		"a manifest with another script":        {of(diff("a/package.json", `-  "start": "serve -p 80"`, `+  "start": "serve -p 8080"`)), true},
		"the new version is in another block":   {of(diff("a/go.mod", "-x.org/y v1.0.0", " z", "+x.org/y v1.1.0")), true},
		"a manifest that is not shown":          {of(withheld), true},
		"a manifest that moved":                 {of(renamed("a/package.json", "b/package.json")), true},
		"a manifest of which nothing is known":  {paths("a/package.json"), false},
		"the capitals of its name do not count": {of(diff("a/cargo.toml", `-serde = "1.0.1"`, `+serde = "1.0.2"`)), false},
	} {
		f := tt.in.Change.Files[0]
		if got := tt.in.touches(f, f.Path); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
