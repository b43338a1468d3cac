package workflow

import (
	"regexp"
	"slices"
	"strings"
)

// The hosts of the vendors' own interfaces, and of one that resells them.
const (
	anthropicHost  = "api.anthropic.com"
	openAIHost     = "api.openai.com"
	geminiHost     = "generativelanguage.googleapis.com"
	openRouterHost = "openrouter.ai/api"
)

// requests gives the agents that are no program: a script asks a vendor's
// interface itself, with curl or wget. A list of models, a count of tokens and other
// requests that call no model are none.
func requests() []Agent {
	of := func(id, provider string, resells bool, source string, path func() *regexp.Regexp, keys ...string) Agent {
		a := Agent{
			ID: id, Commands: []string{"curl", "wget"}, Provider: provider, Resells: resells, Models: []Setting{{Body: true}}, Source: source,
			Calls: func(i Invocation) bool { return asks(i, path()) },
		}
		for _, k := range keys {
			a.Keys = append(a.Keys, Setting{Env: k})
		}
		return a
	}
	return []Agent{
		of("anthropic-api", "anthropic", false, "https://platform.claude.com/docs/en/api/messages", toAnthropic, "ANTHROPIC_API_KEY"),
		of("gemini-api", "gemini", false, "https://ai.google.dev/api/generate-content", toGemini, "GEMINI_API_KEY", "GOOGLE_API_KEY"),
		of("openai-api", "openai", false, "https://platform.openai.com/docs/api-reference/responses", toOpenAI, "OPENAI_API_KEY"),
		of("openrouter-api", "", true, "https://openrouter.ai/docs/api-reference/overview", toOpenRouter, "OPENROUTER_API_KEY"),
	}
}

var (
	toAnthropic  = lazily(`^(?:https?://)?api\.anthropic\.com/v1/(?:messages|complete)(?:$|[?"]|/batches)`)
	toOpenAI     = lazily(`^(?:https?://)?api\.openai\.com/v1/(?:chat/completions|completions|responses)(?:$|[?"])`)
	toGemini     = lazily(`^(?:https?://)?generativelanguage\.googleapis\.com/.*(?::(?:stream)?[gG]enerateContent|/chat/completions)`)
	toOpenRouter = lazily(`^(?:https?://)?openrouter\.ai/api/v1/(?:chat/completions|completions|responses|messages)(?:$|[?"])`)
)

// asks says whether curl or wget sends something to an address. Without a body
// it calls no model.
// https://www.gnu.org/software/wget/manual/html_node/HTTP-Options.html
func asks(i Invocation, address *regexp.Regexp) bool {
	sends, to := i.Fed, false
	for _, w := range i.Words {
		for _, flag := range []string{"-d", "--data", "--json", "-F", "--form", "-T"} {
			sends = sends || w == flag || slices.ContainsFunc([]string{"--data-", "--post-", "--body-"}, func(start string) bool { return strings.HasPrefix(w, start) }) || strings.HasPrefix(w, flag+"=") || len(flag) == 2 && strings.HasPrefix(w, flag)
		}
		to = to || address.MatchString(w)
	}
	return sends && to
}

var (
	modelInPath = lazily(`/models/([^/:?"]+):(?:stream)?[gG]enerateContent`)
	modelInBody = lazily(`["']?\bmodel["']?\s*:\s*["']([^"'\\]+)["']`)
	// modelInScript also finds it where a script makes the body before: quotes
	// may be written with a backslash, and jq may be given it by name.
	modelInScript = lazily(`(?:\\?["']?\bmodel\\?["']?\s*:\s*\\?["']|--arg\s+model\s+["']?)([A-Za-z0-9][A-Za-z0-9._/:@-]*)`)
)

// inRequest reads the model of a request: of its address, of its body, or of
// the one body that the script makes. Every request names one.
func (v view) inRequest() *Named {
	if v.code != nil {
		return v.inCode()
	}
	for _, find := range []func() *regexp.Regexp{modelInPath, modelInBody} {
		for _, w := range v.command.args {
			if at := find().FindStringSubmatchIndex(w.text); at != nil {
				return v.ofWord(w, at[2], at[3])
			}
		}
	}
	if at, ok := v.body(); ok {
		return v.piece(v.s.Run, at.from, at.to)
	}
	return v.computed(v.s.Run)
}

// oneBody finds the model in the bodies that a script makes; not ok where they
// name several.
func oneBody(script string) (at span, ok bool) {
	for _, m := range modelInScript().FindAllStringSubmatchIndex(script, -1) {
		if ok && script[at.from:at.to] != script[m[2]:m[3]] {
			return span{}, false
		}
		if !ok {
			at, ok = span{m[2], m[3]}, true
		}
	}
	return at, ok
}

// ofWord reads a part of a word, which may be one variable.
func (v view) ofWord(w word, from, to int) *Named {
	part := word{text: w.text[from:to], from: w.from[from:to], quoted: w.quoted}
	part.expands = strings.ContainsAny(part.text, "$`")
	return v.word(v.s.Run, part, 0)
}
