package cli

import (
	"fmt"
	"io"
	"strings"
)

// barWidth is the width of the bar, in characters.
const barWidth = 30

// counter is a progress bar on one line of a terminal. A nil counter shows
// nothing.
type counter struct {
	out   io.Writer
	shown int // per mille that are on the screen
}

// newCounter gives nil where nobody looks, or does not want to.
func newCounter(p Process) *counter {
	if !isTerminal(p.Stderr) || p.Getenv("NO_COLOR") != "" {
		return nil
	}
	return &counter{out: p.Stderr, shown: -1}
}

// show draws the bar where it has moved: a terminal is slower than a replay.
func (c *counter) show(done, all int) {
	if all <= 0 {
		return
	}
	part := min(1000, 1000*done/all)
	if part == c.shown {
		return
	}
	c.shown = part
	full := barWidth * part / 1000
	fmt.Fprintf(c.out, "\r[%s%s] %d of %d commits", strings.Repeat("=", full), strings.Repeat(" ", barWidth-full), done, all)
}

// clear takes the bar away.
func (c *counter) clear() {
	if c != nil && c.shown >= 0 {
		fmt.Fprint(c.out, "\r\x1b[K")
	}
}
