package task

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/sanitize"
)

var (
	// steer is a sentence that would lead the reader of a verdict, or an agent
	// that reads it, past the verdict.
	steer = lazily("(?i)" + strings.Join([]string{
		`\b(?:ignore|disregard|forget)\s+(?:all\s+|any\s+|the\s+|your\s+|these\s+)*(?:previous|prior|above|earlier|preceding)\s+(?:\w+\s+)?(?:instructions?|rules?|prompts?|messages?|guidance)\b`,
		`(?:^|\n[\s>*-]*(?:[0-9]+[.)]\s+)?|[.!?:;]\s+)(?:please\s+|now\s+|just\s+)*(?:approve\s+(?:this|it|the|and)\b|merge\s+(?:this|it|the)(?:\s+(?:pull request|pr|change|patch|branch|commit|now|today|as is|right away|safely)\b|\s*[.!]))`,
		`\bplease\s+(?:approve|merge|click|visit|download|run|disable)\b`,
		`\b(?:you|reviewers?|readers?|maintainers?|assistants?|agents?)\s+(?:must|should|need to|have to|can safely|are required to)\s+(?:now\s+)?(?:approve|merge|paste|visit|click)\b`,
	}, "|"))

	// errand tells the reader to run something that is quoted or well known.
	errand = lazily("(?i)(?:^|\\n[\\s>*-]*(?:[0-9]+[.)]\\s+)?|[.!?:;,]\\s+)(?:please\\s+|now\\s+|then\\s+|just\\s+|first\\s+|to \\w+,\\s+)*(?:run|execute|paste|enter|invoke|download|visit|open|click)\\s+(?:(?:this|these|the following)\\s+(?:commands?|scripts?|lines?|links?|pages?|snippets?|steps?|address)\\b|(?:this|these|the following)\\s*:|`?(?:curl|wget|sudo|bash|sh|zsh|powershell|iex|npx|pip|npm|eval|chmod)\\b)")

	// command is one that no verdict needs outside of a quotation.
	command = lazily(`(?i)\b(?:curl|wget|iwr|irm)\b[^\n|]*\|\s*(?:sudo\s+)?(?:(?:ba|z|da|k|fi)?sh|python[23]?|perl|ruby|node|php|pwsh|powershell|iex)\b|\b(?:(?:ba|z|da)?sh|eval|source)\s[^\n]{0,20}(?:<\(|\$\(|` + "`" + `)\s*(?:curl|wget)\b|\bsudo\s+[\w-]|\brm\s+-[rf]{2}\b|\bpowershell\s+-|\bbase64\s+(?:-d|--decode)\b`)

	quotedPart = lazily("`[^`\n]*`|\"[^\"\n]*\"")
)

// advice looks for what must never leave in the words of a verdict. A verdict
// speaks of commands and of orders that a change holds: between backticks or
// quotes these are what it is about.
func advice(in Input, place, text string) []Problem {
	problems := append(leaks(place, text), links(in, place, text, maxAddresses, reserved)...)
	for _, t := range readings(text) {
		bare := quotedPart().ReplaceAllString(t, "…")
		for _, m := range []string{errand().FindString(t), steer().FindString(bare), command().FindString(bare)} {
			if m != "" {
				return append(problems, ordered(place, m))
			}
		}
	}
	return problems
}

// sketch looks through the words of an exploit: they are an attacker's, so
// commands are at home in them, and so are scripts in the place of addresses.
func sketch(in Input, place, text string) []Problem {
	problems := append(leaks(place, text), links(in, place, text, maxAddresses, func(a string) bool {
		return reserved(a) || !strings.Contains(a, "//") && !strings.HasPrefix(strings.ToLower(a), "www.")
	})...)
	unquoted := func(t string) string { return steer().FindString(quotedPart().ReplaceAllString(t, "…")) }
	if m := foundIn(unquoted, text); m != "" {
		problems = append(problems, ordered(place, m))
	}
	return problems
}

// replacement looks through code that a reader may take over with a click: a
// command or an address in it must be one that the change has.
func replacement(in Input, place, code string) []Problem {
	problems := append(leaks(place, code), links(in, place, code, maxAddresses, reserved)...)
	shown, _ := sanitize.StripInvisible(strings.ToValidUTF8(code, "\uFFFD")) // as it is taken over
	for _, m := range slices.Concat(command().FindAllString(code, -1), command().FindAllString(shown, -1)) {
		if !in.contains(m) {
			return append(problems, ordered(place, m))
		}
	}
	return problems
}

// contains says whether a text stands somewhere in the input, as it is.
func (in Input) contains(text string) bool {
	for own := range in.texts {
		if strings.Contains(own, text) {
			return true
		}
	}
	return false
}

// reserved says that an address leads to nobody: a host that is kept for
// examples (RFC 2606, RFC 6761), or one inside the reader's own network.
func reserved(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil {
		return false
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()
	}
	for _, name := range []string{"example.com", "example.org", "example.net", "example", "test", "invalid", "localhost"} {
		if host == name || strings.HasSuffix(host, "."+name) {
			return true
		}
	}
	return false
}
