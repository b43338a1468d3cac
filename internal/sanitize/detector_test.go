package sanitize

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Secrets of the tests are put together at run time, so that no scanner takes
// this file for a leak.
const (
	fakeAWS   = "AKIA" + "Q3EGUZ7XPLMVN5TB"
	fakePAT   = "ghp_" + "x9Kq2LmZ8vRtYw4NbJ7cHf3DsAe6GpUoQ1iB"
	fakeFine  = "github_pat_" + "11ABCDEFG0aZ3kLmNoPqRs_tUvWxYz0123456789AbCdEfGhIjKlMnOpQrStUvWxYz01234567890ABCD"
	fakeClaud = "sk-ant-" + "api03-Zx8Qw3Er7Ty2Ui9Op4As6Df1Gh5Jk0LzXcVbNm"
	fakeSlack = "xoxb-" + "263594206564-2343594206574-FGqddMF8t08v8N7Oq4i57vs1"
	fakeJWT   = "eyJ" + "hbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ" + "zdWIiOiI5MzQ4NTczIiwibmFtZSI6IkFubiJ9.r3kXq8Zt5mWv1Yb7Nc2Lp9Hd4Fs6Gj0Ka"
	fakeURL   = "postgres://app:" + "s3cr3tPa55word" + "@db.internal/prod"
)

func pemLines() []string {
	return []string{
		"-----BEGIN " + "RSA PRIVATE KEY-----",
		"MIIEowIBAAKCAQEAx8Yq3vVbJ0m5k2Zt9QhFp7Lr1sWcXeUaDgTyNiOoKlMbGfHj",
		"Qw3Er7Ty2Ui9Op4As6Df1Gh5Jk0LzXcVbNmPoIuYtReWqAsDfGhJkLmNbVcXzQ1w",
		"E4r5T6y7U8i9O0pAaSsDdFfGgHhJjKkLlZzXxCcVvBbNnMmQqWwEeRrTtYyUuIi9",
		"a1B2c3D4e5F6g7H8==",
		"-----END " + "RSA PRIVATE KEY-----",
	}
}

func newDetector(t testing.TB) *Detector {
	t.Helper()
	d, err := NewDetector()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDetectorRedactsSecretsOfADiff(t *testing.T) {
	t.Parallel()
	d := newDetector(t)
	for name, c := range map[string]struct{ secret, rule string }{
		"an AWS key":                       {fakeAWS, "aws-access-token"},
		"a classic token":                  {fakePAT, "github-token"},
		"a fine-grained token":             {fakeFine, "github-fine-grained-pat"},
		"a model key":                      {fakeClaud, "anthropic-api-key"},
		"a Slack token":                    {fakeSlack, "slack-token"},
		"a JSON web token":                 {fakeJWT, "jwt"},
		"a password within an address":     {"s3cr3tPa55word", "url-password"},
		"a bearer token":                   {"mZ8vRtYw4NbJ7cHf3DsAe6Gp", "authorization-header"},
		"a generic key by its entropy":     {"Zk3vQ9xT7mB2nL5pR8wY1cF6", "generic-api-key"},
		"a key with a mark to look away":   {"Hk3vQ9xT7mB2nL5pR8wY1cF6", "generic-api-key"},
		"a generic key in an exempt path":  {"Jk3vQ9xT7mB2nL5pR8wY1cF6", "generic-api-key"},
		"a token that is all in one place": {"ghp_" + strings.Repeat("a", 36), "github-token"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path, line := "app/config.go", `value := "`+c.secret+`"`
			switch c.rule {
			case "generic-api-key":
				line = `api_key = "` + c.secret + `"`
				if strings.Contains(name, "look away") {
					line += " // gitleaks" + ":allow"
				}
				if strings.Contains(name, "path") {
					path = "web/package-lock.json"
				}
			case "url-password":
				line = fakeURL
			case "authorization-header":
				line = "Authorization: Bearer " + c.secret
			}
			for _, op := range []string{"+", "-", " ", ""} {
				text := "@@ -1,2 +1,2 @@\n" + op + line + "\n context\n"
				clean, rules := d.Redact(path, text)
				if strings.Contains(clean, c.secret) {
					t.Errorf("%q: the secret is still there: %q", op, clean)
				}
				if !slices.Contains(rules, c.rule) || !strings.Contains(clean, "[redacted:") {
					t.Errorf("%q: rules %q, text %q; want rule %s", op, rules, clean, c.rule)
				}
				if got, want := strings.Count(clean, "\n"), strings.Count(text, "\n"); got != want || !strings.Contains(clean, "\n"+op) {
					t.Errorf("%q: lines or operators are lost: %q", op, clean)
				}
			}
		})
	}
}

func TestDetectorRedactsKeysInEveryCutOfADiff(t *testing.T) {
	t.Parallel()
	d := newDetector(t)
	lines := pemLines()
	for name, c := range map[string]struct{ from, to int }{
		"a whole key":              {0, len(lines)},
		"a key without its end":    {0, 4},
		"a key without its start":  {2, len(lines)},
		"lines from within a key":  {1, 4},
		"the last lines of a key":  {3, len(lines)},
		"the first line of a body": {0, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, ops := range []string{"+", "-", " ", "+-", "-+ ", ""} {
				text := "@@ -1,9 +1,9 @@ func main() {\n"
				for i, l := range lines[c.from:c.to] {
					op := ""
					if ops != "" {
						op = ops[i%len(ops) : i%len(ops)+1]
					}
					text += op + l + "\n"
				}
				text += " after()\n"
				clean, rules := d.Redact("deploy.go", text)
				for _, l := range lines[c.from:c.to] {
					if strings.Contains(clean, l) {
						t.Errorf("operators %q: %q is still there:\n%s", ops, l, clean)
					}
				}
				if !slices.Contains(rules, "private-key") || strings.Count(clean, "\n") != strings.Count(text, "\n") {
					t.Errorf("operators %q: rules %q, text:\n%s", ops, rules, clean)
				}
				if !strings.HasSuffix(clean, "\n after()\n") {
					t.Errorf("operators %q: what follows the key is lost:\n%s", ops, clean)
				}
			}
		})
	}
}

func TestDetectorLeavesOrdinaryCodeAlone(t *testing.T) {
	t.Parallel()
	d := newDetector(t)
	for name, text := range map[string]string{
		"code":               "+\tkey := os.Getenv(\"API_TOKEN\")\n-\ttoken := \"${TOKEN}\"\n",
		"a list":             "- one\n- two\n-- three\n",
		"checksums":          "+" + strings.Repeat("0123456789abcdef", 4) + "\n+" + strings.Repeat("fedcba9876543210", 4) + "\n",
		"a certificate":      "+-----BEGIN CERTIFICATE-----\n+" + pemLines()[1] + "\n+" + pemLines()[2] + "\n+-----END CERTIFICATE-----\n",
		"an address":         "+see https://user:${PASSWORD}@example.com and ssh://git@example.com/x\n",
		"words about keys":   "+// the secret is read from the vault, the password is never logged\n",
		"nothing":            "",
		"a blank line alone": "\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clean, rules := d.Redact("a.go", text)
			if diff := cmp.Diff(text, clean); diff != "" || len(rules) != 0 {
				t.Errorf("rules %q, text (-want +got):\n%s", rules, diff)
			}
		})
	}
}

func TestDetectorRedactsWhatBase64Hides(t *testing.T) {
	t.Parallel()
	hidden := "YXdzX2tleTogQUtJQVEzRUdVWjdYUExNVk41VEIK" // aws_key: AKIA…
	clean, rules := newDetector(t).Redact("k8s.yaml", "+data:\n+  config: "+hidden+"\n+kind: x\n")
	if strings.Contains(clean, hidden) || len(rules) == 0 {
		t.Errorf("rules %q, text %q", rules, clean)
	}
	if !strings.HasPrefix(clean, "+data:\n+  config: [redacted:") || !strings.HasSuffix(clean, "]\n+kind: x\n") {
		t.Errorf("more than the value is lost: %q", clean)
	}
}

func TestDetectorCompilesEveryStandardRule(t *testing.T) {
	t.Parallel()
	d := newDetector(t)
	var words strings.Builder
	for k := range d.rules.byKeyword {
		words.WriteString(k + "\n")
	}
	if _, err := d.rules.engine(words.String()); err != nil {
		t.Fatal(err)
	}
	withRegex := 0
	for _, rule := range d.rules.source.Rules {
		if rule.Regex != "" {
			withRegex++
		}
	}
	if got := len(d.rules.config.Rules); got != withRegex || got < 200 {
		t.Errorf("%d of %d rules are compiled", got, withRegex)
	}
}

func TestDetectorIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	d := newDetector(t)
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			text := fmt.Sprintf("+slack %s\n+k%d: %s\n", fakeSlack, i, fakeAWS)
			if clean, _ := d.Redact("x", text); strings.Contains(clean, fakeAWS) || strings.Contains(clean, fakeSlack) {
				t.Errorf("a secret is still there: %q", clean)
			}
		})
	}
	group.Wait()
}

func TestDeniedPathNamesFilesThatHoldSecrets(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		".env": true, "a/b/.env": true, ".env.production": true, ".ENV.Local": true, `win\.env`: true,
		".env.example": false, ".env.local.example": false, ".env.sample": false, "env.go": false, ".envrc": false,
		"server.pem": true, "tls/server.KEY": true, "x.p12": true, "x.pfx": true, "release.jks": true,
		"id_rsa": true, "home/.ssh/id_ed25519": true, "id_rsa.pub": false, "keys.go": false, "monkey": false,
		".git-credentials": true, ".netrc": true, "": false,
	} {
		if got := DeniedPath(name); got != want {
			t.Errorf("DeniedPath(%q) = %v, want %v", name, got, want)
		}
	}
}

func BenchmarkNewDetector(b *testing.B) {
	for b.Loop() {
		newDetector(b)
	}
}

func BenchmarkNewDetectorAndFirstFile(b *testing.B) {
	text := strings.Repeat("+\tkey := os.Getenv(\"TOKEN\") // api secret\n", 200)
	for b.Loop() {
		newDetector(b).Redact("a.go", text)
	}
}

func BenchmarkDetectorRedact(b *testing.B) {
	d := newDetector(b)
	text := strings.Repeat("+\tkey := os.Getenv(\"TOKEN\") // api secret\n \treturn fmt.Errorf(\"read %s: %w\", name, err)\n", 500)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		d.Redact("a.go", text)
	}
}
