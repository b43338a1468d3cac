package sanitize

import (
	"path"
	"slices"
	"strings"
)

// DeniedPath says that a file holds secrets by its name, so that its content
// is never sent: environment files (not their examples), private keys, key
// stores, password files. Letter case does not matter.
func DeniedPath(name string) bool {
	base := strings.ToLower(path.Base(strings.ReplaceAll(name, `\`, "/")))
	switch base {
	case ".env", ".netrc", "_netrc", ".pgpass", ".git-credentials", ".htpasswd",
		"id_rsa", "id_dsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk":
		return true
	}
	if rest, ok := strings.CutPrefix(base, ".env."); ok {
		return !slices.Contains([]string{"example", "sample", "template", "dist", "defaults", "schema"}, lastPart(rest))
	}
	switch path.Ext(base) {
	case ".pem", ".key", ".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".ppk":
		return true
	}
	return false
}

// lastPart is what follows the last dot: ".env.local.example" is an example.
func lastPart(s string) string { return s[strings.LastIndexByte(s, '.')+1:] }
