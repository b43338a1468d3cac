package lint

import (
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestEveryPlaceIsReal runs all rules of policies on all cases, and wants each
// finding and each edit inside of the file.
func TestEveryPlaceIsReal(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(casesFolder, "*", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		parts := map[string]string{}
		for _, f := range archive.Files {
			parts[f.Name] = string(f.Data)
		}
		text, ok := parts["policy.yml"]
		if !ok {
			continue
		}
		for _, f := range CheckPolicy("policy.yml", []byte(text), worldOf(t, parts)).Findings {
			found++
			s := NewSource("policy.yml", []byte(text))
			line := s.Line(f.Line)
			if f.Line < 1 || f.Line > s.Lines() || f.Col < 1 || f.Col > len(line)+1 || f.End != 0 && (f.End <= f.Col || f.End > len(line)+1) {
				t.Errorf("%s: %s: %d is no place of the file", file, f, f.End)
			}
			for _, e := range f.Edits {
				if e.Start.Line != e.End.Line || e.Start.Col >= e.End.Col || e.End.Col > len(s.Line(e.End.Line))+1 {
					t.Errorf("%s: %s: edit %+v is no place of the file", file, f, e)
				}
			}
		}
	}
	if found < 500 {
		t.Errorf("only %d findings were looked at", found)
	}
}

// TestEditsMend applies the edits of each case and wants the rule to be quiet
// about what it mended.
func TestEditsMend(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(casesFolder, "*", "fires-*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	mended := 0
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		parts := map[string]string{}
		for _, f := range archive.Files {
			parts[f.Name] = string(f.Data)
		}
		text, ok := parts["policy.yml"]
		if !ok {
			continue
		}
		id := filepath.Base(filepath.Dir(file))
		w := worldOf(t, parts)
		before := onlyOf(CheckPolicy("policy.yml", []byte(text), w), id)
		fixed, edits := edited(text, before)
		if edits == 0 {
			continue
		}
		mended += edits
		if after := onlyOf(CheckPolicy("policy.yml", []byte(fixed), w), id); len(after) != len(before)-edits {
			t.Errorf("%s: %d findings, %d with edits, and %d are left:\n%s%v", file, len(before), edits, len(after), fixed, after)
		}
	}
	if mended < 10 {
		t.Errorf("only %d edits were tried", mended)
	}
}

// edited applies edits that stand on one line each, the last first.
func edited(text string, findings []Finding) (string, int) {
	n := 0
	for i := len(findings) - 1; i >= 0; i-- {
		for _, e := range findings[i].Edits {
			offset := 0
			for line, at := 1, 0; line < e.Start.Line; at++ {
				if text[at] == '\n' {
					line, offset = line+1, at+1
				}
			}
			text = text[:offset+e.Start.Col-1] + e.Text + text[offset+e.End.Col-1:]
			n++
		}
	}
	return text, n
}
