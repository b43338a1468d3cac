package change

import (
	"strings"
	"testing"
)

func TestDigestIgnoresCommits(t *testing.T) {
	t.Parallel()
	files := []File{sample(t)}
	a := Digest(Change{Base: "1", Head: "2", Files: files, Commits: []Commit{{SHA: "2", Subject: "one"}}})
	b := Digest(Change{Base: "3", Head: "4", Files: files})
	if a != b || len(a) != 64 {
		t.Errorf("got %s and %s", a, b)
	}
}

func TestDigestNoticesEverythingThatAFileHolds(t *testing.T) {
	t.Parallel()
	edits := map[string]func(*Change){
		"nothing":     func(*Change) {},
		"path":        func(c *Change) { c.Files[0].Path = "y" },
		"old path":    func(c *Change) { c.Files[0].OldPath = "y" },
		"status":      func(c *Change) { c.Files[0].Status = Renamed },
		"old mode":    func(c *Change) { c.Files[0].OldMode = "100644" },
		"new mode":    func(c *Change) { c.Files[0].NewMode = "100644" },
		"binary":      func(c *Change) { c.Files[0].Binary = true },
		"withheld":    func(c *Change) { c.Files[0].Withheld = true },
		"additions":   func(c *Change) { c.Files[0].Additions++ },
		"deletions":   func(c *Change) { c.Files[0].Deletions++ },
		"position":    func(c *Change) { c.Files[0].Hunks[0].NewStart++ },
		"text":        func(c *Change) { c.Files[0].Hunks[0].Lines[0].Text = "z" },
		"operator":    func(c *Change) { c.Files[0].Hunks[0].Lines[0].Op = Add },
		"carriage":    func(c *Change) { c.Files[0].Hunks[0].Lines[0].CR = true },
		"end of file": func(c *Change) { c.Files[0].Hunks[1].Lines[1].NoEOL = true },
		"a line less": func(c *Change) { c.Files[0].Hunks[1].Lines = c.Files[0].Hunks[1].Lines[:1] },
		"a hunk less": func(c *Change) { c.Files[0].Hunks = c.Files[0].Hunks[:1] },
		"a file more": func(c *Change) { c.Files = append(c.Files, File{}) },
		"incomplete":  func(c *Change) { c.Incomplete = []string{"cut"} },
	}
	seen := map[string]string{}
	for name, edit := range edits {
		c := Change{Files: []File{sample(t)}}
		edit(&c)
		d := Digest(c)
		if other, ok := seen[d]; ok {
			t.Errorf("%s and %s have the same digest", name, other)
		}
		seen[d] = name
	}
}

func TestDigestKeepsNeighboursApart(t *testing.T) {
	t.Parallel()
	a := Digest(Change{Files: []File{{Path: "ab", OldPath: "c"}}})
	b := Digest(Change{Files: []File{{Path: "a", OldPath: "bc"}}})
	if a == b || strings.ToLower(a) != a {
		t.Errorf("got %s and %s", a, b)
	}
}
