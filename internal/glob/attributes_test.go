package glob

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAttributes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text, path, attribute string
		value                       string
		set                         bool
	}{
		{"a bare name is true", "*.pb.go linguist-generated", "a/x.pb.go", "linguist-generated", "true", true},
		{"a written value", "*.pb.go linguist-generated=true", "x.pb.go", "linguist-generated", "true", true},
		{"a minus is false", "*.go -linguist-generated", "x.go", "linguist-generated", "false", true},
		{"the last match wins", "*.go x=1\n*.go x=2", "a.go", "x", "2", true},
		{"a later line about something else changes nothing", "*.go x=1\n*.go y=2", "a.go", "x", "1", true},
		{"taking back", "*.go x=1\na.go !x", "a.go", "x", "", false},
		{"no line", "*.go x", "a.md", "x", "", false},
		{"a folder with everything in it", "vendor/** linguist-vendored", "vendor/a/b.go", "linguist-vendored", "true", true},
		{"a folder pattern matches no file", "vendor/ linguist-vendored", "vendor/a.go", "linguist-vendored", "", false},
		{"a leading slash binds to the root", "/a.go x", "b/a.go", "x", "", false},
		{"a slash inside binds to the root", "b/a.go x", "c/b/a.go", "x", "", false},
		{"two stars in the middle take nothing too", "a/**/z x", "a/z", "x", "true", true},
		{"a quoted pattern with a blank", `"a b.go" x`, "a b.go", "x", "true", true},
		{"a quoted pattern with octal digits", `"\303\244.go" x`, "ä.go", "x", "true", true},
		{"binary is a macro", "*.png binary", "a.png", "diff", "false", true},
		{"a written binary is not", "*.png binary=true", "a.png", "diff", "", false},
		{"a macro of one's own", "[attr]made linguist-generated -diff\n*.x made", "a.x", "linguist-generated", "true", true},
		{"a comment", "# *.go x", "a.go", "x", "", false},
		{"a negated pattern is ignored", "!*.go x", "a.go", "x", "", false},
		{"a bad name spoils its line", "*.go x y+z", "a.go", "x", "", false},
		{"carriage returns are blanks", "*.go x\r\n*.md y\r\n", "a.go", "x", "true", true},
		{"a class", "[a-c]?.go x", "bz.go", "x", "true", true},
		{"an inverted class", "[!a-c].go x", "b.go", "x", "", false},
		{"a broken class matches nothing", "[a-c.go x", "[a-c.go", "x", "", false},
		{"an overlong line is ignored", "*.go x " + strings.Repeat("y ", 1024), "a.go", "x", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			value, set := ParseAttributes(tt.text).Value(tt.path, tt.attribute)
			if value != tt.value || set != tt.set {
				t.Errorf("Value(%q, %q) = %q, %v, want %q, %v", tt.path, tt.attribute, value, set, tt.value, tt.set)
			}
		})
	}
}

// TestAttributesAgreeWithGit asks git itself about generated files.
func TestAttributesAgreeWithGit(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not here to ask")
	}
	repository := t.TempDir()
	ask(t, repository, "init", "-q")
	random := rand.New(rand.NewPCG(3, 4))
	said := 0
	for range 150 {
		text := attributesText(random)
		if err := os.WriteFile(filepath.Join(repository, ".gitattributes"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		paths := make([]string, 40)
		for i := range paths {
			paths[i] = attributesPath(random)
		}
		want := gitSays(t, repository, paths)
		got := weSay(ParseAttributes(text), paths)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("with .gitattributes\n%s\n(-git +ours):\n%s", text, diff)
		}
		said += strings.Count(strings.Join(want, "\n"), ": true")
	}
	if said < 500 {
		t.Errorf("git said something only %d times: the generator is too thin", said)
	}
}

func attributeNames() []string { return []string{"x", "y", "text", "diff", "binary"} }

func weSay(a Attributes, paths []string) []string {
	var lines []string
	for _, path := range paths {
		for _, name := range attributeNames() {
			value, set := a.Value(path, name)
			if !set {
				value = "unspecified"
			}
			lines = append(lines, fmt.Sprintf("%s %s: %s", path, name, value))
		}
	}
	return lines
}

func gitSays(t *testing.T, repository string, paths []string) []string {
	t.Helper()
	out := ask(t, repository, append(append([]string{"check-attr", "-z"}, append(attributeNames(), "--")...), paths...)...)
	fields := strings.Split(strings.TrimSuffix(out, "\x00"), "\x00")
	var lines []string
	for i := 0; i+2 < len(fields); i += 3 {
		value := map[string]string{"set": "true", "unset": "false"}[fields[i+2]]
		if value == "" {
			value = fields[i+2]
		}
		lines = append(lines, fmt.Sprintf("%s %s: %s", fields[i], fields[i+1], value))
	}
	return lines
}

func ask(t *testing.T, folder string, args ...string) string {
	t.Helper()
	git := exec.CommandContext(t.Context(), "git", args...)
	git.Dir = folder
	git.Env = []string{"HOME=" + folder, "XDG_CONFIG_HOME=" + folder, "GIT_CONFIG_NOSYSTEM=1", "GIT_ATTR_NOSYSTEM=1", "PATH=" + os.Getenv("PATH")}
	var complaints bytes.Buffer
	git.Stderr = &complaints
	out, err := git.Output()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", args[0], err, &complaints)
	}
	return string(out)
}

func attributesText(random *rand.Rand) string {
	assignments := []string{"x", "-x", "!x", "x=1", "y", "y=a=b", "binary", "-binary", "binary=1", "text", "made", "bad+name", "-diff", "!made"}
	var b strings.Builder
	for range 1 + random.IntN(6) {
		pattern := patternText(random)
		switch random.IntN(12) {
		case 0:
			pattern = "[attr]made"
		case 1:
			pattern = `"` + pattern + `"`
		case 2:
			pattern = " \t" + pattern
		}
		b.WriteString(pattern)
		for range random.IntN(4) {
			b.WriteString(" " + assignments[random.IntN(len(assignments))])
		}
		b.WriteString([]string{"\n", "\r\n", "\n\n"}[random.IntN(3)])
	}
	return b.String()
}

func patternText(random *rand.Rand) string {
	parts := []string{"a", "b", "ab", "*", "**", "?", "/", "/", "[ab]", "[!a]", "[^b-z]", "[[:alpha:]]", "[]a]", "[a", `\a`, `\*`, "**/", "/**", "a-b", "[a-", "[:x:]", "[[:no:]]", "ä", "{a,b}", "[--b]", `[\]a]`, "#", "!"}
	var b strings.Builder
	for range 1 + random.IntN(4) {
		b.WriteString(parts[random.IntN(len(parts))])
	}
	return b.String()
}

func attributesPath(random *rand.Rand) string {
	names := []string{"a", "b", "ab", "ba", "a-b", "*", "ä", "]", "x", "{a,b}", "#a"}
	path := names[random.IntN(len(names))]
	for range random.IntN(3) {
		path += "/" + names[random.IntN(len(names))]
	}
	return path
}

func FuzzParseAttributes(f *testing.F) {
	f.Add("*.go linguist-generated\n[attr]m -x\n\"a\\303\" m", "a.go")
	f.Add("[[:alpha:]-z]/** !x", "a/b")
	f.Fuzz(func(t *testing.T, text, path string) {
		value, set := ParseAttributes(text).Value(path, "linguist-generated")
		if !set && value != "" {
			t.Errorf("not set and yet %q", value)
		}
	})
}
