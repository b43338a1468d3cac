package signal

import (
	"strconv"
	"strings"
)

func modeWords() []string {
	return []string{"chmod", "mode", "perm", "mkdir", "0600", "0644", "0640", "0660", "0664", "0666", "0700", "0750", "0755", "0770", "0775", "0o600", "0o644", "0o640", "0o660", "0o664", "0o666", "0o755", "0o775"}
}

var octal = expression(`\b0?o?[0-7]?[0-7]{3}\b`)

// widerMode finds the mode of a file that gives others more.
func widerMode(l line, b block) string {
	now := octal().FindString(l.code)
	if now == "" {
		return ""
	}
	shape := octal().ReplaceAllString(l.code, "0")
	for _, was := range b.beside(l) {
		before := octal().FindString(was.code)
		if before != "" && before != now && octal().ReplaceAllString(was.code, "0") == shape && bits(now)&^bits(before)&0o077 != 0 {
			return "a file is open to more"
		}
	}
	return ""
}

func bits(mode string) uint64 {
	n, err := strconv.ParseUint(strings.TrimLeft(mode, "0o"), 8, 32)
	if err != nil {
		return 0
	}
	return n
}
