package signal

import (
	"slices"
	"strings"
)

var openCIDR = probing(`(?:^|[^\d.])0\.0\.0\.0/0\b|(?:^|[^\w:])::/0\b`)

// outgoing tells rules and routes that let traffic out: most networks do.
var outgoing = probing(`(?i)egress|outbound|destination|route|no_proxy|allowed_?ips|noproxy|deny|gateway`)

func openNetwork(l line, b block) string {
	if !strings.Contains(l.code, "/0") || !openCIDR.in(l) || l.comment() || outgoing.in(l) {
		return ""
	}
	if outgoingAbove(l, b.added) {
		return ""
	}
	return "open to every address"
}

// outgoingAbove looks for the head of the rule in the added lines above.
func outgoingAbove(l line, added []line) bool {
	at := indexOf(l, added)
	for _, above := range slices.Backward(added[max(0, at-12):at]) {
		if above.has("ingress", "inbound") {
			return false
		}
		if outgoing.in(above) {
			return true
		}
	}
	return false
}

// indexOf finds a line among the added ones, which stand in their order.
func indexOf(l line, added []line) int {
	at, _ := slices.BinarySearchFunc(added, l.NewLine, func(a line, n int) int { return a.NewLine - n })
	return at
}

// after gives the next added lines, at most maxBeside.
func after(l line, added []line) []line {
	rest := added[min(indexOf(l, added)+1, len(added)):]
	return rest[:min(len(rest), maxBeside)]
}
