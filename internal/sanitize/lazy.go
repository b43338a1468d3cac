package sanitize

import (
	"regexp"
	"sync"
)

// lazily compiles an expression when it is first asked for: most starts of the
// program defuse no text at all.
func lazily(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
