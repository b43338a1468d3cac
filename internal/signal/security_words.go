package signal

import (
	"slices"

	"github.com/tierwise/tierwise/internal/task"
)

func securityWords() Signal {
	return Signal{
		ID:      "security-words",
		Summary: "the words speak of who may do what, or of keeping something secret",
		Why:     "a brief about a login or a vulnerability is security work before any file says so",
		Example: `"fix the auth bug", "rotate the access token"; in a body "prevents an auth bypass", "CVE-2026-1"`,
		Fix:     "words only raise; name the domain in a trusted annotation to see what the words alone would add",
		Needs:   []Need{NeedsWords},
		Domains: []task.Domain{task.Security},
		Fire: func(in Input) []Hit {
			return wordHits("security-words", in.read(), func(r reading) []string { return r.security() })
		},
	}
}

var (
	// dangerTerms speak of a danger by themselves, in a text of any length.
	dangerTerms = phrases("cve|cves|xss|csrf|xsrf|ssrf|rce|xxe|redos|clickjacking|toctou", "cve # #", "ghsa", "cwe #", "vulnerab*", "exploitable|exploits|exploit|exploited", "security fix|fixes|issue|issues|advisory|advisories|hole|flaw|bug|bugs|patch|risk|hardening|vulnerability",
		"sql|nosql|command|code|shell|html|header|headers|script|template|ldap|crlf|prompt|xml|object|argument|formula injection|injections", "injection attack|attacks|vector|bug|flaw|risk", "path|directory traversal", "open redirect|redirects", "privilege escalation", "account takeover|enumeration", "user enumeration",
		"auth|authentication|authorization|authorisation|permission|signature|login|2fa|mfa|sso ..1 bypass|bypasses|bypassed|bypassing", "bypass|bypasses|bypassing ..3 auth|authentication|authorization|permission|permissions|signature|login|2fa|mfa|verification", "session fixation|hijacking|hijack", "timing attack|attacks|safe",
		"replay|brute|mitm|downgrade attack|attacks|force", "leak|leaks|leaked|leaking|expose|exposes|exposed ..3 secret|secrets|token|tokens|password|passwords|credential|credentials", "unauthenticated|unauthorized|unauthorised access|user|users|attacker|request|requests|caller|callers", "prototype pollution", "deserialization|deserialisation of|attack|vulnerability", "sandbox escape", "attacker|attackers")
	// securityTerms name what guards, or is guarded. In a title or a brief they
	// say what it is about; a long body always has one somewhere.
	securityTerms = phrases("auth|authn|authz|oauth|oauth1|oauth2|oidc|saml|sso|login|logins|logout|logouts|signin|signup|passwd|jwt|jwts|jwks|rbac|acl|acls|abac|hmac|security|2fa|mfa|totp|webauthn|fido2|scram|kerberos|ldap|pkce|tls|mtls|ssl|openssl|cors|csp|hsts|iam",
		"authenti*", "authori*", "password*", "passphrase*", "passkey*", "credential*", "log in|out", "sign in|out|up", "single sign on", "openid", "access|auth|api|bearer|refresh|session|id|personal|jwt|csrf|oauth|verification|reset|recovery|service|custom|login|security|invite|invitation|deploy|github|registry|user|admin|device|magic ..1 token|tokens",
		"token|tokens expiry|expiration|expires|expired|rotation|rotate|revocation|validation|verification|leak|refresh|exchange|endpoint|introspection|storage|auth|authentication|scope|scopes|audience|signing", "rotate|revoke|sign|verify|validate|refresh|issue|invalidate|expire ..3 token|tokens|key|keys|secret|secrets|session|sessions|certificate|certificates|signature|signatures|cookie|cookies",
		"secrets", "client|app|shared|webhook|signing|hmac|api|totp|jwt secret", "secret key|keys|value|values|store|manager|rotation", "api|private|public|signing|encryption|access|ssh|deploy|service|master|passwordless key|keys", "key rotation|management|derivation", "permission|permissions|privilege|privileges|privileged|impersonat*", "impersonat*",
		"injection|injections attack", "crypto|cryptography|cryptographic", "encrypt*", "decrypt*", "cipher*", "certificate|certificates|x509", "session cookie|cookies|expiry|expiration|expires|timeout|hijacking|invalidation|id|ids|token|tokens|management|store|storage", "sessions", "user|active|login|admin session|sessions", "multi factor|factors",
		"two factor|factors", "secure cookie|cookies|by|random", "without logging|signing in", "other|another|different people|person|user|users|customer|customers|member|members|tenant|tenants ..1 file|files|order|orders|data|account|accounts|invoice|invoices|message|messages|document|documents|profile|profiles|record|records|photos|emails|details", "someone|somebody else file|files|order|orders|data|account|accounts|profile|messages", "anyone|anybody|everyone|everybody can see|open|read|delete|edit|change|access|view|download",
		"access control|controls|check|checks|rule|rules|policy|policies", "role based|binding|bindings|check|checks", "backdoor", "sanitiz*", "sanitis*", "firewall", "magic link|links", "social login|provider|providers", "one time password|code|codes", "same site", "samesite",
		"identity provider|providers", "audit log|logs|trail", "trusted proxy|proxies|host|hosts|origin|origins", "security",
		"otp|otps|dpop|userinfo|bearer|cookie|cookies|captcha|recaptcha|cacert|mitm|keychain|keystore|keyring|saml2|openid|passcode|passcodes", "cert|certs", "device|proxy|trust trust|grant|store", "backup|recovery|verification code|codes",
		"fine grained ..1 policy|permission|permissions|access|inheritance|update|token|tokens", "sensitive data|information|field|fields|value|values", "granted|oauth|token|api|auth scope|scopes", "project|user|admin|org|organization|team|custom role|roles", "identity|token|jwt|custom claims|claim", "app|account|email enumeration",
		"access is|was|denied|blocked|to|token|tokens", "trust boundary", "hardening|hardened|harden", "custom|pop|integration token|tokens", "two factor")
)

// security gives the words that speak of security.
func (r reading) security() []string {
	if r.kind == told {
		return dangerTerms().found(r.tokens)
	}
	parts := withParts(r.words, r.tokens)
	return dropRepeated(slices.Concat(dangerTerms().found(r.tokens), securityTerms().found(r.tokens), securityTerms().found(parts)))
}
