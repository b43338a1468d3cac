package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// head is the line under which an item of a list stands.
type head struct {
	code string
	// own says that the change brought it: the list is new.
	own bool
}

// maxItems bounds how many items of a list are passed on the way to its head.
const maxItems = 30

// headOf gives the head of the list in which a line stands: the nearest line
// above it, on its own side, that is no item. Where only items are shown, it
// is the line that git names.
func headOf(l line, b block) head {
	own, _ := b.sidesOf(l)
	for _, o := range slices.Backward(own.lines[max(0, l.at-maxItems):l.at]) {
		if !listItem(o.code) {
			return head{o.code, true}
		}
	}
	for _, o := range slices.Backward(b.over.lines) {
		code := strings.TrimSpace(o.Text)
		if (o.Op == change.Context || o.Op == l.Op) && !listItem(code) {
			return head{code, o.Op != change.Context}
		}
	}
	return head{strings.TrimSpace(b.over.section), false}
}

// listItem says that a line looks like one of many: it begins with a dash or
// a quote, or says nothing.
func listItem(code string) bool {
	if code == "" || strings.HasPrefix(code, "#") || strings.HasPrefix(code, "//") {
		return true
	}
	if strings.HasPrefix(code, "- ") {
		return !strings.HasSuffix(code, ":")
	}
	return strings.ContainsAny(code[:1], `"'`) && !strings.HasSuffix(code, "[") && !strings.HasSuffix(code, "{") && !strings.HasSuffix(code, "(")
}

// key gives the name that a head sets, without quotes.
func (h head) key() string {
	name, _, _ := strings.Cut(strings.TrimPrefix(h.code, "- "), "[")
	if strings.HasPrefix(h.code, "[") {
		name = strings.Trim(h.code, "[] ")
	}
	name = strings.Trim(strings.Trim(strings.TrimSpace(name), "=:( "), `"'`)
	if at := strings.LastIndexAny(name, ". "); at >= 0 {
		name = name[at+1:]
	}
	return strings.ToLower(name)
}

// itemText gives what an item holds, without its dash, quotes and comma.
func itemText(code string) string {
	return strings.Trim(strings.TrimSuffix(strings.TrimSpace(strings.TrimPrefix(code, "-")), ","), `"' `)
}

// itemsOf gives the parts of a list that is written on one line, behind its
// key.
func itemsOf(code string) []string {
	_, list, found := strings.Cut(code, "=")
	if before, after, colon := strings.Cut(code, ":"); colon && (!found || len(before) < len(code)-len(list)) {
		list, found = after, true
	}
	if !found {
		return nil
	}
	parts := strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("[]{}, \"'\t", r) })
	return parts[:min(len(parts), maxTargetParts)]
}
