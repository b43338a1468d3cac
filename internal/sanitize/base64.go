package sanitize

import (
	"encoding/base64"
	"strings"
)

// minEncoded is the shortest run worth decoding: 24 characters hold 18 bytes,
// and no token of ours is shorter.
const minEncoded = 24

// base64Runs finds the runs of base64 characters, standard and URL.
func base64Runs(s string) []span {
	var runs []span
	from := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && base64Byte(s[i]) {
			continue
		}
		if i-from >= minEncoded {
			runs = append(runs, span{from: from, to: i})
		}
		from = i + 1
	}
	return runs
}

func base64Byte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("+/-_=", c) >= 0
}

// decodeText decodes a run, at whichever of four places its encoding starts
// (a sign before it may look like a part of it), where that gives plain text.
func decodeText(run string) (string, bool) {
	run = strings.TrimRight(run, "=")
	standard := strings.NewReplacer("-", "+", "_", "/").Replace(run)
	if strings.Contains(run, "=") {
		standard = standard[strings.LastIndexByte(standard, '=')+1:]
	}
	for skip := range min(4, len(standard)) {
		part := standard[skip:]
		if len(part)%4 == 1 {
			part = part[:len(part)-1]
		}
		if decoded, err := base64.RawStdEncoding.DecodeString(part); err == nil && printable(decoded) {
			return string(decoded), true
		}
	}
	return "", false
}

// printable says that bytes are ASCII text: what is decoded by mistake is not.
func printable(b []byte) bool {
	for _, c := range b {
		if c >= 0x7F || c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return len(b) > 0
}
