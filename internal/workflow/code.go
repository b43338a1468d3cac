package workflow

import (
	"regexp"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/yamltree"
)

// codeForm is a way in which a program asks a vendor's interface. Where ask
// has a group it is the address that is asked, and says which vendor's.
type codeForm struct {
	ask   func() *regexp.Regexp
	agent string
	needs func() *regexp.Regexp // what the text imports for it
}

var (
	askOfScript = lazily("\\b(?:fetch|axios|axios\\.post|got|got\\.post)\\s*\\(\\s*[\"'`](https://[^\"'`\\s]+)[\"'`]")
	askOfPython = lazily(`\b(?:(?:requests|httpx|session|client)\.post|urllib\.request\.Request|Request)\s*\(\s*f?["'](https://[^"'\s]+)["']`)

	askAnthropic  = lazily(`\.messages\.(?:create|stream)\s*\(`)
	askOpenAI     = lazily(`\.(?:chat\.completions|responses)\.create\s*\(`)
	askGemini     = lazily(`\.generate_content\s*\(`)
	usesAnthropic = lazily(`(?m)^\s*(?:import anthropic\b|from anthropic import\b)`)
	usesOpenAI    = lazily(`(?m)^\s*(?:import openai\b|from openai import\b)`)
	usesGemini    = lazily(`(?m)^\s*(?:import google\.generativeai\b|from google import genai\b|from google\.genai import\b)`)

	modelInCode = lazily(`(?:\bmodel["']?\s*[:=]\s*|\bGenerativeModel\s*\(\s*(?:model_name\s*=\s*)?)(?:["'\x60]([A-Za-z0-9][A-Za-z0-9._/:@-]*)["'\x60]|([^\s,;)}]+))`)
	otherServer = lazily(`\bbase_url\b|\bbaseURL\b`)
)

func formsOfScript() []codeForm { return []codeForm{{ask: askOfScript}} }

func formsOfPython() []codeForm {
	return []codeForm{
		{ask: askOfPython},
		{askAnthropic, "anthropic-api", usesAnthropic},
		{askOpenAI, "openai-api", usesOpenAI},
		{askGemini, "gemini-api", usesGemini},
	}
}

// code is where a step holds a program that is no shell's, and the ways in
// which it may ask for an answer.
func (f *File) code(j *Job, s *Step) (*yamltree.Node, []codeForm) {
	switch {
	case s.Uses != nil:
		if name, _ := splitUses(s.Uses.Text); name == "actions/github-script" {
			return inputOf(s.With, "script"), formsOfScript()
		}
	case s.Run == nil:
	case strings.HasPrefix(f.shellOf(j, s), "python"):
		return s.Run, formsOfPython()
	case f.isShell(j, s) && runsPython(s.Run.Text):
		return s.Run, formsOfPython()
	}
	return nil, nil
}

// runsPython says whether a script hands Python a text of its own.
func runsPython(script string) bool {
	if !strings.Contains(script, "python") {
		return false
	}
	return slices.ContainsFunc(invocations(script), func(i invocation) bool {
		return strings.HasPrefix(i.program, "python") && (i.fed || i.invocation().Has("-c"))
	})
}

// programs gives the calls of a program in a step, one for each vendor that it
// asks.
func (f *File) programs(agents []Agent, j *Job, s *Step) []Call {
	n, forms := f.code(j, s)
	if n == nil || n.Kind != yamltree.Scalar {
		return nil
	}
	found := map[string]span{}
	for _, form := range forms {
		form.in(n.Text, found)
	}
	var calls []Call
	for _, a := range agents {
		at, ok := found[a.ID]
		if !ok {
			continue
		}
		v := view{f: f, places: &places{source: f.source}, j: j, s: s, code: n, alone: len(found) == 1}
		c := v.call(a)
		c.Elsewhere = c.Elsewhere || otherServer().MatchString(n.Text)
		if s.Run != nil {
			c.Prompts = append(c.Prompts, s.Run)
		}
		c.Pos, c.End = n.Pos, 0
		if pos, end, ok := v.places.within(n, at.from, at.to); ok {
			c.Pos, c.End = pos, end
		}
		calls = append(calls, c)
	}
	return calls
}

// in finds the first place where a text asks each vendor.
func (form codeForm) in(text string, found map[string]span) {
	if form.needs != nil && !form.needs().MatchString(text) {
		return
	}
	for _, m := range form.ask().FindAllStringSubmatchIndex(text, -1) {
		id, at := form.agent, span{m[0], m[1]}
		if len(m) > 2 {
			id, at = vendorAt(text[m[2]:m[3]]), span{m[2], m[3]}
		}
		if _, again := found[id]; id != "" && !again && !commented(text, m[0]) {
			found[id] = at
		}
	}
}

// vendorAt gives the agent of an address, "" for one that calls no model.
func vendorAt(address string) string {
	for id, path := range map[string]func() *regexp.Regexp{
		"anthropic-api": toAnthropic, "openai-api": toOpenAI, "gemini-api": toGemini, "openrouter-api": toOpenRouter,
	} {
		if path().MatchString(address) {
			return id
		}
	}
	return ""
}

// commented says that a line is a comment, of either language.
func commented(text string, at int) bool {
	line := strings.TrimSpace(text[strings.LastIndexByte(text[:at], '\n')+1 : at])
	return strings.HasPrefix(line, "//") || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "*") || strings.HasPrefix(line, "/*")
}

// inCode reads the model that a program names, where it names one and asks one
// vendor. A name that leads to the same name says nothing new.
func (v view) inCode() *Named {
	text := v.code.Text
	var at span
	for _, m := range modelInCode().FindAllStringSubmatchIndex(text, -1) {
		switch {
		case commented(text, m[0]):
		case m[2] < 0 && text[m[4]:m[5]] == "model":
		case m[2] < 0, at.to > 0 && text[at.from:at.to] != text[m[2]:m[3]]:
			return v.computed(v.code)
		case at.to == 0:
			at = span{m[2], m[3]}
		}
	}
	if at.to == 0 || !v.alone {
		return v.computed(v.code)
	}
	return v.piece(v.code, at.from, at.to)
}
