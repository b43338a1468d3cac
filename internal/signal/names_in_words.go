package signal

// withParts gives tokens in which names of code are cut into their words:
// "findSAMLProvider" says "saml", and "past_due" says "past due".
func withParts(text string, tokens []token) []token {
	parts := make([]token, 0, len(tokens))
	var words []string
	for _, t := range tokens {
		words = wordsOf(text[t.start:t.end], words[:0])
		if len(words) < 2 || len(words) > maxParts {
			parts = append(parts, t)
			continue
		}
		for i, w := range words {
			parts = append(parts, token{word: w, start: t.start, end: t.end, tight: i > 0 || t.tight, first: i == 0 && t.first})
		}
	}
	return parts
}

// maxParts bounds the words of one name; a longer one is data.
const maxParts = 12
