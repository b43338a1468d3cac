package signal

import (
	"slices"
	"sync"
)

// doing is what a task verb does, as far as the verb alone tells.
type doing int

const (
	edits     doing = iota + 1 // changes what its object names: "fix", "add"
	behaves                    // makes a program do something: "implement", "return"
	documents                  // "document", "reword"
	restructs                  // "rename", "extract"
	tests                      // "test", "cover"
	sets                       // "bump", "pin"
	sumsUp                     // "summarise", "recap"
	asks                       // "investigate", "decide"
)

// verbs gives what each task verb does, in its plain form. A brief without any
// of them may be in a language that is not known here; it is never clear.
var verbs = sync.OnceValue(func() map[string]doing {
	of := map[string]doing{}
	for d, words := range map[doing][]string{
		edits: {
			"add", "adjust", "align", "append", "change", "clean", "correct", "create", "cut", "delete", "disable", "drop", "edit", "enable", "fill", "fix",
			"improve", "insert", "introduce", "lower", "mention", "merge", "modify", "move", "polish", "put", "raise", "reduce", "remove", "repair", "replace",
			"resolve", "restore", "revert", "set", "sort", "swap", "switch", "tidy", "translate", "tweak", "update", "write", "migrate", "generate", "regenerate",
			"increase", "decrease", "shorten", "clarify", "reword", "rephrase", "explain", "publish", "alter", "backfill", "turn", "apply", "list", "link", "format", "reformat", "port", "convert", "ignore", "exclude", "include",
		},
		behaves: {
			"accept", "allow", "avoid", "build", "cache", "call", "cap", "cast", "check", "clamp", "close", "compute", "debounce", "deny", "detect", "emit",
			"encode", "ensure", "escape", "expose", "filter", "forbid", "guard", "handle", "hide", "implement", "initialise", "initialize", "install", "keep",
			"limit", "load", "log", "make", "optimise", "optimize", "paginate", "parse", "pass", "preserve", "prevent", "print", "read", "redirect", "refuse",
			"reject", "render", "report", "require", "reset", "respect", "retry", "return", "run", "save", "send", "serve", "show", "skip", "speed", "start",
			"stop", "store", "strip", "support", "throttle", "trim", "use", "validate", "verify", "wait", "wire", "wrap", "warn", "default", "propagate",
			"display", "export", "import", "integrate", "deliver", "count", "rotate", "encrypt", "decrypt", "revoke", "hash", "round", "let", "give", "provide", "track", "mask", "notify", "open", "charge", "refund",
		},
		documents: {"describe", "document", "proofread"},
		restructs: {
			"consolidate", "decouple", "dedupe", "deduplicate", "extract", "inline", "modularise", "modularize", "refactor", "rename", "reorganise",
			"reorganize", "restructure", "simplify", "split",
		},
		tests:  {"cover", "test"},
		sets:   {"bump", "configure", "downgrade", "pin", "unpin", "upgrade"},
		sumsUp: {"recap", "summarise", "summarize"},
		asks:   {"debug", "decide", "design", "diagnose", "evaluate", "explore", "figure", "find", "investigate", "research", "think", "analyse", "analyze"},
	} {
		for _, w := range words {
			of[w] = d
		}
	}
	return of
})

// leadIns are words after which a verb is what somebody is asked to do.
var leadIns = sync.OnceValue(func() map[string]bool {
	return setOf("and", "also", "then", "please", "just", "should", "must", "can", "could", "you", "we", "let's", "now", "or", "finally", "first", "next")
})

// ledIn says that the words before a verb make it what is asked for: "please
// use" and "needs to use" do, "configure it to use" does not.
func ledIn(tokens []token, i int) bool {
	if tokens[i-1].word != "to" {
		return leadIns()[tokens[i-1].word]
	}
	return i > 1 && slices.Contains([]string{"need", "needs", "want", "wants", "like", "have", "has", "ought", "supposed"}, tokens[i-2].word)
}

// clause is one thing to be done: a verb, and the words behind it to the end
// of its object.
type clause struct {
	verb   string
	does   doing
	object []token
	start  int // of the verb in the text
}

// clausesOf finds what a text asks for. Trusted words are read where a clause
// begins. In the words of anybody a verb counts wherever it stands: words that
// are added before it must not take it away.
func clausesOf(tokens []token, trusted bool) []clause {
	var clauses []clause
	for i, t := range tokens {
		does := verbs()[t.word]
		if does == 0 || !t.apart || trusted && t.tight && !t.first && !ledIn(tokens, i) {
			continue
		}
		clauses = append(clauses, clause{t.word, does, objectOf(tokens[i+1:]), t.start})
	}
	return clauses
}

// maxObject bounds the words of an object.
const maxObject = 8

// objectOf gives the words up to the end of the phrase: what comes behind a
// preposition is where or why, and not what.
func objectOf(tokens []token) []token {
	n := 0
	for n < min(len(tokens), maxObject) && tokens[n].tight && !tokens[n].first && !prepositions()[tokens[n].word] {
		n++
	}
	return tokens[:n]
}

var prepositions = sync.OnceValue(func() map[string]bool {
	return setOf("for", "in", "on", "at", "of", "from", "to", "into", "with", "without", "when", "where", "that", "which", "so", "because", "by", "if", "as",
		"about", "against", "via", "until", "after", "before", "covering", "instead", "than", "and", "using", "under", "between")
})
