package report

import (
	"strings"

	"github.com/tierwise/tierwise/internal/sanitize"
)

// patchText shows a patch as a fenced diff, by whole lines as far as it fits.
// What its lines say is a model's text and is defused as such: the fence is
// longer than any run of backticks in it, so that nothing in it acts. It is a
// copy to look at; the file is what is applied.
func patchText(patch string, allow sanitize.Links, limit int) string {
	if patch == "" {
		return ""
	}
	const head = "The patch, which nobody has applied:\n\n"
	keep := min(len(patch), maxSource/2)
	for left := limit - len(head) - len(patchCut); keep > 0 && left > 0; keep /= 2 {
		block := closed(sanitize.Markdown(fencedDiff(wholeLines(patch, keep)), allow))
		switch {
		case len(block) > left:
		case keep < len(patch):
			return head + block + patchCut
		default:
			return head + block
		}
	}
	if len(patchCut) > limit {
		return ""
	}
	return patchCut
}

const patchCut = "*The patch is cut here: the whole of it is in the patch file.*\n\n"

func fencedDiff(patch string) string {
	fence := strings.Repeat("`", max(3, longestRun(patch, '`')+1))
	return fence + "diff\n" + strings.TrimRight(patch, "\n") + "\n" + fence + "\n"
}
