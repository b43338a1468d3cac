package signal

import (
	"slices"
	"strings"
	"sync"
)

var (
	strongRandom = probing(`crypto/rand|\bsecrets\.|SecureRandom|randomBytes|randomUUID|getRandomValues|random_bytes|random_int\(|OsRng|urandom|\brand\.Read\(|SystemRandom|RandomNumberGenerator`)
	weakRandom   = probing(`math/rand|Math\.random|\brandom\.(?:random|randint|choices?|getrandbits|sample)\(|new Random\(|\bmt_rand\(|(?:^|[^.\w])rand\(|\brand\.(?:Int|Uint|Perm)|thread_rng|Random\.rand`)
)

func weakerRandom(was, is line) string {
	if strongRandom.in(was) && weakRandom.in(is) && !strongRandom.in(is) {
		return "what is random can be guessed now"
	}
	return ""
}

func lowerCost(was, is line) string {
	before, after, _, ok := changedWord(was, is)
	if ok && after == "min" && before == "default" && is.has("cost") {
		return "a password is hashed with less work"
	}
	return ""
}

// looserPattern finds a pattern that may now match a part of a text.
func looserPattern(was, is line) string {
	if len(was.code) > longLine || len(is.code) > longLine {
		return ""
	}
	if before := anchors(was.code); before == 0 || anchors(is.code) >= before {
		return ""
	}
	if unanchored().Replace(was.code) == unanchored().Replace(is.code) {
		return "a pattern matches parts of a text now"
	}
	return ""
}

var unanchored = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("(?:^|", "(?:^|", "[^", "[^", "^", "", `\A`, "", `\z`, "", `\Z`, "", "$/", "/", "$\"", "\"", "$'", "'", "$`", "`", "fullmatch", "match")
})

func anchors(code string) int {
	code = strings.ReplaceAll(code, "[^", "")
	n := strings.Count(code, "fullmatch")
	for _, mark := range [...]string{"^", `\A`, `\z`, `\Z`, "$/", "$\"", "$'", "$`"} {
		n += strings.Count(code, mark)
	}
	return n
}

// cleaners take out of a value what it may do harm with.
const cleaners = `basename secure filename sanitize sanitized sanitizer escape escaped quote shellescape shlex purify dompurify clean normalize realpath encodeuricomponent htmlspecialchars bleach`

var cleanerSet = setOfWords(cleaners)

// unwrapped finds a value that is no longer cleaned before it is used.
func unwrapped(was, is line) string {
	list := cleanerSet()
	if !was.hasOf(list) || is.hasOf(list) || !strings.Contains(was.code, "(") {
		return ""
	}
	rest := slices.DeleteFunc(slices.Clone(was.words), list.holds)
	if amongWords(is.words, rest) && len(was.words)-len(is.words) <= 4 && len(is.words) > 1 {
		return "a value is used as it came"
	}
	return ""
}

// amongWords says that the words stand in the list in this order.
func amongWords(words, list []string) bool {
	at := 0
	for _, w := range list {
		if at < len(words) && words[at] == w {
			at++
		}
	}
	return at == len(words)
}
