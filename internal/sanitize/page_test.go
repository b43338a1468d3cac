package sanitize_test

import (
	"testing"

	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/testkit/runnerparse"
)

func TestPageTakesOnlyTheForceOfCommands(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ page, want string }{
		"a page without commands stays as it is":    {"# A\n\n- https:\u200b//evil #\u200b41\n", "# A\n\n- https:\u200b//evil #\u200b41\n"},
		"a command at the start of a line":          {"a\n ::add-mask::e\n", "a\n\\ ::add-mask::e\n"},
		"the older form anywhere":                   {"x ##[set-output name=tier]frontier", "x ##\\[set-output name=tier]frontier"},
		"a character without width inside the mark": {"#\u200b#[error]x", "#\u200b#\\[error]x"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := sanitize.Page(c.page)
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if found := runnerparse.Commands(got); len(found) > 0 {
				t.Errorf("the runner finds %v", found)
			}
		})
	}
}
