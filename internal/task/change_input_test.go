package task

import (
	"bytes"
	"os"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
)

// shop is a change as it comes: several kinds of commits, several of files.
func shop(t testing.TB) Input {
	t.Helper()
	diff, err := os.ReadFile("testdata/change/shop.diff")
	if err != nil {
		t.Fatal(err)
	}
	files, err := change.Parse(bytes.NewReader(diff))
	if err != nil {
		t.Fatal(err)
	}
	return Input{
		Change: change.Change{Base: "main", Head: "feature", Files: files, Commits: []change.Commit{
			{SHA: "1a2b3c4d5e6f708192a3b4c5d6e7f80912a3b4c5", Subject: "feat(client): retry failed requests three times (#41)", Parents: 1},
			{SHA: "2b3c4d5e6f708192a3b4c5d6e7f80912a3b4c5d6", Subject: "feat(client)!: take timeouts as durations", Body: "Whole seconds were too coarse.\n\nBREAKING CHANGE: `Client.Timeout` is a `time.Duration`; write `30 * time.Second`\nwhere it was `30`.\nSigned-off-by: A <a@example.com>", Parents: 1},
			{SHA: "3c4d5e6f708192a3b4c5d6e7f80912a3b4c5d6e7", Subject: "fix: round totals in cents (#42)", Parents: 1},
			{SHA: "4d5e6f708192a3b4c5d6e7f80912a3b4c5d6e7f8", Subject: "fixup! fix: round totals in cents", Parents: 1},
			{SHA: "5e6f708192a3b4c5d6e7f80912a3b4c5d6e7f809", Subject: "Merge branch 'main' into feature", Parents: 2},
			{SHA: "6f708192a3b4c5d6e7f80912a3b4c5d6e7f80912", Subject: "feat: guess the currency", Parents: 1},
			{SHA: "708192a3b4c5d6e7f80912a3b4c5d6e7f80912a3", Subject: `Revert "feat: guess the currency"`, Body: "This reverts commit 6f708192a3b4c5d6e7f80912a3b4c5d6e7f80912.", Parents: 1},
			{SHA: "8192a3b4c5d6e7f80912a3b4c5d6e7f80912a3b4", Subject: "Remove the `Legacy` function", Parents: 1},
			{SHA: "92a3b4c5d6e7f80912a3b4c5d6e7f80912a3b4c5", Subject: "chore(deps): update uuid to 1.6.0", Parents: 1},
			{SHA: "a3b4c5d6e7f80912a3b4c5d6e7f80912a3b4c5d6", Subject: "ci: check out with v5", Parents: 1},
			{SHA: "b4c5d6e7f80912a3b4c5d6e7f80912a3b4c5d6e7", Subject: "docs: say that the client retries", Parents: 1},
			{SHA: "c5d6e7f80912a3b4c5d6e7f80912a3b4c5d6e7f8", Subject: "fix: round totals in cents", Parents: 1},
			{SHA: "d6e7f80912a3b4c5d6e7f80912a3b4c5d6e7f809", Subject: "parser: accept | in names @everyone <img src=x>", Parents: 1},
			{SHA: "e7f80912a3b4c5d6e7f80912a3b4c5d6e7f8091a", Subject: "Fix CVE-2026-12345 in the redirect check", Parents: 1},
		}},
		Title: "Retries and durations", Body: "Makes the client patient.", Repository: "example/shop", PullNumber: 40, Today: "2026-11-24",
	}
}

func TestLocalFormsOfAChange(t *testing.T) {
	t.Parallel()
	in := shop(t)
	diffOnly := in
	diffOnly.Change.Commits, diffOnly.Title, diffOnly.Body, diffOnly.PullNumber = nil, "", "", 0
	titled := diffOnly
	titled.Title, titled.PullNumber = "feat!: retry failed requests", 40
	upkeep := in
	upkeep.Change.Commits = in.Change.Commits[8:11]
	upkeep.Title = "Housekeeping"
	cut := in
	cut.Change.Incomplete = []string{"the platform gave 300 of 512 files"}
	for name, in := range map[string]Input{"shop": in, "diff_only": diffOnly, "titled": titled, "upkeep": upkeep, "incomplete": cut} {
		for _, id := range []string{"changelog", "pr-summary"} {
			task, _ := Find(id)
			first, err := task.Local(in)
			if err != nil {
				t.Fatal(err)
			}
			second, err := task.Local(in)
			if err != nil || first.Markdown != second.Markdown {
				t.Errorf("%s of %s differs from one run to the next", id, name)
			}
			golden(t, id+"/"+name+".md", []byte(first.Markdown))
		}
	}
}
