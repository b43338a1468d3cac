package report

import (
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/sanitize"
)

func TestAPatchIsShownAndActsNowhere(t *testing.T) {
	t.Parallel()
	hostile := "diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -1 +1,4 @@\n a\n+````\n+</details><script>x</script> @everyone\n+::error title=x::y\n"
	s := session(answered("docs", opus, 1, 1, 1, 1))
	s.Results[0].Output.Patch = hostile
	page := summary(t, s)
	checkPage(t, s, page)
	for _, must := range []string{"which nobody has applied", "`````diff\n", "+++ b/a.md", "</details><script>"} {
		if !strings.Contains(page, must) {
			t.Errorf("the page lacks %q", must)
		}
	}
}

func TestAPatchIsCutByWholeLinesAndSaysSo(t *testing.T) {
	t.Parallel()
	patch := "diff --git a/a b/a\n" + strings.Repeat("+a line of the patch\n", 400)
	for _, limit := range []int{0, 10, 100, 500, 4000, 1 << 20} {
		text := patchText(patch, sanitize.Links{}, limit)
		if len(text) > limit {
			t.Errorf("limit %d: %d bytes", limit, len(text))
		}
		whole := strings.Count(text, "+a line of the patch\n") == 400
		if whole == strings.Contains(text, "patch is cut") && limit >= 100 {
			t.Errorf("limit %d: whole %v\n%s", limit, whole, text)
		}
		if strings.Count(text, "```")%2 != 0 {
			t.Errorf("limit %d: a fence is left open", limit)
		}
	}
	if got := patchText("", sanitize.Links{}, 1000); got != "" {
		t.Errorf("no patch gives %q", got)
	}
}
