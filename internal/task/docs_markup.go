package task

import (
	"path"
	"regexp"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

var (
	linkTarget = lazily(`\]\(\s*<?([^)\s>]+)`)
	refTarget  = lazily(`(?m)^[ >]*\[[^^\]\n][^\]\n]*\]:\s*<?([^\s>]+)`)
	// activeMarkup is what builds of pages carry out: files that are taken in,
	// programs in MDX, notebooks and templates, and examples that run as tests.
	activeMarkup = lazily(`(?m)^\s*\.\.\s+(?:\|[^|\n]+\|\s+)?(?:include|literalinclude|raw|role|csv-table|figure|image|auto\w+|exec\w*|program-output|command-output|ipython|doctest|testcode|testsetup)::|^(?:include|image|video|audio)::|\bpass:[a-z,]*\[|^\+{4,}\s*$|--8<--|^(?:import|export)\s+(?:.*\bfrom\s+["']|(?:default|const|let|function|class)\b)|\{\{|\{%|^\s*>>> |^[\s>*+-]*(?:\x60{3,}|~{3,}|:{3,})\s*\{`)
	activeHTML   = lazily(`(?i)<!--|</?(?:script|iframe|object|embed|style|link|meta|img|form|input|svg|base|video|audio|math|template)\b`)
	handler      = lazily(`(?i)\bon[a-z]{3,}\s*=`)
	htmlTag      = lazily(`(?i)</?[a-z][a-z0-9-]*(?:[\s/][^<>]*>?|>|$)|<[!?]`)
	// noteInLink is a comment in the form of a link that nobody follows, or the
	// title of one that nobody sees.
	noteInLink = lazily(`(?m)^[ >]*\[[^^\]\n][^\]\n]*\]:\s*(?:#|<>|\S+[ \t]*\n?[ \t]*["'(])`)
	// mention calls a person or a team; closing ends an issue where a page is
	// quoted in a commit or a pull request.
	mention    = lazily(`(?:^|[\s(,*_>"'])(@[A-Za-z0-9][\w-]*(?:/[\w.-]+)?)`)
	closingTag = lazily(`(?i)\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:[\w.-]+/[\w.-]+)?(?:#|GH-)[0-9]+`)
)

// checkMarkup looks for what a reader of a page does not see, and for what
// acts: in a browser, on the platform, or when the pages are built.
func checkMarkup(seen *docEvidence, place string, r rewrite, f change.File) []Problem {
	added := addedText(f)
	prose, _ := splitFences(r, f)
	prose = outsideSpans(prose)
	var problems []Problem
	hides := func(m string) {
		problems = append(problems, problem("hidden-text", "%s holds markup that hides or acts: %.40q", place, m))
	}
	for _, form := range []*regexp.Regexp{activeHTML(), noteInLink()} {
		if m := form.FindString(added); m != "" && !seen.shown(m) {
			hides(m)
		}
	}
	if m := handler().FindString(prose); m != "" {
		hides(m)
	}
	if strings.HasPrefix(path.Ext(strings.ToLower(r.path)), ".m") {
		if tag := newTag(r.before, prose); tag != "" {
			hides(tag)
		}
	}
	for _, m := range mention().FindAllStringSubmatch(prose, -1) {
		if !seen.shown(m[1]) {
			problems = append(problems, problem("order", "%s calls somebody: %.40q", place, m[1]))
		}
	}
	if m := closingTag().FindString(prose); m != "" && !strings.Contains(r.before, m) {
		problems = append(problems, problem("order", "%s closes an issue: %.40q", place, m))
	}
	if m := activeMarkup().FindString(added); m != "" {
		problems = append(problems, problem("changing-code", "%s holds what a build of the pages carries out: %.40q", place, strings.TrimSpace(m)))
	}
	return problems
}

// newTag gives a tag of HTML, with what stands in it, that a page does not have
// yet.
func newTag(before, prose string) string {
	for line := range strings.Lines(prose) {
		for _, tag := range htmlTag().FindAllString(line, -1) {
			if tag = strings.TrimRight(tag, "\r\n"); !strings.Contains(before, tag) || !strings.HasSuffix(tag, ">") {
				return tag
			}
		}
	}
	return ""
}

// outsideSpans takes out what stands as code within one line, between two runs
// of as many backticks. With an escaped backtick, the line is left as it is.
func outsideSpans(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.Contains(line, "\\`") {
			b.WriteString(line)
			continue
		}
		for {
			at := strings.IndexByte(line, '`')
			if at < 0 {
				break
			}
			rest := strings.TrimLeft(line[at:], "`")
			run := line[at : len(line)-len(rest)]
			b.WriteString(line[:at])
			line = rest
			if end := closingRun(rest, len(run)); end >= 0 {
				line = rest[end:]
			}
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return b.String()
}

// closingRun gives the place behind the next run of so many backticks, -1
// where there is none.
func closingRun(text string, length int) int {
	for at := 0; at < len(text); {
		rest := strings.TrimLeft(text[at:], "`")
		if run := len(text) - at - len(rest); run > 0 {
			at += run
			if run == length {
				return at
			}
			continue
		}
		at++
	}
	return -1
}

// deadLinks gives targets of links inside the repository that do not exist.
func (e *docEvidence) deadLinks(page, text string) []string {
	var dead []string
	for _, m := range append(linkTarget().FindAllStringSubmatch(text, -1), refTarget().FindAllStringSubmatch(text, -1)...) {
		target, _, _ := strings.Cut(m[1], "#")
		if target == "" || address().MatchString(target) || e.shown(m[0]) {
			continue
		}
		full := path.Join(path.Dir(page), target)
		if strings.HasPrefix(target, "/") {
			full = strings.TrimPrefix(path.Clean(target), "/")
		}
		if !e.hasPath(full) {
			dead = append(dead, m[1])
		}
	}
	return dead
}
