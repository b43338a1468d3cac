package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// widerRules compare an added line with what stood in its place.
func widerRules() []rule {
	return []rule{
		{words: flipWords(), on: change.Add, match: unlessKept(flipped)},
		{words: listWords(), on: change.Add, match: unlessKept(longerList)},
		{words: modeWords(), on: change.Add, match: unlessKept(widerMode)},
	}
}

// flips are words that mean less, and what means more in their place.
func flips() [][2]string {
	return [][2]string{
		{"deny", "allow"},
		{"deny", "accept"},
		{"drop", "accept"},
		{"reject", "accept"},
		{"disallow", "allow"},
		{"read", "write"},
		{"none", "write"},
		{"read", "admin"},
		{"read", "read-write"},
		{"private", "public"},
		{"internal", "public"},
		{"127.0.0.1", "0.0.0.0"},
		{"localhost", "0.0.0.0"},
		{"viewer", "admin"},
		{"viewer", "editor"},
		{"editor", "admin"},
		{"member", "admin"},
		{"Deny", "Allow"},
		{"DENY", "ALLOW"},
		{"PRIVATE", "PUBLIC"},
		{"DROP", "ACCEPT"},
		{"user", "admin"},
		{"ask", "allow"},
		{"deny", "ask"},
		{"reader", "writer"},
		{"viewer", "owner"},
		{"ClusterIP", "LoadBalancer"},
		{"ClusterIP", "NodePort"},
	}
}

func flipWords() []string {
	return []string{"allow", "accept", "write", "admin", "public", "0", "editor", "ask", "writer", "owner", "balancer", "port"}
}

// flipSubjects keep words such as public in "public class" out: the rest of
// the line has to speak of access.
var flipSubjects = probing(`(?i)^type:|polic|effect|action|access|acl|role|permission|scope|visib|bind|listen|host|default|mode|grant|allow|public[-_]|["':=]\s*["']?public|iptables|ufw|rule|\b(?:contents|packages|actions|checks|deployments|issues|pages|statuses|id-token|pull-requests|security-events)\b|:\s*\d+|Bash\(`)

func flipped(l line, b block) string {
	if len(b.removed) == 0 || l.comment() || declaration(l.code) {
		return ""
	}
	for _, f := range flips() {
		if strings.Contains(l.code, f[1]) && replaces(l, b, f) && flipSubjects.in(l) {
			return f[0] + " became " + f[1]
		}
	}
	return ""
}

// replaces says that the line is one of the removed ones with one word for
// another.
func replaces(l line, b block, words [2]string) bool {
	return slices.ContainsFunc(b.beside(l), func(was line) bool {
		return strings.Contains(was.code, words[0]) && strings.ReplaceAll(was.code, words[0], words[1]) == l.code
	})
}

// declaration tells the visibility of a name in a program from access.
func declaration(code string) bool {
	for _, start := range []string{"public ", "private ", "internal ", "protected ", "open ", "export ", "import ", "from ", "using ", "def ", "func ", "fn "} {
		if strings.HasPrefix(code, start) {
			return true
		}
	}
	return false
}

// widerResource finds a resource that became every resource.
func widerResource(l line, b block) string {
	if !anyResource.in(l) {
		return ""
	}
	for _, was := range b.beside(l) {
		if was.has("resource", "resources") && !anyResource.in(was) {
			return "a rule became one for every resource"
		}
	}
	return ""
}

var anyResource = probing(`(?i)\bresources?["']?\s*[:=]\s*\[?\s*["']\*["']`)
