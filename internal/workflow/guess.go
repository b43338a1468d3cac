package workflow

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// sense is a task with the words that tell it. In a name few words are enough
// (a job called review); a prompt has to say what is to be done.
type sense struct {
	task         string
	needs        string // one of these stands in every text that tells it; without any, no expression is tried
	name, prompt func() *regexp.Regexp
}

func (s sense) possible(text string) bool {
	for word := range strings.FieldsSeq(s.needs) {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

func senses() [8]sense {
	return [8]sense{changelog, codeReview, docs, failureSummary, prSummary, releaseNotes, securityScan, tests}
}

// lazily compiles an expression when it is first needed.
func lazily(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

const (
	makes   = `(write|generate|create|draft|prepare|produce|compose|update|add|maintain)s?`
	change  = `(pull request|pr|merge request|diff|changes?|commits?)`
	of      = `( an?| the| this| these| that| our| any| all| new| missing| more)*`
	pages   = `(docs?|documentation|readme)`
	reviews = `(code|pr|pull.?request|claude|gemini|codex|ai|copilot|auto|automated|deep|full)`
)

var (
	changelog = sense{"changelog", "log set", lazily(`\bchange ?(log|set)s?\b`), lazily(makes + of + `( \w+)? change ?(log|set)`)}
	// A name that says what kind of text is reviewed says another task.
	codeReview = sense{
		"code-review", "review",
		lazily(`\b` + reviews + `(?: code)? (?:review|reviewer)\b|^review(er)?$|\breview (prs?|pull requests?|code|changes)\b`),
		lazily(`^/[\w:. ]{0,30}review\b|\breview` + of + `( \w+)? (pull request|pr|merge request|diff)\b|\breview (an?|the|this|these|all|my|our|your)( \w+)? (changes?|commits?|code)\b|\b(perform|do|conduct|provide|give)` + of + `( \w+){0,2} (code|pr|pull request) review\b`),
	}
	docs           = sense{"docs", "doc readme", lazily(`^` + pages + `$|\b(update|sync|write|generate|improve|maintain|refresh|fix)` + of + ` ` + pages + `\b|\b` + pages + ` (update|updater|sync|writer|generator|generation|maintainer|maintenance|refresh|agent|bot)\b`), lazily(makes + of + `( \w+)? (docs|documentation|readme|docstrings?)\b`)}
	failureSummary = sense{
		"failure-summary", "fail ci", lazily(`\b(failures?|failed ci|ci) (summary|summari[sz]er|report|explainer|analysis|doctor)\b|\b(explain|summari[sz]e|analy[sz]e|diagnose) (ci |test |build )?failures?\b`),
		lazily(`\b(summari[sz]e|explain|diagnose|analy[sz]e)` + of + `( \w+){0,2} (failures?|failed|failing|build log|ci log)\b`),
	}
	prSummary = sense{
		"pr-summary", "summar descri explain", lazily(`\b(pr|pull request) (summary|summari[sz]er|description)\b|\b(summari[sz]e|describe) (pr|pull request|changes)\b`),
		lazily(`\b(summari[sz]e|describe)` + of + `( \w+)? ` + change + `\b|\bsummary of (this|the) (pull request|pr|merge request|diff)\b|` + makes + of + `( \w+)? (pr|pull request) (summary|description)\b`),
	}
	releaseNotes = sense{"release-notes", "release", lazily(`\brelease ?notes?\b`), lazily(makes + of + `( \w+)? release ?notes?\b`)}
	securityScan = sense{
		"security-scan", "security vulnerab", lazily(`\bsecurity (review(er)?|scan(ner)?|audit(or)?|check|analysis)\b|\bvulnerabilit(y|ies) (scan|check|review)\b`),
		lazily(`\bsecurity (review|scan|audit|analysis)\b|\b(find|look for|check for|scan for|search for|identify)` + of + `( \w+)? vulnerabilit`),
	}
	tests = sense{
		"tests", "test", lazily(`\b(write|add|generate|improve|missing) (unit )?tests?\b|\btests? (writer|generator|generation|improver|coverage)\b`),
		lazily(makes + of + `( \w+)? tests?\b`),
	}
	// otherReview is a review of something else than code, or what comes after one.
	otherReview = lazily(`\b(dependency|docs?|documentation|design|issue|security|copy|translation) review|\breview (comments?|feedback|response|repl(y|ies))|\b(address|fix|respond|reply|resolve)\b.*\breview`)
	separators  = lazily(`[^a-z0-9]+`)
)

// task guesses the task: from the agent, from the nearest name that tells
// one, from the prompt.
func (v view) task(a Agent, c Call) string {
	if a.Task != "" {
		return v.switched(a)
	}
	prompt := v.prompt(a)
	for _, name := range []string{v.s.Name, v.s.ID, v.j.Name, v.j.ID, v.f.Title, stem(v.f.Name)} {
		found := tellsName(name)
		if len(found) == 1 {
			return sure(found[0], prompt)
		}
		if len(found) > 1 {
			return ""
		}
	}
	return tellsPrompt(prompt)
}

// switched is for agents that do one task unless a switch says otherwise.
func (v view) switched(a Agent) string {
	off := map[string]Setting{"pr-agent": {Env: "github_action_config.auto_review"}, "ai-pr-reviewer": {With: "disable_review"}}
	on := map[string]string{"pr-agent": "false", "ai-pr-reviewer": "true"}
	n := v.look(off[a.ID])
	switch {
	case n == nil:
		return a.Task
	case n.Expression || n.Text == on[a.ID]:
		return ""
	}
	return a.Task
}

// sure keeps what a name tells unless the prompt tells another task.
func sure(task, prompt string) string {
	if other := tellsPrompt(prompt); other != "" && other != task && (!critical(task) || !critical(other)) {
		return ""
	}
	return task
}

func critical(task string) bool { return task == "code-review" || task == "security-scan" }

func stem(name string) string {
	base := path.Base(name)
	base = strings.TrimSuffix(strings.TrimSuffix(base, path.Ext(base)), ".lock")
	return base
}

// prompt gives the words of the instructions, not those of a file.
func (v view) prompt(a Agent) string {
	if v.command != nil {
		longest := ""
		for _, w := range v.command.args {
			if strings.Contains(w.text, " ") && len(w.text) > len(longest) {
				longest = w.text
			}
		}
		return longest
	}
	for _, s := range a.Prompts {
		if n := Value(v.with, s.With); n != nil && s.With != "claude_args" {
			return n.Text
		}
	}
	if v.f.Body != nil {
		return v.f.Body.Text
	}
	return ""
}

func words(text string) string {
	return strings.TrimSpace(separators().ReplaceAllString(strings.ToLower(text), " "))
}

func tellsName(name string) []string {
	name = words(name)
	if name == "" {
		return nil
	}
	if strings.Contains(name, "review") && otherReview().MatchString(name) && !securityScan.name().MatchString(name) {
		return nil
	}
	var found []string
	for _, s := range senses() {
		if s.possible(name) && s.name().MatchString(name) {
			found = append(found, s.task)
		}
	}
	if len(found) == 2 && slices.Contains(found, "code-review") && slices.Contains(found, "security-scan") {
		return []string{"code-review"}
	}
	return found
}

// promptHead is how much of a prompt is read: what it is about stands first.
const promptHead = 700

// tellsPrompt gives the task that a prompt asks for first. A prompt that asks
// for a review, or for a scan, anywhere is not a routine one.
func tellsPrompt(prompt string) string {
	if len(prompt) > promptHead {
		prompt = prompt[:promptHead]
	}
	text := strings.TrimSpace(strings.Join(strings.FieldsFunc(strings.ToLower(prompt), isBlank), " "))
	task, at, judges := "", len(text)+1, false
	for _, s := range senses() {
		if !s.possible(text) {
			continue
		}
		where := s.prompt().FindStringIndex(text)
		if where == nil {
			continue
		}
		judges = judges || critical(s.task)
		if where[0] < at {
			task, at = s.task, where[0]
		}
	}
	if judges && !critical(task) {
		return ""
	}
	return task
}

func isBlank(r rune) bool {
	return r == ' ' || r == '\n' || r == '\t' || r == '\r' || strings.ContainsRune("*#-_", r)
}
