package agentlog

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
)

const (
	noLifetime     = "the log does not say how long cache writes are kept, and the price hangs on it"
	noResult       = "the log has no result with the usage by model: a request under way and requests in the background are not in it"
	severalResults = "the log has several results of one session, and does not say whether each restates the one before"
)

// claudeResults gives the results that add up. Of the results of one session
// each either restates the one before, in one process, or stands for itself, in
// a process of its own, which the messages of the session tell; unsure where the
// log fits both.
func claudeResults(objects []object, seen map[string]claudeSeen) (results []object, unsure bool) {
	bySession := map[string][]object{}
	var order []string
	for _, o := range objects {
		session := o.text("session_id")
		if o.text("type") != "result" || slices.ContainsFunc(bySession[session], func(r object) bool { return sameResult(r, o) }) {
			continue
		}
		if bySession[session] == nil {
			order = append(order, session)
		}
		bySession[session] = append(bySession[session], o)
	}
	var messages map[string][]object
	if len(order) > 1 {
		messages = messagesBySession(objects)
	}
	for _, session := range order {
		all, shown := bySession[session], seen
		last := all[len(all)-1]
		if len(order) > 1 && len(all) > 1 {
			shown = claudeMessages(messages[session])
		}
		switch {
		case len(all) == 1:
			results = append(results, last)
		case !restated(all) || beyond(shown, last):
			results = append(results, all...)
		default:
			results = append(results, last)
			unsure = unsure || len(shown) == 0
		}
	}
	return results, unsure
}

// messagesBySession parts the messages, for logs of several sessions: what one
// session shows says nothing of another's results.
func messagesBySession(objects []object) map[string][]object {
	messages := map[string][]object{}
	for _, o := range objects {
		if o.text("type") == "assistant" {
			session := o.text("session_id")
			messages[session] = append(messages[session], o)
		}
	}
	return messages
}

// sameResult says that a result is written twice. The members are compared as
// they were written.
func sameResult(a, b object) bool {
	return maps.EqualFunc(a, b, func(x, y json.RawMessage) bool { return string(x) == string(y) })
}

// restated says that each result has at least what the one before has.
func restated(all []object) bool {
	for i := 1; i < len(all); i++ {
		before, after := all[i-1].child("modelUsage"), all[i].child("modelUsage")
		for model := range before {
			for _, name := range []string{"inputTokens", "outputTokens", "cacheReadInputTokens", "cacheCreationInputTokens"} {
				if after.child(model).count(name) < before.child(model).count(name) {
					return false
				}
			}
		}
	}
	return true
}

// beyond says that the messages show more of a model's prompts than a result
// has: then it does not stand for all of them.
func beyond(seen map[string]claudeSeen, result object) bool {
	models := result.child("modelUsage")
	for name := range models {
		m := models.child(name)
		has := int64(0)
		for _, part := range []string{"inputTokens", "cacheReadInputTokens", "cacheCreationInputTokens"} {
			n := max(m.count(part), 0)
			if has > math.MaxInt64-n {
				return false
			}
			has += n
		}
		if s := seen[modelOf(name, m)]; s.sum.Known && s.sum.PromptTokens() > has {
			return true
		}
	}
	return false
}

// modelOf is the id of a model in modelUsage.
func modelOf(name string, m object) string {
	if c := m.text("canonicalModel"); c != "" {
		name = c
	}
	return claudeModel(name)
}

// cacheSplit is how long what was written to the cache is kept: five minutes
// or an hour.
type cacheSplit struct {
	known       bool
	short, long int64
}

// splitOf reads it from the usage of the only result.
// https://platform.claude.com/docs/en/build-with-claude/prompt-caching
func splitOf(results []object) cacheSplit {
	if len(results) != 1 {
		return cacheSplit{}
	}
	split := results[0].child("usage").child("cache_creation")
	s := cacheSplit{short: split.count("ephemeral_5m_input_tokens"), long: split.count("ephemeral_1h_input_tokens")}
	s.known = s.short >= 0 && s.long >= 0 && s.short <= math.MaxInt64-s.long
	return s
}
