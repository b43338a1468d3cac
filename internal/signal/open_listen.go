package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// listenRules find what could be reached from its own machine alone, and is
// reached by others now.
func listenRules() []rule {
	return []rule{
		{words: []string{"127", "localhost", "1"}, on: change.Delete, match: unlessKept(loopbackLost)},
		opened("it listens on every address", `(?i)\bbind_?ip_?all["']?\s*[:=]\s*["']?true|--bind_ip_all\b|\blisten_addresses\s*=\s*["']?\*|^bind\s+(?:\*|0\.0\.0\.0)|^bind-address\s*=\s*["']?(?:\*|0\.0\.0\.0|::)`, "bind", "listen"),
	}
}

var (
	loopback   = probing(`\b127\.0\.0\.1\b|\blocalhost\b|(?:^|[^\w:])::1\b`)
	listenKey  = probing(`(?i)^["']?(?:host_?ip|bind|bind-address|bind_?ip|listen_addresses)["']?\s*[:= ]`)
	anyAddress = expression(`0\.0\.0\.0|\[::\]|\*`)
)

// loopbackLost finds a line that is the same but for the address, which was
// that of the own machine: a published port, an address to listen on. Without
// an address most programs listen on all of them.
func loopbackLost(l line, b block) string {
	if l.class == Test || l.comment() || !loopback.in(l) {
		return ""
	}
	beside := b.beside(l)
	for _, is := range beside {
		if !loopback.in(is) && !is.comment() && sameButAddress(l.code, is.code) {
			return "it can be reached from other machines"
		}
	}
	if listenKey.in(l) && !wentWhole(l, b) && !slices.ContainsFunc(beside, listenKey.in) && !slices.ContainsFunc(beside, loopback.in) {
		return "it can be reached from other machines"
	}
	return ""
}

// sameButAddress compares two lines without the address of the own machine
// and of all machines.
func sameButAddress(was, is string) bool {
	own := bareAddress(strings.NewReplacer("127.0.0.1", "", "localhost", "", "[::1]", "", "::1", "").Replace(was))
	all := bareAddress(anyAddress().ReplaceAllString(is, ""))
	return own == all && strings.ContainsAny(own, "0123456789abcdefghijklmnopqrstuvwxyz")
}

func bareAddress(code string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(":\"' \t", r) {
			return -1
		}
		return r
	}, code)
}
