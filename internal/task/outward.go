package task

import (
	"strings"
)

var (
	// secretForm finds the tokens that issuers mark with a prefix, private
	// keys, and assignments of long random values. It is a last look at an
	// answer: what goes out to a model is redacted elsewhere and by far more
	// rules.
	secretForm = lazily(strings.Join([]string{
		`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`,
		`\bgh[pousr]_[0-9A-Za-z]{30,}|\bgithub_pat_[0-9A-Za-z_]{30,}|\bglpat-[0-9A-Za-z_-]{20,}`,
		`\bsk-(?:ant-|proj-)?[0-9A-Za-z_-]{20,}|\bAIza[0-9A-Za-z_-]{35}|\bxox[abeoprs]-[0-9A-Za-z-]{10,}`,
		`\bnpm_[0-9A-Za-z]{36}\b|\b[sr]k_live_[0-9A-Za-z]{16,}|\bSG\.[\w-]{16,}\.[\w-]{16,}`,
		`\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{5,}`,
		`-----BEGIN [A-Z ]*PRIVATE KEY`,
		`(?i:\b(?:password|passwd|secret|token|api[_-]?key)\s*[:=]\s*["']?[0-9A-Za-z+/_-]{24,})`,
	}, "|"))

	// address is what a reader's browser or a platform would turn into a link,
	// with or without the name of its scheme.
	address = lazily("(?i)\\b(?:h(?:tt|xx)ps?|s?ftp|wss?|file|ssh|git|smb|ldaps?|vscode(?:-insiders)?|ms-[a-z-]+|itms-services|intent)://[^\\s<>()\\[\\]\"'`]+|\\b(?:javascript|vbscript|data):[^\\s]+|\\bwww\\.[^\\s<>()\\[\\]\"'`]+|\\bmailto:[^\\s]+|(?:\\]:\\s*<?|<|=\\s*[\"']?|\\]\\(\\s*<?)[/\\\\]{2}[^\\s()<>\"'/]+[^\\s()<>\"']*")

	// order is a sentence that tells the reader, or the reader's agent, to do
	// something. A description of a change never needs one.
	order = lazily("(?i)" + strings.Join([]string{
		`\b(?:ignore|disregard|forget)\s+(?:all\s+|any\s+|the\s+|your\s+|these\s+)*(?:previous|prior|above|earlier|preceding)\b`,
		`\b(?:curl|wget|iwr|irm)\b[^\n|]*\|\s*(?:sudo\s+)?(?:(?:ba|z|da|k|fi)?sh|python[23]?|perl|ruby|node|php|pwsh|powershell|iex)\b|\b(?:(?:ba|z|da)?sh|eval|source)\s[^\n]{0,20}(?:<\(|\$\(|` + "`" + `)\s*(?:curl|wget)\b|\bsudo\s+[\w-]|\brm\s+-[rf]{2}\b|\bpowershell\s+-|\bbase64\s+(?:-d|--decode)\b`,
		"(?:^|\\n[\\s>*-]*(?:[0-9]+[.)]\\s+)?|[.!?:;,]\\s+)(?:please\\s+|now\\s+|then\\s+|just\\s+|first\\s+)*(?:run|execute|paste|enter|invoke|install|download|visit|open|click)\\s+(?:this\\b|the following|it\\b|these\\b|`?(?:curl|wget|sudo|bash|sh|zsh|powershell|iex|npx|pip|npm|eval|python3?|node|chmod)\\b)",
		`\b(?:you|reviewers?|readers?|maintainers?|users?|assistants?|agents?)\s+(?:must|should|need to|have to|are required to)\s+(?:now\s+)?(?:run|execute|approve|merge|paste|visit|click|download|install|disable|ignore)\b`,
		`\bplease\s+(?:approve|merge|click|visit|download|run|disable)\b|\b(?:approve|merge)\s+this\s+(?:pull request|pr|change)\b`,
	}, "|"))
)

// mailbox is an address that a platform links without a scheme before it. The
// version of a package, as in "react@18.2.0", is none.
var mailbox = lazily(`(?i)\b[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}\b`)

// maxAddresses bounds what is looked for in the whole input.
const maxAddresses = 10

// outward looks for what must never leave in an answer that is only read: a
// secret, an address that the input does not have, an order to the reader.
// place names the part of the answer.
func outward(in Input, place, text string) []Problem {
	problems := append(leaks(place, text), links(in, place, text, maxAddresses, nil)...)
	problems = append(problems, mailboxes(in, place, text)...)
	if m := foundIn(order().FindString, text); m != "" {
		problems = append(problems, ordered(place, m))
	}
	return problems
}

func mailboxes(in Input, place, text string) []Problem {
	all := mailbox().FindAllString(asRead(text), -1)
	if len(all) > maxAddresses {
		return []Problem{problem("invented-link", "%s holds more than %d mail addresses", place, maxAddresses)}
	}
	var problems []Problem
	for _, m := range all {
		if !in.contains(m) {
			problems = append(problems, problem("invented-link", "%s holds a mail address that is not in the input: %.40q", place, m))
		}
	}
	return problems
}

func ordered(place, words string) Problem {
	return problem("order", "%s tells the reader to do something: %.40q", place, strings.TrimSpace(words))
}

func leaks(place, text string) []Problem {
	if foundIn(secretForm().FindString, text) != "" || secretForm().MatchString(strings.ReplaceAll(asRead(text), "`", "")) {
		return []Problem{problem("secret", "%s holds what looks like a secret", place)}
	}
	return nil
}

// links looks for addresses that the input does not have, beside those that
// harmless permits; harmless may be nil.
func links(in Input, place, text string, most int, harmless func(string) bool) []Problem {
	var problems []Problem
	permitted := map[string]bool{}
	for _, t := range readings(text) {
		all := address().FindAllString(t, -1)
		if len(all) > most {
			return []Problem{problem("invented-link", "%s holds more than %d addresses", place, most)}
		}
		for _, a := range all {
			a = strings.TrimRight(a, ".,;:!?")
			if permitted[a] || harmless != nil && harmless(a) || in.shows(a) {
				permitted[asRead(a)] = true // the same address is no stranger to its reader
				continue
			}
			problems = append(problems, problem("invented-link", "%s holds an address that is not in the input: %.40q", place, a))
		}
	}
	return problems
}

// shows says whether an address stands in the input as a whole, or as the
// beginning of one up to a border of its path: what only begins alike may be
// another host.
func (in Input) shows(address string) bool {
	for text := range in.texts {
		for from := 0; ; {
			at := strings.Index(text[from:], address)
			if at < 0 {
				break
			}
			from += at + len(address)
			if endsAddress(text[from:]) {
				return true
			}
		}
	}
	return false
}

// endsAddress says whether an address ends before rest.
func endsAddress(rest string) bool {
	rest = strings.TrimLeft(rest, ".,;:!*_~")
	return rest == "" || strings.ContainsRune("/?# \t\r\n<>()[]{}\"'`|\\", rune(rest[0]))
}

// oneLiner checks the form of a sentence: there, one line, bounded.
func oneLiner(place, text string, most int) []Problem {
	switch {
	case strings.TrimSpace(text) == "":
		return brokenForm("%s is empty", place)
	case strings.ContainsAny(text, "\n\r"):
		return brokenForm("%s has more than one line", place)
	case len([]rune(text)) > most:
		return brokenForm("%s has more than %d characters", place, most)
	}
	return nil
}
