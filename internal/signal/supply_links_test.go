package signal

import (
	"testing"

	"github.com/tierwise/tierwise/internal/change"
)

// oneLine is a file of one line without an end of line, which is what a link
// looks like where modes are not told.
func oneLine(path string, lines ...string) change.File {
	f := change.File{Path: path, Status: change.Modified}
	h := change.Hunk{OldStart: 1, NewStart: 1}
	for _, text := range lines {
		h.Lines = append(h.Lines, change.Line{Op: change.Op(text[0]), Text: text[1:], NewLine: 1, NoEOL: true})
	}
	f.Hunks = []change.Hunk{h}
	return f
}

func TestALinkThatLeadsElsewhere(t *testing.T) {
	t.Parallel()
	added := oneLine("CLAUDE.md", "+AGENTS.md")
	added.Status, added.NewMode = change.Added, "120000"
	became := oneLine("conf/app.yml", "+app.base.yml")
	became.OldMode, became.NewMode = "100644", "120000"
	removed := oneLine("conf/app.yml", "-../shared/app.yml")
	removed.Status, removed.OldMode = change.Removed, "120000"
	for _, c := range []struct {
		name string
		file change.File
		want bool
	}{
		{"a new link", added, true},
		{"a file that became a link", became, true},
		{"a link that was turned", oneLine("conf/app.yml", "-../shared/app.yml", "+../../etc/app.yml"), true},
		{"a new link where modes are not told", oneLine("docs/a.md", "+../../secrets/a.md"), true},
		{"a link that goes", removed, false},
		{"a version", oneLine(".nvmrc", "-lts/iron", "+lts/jod"), false},
		{"a plain word", oneLine("name", "-shop", "+store"), false},
		{"a sentence", oneLine("a.md", "-Read src/a.go.", "+Read src/b.go first."), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := len(supplyChain().Hits(of(c.file))) > 0; got != c.want {
				t.Errorf("it fires: %v, want %v", got, c.want)
			}
		})
	}
}
