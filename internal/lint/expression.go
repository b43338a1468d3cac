package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

var (
	expressionIn = lazily(`(?s)\$\{\{.*?\}\}`)
	indexed      = lazily(`\['([A-Za-z_][A-Za-z0-9_-]*)'\]`)
	numbered     = lazily(`\[[^\]]*\]`)
	literal      = lazily(`'(?:[^']|'')*'`)
	yesOrNo      = lazily(`(?i)\b(?:contains|startsWith|endsWith)\s*\([^()]*\)`)
	compares     = lazily(`==|!=|<|>`)
	pathIn       = lazily(`(?i)\bgithub(?:\.[a-z_*][a-z0-9_-]*)+(?:\.\*)?`)
	wholeOf      = lazily(`(?i)\btoJSON\s*\(\s*(github\.event(?:\.(?:issue|pull_request|comment|review|discussion|head_commit|commits))?)\s*\)`)
)

// untrustedPaths are the contexts that hold what a stranger wrote. The list is
// GitHub's own; * stands for one item.
// https://docs.github.com/en/actions/concepts/security/script-injections
// https://securitylab.github.com/resources/github-actions-untrusted-input/
func untrustedPaths() []string {
	return []string{
		"github.head_ref",
		"github.event.issue.title", "github.event.issue.body",
		"github.event.pull_request.title", "github.event.pull_request.body",
		"github.event.pull_request.head.ref", "github.event.pull_request.head.label", "github.event.pull_request.head.repo.default_branch",
		"github.event.comment.body", "github.event.review.body", "github.event.review_comment.body",
		"github.event.discussion.title", "github.event.discussion.body",
		"github.event.pages.*.page_name",
		"github.event.commits.*.message", "github.event.commits.*.author.email", "github.event.commits.*.author.name",
		"github.event.head_commit.message", "github.event.head_commit.author.email", "github.event.head_commit.author.name",
		"github.event.workflow_run.head_branch", "github.event.workflow_run.display_title", "github.event.workflow_run.head_commit.message",
	}
}

// untrustedIn gives the first context of a stranger's words whose value an
// expression, written with its ${{ }}, puts into a text. A comparison puts in
// true or false alone.
func untrustedIn(expression string) (path string, ok bool) {
	text := strings.TrimSuffix(strings.TrimPrefix(expression, "${{"), "}}")
	text = indexed().ReplaceAllString(text, ".$1")
	text = numbered().ReplaceAllString(text, ".*")
	text = literal().ReplaceAllString(text, "")
	text = yesOrNo().ReplaceAllString(text, "")
	for _, operand := range operands().Split(text, -1) {
		if compares().MatchString(operand) {
			continue
		}
		if whole := wholeOf().FindStringSubmatch(operand); whole != nil {
			return strings.ToLower(whole[1]), true
		}
		for _, path := range pathIn().FindAllString(operand, -1) {
			if slices.Contains(untrustedPaths(), strings.ToLower(path)) {
				return strings.ToLower(path), true
			}
		}
	}
	return "", false
}

var variableIn = lazily(`(?i)(?:^|[^\w.])env\.([a-z_][a-z0-9_-]*)`)

// variablesIn gives the variables whose value an expression puts into a text.
func variablesIn(expression string) []string {
	if !strings.Contains(strings.ToLower(expression), "env") {
		return nil
	}
	var names []string
	text := strings.TrimSuffix(strings.TrimPrefix(expression, "${{"), "}}")
	text = indexed().ReplaceAllString(text, ".$1")
	text = literal().ReplaceAllString(text, "")
	text = yesOrNo().ReplaceAllString(text, "")
	for _, operand := range operands().Split(text, -1) {
		if compares().MatchString(operand) {
			continue
		}
		for _, m := range variableIn().FindAllStringSubmatch(operand, -1) {
			names = append(names, m[1])
		}
	}
	return names
}

// place is where a piece of a text stands.
type place struct {
	pos  diag.Position
	end  int
	text string
}

// maxMisses bounds how often a piece is looked for in vain in one scalar: each
// time is a reading to its end.
const maxMisses = 20

// pieces finds what an expression matches in a scalar, at the real places. A
// piece that is written in another way than it reads stands at the scalar.
func (s Source) pieces(n *yamltree.Node, match *regexp.Regexp) []place {
	if n == nil || n.Kind != yamltree.Scalar {
		return nil
	}
	var list []place
	from, misses := n.Pos, 0
	last := n.Pos.Line + 1 + len(n.Text) // a line of a scalar has a letter, or is one
	for _, text := range match.FindAllString(n.Text, -1) {
		if misses < maxMisses && !strings.Contains(text, "\n") {
			if pos, end, ok := s.findUntil(from, last, text); ok {
				list = append(list, place{pos, end, text})
				from = s.At(pos.Line, end)
				continue
			}
			misses++
		}
		list = append(list, place{n.Pos, s.Span(n), text})
	}
	return list
}

// prompts gives the texts that a call hands to its model.
func prompts(c workflow.Call) []*yamltree.Node {
	list := slices.Clone(c.Prompts)
	for _, p := range c.Agent.Prompts {
		if n := workflow.Value(c.Step.With, p.With); n != nil && p.Flag == "" && !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	return list
}

// strange is a stranger's words in a prompt or in a command line.
// via is the variable of the file that brings them, "" where they stand there
// themselves.
type strange struct {
	place
	path string
	via  string
	run  *yamltree.Node // the command line; nil in a prompt
}

// strangers finds them in what a call reads. A prompt that is part of a
// command line is found there alone, and is the same for all calls of a script.
func (f Workflow) strangers(c workflow.Call) []strange {
	return remember(f.memory, func(m *memory) map[*workflow.Step][]strange { return m.strangers }, c.Step, func() []strange {
		return f.findStrangers(c)
	})
}

// maxHops bounds how many variables lead to a stranger's words.
const maxHops = 4

// brought is what a variable brings: a stranger's words, and what other
// variables hold.
type brought struct {
	path  string
	names []string
}

// broughtBy reads a variable once, however often it is used.
func (f Workflow) broughtBy(n *yamltree.Node) brought {
	return remember(f.memory, func(m *memory) map[*yamltree.Node]brought { return m.brings }, n, func() brought {
		var b brought
		for _, inner := range expressionIn().FindAllString(n.Text, -1) {
			if path, ok := untrustedIn(inner); ok && b.path == "" {
				b.path = path
			}
			for _, name := range variablesIn(inner) {
				if !slices.Contains(b.names, name) && len(b.names) < maxNames {
					b.names = append(b.names, name)
				}
			}
		}
		return b
	})
}

// maxNames bounds how many other variables are followed from one.
const maxNames = 8

// untrustedBy is untrustedIn, also where the expression names a variable that
// the file fills with such words.
func (f Workflow) untrustedBy(c workflow.Call, expression string) (path, via string, ok bool) {
	if path, ok := untrustedIn(expression); ok {
		return path, "", true
	}
	for _, name := range variablesIn(expression) {
		if path := f.broughtTo(c, name, 0); path != "" {
			return path, name, true
		}
	}
	return "", "", false
}

// broughtTo gives the stranger's words that a variable holds as a step sees
// it, "" for none.
func (f Workflow) broughtTo(c workflow.Call, name string, hops int) string {
	n := f.envOf(c, name)
	if n == nil || hops == maxHops {
		return ""
	}
	b := f.broughtBy(n)
	for _, inner := range b.names {
		if b.path == "" && inner != name {
			b.path = f.broughtTo(c, inner, hops+1)
		}
	}
	return b.path
}

func (f Workflow) findStrangers(c workflow.Call) []strange {
	var found []strange
	seen := map[diag.Position]bool{}
	for _, n := range append([]*yamltree.Node{c.Step.Run}, prompts(c)...) {
		for _, p := range f.pieces(n, expressionIn()) {
			path, via, untrusted := f.untrustedBy(c, p.text)
			if !untrusted || seen[p.pos] {
				continue
			}
			seen[p.pos] = true
			s := strange{place: p, path: path, via: via}
			if n == c.Step.Run {
				s.run = n
			}
			found = append(found, s)
		}
	}
	return found
}
