package signal

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tierwise/tierwise/internal/change"
)

func TestClassOfPaths(t *testing.T) {
	t.Parallel()
	table := map[Class][]string{
		Documentation: {
			"README.md", "docs/guide.rst", "LICENSE", "docs/img/flow.png", "CHANGELOG", "tests/README.md", "docs/migrations/v2.md",
			".github/ISSUE_TEMPLATE/bug.md", "Licence.txt", "web/content/blog.mdx",
		},
		Test: {
			"a_test.go", "pkg/testdata/in.json", "src/app.test.tsx", "spec/models/user_spec.rb", "tests/test_api.py", "conftest.py",
			"src/test/java/FooTest.java", "src/FooIT.java", "ȺȺȺȺȺȺTest.java", "İTests.kt", "Tests/FooTests.swift", "lib/foo_test.exs", "testdata/readme.md",
		},
		Configuration: {
			"package.json", "go.mod", "Makefile", "tsconfig.json", "vite.config.ts", ".eslintrc.cjs", ".gitignore",
			"requirements-dev.txt", "pom.xml", "app/build.gradle.kts", ".env.example", "App.csproj", "CMakeLists.txt", ".gitattributes",
		},
		AgentInstructions: {
			"CLAUDE.md", "AGENTS.md", "sub/agents.md", ".github/copilot-instructions.md", ".cursor/rules/x.mdc", ".github/prompts/review.md", ".claude/commands/go.md",
			"tests/AGENTS.md",
		},
		Owners:         {"CODEOWNERS", "docs/CODEOWNERS"},
		Deployment:     {"Dockerfile", "Dockerfile.dev", "values.yaml"},
		Snapshot:       {"__snapshots__/x.snap"},
		Infrastructure: {"main.tf"},
		Code: {
			"main.go", "src/index.ts", "lib/x.py", "install.sh", "docs/conf.py", "docs/app.tsx", "logo.png", "notes.txt", "data.xml", "unknown",
			"Latest.java", "ȺȺȺȺȺȺ.java", "Ⱥ.cs", "İİ.kt", "\xff\xff.php", "src/contest.go", "vendor/x/y.go", "api.pb.go", "icon.svg", "",
		},
		LockFile:   {"go.sum", "web/package-lock.json", "yarn.lock", "Cargo.lock", "poetry.lock", "uv.lock", ".terraform.lock.hcl"},
		Migration:  {"db/migrations/001_init.sql", "app/migrations/0001_initial.py", "db/migrate/2020_x.rb", "prisma/schema.prisma", "db/schema.rb", "sql/V2__add.sql", "Migrations/X.cs"},
		Workflow:   {".github/workflows/ci.yml", ".github/actions/x/run.sh", "action.yml", ".gitlab-ci.yml", "Jenkinsfile", ".circleci/config.yml", "azure-pipelines.yml", ".GitHub/Workflows/ci.yml"},
		PolicyFile: {"routing-policy.yml", "Routing-Policy.yml"},
	}
	for class, list := range table {
		for _, path := range list {
			if got := Classify(file(path), Marks{PolicyPath: policyPath}); got != class {
				t.Errorf("Classify(%q) = %s, want %s", path, got, class)
			}
		}
	}
}

func TestARenameCountsOnBothItsPaths(t *testing.T) {
	t.Parallel()
	for _, f := range []change.File{renamed("auth/login.go", "docs/login.md"), renamed("docs/login.md", "auth/login.go")} {
		if got := Classes(f, Marks{}); !slices.Equal(got, []Class{Code, Documentation}) {
			t.Errorf("Classes(%s from %s) = %v", f.Path, f.OldPath, got)
		}
		if got := Classify(f, Marks{}); got != Code {
			t.Errorf("Classify = %s, want the class with more at stake", got)
		}
	}
	if got := Classes(renamed("a.go", "b.go"), Marks{}); !slices.Equal(got, []Class{Code}) {
		t.Errorf("one class twice: %v", got)
	}
}

func TestMarksOfTheBase(t *testing.T) {
	t.Parallel()
	m := marks("gen/** linguist-generated\nlib/** linguist-vendored=true\nman/** linguist-documentation\n*.sql linguist-generated\n" +
		".github/** linguist-generated\nCLAUDE.md linguist-generated\nCODEOWNERS linguist-vendored\ngen/no.go -linguist-generated\nrouting-policy.yml linguist-generated\n")
	tests := []struct {
		name  string
		file  change.File
		class Class
		mark  Class // "" where it must not be Marked
	}{
		{"a marked file is generated", file("gen/a.go"), Generated, Generated},
		{"a marked file is vendored", file("lib/a.go"), Vendored, Vendored},
		{"an unset attribute marks nothing", file("gen/no.go"), Code, ""},
		{"documentation by mark is never left out", file("man/x.1"), Documentation, ""},
		{"a mark does not hide a migration", file("db/migrations/1.sql"), Migration, ""},
		{"a mark does not hide a workflow", file(".github/workflows/ci.yml"), Workflow, ""},
		{"a mark does not hide instructions for agents", file("CLAUDE.md"), AgentInstructions, ""},
		{"a mark does not hide the owners", file("CODEOWNERS"), Owners, ""},
		{"a mark does not hide the policy", file(policyPath), PolicyFile, ""},
		{"code moved under a marked folder is sent", renamed("auth/a.go", "gen/a.go"), Code, ""},
		{"a move between marked folders stays marked", renamed("gen/a.go", "gen/b.go"), Generated, Generated},
	}
	for _, tt := range tests {
		if got := Classify(tt.file, m); got != tt.class {
			t.Errorf("%s: Classify = %s, want %s", tt.name, got, tt.class)
		}
		if got, ok := Marked(tt.file, m); got != tt.mark || ok != (tt.mark != "") {
			t.Errorf("%s: Marked = %q, %v, want %q", tt.name, got, ok, tt.mark)
		}
	}
}

func withHeader(path, header string, line int) change.File {
	f := file(path)
	f.Hunks = []change.Hunk{{NewStart: line, Lines: []change.Line{{Op: change.Add, Text: header, NewLine: line}}}}
	return f
}

func TestHintsOfTheHead(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		file change.File
		want Class
	}{
		{"a vendor folder", file("a/vendor/b.go"), Vendored},
		{"node_modules", file("node_modules/x/index.js"), Vendored},
		{"a generated name", file("api/v1.pb.go"), Generated},
		{"minified code", file("web/app.min.js"), Generated},
		{"a lock file", file("yarn.lock"), LockFile},
		{"a header", withHeader("a.go", "// Code generated by x. DO NOT EDIT.", 1), Generated},
		{"a header in capitals", withHeader("a.go", "// CODE GENERATED BY X. DO NOT EDIT.", 1), Generated},
		{"a header with an at", withHeader("a.php", " * @Generated", 1), Generated},
		{"a header as a tag", withHeader("a.cs", "// <auto-Generated>", 1), Generated},
		{"a header that forbids to edit", withHeader("a.py", "# Generated code -- do not modify", 1), ""},
		{"a header that forbids to edit, with one mark", withHeader("a.py", "# Generated code - do not modify", 1), Generated},
		{"a header of protoc", withHeader("a.py", "# Generated by the protocol buffer compiler.", 1), Generated},
		{"a header in one word", withHeader("a.js", "// AutoGenerated by x", 1), Generated},
		{"a header that tells of the file", withHeader("a.js", "// This file was automatically GENERATED", 1), Generated},
		{"a header too far down", withHeader("a.go", "// Code generated by x. DO NOT EDIT.", 400), ""},
		{"plain code", withHeader("a.go", "// code that generates", 1), ""},
		{"code moved into a vendor folder", renamed("auth/a.go", "vendor/a.go"), ""},
		{"a workflow under a vendor folder's name", file(".github/workflows/vendor/x.yml"), ""},
		{"a migration in a generated folder", file("gen/migrations/1.sql"), ""},
	}
	for _, tt := range tests {
		if got, _ := Hinted(tt.file); got != tt.want {
			t.Errorf("%s: Hinted = %q, want %q", tt.name, got, tt.want)
		}
		if got := Classify(tt.file, Marks{}); got == Generated || got == Vendored {
			t.Errorf("%s: a hint became the class %s", tt.name, got)
		}
		if _, ok := Marked(tt.file, Marks{}); ok {
			t.Errorf("%s: a hint became a mark", tt.name)
		}
	}
}

func TestOnlyImagesAndFontsWithoutLinesAreInert(t *testing.T) {
	t.Parallel()
	text := file("evil.png")
	image := change.File{Path: "logo.PNG", Withheld: true}
	tests := map[string]struct {
		file change.File
		want bool
	}{
		"an image":                        {image, true},
		"a font":                          {change.File{Path: "a.woff2", Withheld: true}, true},
		"an SVG is text":                  {change.File{Path: "a.svg", Withheld: true}, false},
		"text that is named like a image": {text, false},
		"code moved to an image's name":   {change.File{Path: "a.png", OldPath: "a.js", Withheld: true}, false},
		"a program":                       {change.File{Path: "a.exe", Withheld: true}, false},
	}
	for name, tt := range tests {
		if got := Inert(tt.file); got != tt.want {
			t.Errorf("%s: Inert = %v", name, got)
		}
	}
}

func TestRiskOrder(t *testing.T) {
	t.Parallel()
	files := []change.File{
		file("yarn.lock"), file("README.md"), file("vendor/x.go"), file("a_test.go"), file("app.yml"), file("gen/x.go"), file("b.go"), file("a.go"),
		file(".github/workflows/ci.yml"), file("db/migrations/1.sql"), file("hot.md"), withHeader("c.go", "// Code generated. DO NOT EDIT", 1), file(policyPath),
	}
	var got []string
	hot := func(f change.File) bool { return f.Path == "hot.md" }
	for _, i := range RiskOrder(files, marks("gen/** linguist-generated"), hot) {
		got = append(got, files[i].Path)
	}
	want := []string{
		"hot.md", policyPath, ".github/workflows/ci.yml", "db/migrations/1.sql", "b.go", "a.go", "c.go", "app.yml", "a_test.go", "README.md",
		"vendor/x.go", "yarn.lock", "gen/x.go",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(RiskOrder(nil, Marks{}, nil)) != 0 {
		t.Error("no files give an order")
	}
}
