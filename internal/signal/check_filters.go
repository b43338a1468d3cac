package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// fewerStarts are filters of a pipeline that let it start on less. A check
// that does not start stops nothing.
func fewerStarts() []rule {
	return []rule{
		{words: strings.Fields("branches paths types ignore only except"), on: change.Add, match: unlessKept(filterOnOneLine)},
		{words: strings.Fields("branches paths types ignore"), on: change.Add, match: newFilter},
		{files: []string{".yml", ".yaml"}, match: filterItem},
	}
}

func pipelineFile(l line) bool { return l.class == Workflow && !l.comment() }

const startsLess = "a pipeline starts on less than before"

var (
	filterLine = probing(`^(?:-\s+)?["']?((?:branches|paths|types|tags|only|except)(?:-ignore)?)["']?:`)
	harmless   = expression(`(?i)(?:^|[/*])(?:docs?|website|examples?|\.vscode|\.idea)(?:/|$)|\.(?:mdx?|txt|rst|adoc|png|svg|jpg|gif)$|(?:^|/)(?:licen[cs]e|readme|changelog|authors|contributing|codeowners|\.gitignore|\.editorconfig|\.mailmap)[\w.*-]*$|ISSUE_TEMPLATE`)
)

// narrows says that a filter keeps what it names from starting the pipeline.
func narrows(key string) bool { return strings.HasSuffix(key, "-ignore") || key == "except" }

// filterOnOneLine compares a filter that is written on one line with what it
// was. After a merge a filter holds nothing back: where it is seen to be one
// of pushes to some branches, it is left alone.
func filterOnOneLine(l line, b block) string {
	if !pipelineFile(l) || !filterLine.in(l) || triggerOf(b).filtersPush() {
		return ""
	}
	for _, was := range b.beside(l) {
		if text := narrowerFilter(was, l); text != "" {
			return text
		}
	}
	return ""
}

// narrowerFilter compares a filter that is written on one line.
func narrowerFilter(was, is line) string {
	now, before := filterLine.of(is), filterLine.of(was)
	if now == nil || before == nil || now[1] != before[1] || now[1] == "tags" {
		return ""
	}
	less, more := itemsOf(was.code), itemsOf(is.code)
	if len(less) == 0 || len(more) == 0 {
		return ""
	}
	if narrows(now[1]) {
		return filterText(without(more, less), nil)
	}
	if now[1] == "types" && !slices.Contains(without(less, more), "synchronize") && !slices.Contains(without(less, more), "reopened") {
		return ""
	}
	if slices.Contains(more, "**") || slices.Contains(more, "*") {
		return ""
	}
	return filterText(without(less, more), without(more, less))
}

// filterText says what it means that items no longer start a pipeline. An item
// with other numbers in another one's place is a new version, and documents
// start no check.
func filterText(gone, instead []string) string {
	for _, item := range gone {
		renewed := slices.ContainsFunc(instead, func(o string) bool { return withoutNumbers(o) == withoutNumbers(item) || covers(o, item) })
		if !renewed && !harmless().MatchString(item) && !strings.HasPrefix(item, "!") {
			return startsLess
		}
	}
	return ""
}

// newFilter finds a filter under a trigger that had none.
func newFilter(l line, b block) string {
	key := filterLine.of(l)
	if !pipelineFile(l) || key == nil || key[1] == "tags" || b.kept(l) {
		return ""
	}
	if slices.ContainsFunc(b.beside(l), filterLine.in) || !gates(triggerOf(b)) {
		return ""
	}
	items := itemsOf(l.code)
	for _, o := range after(l, b.added) {
		if !strings.HasPrefix(o.code, "- ") {
			break
		}
		items = append(items, itemText(o.code))
	}
	switch {
	case slices.Contains(items, "**"), slices.Contains(items, "*"), key[1] == "types" && slices.Contains(items, "synchronize"):
		return ""
	case narrows(key[1]):
		return filterText(items, nil)
	}
	return startsLess
}

// trigger is what the lines above a filter say that it is of.
type trigger struct {
	name     string // "" where it is not seen, or is one of no check
	filtered bool   // it has another filter
	own      bool   // the change brought it
}

func (t trigger) filtersPush() bool { return t.name == "push" }

var anyTrigger = expression(`^["']?(pull_request|push|merge_group)["']?:\s*$`)

// triggerOf reads the lines above a block for the nearest trigger.
func triggerOf(b block) trigger {
	var t trigger
	for _, o := range slices.Backward(b.over.lines) {
		code := strings.TrimSpace(o.Text)
		switch {
		case code == "" || strings.HasPrefix(code, "#") || strings.HasPrefix(code, "- ") || o.Op == change.Delete:
		case filterLine.in(textLine(code)):
			t.filtered = true
		default:
			if found := anyTrigger().FindStringSubmatch(code); found != nil {
				t.name, t.own = found[1], o.Op == change.Add
			}
			return t
		}
	}
	return t
}

// gates says that the trigger was there and starts checks before a merge: a
// push without a filter does so too.
func gates(t trigger) bool {
	return t.name != "" && !t.own && (t.name != "push" || !t.filtered)
}

// filterItem reads filters that are written one item a line.
func filterItem(l line, b block) string {
	if !strings.HasPrefix(l.code, "- ") || !pipelineFile(l) || b.named(l) {
		return ""
	}
	h := headOf(l, b)
	key := filterLine.of(textLine(h.code))
	if h.own || key == nil || key[1] == "tags" || narrows(key[1]) != (l.Op == change.Add) || triggerOf(b).filtersPush() {
		return ""
	}
	if key[1] == "types" && !strings.Contains(l.code, "synchronize") {
		return ""
	}
	return filterText([]string{itemText(l.code)}, itemTexts(b.beside(l)))
}

// covers says that a pattern of everything below a folder holds the item.
func covers(pattern, item string) bool {
	folder, all := strings.CutSuffix(pattern, "**")
	return all && strings.HasPrefix(item, folder)
}

func itemTexts(lines []line) []string {
	texts := make([]string, 0, len(lines))
	for _, o := range lines {
		if strings.HasPrefix(o.code, "- ") {
			texts = append(texts, itemText(o.code))
		}
	}
	return texts
}
