package signal

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
)

// shapeOf says that every file of the change fits the shape.
func shapeOf(in Input, shape Shape) bool {
	in = in.prepared()
	at := slices.IndexFunc(pathShapes(), func(s fileShape) bool { return s.shape == shape })
	fits := pathShapes()[at].fits
	for i := range in.Change.Files {
		if !fits(in, i) {
			return false
		}
	}
	return len(in.Change.Files) > 0
}

// shaped is the change of one file, or of several.
type shaped struct {
	name  string
	files []change.File
	want  bool
}

func checkShapes(t *testing.T, shape Shape, tree []string, tests []shaped) {
	t.Helper()
	for _, tt := range tests {
		in := of(tt.files...)
		in.Tree = tree
		if got := shapeOf(in, shape); got != tt.want {
			t.Errorf("%s: %s is %v", tt.name, shape, got)
		}
		in.Change.Incomplete = []string{"it was cut short"}
		if shapeOf(in, shape) {
			t.Errorf("%s: an incomplete change is %s", tt.name, shape)
		}
	}
}

func one(f change.File) []change.File { return []change.File{f} }

func with(f change.File, edit func(*change.File)) []change.File {
	edit(&f)
	return one(f)
}

func TestRenameOnly(t *testing.T) {
	t.Parallel()
	moved := renamed("a/cart.go", "b/cart.go")
	checkShapes(t, RenameOnly, nil, []shaped{
		{"a moved file", one(moved), true},
		{"a moved file of prose", one(renamed("a.md", "docs/a.md")), true},
		{"a changed file", one(file("a.go")), false},
		{"a moved file with a line", with(moved, func(f *change.File) { f.Additions = 1 }), false},
		{"a moved file whose lines are not shown", with(moved, func(f *change.File) { f.Withheld = true }), false},
		{"a moved file that may be run now", with(moved, func(f *change.File) { f.OldMode, f.NewMode = "100644", "100755" }), false},
		{"a copy", with(moved, func(f *change.File) { f.Status = change.Copied }), false},
		{"text that becomes code", one(renamed("notes.txt", "run.sh")), false},
		{"a test that becomes code", one(renamed("testdata/a.go", "a.go")), false},
		{"a workflow", one(renamed(".github/workflows/a.yml", ".github/workflows/b.yml")), false},
		{"a migration", one(renamed("migrations/1.sql", "migrations/2.sql")), false},
		{"the policy", one(renamed(policyPath, "old.yml")), false},
		{"instructions for agents", one(renamed("AGENTS.md", "src/AGENTS.md")), false},
		{"a file put where git runs it", one(renamed("scripts/check", ".husky/check")), false},
		{"a file taken from where git runs it", one(renamed(".githooks/check", "scripts/check")), false},
		{"a moved file beside a changed one", []change.File{moved, file("a.go")}, false},
	})
}

func TestExampleSettings(t *testing.T) {
	t.Parallel()
	checkShapes(t, ExampleSettings, nil, []shaped{
		{"an example of the environment", one(file(".env.example")), true},
		{"the same for one place", one(file("api/.env.example.local")), true},
		{"an example of settings", one(file("config/database.example.yml")), true},
		{"a sample", one(file("settings.sample.toml")), true},
		{"a distributed default", one(file("phpunit.xml.dist")), true},
		{"the settings themselves", one(file(".env")), false},
		{"settings of production", one(file(".env.production")), false},
		{"an example of code", one(file("hook.sh.sample")), false},
		{"code beside it", []change.File{file(".env.example"), file("a.go")}, false},
		{"settings made from an example", one(renamed(".env.example", ".env")), false},
		{"an example that is not shown", with(file(".env.example"), func(f *change.File) { f.Withheld = true }), false},
		{"a workflow", one(file(".github/workflows/ci.example.yml")), false},
	})
}

func newFile(path string, lines int) change.File {
	return change.File{Path: path, Status: change.Added, Additions: lines}
}

func TestScaffolding(t *testing.T) {
	t.Parallel()
	tree := []string{
		"services/cart/handler.go", "services/order/handler.go", "services/user/handler.go", "services/user/user_store.go", "services/cart/cart_store.go",
		"services/order/order_store.go", "services/cart/only.go", "services/order/only.go", "README.md", "k8s/a/app.yaml", "k8s/b/app.yaml", "k8s/c/app.yaml",
	}
	checkShapes(t, Scaffolding, tree, []shaped{
		{"the fourth of its kind", one(newFile("services/mail/handler.go", 40)), true},
		{"the folder's name is part of the file's name", one(newFile("services/mail/mail_store.go", 40)), true},
		{"two siblings are too few", one(newFile("services/mail/only.go", 40)), false},
		{"a name of its own", one(newFile("services/mail/crypto.go", 40)), false},
		{"another folder", one(newFile("tools/mail/handler.go", 40)), false},
		{"a long file", one(newFile("services/mail/handler.go", 151)), false},
		{"a changed file", one(file("services/cart/handler.go")), false},
		{"a new file beside a changed one", []change.File{newFile("services/mail/handler.go", 40), file("a.go")}, false},
		{"a deployment", one(newFile("k8s/d/app.yaml", 4)), false},
		{"a file that is not shown", with(newFile("services/mail/handler.go", 40), func(f *change.File) { f.Withheld = true }), false},
	})
	in := of(newFile("services/mail/handler.go", 40))
	if shapeOf(in, Scaffolding) {
		t.Error("without the tree nothing repeats anything")
	}
	in.Tree = tree
	if at := slices.IndexFunc(pathShapes(), func(s fileShape) bool { return s.shape == Scaffolding }); !pathShapes()[at].fits(in, 0) {
		t.Error("an input that nobody prepared has another answer")
	}
}

// tested makes a file of added lines, the first one as context.
func tested(path string, lines ...string) change.File {
	f := change.File{Path: path, Status: change.Modified, Additions: len(lines) - 1}
	h := change.Hunk{NewStart: 1, NewLines: len(lines)}
	for i, text := range lines {
		op := change.Add
		if i == 0 {
			op = change.Context
		}
		h.Lines = append(h.Lines, change.Line{Op: op, Text: text, NewLine: i + 1})
	}
	f.Hunks = []change.Hunk{h}
	return f
}

func TestPureTests(t *testing.T) {
	t.Parallel()
	sum := tested("sum_test.go", "func TestSum(t *testing.T) {", "if got := Sum(1, 2); got != 3 {", "t.Error(got)", "}")
	checkShapes(t, PureTests, nil, []shaped{
		{"values in, values out", one(sum), true},
		{"another language", one(tested("tests/test_sum.py", "def test_sum():", "    assert sum_of([1, 2]) == 3")), true},
		{"a removed line", with(sum, func(f *change.File) { f.Deletions = 1 }), false},
		{"lines that are not shown", with(sum, func(f *change.File) { f.Withheld, f.Hunks = true, nil }), false},
		{"fewer lines than were counted", with(sum, func(f *change.File) { f.Additions++ }), false},
		{"code", one(tested("sum.go", "", "x := 1")), false},
		{"a rename out of code", with(sum, func(f *change.File) { f.OldPath = "sum.go" }), false},
		{"a request", one(tested("a_test.go", "", "resp := http.Get(x)")), false},
		{"the clock around it", one(tested("a_test.go", "now := time.Now()", "x := 1")), false},
		{"a file", one(tested("a.test.ts", "", "const text = fs.readFileSync(name)")), false},
		{"a mock", one(tested("a.test.ts", "", "jest.mock('./a')")), false},
		{"a test left out", one(tested("a.test.ts", "", "it.skip('adds', () => {})")), false},
		{"a fixture", one(tested("test/fixtures/a.rb", "", "x = 1")), false},
		{"a helper", one(tested("test/test_helper.rb", "", "x = 1")), false},
		{"a snapshot", one(tested("__snapshots__/a.snap", "", "x")), false},
		{"through a browser", one(tested("e2e/a.spec.ts", "", "x")), false},
		{"data", one(tested("testdata/a.json", "", "1")), false},
	})
}

// TestMoreDiffOnlyLosesAShape adds files, lines and hunks, and looks for a
// shape that appears.
func TestMoreDiffOnlyLosesAShape(t *testing.T) {
	t.Parallel()
	tree := []string{"s/a/x.go", "s/b/x.go", "s/c/x.go", "s/a/x_test.go", "s/b/x_test.go", "s/c/x_test.go"}
	pool := []change.File{
		renamed("a.go", "b.go"), file(".env.example"), newFile("s/d/x.go", 3), newFile("s/d/x_test.go", 3), tested("x_test.go", "", "x := 1"),
		renamed("s/a/x.go", "s/e/x.go"), file("main.go"),
		{Path: "a.png", Status: change.Added, Withheld: true},
	}
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 7))
		in := of(pool[r.IntN(len(pool))])
		in.Tree = tree
		for range 4 {
			grown := in
			grown.Change.Files = append(slices.Clone(in.Change.Files), pool[r.IntN(len(pool))])
			if r.IntN(2) == 0 {
				grown.Change.Files = moreLines(r, in.Change.Files)
			}
			for _, s := range pathShapes() {
				if !shapeOf(in, s.shape) && shapeOf(grown, s.shape) {
					t.Fatalf("seed %d: %s appeared\n%+v\n%+v", seed, s.shape, in.Change.Files, grown.Change.Files)
				}
			}
			in = grown
		}
	}
}

func moreLines(r *rand.Rand, files []change.File) []change.File {
	files = slices.Clone(files)
	f := &files[r.IntN(len(files))]
	f.Hunks = append(slices.Clone(f.Hunks), change.Hunk{NewStart: 90, NewLines: 1, Lines: []change.Line{{Op: change.Add, Text: "y := 2", NewLine: 90}}})
	f.Additions++
	return files
}

func TestAShapeOfManyFilesIsFoundInOnePass(t *testing.T) {
	t.Parallel()
	in := Input{HasChange: true, Tree: []string{}}
	for i := range 300 {
		in.Change.Files = append(in.Change.Files, newFile(fmt.Sprintf("s/n%d/%s/x.go", i, strings.Repeat("d/", 40)), 1))
		in.Tree = append(in.Tree, fmt.Sprintf("s/o%d/%s/x.go", i, strings.Repeat("d/", 40)))
	}
	if got := len(kindsOf(in.Tree[0])); got != maxFolders {
		t.Errorf("%d kinds of one path", got)
	}
	if shapeOf(in, Scaffolding) {
		t.Error("a folder further up than the bound was left open")
	}
}
