package signal

import "strings"

// disabledTransport are checks of the other end of a connection.
func disabledTransport() []rule {
	return []rule{
		off("verify cert certs certificate certificates peer hostname ssl tls", "certificates are not checked",
			`(?i)\b(?:ssl_?|tls_?|cert_?)?verify(?:_?(?:ssl|tls|peer(?:_?name)?|host(?:name)?|cert\w*|mode|certs))?["']?\]?\s*(?:=>|:=|[:=,])\s*["']?(?:false|none|no|off|0|openssl::ssl::verify_none)\b|VERIFY_NONE|CERT_NONE|check_?hostname["']?\s*[:=]\s*false|CURLOPT_SSL_VERIFY(?:PEER|HOST)["']?\s*(?:,|=>)\s*(?:false|0)`).uncommented(),
		off("insecure skip verify", "certificates are not checked", `(?i)insecure_?skip_?(?:tls_?)?verify["']?\s*[:=]\s*["']?(?:true|1)|--insecure-skip-tls-verify\b|\bskip_?(?:tls|ssl|cert\w*)_?verif\w*["']?\s*[:=]\s*["']?true`).uncommented(),
		off("reject unauthorized", "certificates are not checked", `(?i)reject_?unauthorized["']?\s*[:=]\s*["']?(?:false|0)`).uncommented(),
		off("danger dangerous dangerously accept invalid certs hostnames trust all noop callback", "certificates are not checked",
			`(?i)danger_?accept_?invalid|dangerous\(\)|trust_?all(?:_?certs?)?\b|NoopHostnameVerifier|ALLOW_ALL_HOSTNAME|TrustAllStrategy|ServerCertificateValidationCallback.*true|DangerousAcceptAny|ServerCertificateCustomValidationCallback.*true`).uncommented(),
		off("strict ssl", "certificates are not checked", `(?i)\bstrict[-_]?ssl["']?\s*[:= ]\s*["']?(?:false|0|off)`).uncommented(),
		off("curl wget", "a download is not checked", `\bcurl\b[^|;&]*\s(?:-\w*k\w*|--insecure)(?:\s|$)|\bwget\b[^|;&]*--no-check-certificate`).uncommented(),
		off("strict host key checking known hosts insecure ignore", "the host's key is not checked", `(?i)StrictHostKeyChecking[ =]+["']?(?:no|off|accept)|UserKnownHostsFile[ =]+/dev/null|InsecureIgnoreHostKey|AutoAddPolicy`).uncommented(),
		off("trusted host index nogpgcheck gpgcheck unauthenticated untrusted allow", "packages are not checked", `(?i)--trusted-host\b|gpgcheck\s*=\s*0|--nogpgcheck|--allow-unauthenticated|--allow-untrusted|\[trusted=yes\]|GOFLAGS=.*-insecure|GONOSUM\w+\s*=\s*\*|GOSUMDB\s*=\s*["']?off|--no-check-certificate|--no-verify-ssl`).uncommented(),
		off("usecleartexttraffic cleartext traffic arbitrary loads ssl sslmode disable plaintext", "the connection is not encrypted", `(?i)usesCleartextTraffic\s*=\s*"?true|cleartextTrafficPermitted\s*=\s*"?true|NSAllowsArbitraryLoads|sslmode\s*=\s*["']?disable|\buseSSL\s*=\s*false|(?:enable|use|require)_?(?:ssl|tls)["']?\s*[:=]\s*["']?false`).uncommented(),
		became("http", plainHTTP).where(sends),
		taken("verify cert tls ssl strict reject unauthorized required", "a check of certificates was taken away",
			`(?i)(?:verify(?:_?(?:ssl|tls|peer|mode|certs?))?|strict[-_]?ssl|reject_?unauthorized|require_?(?:ssl|tls))["']?\s*(?:=>|[:=])\s*["']?(?:true|1|openssl|ssl\.CERT_REQUIRED|required)|sslmode=(?:require|verify)|Strict-Transport-Security`).except("insecure", "skip"),
	}
}

// sends says that the line is part of what runs: tests and translations ask
// nobody but themselves.
func sends(l line) bool { return running(l.class) }

var nameOnly = probing(`(?i)\bxmlns|schemaLocation|w3\.org|//(?:localhost|127\.|0\.0\.0\.0|\[::1?\]|10\.|192\.168\.|host\.docker\.internal|169\.254\.169\.254)|\.(?:local|internal|test|svc)\b|\.svc\.|schemas\.|json-schema\.org`)

// plainHTTP finds an address that lost its encryption and is the same else.
// Addresses within one machine or network, and addresses that are names, are
// left alone.
func plainHTTP(was, is line) string {
	if strings.Contains(is.code, "http://") && strings.Contains(was.code, "https://") &&
		strings.ReplaceAll(is.code, "http://", "https://") == strings.ReplaceAll(was.code, "http://", "https://") && !nameOnly.in(is) {
		return "the connection is not encrypted"
	}
	return ""
}
