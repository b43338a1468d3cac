package event

import (
	"regexp"
	"strings"
	"testing"
)

// The forms as expressions: what the checks by hand must agree with.
const (
	fullNameForm = `^[A-Za-z0-9][A-Za-z0-9_-]{0,99}/[A-Za-z0-9._-]{1,100}$`
	commitIDForm = `^(?:[0-9a-f]{40}|[0-9a-f]{64})$`
)

func TestFullName(t *testing.T) {
	long := strings.Repeat("a", 100)
	for name, tt := range map[string]struct {
		text string
		want bool
	}{
		"a plain name":                       {"acme/widgets", true},
		"one letter each":                    {"a/b", true},
		"capitals, digits and all marks":     {"Ac-me_9/.w_i-D.0", true},
		"a hundred bytes each":               {long + "/" + long, true},
		"an owner of 101 bytes":              {long + "a/w", false},
		"a name of 101 bytes":                {"acme/" + long + "a", false},
		"nothing":                            {"", false},
		"no slash":                           {"acme", false},
		"no owner":                           {"/widgets", false},
		"no name":                            {"acme/", false},
		"two slashes":                        {"acme/widgets/x", false},
		"an owner that begins with a hyphen": {"-acme/widgets", false},
		"an owner that begins with a bar":    {"_acme/widgets", false},
		"an owner with a dot":                {"ac.me/widgets", false},
		"a blank":                            {"acme/wid gets", false},
		"a line end after it":                {"acme/widgets\n", false},
		"a letter that is not ASCII":         {"acme/wïdgets", false},
		"a byte that is no character":        {"acme/w\xff", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := isFullName(tt.text); got != tt.want {
				t.Errorf("isFullName(%q) = %t, want %t", tt.text, got, tt.want)
			}
		})
	}
}

func TestCommitID(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want bool
	}{
		"40 digits":            {strings.Repeat("0123456789abcdef", 3)[:40], true},
		"64 digits":            {strings.Repeat("0123456789abcdef", 4), true},
		"nothing":              {"", false},
		"39 digits":            {strings.Repeat("a", 39), false},
		"50 digits":            {strings.Repeat("a", 50), false},
		"a capital at an end":  {strings.Repeat("a", 39) + "A", false},
		"a stray in between":   {strings.Repeat("a", 20) + "g" + strings.Repeat("a", 19), false},
		"a line end at an end": {strings.Repeat("a", 39) + "\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := isCommitID(tt.text); got != tt.want {
				t.Errorf("isCommitID(%q) = %t, want %t", tt.text, got, tt.want)
			}
		})
	}
}

// FuzzForms holds the checks by hand to the expressions.
func FuzzForms(f *testing.F) {
	fullName, commitID := regexp.MustCompile(fullNameForm), regexp.MustCompile(commitIDForm)
	for _, seed := range []string{
		"", "a/b", "acme/widgets", "_a/b", "a//b", "a/b/", "/", "a/é", "a\xff/b", strings.Repeat("a", 40), strings.Repeat("f", 64), strings.Repeat("F", 40),
		strings.Repeat("a", 101) + "/b", "a/" + strings.Repeat("b", 101),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := isFullName(text), fullName.MatchString(text); got != want {
			t.Errorf("isFullName(%q) = %t, the expression says %t", text, got, want)
		}
		if got, want := isCommitID(text), commitID.MatchString(text); got != want {
			t.Errorf("isCommitID(%q) = %t, the expression says %t", text, got, want)
		}
	})
}
