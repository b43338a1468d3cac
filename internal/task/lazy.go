package task

import (
	"regexp"
	"sync"
)

// lazily gives a pattern that is compiled when it is first asked for. There
// are many, and a start of the program that reads no log and no change must
// not wait for any of them. A pattern that cannot be compiled panics there;
// a test compiles them all.
func lazily(form string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(form) })
}
