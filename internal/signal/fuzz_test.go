package signal

import (
	"testing"

	"github.com/tierwise/tierwise/internal/change"
)

// FuzzNames: no name, however it is spelled, stops a run, and what is said of
// a file by its name agrees with itself.
func FuzzNames(f *testing.F) {
	for _, name := range []string{
		"", ".", "/", "a/", "..java", ".java", "ȺȺȺȺȺȺ.java", "İİİİ.cs", "ẞTest.kt", "\xff\xfe.php", "Ⱥ/Ⱥ.Ⱥ", "K.swift", "ſrc/.gitignore", "V1__İ.sql", "Test", "TestȺ.java",
		"😀IT.groovy", "e\u0301Spec.scala", "a\x00.m", "\u202eTest.vb",
	} {
		f.Add(name, "", "*.java linguist-generated")
		f.Add("a.go", name, "** linguist-vendored")
	}
	f.Fuzz(func(t *testing.T, path, old, attributes string) {
		file, m := change.File{Path: path, OldPath: old}, marks(attributes)
		classes := Classes(file, m)
		if len(classes) == 0 || len(classes) > 3 || Classify(file, m) != classes[0] {
			t.Errorf("Classes = %q, Classify = %q", classes, Classify(file, m))
		}
		if c, ok := Marked(file, m); ok != (c == Generated || c == Vendored) {
			t.Errorf("Marked = %q, %v", c, ok)
		}
		if c, ok := Hinted(file); ok != (c == Generated || c == Vendored || c == LockFile) {
			t.Errorf("Hinted = %q, %v", c, ok)
		}
		in := of(file)
		in.Brief.Title = path
		if facts := Measure(in); facts.Files != 1 || len(facts.Hits) == 0 || len(RiskOrder(in.Change.Files, m, nil)) != 1 {
			t.Errorf("%+v", facts)
		}
	})
}
