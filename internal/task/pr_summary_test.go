package task

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
)

// edited is a modified file with removed and added lines.
func edited(path string, lines ...string) change.File {
	f := change.File{Path: path, Status: change.Modified}
	h := change.Hunk{OldStart: 1, NewStart: 1}
	for _, text := range lines {
		l := change.Line{Op: change.Op(text[0]), Text: text[1:]}
		switch l.Op {
		case change.Add:
			f.Additions++
		case change.Delete:
			f.Deletions++
		}
		h.Lines = append(h.Lines, l)
	}
	f.Hunks = []change.Hunk{h}
	return f
}

func TestWhatAReviewerShouldNotOverlook(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		file change.File
		want []string
		not  []string
	}{
		"a new module":               {edited("go.mod", "+\tgithub.com/a/b v1.2.3 // indirect"), []string{"New dependencies in `go.mod`: `github.com/a/b`."}, nil},
		"a module on a line":         {edited("go.mod", "+require github.com/a/b v1.2.3", "-go 1.25", "+go 1.26"), []string{"New dependencies in `go.mod`: `github.com/a/b`."}, []string{"Updated"}},
		"a package of npm":           {edited("web/package.json", `-    "left-pad": "^1.0.0",`, `+    "left-pad": "^1.3.0",`, `+    "@acme/ui": "workspace:*"`, `+  "version": "2.0.0",`, `+    "build": "tsc -p ."`), []string{"New dependencies in `web/package.json`: `@acme/ui`.", "Updated dependencies in `web/package.json`: `left-pad`."}, []string{"version", "build"}},
		"a crate":                    {edited("Cargo.toml", `-serde = "1.0"`, `+tokio = { version = "1", features = ["full"] }`, `+edition = "2024"`), []string{"New dependencies in `Cargo.toml`: `tokio`.", "Dropped dependencies in `Cargo.toml`: `serde`."}, []string{"edition"}},
		"a requirement":              {edited("requirements-dev.txt", "+pytest==8.0", "+# a comment"), []string{"`pytest`"}, []string{"comment"}},
		"a manifest we cannot read":  {edited("pom.xml", "+<version>1</version>"), []string{"Dependency manifests change: `pom.xml`."}, nil},
		"a Go function is gone":      {edited("shop/cart.go", "-func Total(p []int) int {", "-type cart struct{}"), []string{"seem to be gone: `Total`."}, []string{"cart`."}},
		"a method is otherwise":      {edited("shop/cart.go", "-func (c *Cart) Total() int {", "+func (c *Cart) Total() (int, error) {"), []string{"written otherwise: `Total`."}, []string{"gone"}},
		"an internal one is not":     {edited("internal/cart.go", "-func Total() {"), nil, []string{"Public"}},
		"a Python function":          {edited("shop/cart.py", "-def total(prices):", "-def _total(prices):"), []string{"gone: `total`."}, []string{"_total"}},
		"a TypeScript export":        {edited("src/cart.ts", "-export async function total(): Promise<number> {"), []string{"gone: `total`."}, nil},
		"a Rust function":            {edited("src/lib.rs", "-    pub fn total() -> u64 {"), []string{"gone: `total`."}, nil},
		"a Java method":              {edited("src/Cart.java", "-    public static int total(int[] prices) {"), []string{"gone: `total`."}, nil},
		"code without a test":        {edited("shop/cart.go", "+x := 1"), []string{"No test changes with 1 file of code."}, nil},
		"a test of JavaScript":       {edited("src/cart.test.ts", "-  it('adds prices', () => {"), []string{"Tests removed: `adds prices`."}, nil},
		"a test that only moved":     {edited("cart_test.go", "-func TestA(t *testing.T) {", "+func TestA(t *testing.T) {"), nil, []string{"removed"}},
		"a test file that is gone":   {change.File{Path: "cart_test.go", Status: change.Removed}, []string{"Tests removed: `cart_test.go`."}, nil},
		"a file without its patch":   {change.File{Path: "a.go", Status: change.Modified, Withheld: true, Additions: 9}, []string{"the source shows no patch: `a.go`."}, nil},
		"documentation alone":        {edited("docs/a.md", "+text"), nil, []string{"test"}},
		"a workflow that was moved":  {change.File{Path: "ci.yml", OldPath: ".github/workflows/ci.yml", Status: change.Renamed}, []string{"Workflows, which run"}, nil},
		"a migration":                {edited("db/migrate/1_x.rb", "+x"), []string{"Database migrations: `db/migrate/1_x.rb`."}, nil},
		"no more names than a few":   {edited("cart_test.go", manyTests(20)...), []string{"and 12 more."}, nil},
		"a lock file says nothing":   {edited("go.sum", "+x"), nil, []string{"go.sum"}},
		"only a mode was changed":    {change.File{Path: "a.sh", Status: change.Modified, OldMode: "100644", NewMode: "100755"}, nil, []string{"No test"}},
		"a binary is shown as such":  {change.File{Path: "a.bin", Status: change.Added, Binary: true, Withheld: true}, nil, []string{"no patch"}},
		"authentication by a folder": {edited("internal/auth/token.go", "+x"), []string{"about authentication and access: `internal/auth/token.go`."}, nil},
		"authentication by a name":   {edited("web/userLogin.tsx", "+x"), []string{"access: `web/userLogin.tsx`."}, []string{"payments"}},
		"payments":                   {edited("shop/billing/run.py", "+x"), []string{"about payments: `shop/billing/run.py`."}, []string{"access"}},
		"payments that were moved":   {change.File{Path: "a.go", OldPath: "payments/a.go", Status: change.Renamed}, []string{"about payments: `a.go`."}, nil},
		"words that only begin so":   {edited("author/payload.go", "+x"), nil, []string{"By their paths"}},
		"a page about a login":       {edited("docs/login.md", "+x"), nil, []string{"By their paths"}},
		"a manifest that is deleted": {change.File{Path: "go.mod", Status: change.Removed}, nil, []string{"ependencies"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := strings.Join(notable(Input{Change: change.Change{Files: []change.File{test.file}}}), "\n")
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in %q", want, got)
				}
			}
			for _, not := range test.not {
				if strings.Contains(got, not) {
					t.Errorf("%q in %q", not, got)
				}
			}
		})
	}
}

func manyTests(n int) []string {
	var lines []string
	for i := range n {
		lines = append(lines, fmt.Sprintf("-func Test%d(t *testing.T) {", i))
	}
	return lines
}

func TestFilesHaveAKind(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]fileKind{
		"cmd/main.go": kindCode, "a_test.go": kindTest, "src/a.spec.ts": kindTest, "tests/a.py": kindTest, "test_a.py": kindTest,
		"docs/a.md": kindDocs, "README.md": kindDocs, "LICENSE": kindDocs, "docs/a.go": kindCode, "conf/a.yaml": kindConfig, "Dockerfile": kindConfig,
		".editorconfig": kindConfig, "go.mod": kindManifest, "web/package.json": kindManifest, "go.sum": kindLock, "a/Cargo.lock": kindLock,
		"db/migrations/1.sql": kindMigration, ".github/workflows/ci.yml": kindWorkflow, "logo.png": kindAsset, "latest/a.go": kindCode, "contest.go": kindCode,
	} {
		if got := kindOf(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

func TestWhatIsAnnouncedAsBreakingIsToLookAt(t *testing.T) {
	t.Parallel()
	file := []change.File{edited("a.go", "+x")}
	for name, test := range map[string]struct {
		in   Input
		want string
	}{
		"a commit":            {Input{Change: change.Change{Files: file, Commits: commits("feat(api)!: drop v1 (#3)")}}, "- Announced as breaking: feat(api)!: drop v1 (#3, 0000001).\n"},
		"two":                 {Input{Change: change.Change{Files: file, Commits: commits("feat!: a", "fix: b\n\nBREAKING CHANGE: c")}}, "- Announced as breaking: feat!: a (0000001); fix: b (0000002).\n"},
		"the title alone":     {Input{Title: "feat!: drop v1", Change: change.Change{Files: file, Commits: commits("wip")}}, "- Announced as breaking: feat!: drop v1.\n"},
		"a merge of GitHub":   {Input{Change: change.Change{Files: file, Commits: commits("Merge pull request #7 from a/b\n\nfeat!: drop v1")}}, "- Announced as breaking: feat!: drop v1 (#7, 0000001).\n"},
		"more than a few":     {Input{Change: change.Change{Files: file, Commits: commits("a!: 1", "feat!: 1", "feat!: 2", "feat!: 3", "feat!: 4", "feat!: 5", "feat!: 6", "feat!: 7")}}, "; 2 more.\n"},
		"what was taken back": {Input{Change: change.Change{Files: file, Commits: commits("feat!: a", "revert: feat!: a")}}, ""},
	} {
		out, err := localSummary(test.in)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(out.Markdown, "Announced as breaking"); got != (test.want != "") || !strings.Contains(out.Markdown, test.want) {
			t.Errorf("%s:\n%s", name, out.Markdown)
		}
	}
}

func TestThingsAreCountedInGoodGrammar(t *testing.T) {
	t.Parallel()
	in := Input{Change: change.Change{
		Files: []change.File{
			{Path: "go.sum", Status: change.Modified, Additions: 1},
			{Path: "a_test.go", Status: change.Added, Additions: 1},
			{Path: "migrations/1.sql", Status: change.Added, Additions: 1},
			{Path: "tool", Status: change.Added, Binary: true, Withheld: true},
		},
		Commits: commits("feat: a", "Merge branch 'main'", "fixup! feat: a", "squash! feat: a", "chore: x", "wip"),
	}}
	out, err := localSummary(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"By kind: 1 test file, 1 lock file, 1 migration and 1 binary.", "- Not listed: 1 merge, 2 fixups.\n"} {
		if !strings.Contains(out.Markdown, want) {
			t.Errorf("no %q in\n%s", want, out.Markdown)
		}
	}
	if strings.Contains(out.Markdown, "of code") {
		t.Errorf("a binary counts as code:\n%s", out.Markdown)
	}
	if out, err = localChangelog(in); err != nil || !strings.Contains(out.Markdown, "*Not listed: 1 merge, 2 fixups, 2 upkeep commits.*") {
		t.Errorf("%v\n%s", err, out.Markdown)
	}
}

func TestALargeChangeStaysReadable(t *testing.T) {
	t.Parallel()
	in := Input{}
	for i := range 3000 {
		in.Change.Files = append(in.Change.Files, edited(fmt.Sprintf("internal/p%d/f%d.go", i%40, i), "+x"))
	}
	in.Change.Commits = commits(manyTests(100)...)
	out, err := localSummary(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"3000 files changed", "… and 28 areas more", "… and 70 more", "… and 80 more"} {
		if !strings.Contains(out.Markdown, want) {
			t.Errorf("no %q", want)
		}
	}
	if len(out.Markdown) > 20_000 {
		t.Errorf("%d bytes", len(out.Markdown))
	}
}

func TestAChangeOfNoFiles(t *testing.T) {
	t.Parallel()
	if out, err := localSummary(Input{}); err != nil || !strings.Contains(out.Markdown, "no files") {
		t.Errorf("%q, %v", out.Markdown, err)
	}
	if out, err := localSummary(Input{Change: change.Change{Incomplete: []string{"no file came"}}}); err == nil {
		t.Errorf("nothing was read, and it says %q", out.Markdown)
	}
}

// The order in which the platform lists files changes nothing.
func TestTheOrderOfFilesDoesNotMatter(t *testing.T) {
	t.Parallel()
	in := shop(t)
	forward, err := localSummary(in)
	if err != nil {
		t.Fatal(err)
	}
	in.Change.Files = slices.Clone(in.Change.Files)
	slices.Reverse(in.Change.Files)
	backward, err := localSummary(in)
	if err != nil {
		t.Fatal(err)
	}
	if forward.Markdown != backward.Markdown {
		t.Errorf("forward:\n%s\nbackward:\n%s", forward.Markdown, backward.Markdown)
	}
}

func TestMoreFailuresThanAPageHolds(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	for i := range 150 {
		fmt.Fprintf(&log, "--- FAIL: Test%03d (0.00s)\n    a_test.go:%d: got %d\n", i, i+1, i)
	}
	log.WriteString("FAIL\nFAIL\tx\t0.1s\n")
	in := Input{Log: []byte(log.String())}
	out, err := localFailures(in)
	if err != nil || !strings.Contains(out.Markdown, "**150 failures**") || !strings.Contains(out.Markdown, "- … and 50 more") {
		t.Errorf("%v\n%s", err, out.Markdown)
	}
	a := failureAnswer{Overview: "All failed."}
	for i := range maxNamed {
		a.Failures = append(a.Failures, failureRow{Name: fmt.Sprintf("Test%03d", i), FirstError: fmt.Sprintf("got %d", i)})
	}
	out, problems := verifyFailures(in, toJSON(t, a))
	expect(t, out, problems)
	if !strings.Contains(out.Markdown, "The log has 50 failing tests more") || !strings.Contains(out.Markdown, "`Test149`") {
		t.Error("what the answer may leave out is not told from the log")
	}
	a.Failures = a.Failures[1:]
	out, problems = verifyFailures(in, toJSON(t, a))
	expect(t, out, problems, "leaving-out")
}
