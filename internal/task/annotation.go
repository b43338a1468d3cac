package task

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// bracket is one "[key: value]" or "[key = value]". Line breaks and nested
// brackets end it, so that a search through a long text stays linear.
var bracket = lazily(`\[\s*([\pL_* -]{1,40}?)\s*[:=]([^\[\]\r\n]{0,400})\]`)

// decoration is what people set around an annotation: bullets, bold, quotes.
const decoration = ",;*_`>\u2022-+. "

// plainForm writes full-width signs, as East Asian keyboards give them, the
// plain way.
var plainForm = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("\uff3b", "[", "\uff3d", "]", "\u3010", "[", "\u3011", "]", "\uff1a", ":", "\uff1d", "=", "\uff0c", ",", "\u3001", ",", "\uff1b", ";")
})

// maxAnnotationErrors bounds what a hostile text can make us print.
const maxAnnotationErrors = 20

// ParseAnnotation reads a text that is an annotation and nothing else:
//
//	[scope: single-file] [domain: docs, tests] [ambiguity: low]
//
// Order, case, bold and bullets, and the way to join words do not matter; "="
// does for ":". Several domains stand in one bracket or in several, and one
// bracket may hold several keys: [scope: single-file; domain: docs]. Of two scopes, or two
// ambiguities, the higher counts. A blank text is an empty annotation.
// Anything else is an error that names what is permitted, beside what was
// understood.
func ParseAnnotation(text string) (Annotation, error) {
	var a Annotation
	var errs []error
	rest := bracket().ReplaceAllStringFunc(plainForm().Replace(text), func(match string) string {
		errs = append(errs, a.read(match)...)
		return " "
	})
	if rest = strings.Join(strings.Fields(rest), " "); strings.Trim(rest, decoration) != "" {
		errs = append(errs, fmt.Errorf("%.60q is not an annotation, expected [scope: …] [domain: …] [ambiguity: …]", rest))
	}
	a.tidy()
	return a, errors.Join(bounded(errs)...)
}

// FindAnnotation collects the annotations that stand anywhere in a longer
// text, outside of fenced code. Brackets with other keys are not ours and are
// passed over; an unknown value of a known key is an error in the list.
func FindAnnotation(text string) (Annotation, []error) {
	var a Annotation
	var errs []error
	for line := range unfencedLines(plainForm().Replace(text)) {
		if bare := bareAnnotation().FindString(line); bare != "" {
			errs = append(errs, fmt.Errorf("%.60q stands without brackets and is passed over, write [scope: …] [domain: …] [ambiguity: …]", bare))
		}
		for _, m := range bracket().FindAllStringSubmatch(line, -1) {
			if annotationKey(m[1]) != "" {
				errs = append(errs, a.read(m[0])...)
			}
		}
	}
	a.tidy()
	return a, bounded(errs)
}

// bareAnnotation is a line that begins like an annotation without brackets,
// with a value that its key permits.
var bareAnnotation = lazily(`(?i)^[\s*>-]*(?:scope[\s*]*[:=][\s*]*(?:single|multi|cross)[ _-]?(?:file|service)|domains?[\s*]*[:=][\s*]*(?:docs|config|tests|feature|security|schema|refactor)\b` +
	`|ambiguity[\s*]*[:=][\s*]*(?:low|medium|high)\b)`)

// read adds one bracket. What was there before is never lowered.
func (a *Annotation) read(match string) []error {
	m := bracket().FindStringSubmatch(match)
	key := annotationKey(m[1])
	if key == "" {
		return []error{fmt.Errorf("unknown key %.60q, expected one of scope, domain, ambiguity", m[1])}
	}
	var errs []error
	for _, value := range strings.Split(separators().Replace(m[2]), ",") {
		if at := strings.IndexAny(value, ":="); at >= 0 && annotationKey(value[:at]) != "" {
			key, value = annotationKey(value[:at]), value[at+1:]
		}
		if err := a.set(key, value); err != nil {
			errs = append(errs, err)
		}
	}
	return errs
}

// separators are the ways to set several values apart.
var separators = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer(";", ",", "|", ",", "/", ",", "+", ",", "&", ",", " and ", ",")
})

func (a *Annotation) set(key, value string) error {
	n, err := chosen(key, value)
	if err != nil {
		return err
	}
	switch key {
	case "scope":
		a.Scope = max(a.Scope, Scope(n))
	case "ambiguity":
		a.Ambiguity = max(a.Ambiguity, Ambiguity(n))
	default:
		a.Domains = append(a.Domains, Domains()[n-1])
	}
	return nil
}

// chosen gives the place, from 1, of a value among those that its key permits.
func chosen(key, value string) (int, error) {
	permitted := annotationWords(key)
	i := slices.IndexFunc(permitted, func(w string) bool { return plain(w) == plain(value) })
	if i < 0 {
		return 0, fmt.Errorf("unknown %s %.60q, expected one of %s", key, strings.TrimSpace(value), strings.Join(permitted, ", "))
	}
	return i + 1, nil
}

func annotationWords(key string) []string {
	switch key {
	case "scope":
		return scopeWords()
	case "ambiguity":
		return ambiguityWords()
	}
	var words []string
	for _, d := range Domains() {
		words = append(words, string(d))
	}
	return words
}

// annotationKey gives the key that was meant, "" where it is none of ours.
func annotationKey(text string) string {
	switch key := plain(text); key {
	case "scope", "domain", "ambiguity":
		return key
	case "scopes", "domains":
		return strings.TrimSuffix(key, "s")
	case "ambiguities":
		return "ambiguity"
	default:
		return ""
	}
}

// plain folds the ways to write a word: "Single_File", "single file" and
// "single‑file" are one.
func plain(text string) string {
	return folded().Replace(strings.ToLower(text))
}

var folded = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer(" ", "", "\t", "", "_", "", "-", "", "\u2010", "", "\u2011", "", "\u2013", "", "\u00a0", "",
		"*", "", "`", "", `"`, "", "'", "")
})

func (a *Annotation) tidy() {
	slices.Sort(a.Domains)
	a.Domains = slices.Compact(a.Domains)
}

func bounded(errs []error) []error {
	if len(errs) <= maxAnnotationErrors {
		return errs
	}
	more := fmt.Errorf("and %d more mistakes", len(errs)-maxAnnotationErrors)
	return append(errs[:maxAnnotationErrors:maxAnnotationErrors], more)
}
