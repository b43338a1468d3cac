package task

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// bracket is one "[key: value]" or "[key = value]". Line breaks and nested
// brackets end it, so that a search through a long text stays linear.
var bracket = lazily(`\[\s*([\pL_ -]{1,40}?)\s*[:=]([^\[\]\r\n]{0,400})\]`)

// maxAnnotationErrors bounds what a hostile text can make us print.
const maxAnnotationErrors = 20

// ParseAnnotation reads a text that is an annotation and nothing else:
//
//	[scope: single-file] [domain: docs, tests] [ambiguity: low]
//
// Order, case, and the way to join words do not matter; "=" does for ":".
// Several domains stand in one bracket or in several. Of two scopes, or two
// ambiguities, the higher counts. A blank text is an empty annotation.
// Anything else is an error that names what is permitted, beside what was
// understood.
func ParseAnnotation(text string) (Annotation, error) {
	var a Annotation
	var errs []error
	rest := bracket().ReplaceAllStringFunc(text, func(match string) string {
		errs = append(errs, a.read(match)...)
		return " "
	})
	if rest = strings.Join(strings.Fields(rest), " "); strings.Trim(rest, ",; ") != "" {
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
	for line := range unfencedLines(text) {
		for _, m := range bracket().FindAllStringSubmatch(line, -1) {
			if annotationKey(m[1]) != "" {
				errs = append(errs, a.read(m[0])...)
			}
		}
	}
	a.tidy()
	return a, bounded(errs)
}

// read adds one bracket. What was there before is never lowered.
func (a *Annotation) read(match string) []error {
	m := bracket().FindStringSubmatch(match)
	key, values := annotationKey(m[1]), strings.Split(m[2], ",")
	if key == "" {
		return []error{fmt.Errorf("unknown key %.60q, expected one of scope, domain, ambiguity", m[1])}
	}
	var errs []error
	for _, value := range values {
		if err := a.set(key, value); err != nil {
			errs = append(errs, err)
		}
	}
	return errs
}

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
	case "domains":
		return "domain"
	default:
		return ""
	}
}

// plain folds the ways to write a word: "Single_File", "single file" and
// "single‑file" are one.
func plain(text string) string {
	return strings.NewReplacer(" ", "", "\t", "", "_", "", "-", "", "\u2010", "", "\u2011", "", "\u2013", "", "\u00a0", "").
		Replace(strings.ToLower(text))
}

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
