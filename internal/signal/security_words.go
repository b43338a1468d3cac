package signal

import "github.com/tierwise/tierwise/internal/task"

var securityTerms = phrase(`auth`, `authn`, `authz`, `authenticat(?:e|es|ed|ion|or|ing)`, `authori[sz](?:e|es|ed|ation|ing)`, `oauth2?`, `oidc`, `saml`, `sso`,
	`logins?`, `log ?-?in`, `logouts?`, `sign ?-?in`, `passwords?`, `passwd`, `passphrases?`, `passkeys?`, `credentials?`, `secrets?`, `tokens?`, `jwts?`,
	`permissions?`, `privileges?`, `rbac`, `acls?`, `cve(?:-\d+-\d+)?`, `ghsa(?:-\w+){0,3}`, `cwe-\d+`, `vulnerab(?:le|ility|ilities)`, `exploits?`,
	`xss`, `csrf`, `ssrf`, `rce`, `injections?`, `path traversal`, `crypto\w*`, `encrypt\w*`, `decrypt\w*`, `ciphers?`, `tls`, `ssl`, `certificates?`,
	`hmac`, `security`, `2fa`, `mfa`, `totp`, `webauthn`)

func securityWords() Signal {
	return Signal{
		ID:      "security-words",
		Summary: "the words speak of who may do what, or of keeping something secret",
		Why:     "a brief about a login or a vulnerability is security work before any file says so",
		Fix:     "words only raise; name the domain in a trusted annotation to see what the words alone would add",
		Needs:   []Need{NeedsWords},
		Domains: []task.Domain{task.Security},
		Fire:    func(in Input) []Hit { return wordHits("security-words", in.texts(), securityTerms) },
	}
}
