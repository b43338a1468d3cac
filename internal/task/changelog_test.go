package task

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/change"
)

func TestSubjectsFindTheirSection(t *testing.T) {
	t.Parallel()
	for subject, want := range map[string]section{
		"feat: x":                           sectionAdded,
		"Feat(ui): x":                       sectionAdded,
		"fix: x":                            sectionFixed,
		"hotfix: x":                         sectionFixed,
		"perf(db): x":                       sectionChanged,
		"refactor: x":                       sectionChanged,
		"deprecate: the old client":         sectionDeprecated,
		"remove: the old client":            sectionRemoved,
		"security: check the digest":        sectionSecurity,
		"fix(security): check it":           sectionSecurity,
		"fix: CVE-2026-1234 in the parser":  sectionSecurity,
		"Add a retry":                       sectionAdded,
		"Support Windows":                   sectionAdded,
		"Fixes #12: crash on start":         sectionFixed,
		"Prevent a double free":             sectionFixed,
		"Drop Go 1.20":                      sectionRemoved,
		"Deprecate Legacy()":                sectionDeprecated,
		"Rename Client to Shop":             sectionChanged,
		"net/http: speed up the parser":     sectionChanged,
		"Fix a vulnerability in redirects":  sectionSecurity,
		"docs!: drop the old format":        sectionRemoved,
		"chore(api)!: change the default":   sectionChanged,
		"docs: say more":                    "",
		"chore(deps): update x":             "",
		"ci: cache":                         "",
		"test: more":                        "",
		"style: gofmt":                      "",
		"build: new base image":             "",
		"wip":                               "",
		"WIP: try it":                       "",
		"Fix typo in README":                "",
		"Fix lint":                          "",
		"v1.2.3":                            "",
		"Release v1.2.3":                    "",
		"Update changelog":                  "",
		"address review comments":           "",
		"Add tests for the parser":          "",
		"Fixed the flaky clock of the till": sectionFixed,
		"Format prices with two digits":     sectionChanged, "Format code": "",
	} {
		if got := parseCommit(change.Commit{Subject: subject}).place(); got != want {
			t.Errorf("%q: %q, want %q", subject, got, want)
		}
	}
}

func TestBreakingChangesAreSeen(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		subject, body string
		breaking      bool
		text          string
	}{
		"a mark":                   {"feat!: x", "", true, ""},
		"a mark after a scope":     {"fix(a/b)!: x", "", true, ""},
		"a footer":                 {"feat: x", "Why.\n\nBREAKING CHANGE: the default is\n  now 3\nReviewed-by: A", true, "the default is now 3"},
		"a footer with a hyphen":   {"x", "BREAKING-CHANGE: y", true, "y"},
		"a footer with CRLF":       {"x", "a\r\n\r\nBREAKING CHANGE: y\r\n", true, "y"},
		"a template's empty no":    {"x", "BREAKING CHANGE: none", false, ""},
		"a template's no":          {"x", "BREAKING CHANGE: _No_.", false, ""},
		"the words in a sentence":  {"x", "This is no BREAKING CHANGE: it is not", false, ""},
		"lower case is no footer":  {"x", "breaking change: y", false, ""},
		"a mark without the colon": {"feat! x", "", false, ""},
		"an outcry":                {"Done!: really", "", false, ""},
	} {
		c := parseCommit(change.Commit{Subject: test.subject, Body: test.body})
		if c.Breaking != test.breaking || c.BreakText != test.text {
			t.Errorf("%s: %v %q", name, c.Breaking, c.BreakText)
		}
	}
}

func commits(subjects ...string) []change.Commit {
	var all []change.Commit
	for i, s := range subjects {
		subject, body, _ := strings.Cut(s, "\n\n")
		all = append(all, change.Commit{SHA: fmt.Sprintf("%07d%033d", i+1, 0), Subject: subject, Body: body, Parents: 1})
	}
	return all
}

func TestRevertsCancel(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		subjects []string
		want     []bool
	}{
		"by the id":                       {[]string{"feat: a", "Revert \"feat: a\"\n\nThis reverts commit 0000001000000000."}, []bool{false, false}},
		"by the subject":                  {[]string{"feat: a (#1)", "Revert \"feat: a (#1)\" (#2)"}, []bool{false, false}},
		"in the conventional way":         {[]string{"feat: a", "revert: feat: a"}, []bool{false, false}},
		"an id that a rebase has changed": {[]string{"feat: a", "Revert \"feat: a\"\n\nThis reverts commit deadbeefdeadbeef."}, []bool{false, false}},
		"a revert of a revert":            {[]string{"feat: a", "Revert \"feat: a\"", "Revert \"Revert \"feat: a\"\""}, []bool{true, false, false}},
		"of an older commit":              {[]string{"feat: b", "Revert \"feat: a\""}, []bool{true, true}},
		"only what stood before":          {[]string{"Revert \"feat: a\"", "feat: a"}, []bool{true, true}},
		"the latest of two":               {[]string{"feat: a", "feat: a", "revert: feat: a"}, []bool{true, false, false}},
	} {
		if diff := cmp.Diff(test.want, cancel(parseCommits(commits(test.subjects...)))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestALocalChangelogReadsWell(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		in   Input
		want []string
		not  []string
	}{
		"a revert of something older is told": {
			Input{Change: change.Change{Commits: commits(`Revert "feat: a (#7)"`)}},
			[]string{"### Changed", `- Revert "feat: a" (0000001)`},
			nil,
		},
		"the same words are one line": {
			Input{Change: change.Change{Commits: commits("Fix a crash (#1)", "fix: Fix a crash. (#2)")}},
			[]string{"- Fix a crash (#1, #2, 0000001, 0000002)"},
			nil,
		},
		"a title stands in for commits that say nothing": {
			Input{Title: "feat: pay by card", PullNumber: 9, Change: change.Change{Commits: commits("wip", "wip")}},
			[]string{"- Pay by card (#9)", "Not listed: 2 upkeep commits."},
			nil,
		},
		"only documentation changes": {
			Input{Change: change.Change{Files: []change.File{{Path: "docs/a.md", Status: change.Modified}}, Commits: commits("Add a chapter on tea")}},
			[]string{"No change that a user of the program can notice."},
			[]string{"###"},
		},
		"only tests change, and it breaks all the same": {
			Input{Change: change.Change{Files: []change.File{{Path: "a_test.go", Status: change.Modified}}, Commits: commits("test!: drop the old fixture format")}},
			[]string{"- **Breaking:** Drop the old fixture format (0000001)"},
			nil,
		},
		"a merge of GitHub is its pull request": {
			Input{Change: change.Change{Commits: commits("wip", "Merge pull request #77 from example/card\n\nPay by card")}},
			[]string{"- Pay by card (#77, 0000002)", "*Not listed: 1 upkeep commit.*"},
			[]string{"merge"},
		},
		"unless a commit has its title": {
			Input{Change: change.Change{Commits: commits("feat: pay by card", "Merge pull request #77 from example/card\n\nPay by card.")}},
			[]string{"- Pay by card (0000001)", "*Not listed: 1 merge.*"},
			[]string{"#77"},
		},
		"unless a commit has its number": {
			Input{Change: change.Change{Commits: commits("feat: cards (#77)", "Merge pull request #77 from example/card\n\nPay by card")}},
			[]string{"- Cards (#77, 0000001)", "*Not listed: 1 merge.*"},
			[]string{"Pay by card"},
		},
		"a merge that breaks is told all the same": {
			Input{Change: change.Change{Commits: commits("feat: cards (#77)", "Merge pull request #77 from example/card\n\nfeat!: pay by card alone")}},
			[]string{"- **Breaking:** Pay by card alone (#77, 0000002)"},
			nil,
		},
		"a merge that was taken back": {
			Input{Change: change.Change{Commits: commits("Merge pull request #77 from example/card\n\nPay by card", "Revert \"Merge pull request #77 from example/card\"")}},
			[]string{"*Not listed: 2 commits taken back.*"},
			[]string{"###"},
		},
		"merges and fixups are counted": {
			Input{Today: "2026-11-24", Change: change.Change{Commits: commits("feat: a", "fixup! feat: a", "Merge branch 'main' into x")}},
			[]string{"## [Unreleased]\n", "*Not listed: 1 merge, 1 fixup.*"},
			[]string{"2026"},
		},
		"no commits and no files": {Input{}, []string{"## [Unreleased]\n", "No change that a user"}, []string{" - \n"}},
	} {
		out, err := localChangelog(test.in)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range test.want {
			if !strings.Contains(out.Markdown, want) {
				t.Errorf("%s: no %q in\n%s", name, want, out.Markdown)
			}
		}
		for _, not := range test.not {
			if strings.Contains(out.Markdown, not) {
				t.Errorf("%s: %q in\n%s", name, not, out.Markdown)
			}
		}
	}
}

// Whatever else a history holds, every breaking change that still stands has
// a line that says so, and the local form passes the model's verifier there.
func TestNoBreakingChangeIsEverLeftOut(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	kinds := []string{"feat", "fix", "docs", "chore", "ci", "test", "perf", "style", "build", "refactor"}
	for range 500 {
		var subjects []string
		for i := range 1 + r.IntN(12) {
			mark := ""
			if r.IntN(3) == 0 {
				mark = "!"
			}
			subjects = append(subjects, fmt.Sprintf("%s%s: change number %c", kinds[r.IntN(len(kinds))], mark, 'a'+i))
		}
		in := Input{Change: change.Change{Commits: commits(subjects...)}}
		out, err := localChangelog(in)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range subjects {
			line := fmt.Sprintf("- **Breaking:** Change number %c (%07d)", 'a'+i, i+1)
			if got := strings.Contains(out.Markdown, line); got != strings.Contains(s, "!") {
				t.Fatalf("%q is breaking: %v\n%s", s, got, out.Markdown)
			}
		}
	}
}

func TestHostileCommitsStayInTheirLine(t *testing.T) {
	t.Parallel()
	for _, subject := range []string{
		"feat: `a` | b\r\n## [1.0.0]", "feat: </details><script>", "feat: [x](https://evil.example)", "feat(\x1b[31m): x", "feat: ![x](y) @all fixes #1",
		"fix: `unbalanced", "fix: ``two`` of `them", strings.Repeat("Fix ", 10_000), "\xff\xfe", "feat: \u202ereversed", "feat: ::error::x",
	} {
		in := Input{Change: change.Change{Commits: []change.Commit{{SHA: "1234567890", Subject: subject, Parents: 1}}, Files: []change.File{{Path: subject + ".go", Status: change.Added, Additions: 1}}}}
		for _, id := range []string{"changelog", "pr-summary"} {
			task, _ := Find(id)
			out, err := task.Local(in)
			if err != nil {
				t.Fatal(err)
			}
			for _, bad := range []string{"\r", "\x1b", "\u202e", "@all", "<script>", "](https", "\n## [1"} {
				if strings.Contains(withoutCode(out.Markdown), bad) {
					t.Errorf("%s of %q holds %q:\n%s", id, subject, bad, out.Markdown)
				}
			}
			if len(out.Markdown) > 10_000 {
				t.Errorf("%s of %.20q has %d bytes", id, subject, len(out.Markdown))
			}
		}
	}
}

// withoutCode drops code spans and escaped characters, in which nothing acts,
// from our own output.
func withoutCode(markdown string) string {
	var b strings.Builder
	markdown = regexp.MustCompile(`\\[\\<>\[\]*_]`).ReplaceAllString(markdown, "")
	for line := range strings.Lines(markdown) {
		parts := strings.Split(line, "`")
		for i := 0; i < len(parts); i += 2 {
			b.WriteString(parts[i])
		}
	}
	return b.String()
}
