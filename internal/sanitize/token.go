package sanitize

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// token is a form of secret that its look alone gives away. It is redacted
// whatever the standard rules say of its entropy or of words in it.
type token struct {
	rule  string
	needs []string       // one of these stands in every match: cheap to look for
	form  *regexp.Regexp // its first group, or all of it, is the secret
}

// tokens name their rules as the standard rules do where those have one. They
// are compiled when first needed: most runs of the program need none.
var tokens = sync.OnceValue(func() []token {
	return []token{
		{"aws-access-token", []string{"AKIA", "ASIA", "ABIA", "ACCA"}, regexp.MustCompile(`\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b`)},
		{"github-token", []string{"ghp_", "gho_", "ghu_", "ghs_", "ghr_"}, regexp.MustCompile(`\bgh[pousr]_[A-Za-z0-9]{20,255}`)},
		{"github-fine-grained-pat", []string{"github_pat_"}, regexp.MustCompile(`\bgithub_pat_[A-Za-z0-9_]{20,255}`)},
		{"anthropic-api-key", []string{"sk-ant-"}, regexp.MustCompile(`\bsk-ant-[A-Za-z0-9_-]{16,}`)},
		{"openai-api-key", []string{"sk-proj-", "sk-svcacct-", "sk-admin-"}, regexp.MustCompile(`\bsk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,}`)},
		{"gcp-api-key", []string{"AIza"}, regexp.MustCompile(`\bAIza[A-Za-z0-9_-]{35}`)},
		{"slack-token", []string{"xox"}, regexp.MustCompile(`\bxox[abeoprs]-[A-Za-z0-9-]{10,}`)},
		{"jwt", []string{"eyJ"}, regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{4,}`)},
		{
			"authorization-header",
			[]string{"uthorization", "UTHORIZATION"},
			regexp.MustCompile(`(?i)\bauthorization["']?\s*[:=]\s*["']?(?:bearer|basic|token)\s+([A-Za-z0-9._~+/=-]{16,})`),
		},
		{"url-password", []string{"://"}, regexp.MustCompile(`\b[a-zA-Z][a-zA-Z0-9+.-]*://[^\s/:@"']*:([^\s/@"'$<{%*][^\s/@"']{2,})@`)},
	}
})

// tokenSpans looks line by line, and only where a needle is: the expressions
// alone would take longer than all standard rules together.
func tokenSpans(s string) []span {
	var spans []span
	for _, l := range linesOf(s) {
		words := s[l.from:l.to]
		for _, t := range tokens() {
			if slices.ContainsFunc(t.needs, func(n string) bool { return strings.Contains(words, n) }) {
				spans = append(spans, t.spans(words, l.from)...)
			}
		}
	}
	return merge(spans)
}

func (t token) spans(s string, offset int) []span {
	var spans []span
	for _, m := range t.form.FindAllStringSubmatchIndex(s, -1) {
		from, to := m[0], m[1]
		if len(m) > 2 && m[2] >= 0 {
			from, to = m[2], m[3]
		}
		spans = append(spans, span{offset + from, offset + to, t.rule})
	}
	return spans
}
