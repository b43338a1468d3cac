package cli

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// bar is a progress bar on one line of a terminal. A nil one shows nothing.
type bar struct{ drawn *progressbar.ProgressBar }

// newBar gives nil where nobody looks, or does not want to.
func newBar(p Process) *bar {
	if !isTerminal(p.Stderr) || p.Getenv("NO_COLOR") != "" {
		return nil
	}
	return &bar{progressbar.NewOptions(0, progressbar.OptionSetWriter(p.Stderr), progressbar.OptionSetDescription("commits"), progressbar.OptionShowCount(),
		progressbar.OptionSetWidth(30), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())}
}

// show moves the bar. What a terminal does not take stops nothing.
func (b *bar) show(done, all int) {
	if all > 0 && b.drawn.GetMax() != all {
		b.drawn.ChangeMax(all)
	}
	b.drawn.Set(done) //nolint:errcheck // see above
}

// clear takes the bar away.
func (b *bar) clear() {
	if b != nil {
		b.drawn.Clear() //nolint:errcheck // see show
	}
}
