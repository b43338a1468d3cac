package sanitize

import (
	"strings"
	"unicode"
)

const (
	joiner        = '\u200D'
	emojiSelector = '\uFE0F'
	keycap        = '\u20E3'
	blackFlag     = '\U0001F3F4'
)

// pictographs are the blocks that hold emoji and the skin tones. They are a
// little wider than Extended_Pictographic of Unicode's emoji-data.txt: what
// else lies in these blocks is visible as well.
var pictographs = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x00A9, 0x00A9, 1},
		{0x00AE, 0x00AE, 1},
		{0x203C, 0x203C, 1},
		{0x2049, 0x2049, 1},
		{0x2122, 0x2122, 1},
		{0x2139, 0x2139, 1},
		{0x2190, 0x21FF, 1},
		{0x2300, 0x23FF, 1},
		{0x24C2, 0x24C2, 1},
		{0x25AA, 0x25FE, 1},
		{0x2600, 0x27BF, 1},
		{0x2934, 0x2935, 1},
		{0x2B00, 0x2BFF, 1},
		{0x3030, 0x3030, 1},
		{0x303D, 0x303D, 1},
		{0x3297, 0x3297, 1},
		{0x3299, 0x3299, 1},
	},
	R32:         []unicode.Range32{{0x1F000, 0x1FAFF, 1}, {0x1FC00, 0x1FFFD, 1}},
	LatinOffset: 2,
}

func pictographic(r rune) bool { return unicode.Is(pictographs, r) }

func keycapBase(r rune) bool { return r >= '0' && r <= '9' || r == '#' || r == '*' }

// flagTags is the length of the tags at the start of s that spell the flag of
// England, Scotland or Wales after a black flag: the only ones recommended for
// interchange (emoji-sequences.txt). Any other tags could spell hidden text.
func flagTags(s string) int {
	for _, region := range []string{"gbeng", "gbsct", "gbwls"} {
		if tags := spellTags(region); strings.HasPrefix(s, tags) {
			return len(tags)
		}
	}
	return 0
}

// spellTags writes ASCII in tag characters and ends it with the cancel tag.
func spellTags(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(0xE0000 + r)
	}
	b.WriteRune(0xE007F)
	return b.String()
}
