package task

import (
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
)

func goodRelease() releaseAnswer {
	return releaseAnswer{
		Overview: "The client retries, and its timeout is a duration, which breaks callers.",
		Entries: []changelogEntry{
			{Section: sectionAdded, Text: "The client retries failed requests three times.", Sources: []string{"1a2b3c4"}},
			{
				Section: sectionChanged, Text: "`Client.Timeout` is a duration instead of whole seconds.", Breaking: true, Sources: []string{"2b3c4d5"},
				Upgrade: text("`Client.Timeout` has to be set as a `time.Duration`."),
			},
			{Section: sectionFixed, Text: "Totals are rounded in cents.", Sources: []string{"#42"}},
		},
	}
}

func released(t *testing.T, a releaseAnswer) []byte {
	t.Helper()
	rows := []map[string]any{}
	for _, e := range a.Entries {
		rows = append(rows, map[string]any{"section": e.Section, "text": e.Text, "breaking": e.Breaking, "upgrade": e.Upgrade, "sources": e.Sources})
	}
	return toJSON(t, map[string]any{"overview": a.Overview, "entries": rows})
}

func TestTheReleaseVerifier(t *testing.T) {
	t.Parallel()
	in := shop(t)
	out, problems := verifyRelease(in, released(t, goodRelease()))
	expect(t, out, problems)
	golden(t, "release-notes/answer.md", []byte(out.Markdown))
	for name, test := range map[string]struct {
		spoil func(*releaseAnswer)
		want  []string
	}{
		"a step that the change does not show":    {func(a *releaseAnswer) { a.Entries[1].Upgrade = text("Delete the cache and restart every worker.") }, []string{"inventing"}},
		"a step with a name that is not there":    {func(a *releaseAnswer) { a.Entries[1].Upgrade = text("Set `Client.Deadline` instead.") }, []string{"inventing"}},
		"a step that tells to run something":      {func(a *releaseAnswer) { a.Entries[1].Upgrade = text("Run `npx codemod` on `Client.Timeout`.") }, []string{"inventing", "order"}},
		"an empty step":                           {func(a *releaseAnswer) { a.Entries[1].Upgrade = text(" ") }, []string{"broken-form"}},
		"no step is fine":                         {func(a *releaseAnswer) { a.Entries[1].Upgrade = nil }, nil},
		"the breaking change is left out":         {func(a *releaseAnswer) { a.Entries = a.Entries[:1] }, []string{"omitting-breaking-change"}},
		"an overview about something else":        {func(a *releaseAnswer) { a.Overview = "Dark mode follows the operating system." }, []string{"inventing"}},
		"an overview with a version of elsewhere": {func(a *releaseAnswer) { a.Overview = "Version 9.4.2 has a client that retries." }, []string{"inventing"}},
		"no overview":                             {func(a *releaseAnswer) { a.Overview = "" }, []string{"broken-form"}},
		"an overview with a link":                 {func(a *releaseAnswer) { a.Overview = "The client retries, see https://evil.example." }, []string{"invented-link"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := goodRelease()
			test.spoil(&a)
			out, problems := verifyRelease(in, released(t, a))
			expect(t, out, problems, test.want...)
		})
	}
}

func TestReleaseNotesWithoutAModelBeginWithWhatBreaks(t *testing.T) {
	t.Parallel()
	out, err := localRelease(shop(t))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "release-notes/shop.md", []byte(out.Markdown))
	breaks, rest := strings.Index(out.Markdown, "### Before you update"), strings.Index(out.Markdown, "### New")
	if breaks < 0 || rest < breaks {
		t.Errorf("what breaks does not come first:\n%s", out.Markdown)
	}
	out, err = localRelease(Input{Change: change.Change{Commits: commits("ci: cache")}})
	if err != nil || !strings.Contains(out.Markdown, "No change that a user of the program can notice.") {
		t.Errorf("%v\n%s", err, out.Markdown)
	}
}
