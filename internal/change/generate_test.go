package change

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// edit is one step of a random edit script.
type edit struct {
	op   Op
	text string
}

// hostileLines look like the parts of a diff that a careless reader trips on.
func hostileLines() []string {
	return []string{
		"", " ", "+", "-", "++ b/x", "-- a/x", "--- a/x", "+++ b/x", "diff --git a/q b/q", "@@ -1,3 +1,3 @@",
		`\ No newline at end of file`, "Binary files a/x and b/x differ", "GIT binary patch", "\x00", "\xff\xfe", "日本語",
		"a\rb", "trailing \r", "<html>", "index 000..111", "rename to x", "\x1b[31mred",
	}
}

func randomEdits(r *rand.Rand, n int) []edit {
	hostile := hostileLines()
	edits := make([]edit, n)
	for i := range edits {
		edits[i] = edit{[]Op{Context, Context, Context, Add, Delete}[r.IntN(5)], hostile[r.IntN(len(hostile))]}
		if r.IntN(3) == 0 {
			edits[i].text = fmt.Sprintf("line %d", r.IntN(100))
		}
	}
	return edits
}

// renderEdits writes the script as a patch with the given lines of context.
// It is written apart from the code under test, which it must not share.
func renderEdits(edits []edit, context int) string {
	keep := make([]bool, len(edits))
	for i, e := range edits {
		if e.op == Context {
			continue
		}
		for j := max(0, i-context); j <= min(len(edits)-1, i+context); j++ {
			keep[j] = true
		}
	}
	var b strings.Builder
	old, new := 1, 1
	for i := 0; i < len(edits); {
		if !keep[i] {
			old, new, i = old+1, new+1, i+1
			continue
		}
		var body strings.Builder
		oldLines, newLines := 0, 0
		for ; i < len(edits) && keep[i]; i++ {
			body.WriteString(string(edits[i].op) + edits[i].text + "\n")
			if edits[i].op != Add {
				oldLines++
			}
			if edits[i].op != Delete {
				newLines++
			}
		}
		fmt.Fprintf(&b, "@@ -%d,%d +%d,%d @@\n%s", start(old, oldLines), oldLines, start(new, newLines), newLines, body.String())
		old, new = old+oldLines, new+newLines
	}
	return b.String()
}

// start is the number of the line before, where a side has no lines.
func start(first, lines int) int {
	if lines == 0 {
		return first - 1
	}
	return first
}

func textsOf(edits []edit, op Op) []string {
	var texts []string
	for _, e := range edits {
		if e.op == op {
			texts = append(texts, e.text)
		}
	}
	return texts
}

func modified(path, hunks string) string {
	return "diff --git a/" + path + " b/" + path + "\nindex 1111111..2222222 100644\n--- a/" + path + "\n+++ b/" + path + "\n" + hunks
}

// quote writes a path as git does, for renderFiles.
func quote(path string) string {
	plain := true
	var b strings.Builder
	for i := range len(path) {
		switch c := path[i]; {
		case c == '"' || c == '\\':
			plain = false
			b.WriteString(`\` + string(rune(c)))
		case c < ' ' || c == 0x7f:
			plain = false
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			b.WriteByte(c)
		}
	}
	if plain {
		return path
	}
	return `"` + b.String() + `"`
}

// renderFiles writes rows as a whole diff again.
func renderFiles(files []File) string {
	var b strings.Builder
	for _, f := range files {
		renderFile(&b, f)
	}
	return b.String()
}

func renderFile(b *strings.Builder, f File) {
	old := f.Path
	if f.OldPath != "" {
		old = f.OldPath
	}
	fmt.Fprintf(b, "diff --git %s %s\n", quote("a/"+old), quote("b/"+f.Path))
	switch {
	case f.Status == Added && f.NewMode != "":
		fmt.Fprintf(b, "new file mode %s\n", f.NewMode)
	case f.Status == Removed && f.OldMode != "":
		fmt.Fprintf(b, "deleted file mode %s\n", f.OldMode)
	case f.OldMode != "":
		fmt.Fprintf(b, "old mode %s\nnew mode %s\n", f.OldMode, f.NewMode)
	}
	if f.Status == Renamed || f.Status == Copied {
		verb := map[Status]string{Renamed: "rename", Copied: "copy"}[f.Status]
		if !f.Withheld && len(f.Hunks) == 0 {
			b.WriteString("similarity index 100%\n")
		}
		fmt.Fprintf(b, "%s from %s\n%s to %s\n", verb, quote(f.OldPath), verb, quote(f.Path))
	}
	renderBody(b, f, old)
}

func renderBody(b *strings.Builder, f File, old string) {
	from, to := quote("a/"+old), quote("b/"+f.Path)
	switch f.Status {
	case Added:
		from = devNull
	case Removed:
		to = devNull
	}
	switch {
	case f.Binary:
		fmt.Fprintf(b, "Binary files %s and %s differ\n", from, to)
	case len(f.Hunks) > 0:
		fmt.Fprintf(b, "--- %s\n+++ %s\n%s", withTab(from), withTab(to), f.Patch())
	case f.Status == Added && !f.Withheld:
		b.WriteString("index 0000000..e69de29\n")
	case f.Status == Removed && !f.Withheld:
		b.WriteString("index e69de29..0000000\n")
	case f.Withheld:
		b.WriteString("index 1111111..1111111\n")
	}
}

func withTab(name string) string {
	if strings.Contains(name, " ") && !strings.HasPrefix(name, `"`) {
		return name + "\t"
	}
	return name
}
