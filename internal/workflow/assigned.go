package workflow

import (
	"regexp"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/yamltree"
)

// setting is what a script gives a variable before a command. Times counts the
// places that may: only where it is one, value is what it is. Value is NAME=….
type setting struct {
	times    int
	value    word
	exported bool
}

// sets looks for what the script of a step gives a variable.
func (v view) sets(name string) setting {
	if v.command == nil || v.s == nil || v.s.Run == nil || !strings.Contains(v.s.Run.Text, name) {
		return setting{}
	}
	script := v.s.Run.Text
	found := setting{times: len(writes(name).FindAllStringIndex(script, -1))}
	for _, c := range commands(script) {
		w, exported, lasts := assigns(c, name)
		if w.text == "" {
			continue
		}
		found.times++
		if lasts && before(w, v.command.name) && len(w.text) > len(name)+1 {
			found.value, found.exported = w, exported
		}
	}
	if found.times != 1 || branches().MatchString(script) && (v.environment(name) != nil || v.j.scripts().handed[name]) {
		found.value = word{}
	}
	return found
}

// branches tells scripts of which a part may not run.
var branches = lazily(`\b(?:if|case|while|until)\b|&&|\|\|`)

// writes finds what gives a variable a value without an equals sign.
func writes(name string) *regexp.Regexp {
	return regexp.MustCompile(`\b(?:read|for|select|mapfile|readarray|unset)\b[^\n;|&]*\b` + name + `\b|\b-v\s+` + name + `\b|\$\{` + name + `:?=`)
}

func before(a, b word) bool { return len(a.from) > 0 && len(b.from) > 0 && a.from[0] < b.from[0] }

// assigns gives the word NAME=… of a command. It lasts where the command only
// sets variables, or exports them.
func assigns(c command, name string) (w word, exported, lasts bool) {
	words := c.words
	for len(words) > 0 && slices.Contains(keywords(), words[0].text) {
		words = words[1:]
	}
	declares := len(words) > 0 && slices.Contains([]string{"export", "declare", "typeset", "readonly", "local"}, words[0].text)
	exported = declares && (words[0].text == "export" || len(words) > 1 && words[1].text == "-x")
	if declares {
		words = words[1:]
	}
	for _, one := range words {
		switch {
		case strings.HasPrefix(one.text, name+"=") || strings.HasPrefix(one.text, name+"+="):
			w = one
		case !declares && !isSetting(one):
			return w, false, false
		}
	}
	return w, exported, strings.HasPrefix(w.text, name+"=")
}

// assigned is the value that a script gives a variable, or that it gives one
// which cannot be read here.
func (v view) assigned(n *yamltree.Node, set setting, text string) *Named {
	if set.value.text == "" {
		return &Named{Text: text, Pos: n.Pos, Expression: true}
	}
	at := strings.IndexByte(set.value.text, '=') + 1
	if name, ok := variableName(set.value.text[at:]); ok && name == set.value.text[:at-1] {
		return &Named{Text: text, Pos: n.Pos, Expression: true} // X=$X says nothing
	}
	hop := v
	hop.chain++
	if hop.chain > maxHops {
		return &Named{Text: text, Pos: n.Pos, Expression: true}
	}
	named := hop.word(n, set.value, at)
	named.Shared = true
	return named
}
