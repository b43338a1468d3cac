package signal

import (
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
)

// lineCase is one block of changed lines in one file.
type lineCase struct{ name, path, diff string }

// hunkOf makes a change of one file of lines as a diff writes them.
func hunkOf(path, diff string) Input {
	f := change.File{Path: path, Status: change.Modified}
	h := change.Hunk{OldStart: 1, NewStart: 1}
	before, after := 1, 1
	for text := range strings.SplitSeq(diff, "\n") {
		l := change.Line{Op: change.Op(text[0]), Text: text[1:]}
		if l.Op != change.Add {
			l.OldLine = before
			before++
		}
		if l.Op != change.Delete {
			l.NewLine = after
			after++
		}
		h.Lines = append(h.Lines, l)
	}
	f.Hunks, f.Additions, f.Deletions = []change.Hunk{h}, after-1, before-1
	return of(f)
}

// checkLines runs dangers, of which each must fire, and look-alikes, of which
// none may.
func checkLines(t *testing.T, s Signal, dangers, alike []lineCase) {
	t.Helper()
	for _, c := range dangers {
		in := hunkOf(c.path, c.diff)
		if len(s.Hits(in)) == 0 {
			t.Errorf("%s: quiet on %s", s.ID, c.name)
		}
		if len(s.Hits(drowned(in))) == 0 {
			t.Errorf("%s: %s is drowned by more lines", s.ID, c.name)
		}
	}
	for _, c := range alike {
		if hits := s.Hits(hunkOf(c.path, c.diff)); len(hits) != 0 {
			t.Errorf("%s: %s fires %q", s.ID, c.name, hits[0].Text)
		}
	}
}

// drowned adds hunks before and behind that hold what might excuse a danger,
// and a file.
func drowned(in Input) Input {
	f := in.Change.Files[0]
	more := hunkOf(f.Path, strings.Join([]string{
		"+  expect(a).toBe(1)", "+USER app", "+egress {", "+  \"integrity\": \"sha512-abc\",", "+npm ci", "-  other", "+it('adds', () => {", "+@Test", "+def test_more():",
	}, "\n")).Change.Files[0].Hunks[0]
	f.Hunks = []change.Hunk{more, f.Hunks[0], more}
	return of(file("README.md"), f)
}

func dangerCases() map[string]examples {
	one := func(path, diff string) []Input { return []Input{hunkOf(path, diff)} }
	return map[string]examples{
		"access-widened":       {one("net/main.tf", "-  cidr_blocks = [\"10.1.0.0/16\"]\n+  cidr_blocks = [\"0.0.0.0/0\"]"), one("net/main.tf", "+  cidr_blocks = [\"10.1.0.0/16\"]")},
		"feature-flag":         {one("conf/app.yml", "-rollout_percentage: 5\n+rollout_percentage: 100"), one("conf/app.yml", "-percentage: 5\n+percentage: 6")},
		"new-dependency":       {one("web/package.json", "+    \"tiny-clock\": \"^1.3.0\","), one("web/package.json", "-    \"tiny-clock\": \"^1.3.0\",\n+    \"tiny-clock\": \"^1.4.0\",")},
		"new-public-interface": {one("ledger/open.ts", "+export function openLedger(path: string): Ledger {"), one("ledger/open.ts", "+function openLedger(path: string): Ledger {")},
		"permission":           {one(".github/workflows/a.yml", "+permissions:\n+  id-token: write"), one(".github/workflows/a.yml", "+name: build")},
		"public-interface":     {one("store/open.go", "-func Open(name string) error {\n+func Open(name string, mode Mode) error {"), one("store/open.go", "-func open(name string) error {\n+func open(name string, mode Mode) error {")},
		"schema-change":        {one("sql/a.sql", "+ALTER TABLE invoices DROP COLUMN due_at;"), one("src/a.go", "+	log.Print(\"we drop the table of contents\")")},
		"supply-chain":         {one(".github/workflows/a.yml", "-      - uses: octo/setup@8f4b7f84864484a7bf31766abe9204da3cbe65b3\n+      - uses: octo/setup@main"), one(".github/workflows/a.yml", "-      - uses: octo/setup@v3\n+      - uses: octo/setup@v4")},
		"weakened-test":        {one("cart.test.ts", "-  expect(total).toEqual(42)\n+  expect(total).toBeTruthy()"), one("cart.test.ts", "-  expect(total).toEqual(42)\n+  expect(total).toBe(43)")},
	}
}
