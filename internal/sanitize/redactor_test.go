package sanitize

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
)

const ourKey = "k3y/With+odd=chars&\"quotes\"~7Zq"

func TestRedactorFindsEveryFormOfASecret(t *testing.T) {
	t.Parallel()
	quoted, err := json.Marshal(ourKey)
	if err != nil {
		t.Fatal(err)
	}
	std, web := base64.StdEncoding, base64.URLEncoding
	for name, text := range map[string]string{
		"as it is":                     ourKey,
		"twice":                        ourKey + ourKey,
		"in JSON":                      string(quoted),
		"in JSON without HTML escapes": `"k3y/With+odd=chars&\"quotes\"~7Zq"`,
		"as a query":                   url.QueryEscape(ourKey),
		"as a path":                    url.PathEscape(ourKey),
		"as a query in small letters":  lowerEscapes(url.QueryEscape(ourKey)),
		"in base64":                    std.EncodeToString([]byte(ourKey)),
		"in base64 without padding":    base64.RawStdEncoding.EncodeToString([]byte(ourKey)),
		"in URL base64":                web.EncodeToString([]byte(ourKey)),
		"in a basic header":            std.EncodeToString([]byte("x-access-token:" + ourKey)),
		"shifted by one":               std.EncodeToString([]byte("u" + ourKey + "!")),
		"shifted by two":               web.EncodeToString([]byte("us" + ourKey + "!?")),
		"in hexadecimal":               hex.EncodeToString([]byte(ourKey)),
		"in capital hexadecimal":       strings.ToUpper(hex.EncodeToString([]byte(ourKey))),
		"over two lines":               ourKey[:9] + "\n" + ourKey[9:],
		"wrapped and indented":         ourKey[:9] + "\r\n\t  " + ourKey[9:12] + "\n" + ourKey[12:],
		"with zero-width spaces":       ourKey[:4] + "\u200b" + ourKey[4:],
		"escaped for markdown":         escapeText(ourKey, true),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := NewRedactor("short", "", ourKey).Redact("before " + text + " after")
			if !strings.Contains(got, redacted) || !strings.HasPrefix(got, "before ") || !strings.HasSuffix(got, " after") {
				t.Errorf("got %q", got)
			}
			if rest := strings.ReplaceAll(got, redacted, ""); len(rest) > len("before  after")+24 {
				t.Errorf("much is left of it: %q", got)
			}
		})
	}
}

func TestRedactorFindsSingleLinesOfALongSecret(t *testing.T) {
	t.Parallel()
	r := NewRedactor(strings.Join(pemLines(), "\n"))
	for _, line := range pemLines() {
		if got := r.Redact("x " + line + " y"); strings.Contains(got, line) {
			t.Errorf("got %q", got)
		}
	}
}

func TestRedactorLeavesOtherTextAlone(t *testing.T) {
	t.Parallel()
	text := "short words, a \\ backslash,\n\tand k3y/With+odd is only a part"
	if got := NewRedactor("short", ourKey).Redact(text); got != text {
		t.Errorf("got %q", got)
	}
	var none *Redactor
	if got := none.Redact(text + ourKey); got != text+ourKey {
		t.Errorf("a nil redactor changed it to %q", got)
	}
	if got := NewRedactor().Redact(text); got != text {
		t.Errorf("an empty redactor changed it to %q", got)
	}
}

// TestRedactorWriterEqualsRedact is the property that makes split writes safe.
func TestRedactorWriterEqualsRedact(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	r := NewRedactor(ourKey, "abcabcabc", "sk-other-key")
	pieces := []string{ourKey, ourKey[:7], "abc", "abcabcabc", "sk-other-key", "sk-", " ", "\n", "text ", "\u200b", base64.StdEncoding.EncodeToString([]byte(ourKey)), "é"}
	for range 3000 {
		var text string
		for range 1 + random.IntN(8) {
			text += pieces[random.IntN(len(pieces))]
		}
		var out bytes.Buffer
		w := r.Writer(&out)
		for rest := text; rest != ""; {
			n := 1 + random.IntN(len(rest))
			if got, err := w.Write([]byte(rest[:n])); err != nil || got != n {
				t.Fatalf("Write gave %d, %v", got, err)
			}
			rest = rest[n:]
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if got, want := out.String(), r.Redact(text); got != want {
			t.Fatalf("text %q\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestRedactorWriterPassesOnWhatIsSettled(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	w := NewRedactor("sk-other-key").Writer(&out)
	for _, part := range []string{"a line\n", "sk-oth"} {
		if _, err := w.Write([]byte(part)); err != nil {
			t.Fatal(err)
		}
	}
	if got := out.String(); got != "a line\n" {
		t.Errorf("before the rest came, %q was written", got)
	}
}

type brokenWriter struct{}

var errBroken = errors.New("broken")

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestRedactorWriterReportsErrors(t *testing.T) {
	t.Parallel()
	var none *Redactor
	for _, r := range []*Redactor{none, NewRedactor(ourKey)} {
		if _, err := r.Writer(brokenWriter{}).Write([]byte("text\n")); !errors.Is(err, errBroken) {
			t.Errorf("Write gave %v", err)
		}
	}
	w := NewRedactor(ourKey).Writer(brokenWriter{})
	if _, err := w.Write([]byte(ourKey[:3])); err != nil {
		t.Errorf("Write gave %v though nothing was passed on", err)
	}
	if err := w.Close(); !errors.Is(err, errBroken) {
		t.Errorf("Close gave %v", err)
	}
}

func TestRedactionSurvivesMarkdown(t *testing.T) {
	t.Parallel()
	key := "sk-ant-api03-a_b-c__d@e#1*f"
	r := NewRedactor(key)
	for name, text := range map[string]string{
		"markdown": Markdown("The key is "+key+".", Links{}),
		"a cell":   Cell("key "+key, 80),
		"code":     Code(key, 80),
	} {
		if got := r.Redact(text); !strings.Contains(got, redacted) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func FuzzRedactor(f *testing.F) {
	f.Add("text", "secret-value")
	f.Add("\xff\u200bs\\ecret-value", "secret-value")
	f.Fuzz(func(t *testing.T, text, secret string) {
		clean := strings.TrimSpace(secret)
		if len(clean) < minSecret || strings.Contains(redacted, clean[:1]) {
			return
		}
		if dense, _ := compact(clean); len(dense) < minSecret {
			return
		}
		got := NewRedactor(secret).Redact(text + clean + text)
		if strings.Contains(got, clean) {
			t.Errorf("%q is still in %q", clean, got)
		}
	})
}
