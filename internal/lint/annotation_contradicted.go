package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

func annotationContradicted() Rule {
	return Rule{
		ID:       "annotation-contradicted",
		Severity: diag.Warning,
		Summary:  "the annotation says less than the words or the change",
		Why:      "Of what is declared and what is measured the higher counts, so such an annotation does not make the work cheaper. It tells whoever reads it something that is not so.",
		Fix:      "Correct the annotation, or take out of the work what it does not cover.",
		Bad:      Example{Text: "Fix the typo in docs/setup.md and in docs/usage.md. [scope: single-file] [domain: docs]\n"},
		Good:     Example{Text: "Fix the typo in docs/setup.md and in docs/usage.md. [scope: multi-file] [domain: docs]\n"},
		Brief: func(b Brief, w World) []Hit {
			declared, o := b.declared(), b.outline()
			f := factsOf(w)
			var hits []Hit
			for _, c := range []contradiction{overScope(declared, o, f), overDomains(declared, o, f), overAmbiguity(declared, o)} {
				if c.text != "" {
					pos, end := b.annotationPlace(c.key)
					hits = append(hits, Hit{Pos: pos, End: end, Message: c.text})
				}
			}
			return hits
		},
	}
}

// contradiction is what the part of an annotation under key is wrong about.
type contradiction struct{ key, text string }

// factsOf measures the change alone; zero facts where there is none.
func factsOf(w World) signal.Facts {
	if w.Change == nil {
		return signal.Facts{}
	}
	in := signal.Input{Change: *w.Change, HasChange: true}
	if w.Policy != nil {
		in.Services = w.Policy.Services
	}
	if w.Tree != nil {
		in.Tree = w.Tree.Paths
	}
	return signal.Measure(in)
}

func overScope(declared task.Annotation, o signal.Outline, f signal.Facts) contradiction {
	switch {
	case declared.Scope == 0:
	case f.Scope > declared.Scope:
		return contradiction{"scope", fmt.Sprintf("says %s, and the change touches %s (%s): the higher counts", declared.Scope, counted(f.Files, "file"), f.Scope)}
	case o.Scope > declared.Scope && len(o.Files) > 1:
		return contradiction{"scope", fmt.Sprintf("says %s, and the words name %s (%.80s): the higher counts", declared.Scope, counted(len(o.Files), "file"), strings.Join(o.Files, ", "))}
	case o.Scope > declared.Scope:
		return contradiction{"scope", fmt.Sprintf("says %s, and the words reach further (%s): the higher counts", declared.Scope, o.Scope)}
	}
	return contradiction{}
}

// overDomains speaks of the domains that lie above what was declared: of words
// of security and schema alone, since a verb says little of the rest.
func overDomains(declared task.Annotation, o signal.Outline, f signal.Facts) contradiction {
	if len(declared.Domains) == 0 {
		return contradiction{}
	}
	for _, h := range f.Hits {
		for _, d := range signal.Adds(h.Signal) {
			if h.File != "" && !slices.Contains(declared.Domains, d) && heavier(d, declared.Domains) {
				return contradiction{"domain", fmt.Sprintf("says %s, and the change touches %.80q, which is %s: the higher counts", said(declared.Domains), h.File, d)}
			}
		}
	}
	for _, d := range o.Domains {
		if (d == task.Security || d == task.Schema) && !slices.Contains(declared.Domains, d) {
			return contradiction{"domain", fmt.Sprintf("says %s, and the words are about %s: the higher counts", said(declared.Domains), d)}
		}
	}
	return contradiction{}
}

// heavier says that a domain weighs more than all that were declared.
func heavier(d task.Domain, declared []task.Domain) bool {
	switch d {
	case task.Security, task.Schema:
		return true
	case task.Feature:
		return !slices.ContainsFunc(declared, func(o task.Domain) bool { return o == task.Feature || o == task.Refactor || o == task.Security || o == task.Schema })
	default:
		return false
	}
}

func said(domains []task.Domain) string {
	words := make([]string, len(domains))
	for i, d := range domains {
		words[i] = string(d)
	}
	return strings.Join(words, ", ")
}

func overAmbiguity(declared task.Annotation, o signal.Outline) contradiction {
	if declared.Ambiguity == 0 || declared.Ambiguity == task.High || o.Ambiguity != task.High {
		return contradiction{}
	}
	because := ""
	if len(o.Open) > 0 {
		because = fmt.Sprintf(" (%.60q)", o.Open[0].Words)
	}
	return contradiction{"ambiguity", fmt.Sprintf("says %s, and the words leave open what is wanted%s: the higher counts", declared.Ambiguity, because)}
}

// annotationPlace marks the bracket of a key; what was declared beside the
// brief is marked at its first words.
func (b Brief) annotationPlace(key string) (pos diag.Position, end int) {
	for n := 1; n <= b.Lines(); n++ {
		line := b.Line(n)
		at := strings.Index(strings.ToLower(line), "["+key)
		if at < 0 {
			continue
		}
		if stop := strings.IndexByte(line[at:], ']'); stop >= 0 {
			return b.At(n, at+1), at + stop + 2
		}
	}
	return b.whole()
}
