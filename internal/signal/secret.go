package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

func secret() Signal {
	return Signal{
		ID:      "secret",
		Summary: "a literal credential was added, or the handling of secrets was touched",
		Why:     "a secret in a commit is public from then on, and one that is logged or not masked soon is",
		Example: "+DATABASE_PASSWORD = \"" + "hunter2hunter2\"",
		Fix:     "write a placeholder such as changeme or example where no real value stands",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Security},
		Content: &content{reads: anyText, rules: func() []rule { return append(secretRules(), sentSecrets()...) }},
	}
}

func secretRules() []rule {
	return []rule{
		literal("private", "a private key", `-----BEGIN (?:[A-Z]+ )*PRIVATE KEY`),
		literal("ghp gho ghu ghs ghr github glpat npm pypi xoxb xoxp xoxa xoxr xoxs sk rk pk dop hf sg shpat", "a key of a service",
			`\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,}|glpat-[\w-]{18,}|npm_[A-Za-z0-9]{30,}|pypi-[\w-]{30,}|xox[abprs]-[\w-]{10,}|[sr]k_live_\w{10,}|sk-(?:ant-|proj-)?[\w-]{24,}|dop_v1_\w{30,}|hf_[A-Za-z]{30,}|SG\.[\w-]{16,}\.|shpat_\w{20,})`),
		literal("aws access key id api google apikey account", "a key of a cloud", `\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{35}|AccountKey=[A-Za-z0-9+/]{40,}`),
		literal("jhb", "a signed token", `eyJhbGci[\w-]{20,}\.eyJ`),
		literal("http https postgres postgresql mysql mongodb redis amqp ftp", "a password in an address", `\b[a-z]+://[\w.-]+:[^\s:/@${}<>%*\["']{6,}@[\w.-]+\.`).where(actual),
		literal("password passwd pwd secret token key apikey passphrase credential credentials", "a literal value for a secret",
			`(?i)(?:password|passwd|\bpwd|secret(?:_?key)?|api_?key|access_?key|auth_?token|access_?token|private_?key|passphrase)["']?\s*(?::=|=>|[:=])\s*["'][^"'\s${}<>%(\[*]{8,}["']`).where(actual),
		spoken(`secret secrets vault kms keyvault secretkeyref secretsmanager sops sealedsecret externalsecret keychain keyring`).where(handled),
		shown("mask masked redact redacted redaction scrub filter", "what is kept out of logs",
			`(?i)(?:redact|scrub)(?:ed|ion|ing|s)?|filter_?parameters|(?:::add-|\b)mask_?(?:ed|ing|s)?_?(?:secret|token|password|value|key|::)`).where(handled),
	}
}

// literal is a rule of a credential that stands in an added line of any text,
// comments too.
func literal(words, text, expr string) rule {
	return rule{words: strings.Fields(words), on: change.Add, match: unlessKept(matching(text, expr))}
}

// actual says that a value may be real: it stands in what runs, and is not
// named as a placeholder.
func actual(l line) bool {
	return running(l.class) && !l.has("example", "changeme", "change", "your", "xxx", "test", "dummy", "placeholder", "sample", "fake", "localhost", "todo", "env", "type",
		"label", "title", "message", "description", "error", "field", "mock", "null")
}

// handled says that the line handles secrets at run time. A workflow that
// names one is a workflow first.
func handled(l line) bool {
	return acting(l.class) && l.ext != ".svg" && !l.has("style", "svg")
}
