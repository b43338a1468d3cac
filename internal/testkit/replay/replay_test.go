package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/provider"
)

func TestCommitsAreGroupedIntoPushes(t *testing.T) {
	const hour = 3600
	for name, tt := range map[string]struct {
		commits []commit
		want    []push
	}{
		"one sitting is one push": {
			[]commit{{"a", 1, 0, 0}, {"b", 1, 600, 600}},
			[]push{{kind: opened, head: "b"}},
		},
		"an hour later is another": {
			[]commit{{"a", 1, 0, 0}, {"b", 1, hour, hour}},
			[]push{{kind: opened, head: "a"}, {kind: pushed, head: "b"}},
		},
		"the base merged in stands alone": {
			[]commit{{"a", 1, 0, 0}, {"m", 2, 60, 60}, {"b", 1, 120, 120}},
			[]push{{kind: opened, head: "a"}, {kind: updated, head: "m"}, {kind: pushed, head: "b"}},
		},
		"commits made again together long after were rebased": {
			[]commit{{"a", 1, 0, 9 * hour}, {"b", 1, 2 * hour, 9*hour + 1}},
			[]push{{kind: opened, head: "a"}, {kind: pushed, head: "b"}, {kind: rebased, head: "b"}},
		},
		"one late commit proves no rebase": {
			[]commit{{"a", 1, 0, 9 * hour}},
			[]push{{kind: opened, head: "a"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, moments(tt.commits), cmp.AllowUnexported(push{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheFakeModelBillsWhatItIsSent(t *testing.T) {
	m := model{kept: map[string]bool{}}
	req := provider.Request{Model: "claude-opus-5-5", System: strings.Repeat("s", 35), Prompt: strings.Repeat("p", 7000), SharedPrefix: 3500}
	first, second := m.input(req), m.input(req)
	if diff := cmp.Diff(money.Usage{Known: true, InputTokens: 1000, CacheCreationInputTokens: 1011}, first); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(money.Usage{Known: true, InputTokens: 1000, CacheReadInputTokens: 1011}, second); diff != "" {
		t.Error(diff)
	}
	short, other := req, req
	short.SharedPrefix, other.Model = 350, "claude-haiku-5-5"
	for name, r := range map[string]provider.Request{"a beginning that is too short": short, "a model that keeps longer ones alone": other} {
		m.input(r)
		if got := m.input(r); got.InputTokens != 2011 || got.CacheReadInputTokens+got.CacheCreationInputTokens != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	m.kept = nil
	if got := m.input(req); got.InputTokens != 2011 || got.CacheReadInputTokens+got.CacheCreationInputTokens != 0 {
		t.Errorf("where nothing is kept: %+v", got)
	}
}

// Of two beginnings the longer one that is there is read, and the rest up to
// the last mark is written.
func TestTheFakeModelKeepsTwoBeginnings(t *testing.T) {
	outer := provider.Request{Model: "claude-opus-5-5", Prompt: strings.Repeat("p", 7000), SharedPrefix: 6650, InnerPrefix: 3150}
	inner := outer
	inner.Prompt, inner.SharedPrefix, inner.InnerPrefix = strings.Repeat("p", 3150)+strings.Repeat("q", 3850), 3150, 0
	for name, c := range map[string]struct {
		sent []provider.Request
		want money.Usage // of the last
	}{
		"the longer one again":             {[]provider.Request{outer, outer}, money.Usage{Known: true, InputTokens: 100, CacheReadInputTokens: 1901}},
		"the shorter one after the longer": {[]provider.Request{outer, inner}, money.Usage{Known: true, InputTokens: 1100, CacheReadInputTokens: 901}},
		"the longer one after the shorter": {[]provider.Request{inner, outer}, money.Usage{Known: true, InputTokens: 100, CacheReadInputTokens: 901, CacheCreationInputTokens: 1000}},
	} {
		m := model{kept: map[string]bool{}}
		var got money.Usage
		for _, r := range c.sent {
			got = m.input(r)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestTheShareOfRefusalsIsThatAskedFor(t *testing.T) {
	n := 0
	for i := range 10000 {
		if chance(25, strings.Repeat("x", i%97)+string(rune('a'+i%26))+strings.Repeat("y", i/97)) {
			n++
		}
	}
	if n < 2300 || n > 2700 || chance(0, "a") || !chance(100, "a") {
		t.Errorf("%d of 10,000 at 25 %%", n)
	}
}

// clone makes a repository with one pull request of two pushes, the base
// merged into it, and one of a single commit.
func clone(t *testing.T) string {
	folder := t.TempDir()
	dir := filepath.Join(folder, "widgets")
	script := `set -e
git init -q -b main "$1" && cd "$1"
say() { GIT_AUTHOR_DATE="$1 +0000" GIT_COMMITTER_DATE="$1 +0000" git commit -qm "$2"; }
printf 'package a\n' > a.go && printf '# Widgets\n' > README.md && git add . && say 1000000000 'chore: begin'
git switch -qc topic && printf 'package a\n\nfunc Date() {}\n' > a.go && git add . && say 1000000100 'feat: read dates'
git switch -q main && printf 'package b\n' > b.go && git add . && say 1000003000 'feat: b'
git switch -q topic && GIT_AUTHOR_DATE='1000004000 +0000' GIT_COMMITTER_DATE='1000004000 +0000' git merge -q -m 'Merge main' main
printf 'package a\n\n// Date reads.\nfunc Date() {}\n' > a.go && git add . && say 1000010000 'docs: say what it does'
git update-ref refs/pull/1/head topic
git switch -qc other main && printf '# Widgets\n\nMore.\n' > README.md && git add . && say 1000005000 'docs: more'
git update-ref refs/pull/2/head other && git switch -q main`
	cmd := exec.Command("sh", "-c", script, "sh", dir)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return folder
}

func TestPullRequestsAreRebuiltAndReplayed(t *testing.T) {
	folder := clone(t)
	var out, problems strings.Builder
	if err := run(t.Context(), []string{"-mirrors", folder, "-repos", "acme/widgets", "-pulls", "2"}, &out, &problems); err != nil {
		t.Fatalf("%v\n%s", err, problems.String())
	}
	for _, want := range []string{"2 pull requests of 1 clones, 2 opened, 1 pushed, 1 updated, 0 rebased", "routed, with reuse", "50 % refused"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the page has no %q:\n%s", want, out.String())
		}
	}
	if err := run(t.Context(), []string{"-mirrors", folder, "-repos", "acme/gadgets"}, &out, &problems); err == nil {
		t.Error("a clone that is not there was replayed")
	}
}
