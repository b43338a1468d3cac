package task

import (
	"cmp"
	"strings"
)

// pytestCrash is an error of pytest itself, or of a hook in a conftest.py: every
// line of its traceback begins with the word, and no test is named.
type pytestCrash struct {
	seen  bool
	file  string
	line  int
	own   bool   // the place is not in a library
	last  string // the last line that is no frame
	inner string // the last line of an error that pytest marks with "E"
}

const pytestInternal = "INTERNALERROR"

// read takes a line of the traceback; false where it is none.
func (c *pytestCrash) read(text string) bool {
	rest, ok := strings.CutPrefix(text, pytestInternal+">")
	if !ok {
		return false
	}
	c.seen = true
	rest = strings.TrimPrefix(rest, " ")
	if m := pythonLine().FindStringSubmatch(rest); m != nil {
		if own := !inPythonLibrary(m[1]); own || !c.own {
			c.file, c.line, c.own = m[1], atoi(m[2]), own
		}
		return true
	}
	switch {
	case strings.HasPrefix(rest, "E  "):
		c.inner = cmp.Or(c.inner, strings.TrimSpace(rest[1:]))
	case rest == "", rest[0] == ' ', rest[0] == '>', strings.HasPrefix(rest, "Traceback "), strings.HasPrefix(rest, "During handling "),
		strings.HasPrefix(rest, "The above exception "), strings.HasPrefix(rest, "def "), strings.HasPrefix(rest, "@"), strings.HasPrefix(rest, "config "):
	default:
		c.last = strings.TrimSpace(rest)
	}
	return true
}

func inPythonLibrary(file string) bool {
	file = strings.ReplaceAll(file, `\`, "/")
	return strings.Contains(file, "/site-packages/") || strings.Contains(file, "/dist-packages/") || strings.Contains(file, "/lib/python") || strings.HasPrefix(file, "<")
}

// test is the crash as a failure: nothing else stands for the tests that did
// not run.
func (c *pytestCrash) test() FailedTest {
	return FailedTest{Name: pytestInternal, File: c.file, Line: c.line, Error: cmp.Or(c.last, c.inner)}
}
