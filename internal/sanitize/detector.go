package sanitize

import (
	"fmt"
	"slices"
	"strings"

	"github.com/zricethezav/gitleaks/v8/detect"
)

// Detector finds secrets in text that is about to be sent, by the standard
// rules of gitleaks and a few of our own that know no exception. It is safe
// for concurrent use.
type Detector struct {
	rules *ruleSet
}

// NewDetector reads the standard rules. It takes some milliseconds; rules are
// compiled when a text first has one of their keywords, so it is made when
// something is about to be sent and not before. An error means that the rules
// cannot be read: nothing may be sent then.
func NewDetector() (*Detector, error) {
	rules, err := newRuleSet()
	if err != nil {
		return nil, fmt.Errorf("read secret rules: %w", err)
	}
	return &Detector{rules: rules}, nil
}

// Redact replaces each secret in text by "[redacted:rule]" and names the rules,
// one for each place, sorted; nothing else is told of a secret. path is that of
// the file the text comes from, "" for words; it decides which rules apply, but
// exempts nothing: it is as untrusted as the text. Marks that ask a scanner to
// look away are not obeyed either. A diff keeps its lines and operators. What
// is secret once it is decoded from base64 goes as well. Where a rule names a
// secret that does not stand there in clear, its whole lines go. An error of
// the rules withholds the text.
func (d *Detector) Redact(path, text string) (clean string, rules []string) {
	keys, count := keySpans(text)
	rules = slices.Repeat([]string{"private-key"}, count)
	text = replace(text, merge(keys), placeholder)

	for _, find := range []func(string, string) ([]span, error){d.encoded, d.clear} {
		found, err := find(path, text)
		if err != nil {
			return "[redacted:rules-unreadable]", append(rules, "rules-unreadable")
		}
		for _, s := range found {
			rules = append(rules, s.rule)
		}
		text = replace(text, found, placeholder)
	}
	slices.Sort(rules)
	return text, rules
}

func placeholder(s span) string { return "[redacted:" + s.rule + "]" }

// clear finds what stands in text as it is. Our own rules name a place before
// the standard ones do.
func (d *Detector) clear(path, text string) ([]span, error) {
	own := tokenSpans(text)
	standard, err := d.standard(path, replace(text, own, blank))
	if err != nil {
		return nil, err
	}
	return merge(append(own, standard...)), nil
}

// blank keeps a secret's place and takes away what a rule could find there.
func blank(s span) string { return strings.Repeat("*", s.to-s.from) }

// encoded finds base64 whose content is a secret.
func (d *Detector) encoded(path, text string) ([]span, error) {
	var spans []span
	for _, run := range base64Runs(text) {
		decoded, ok := decodeText(text[run.from:run.to])
		if !ok {
			continue
		}
		inside, err := d.clear(path, decoded)
		if err != nil {
			return nil, err
		}
		if len(inside) > 0 {
			spans = append(spans, span{run.from, run.to, inside[0].rule})
		}
	}
	return spans, nil
}

// standard finds what the standard rules find. They see a diff without its
// operators: a secret may stand right behind one, or go on in the next line.
func (d *Detector) standard(path, text string) ([]span, error) {
	plain := withoutOperators(text)
	engine, err := d.rules.engine(plain.text)
	if err != nil {
		return nil, err
	}
	var spans []span
	for _, f := range engine.Detect(detect.Fragment{Raw: plain.text, FilePath: path}) {
		secret := f.Secret
		if secret == "" {
			secret = f.Match
		}
		at := plain.find(secret, f.RuleID)
		if len(at) == 0 {
			at = plain.wholeLines(f.StartLine, f.EndLine, f.RuleID)
		}
		spans = append(spans, at...)
	}
	return merge(spans), nil
}

// operatorless is a text without the operators of its lines, and the way back.
type operatorless struct {
	text   string
	source []line // in the text with operators
	starts []int  // of each line, in text
}

func withoutOperators(s string) operatorless {
	o := operatorless{source: linesOf(s)}
	var b strings.Builder
	for i, l := range o.source {
		if i > 0 {
			b.WriteByte('\n')
		}
		o.starts = append(o.starts, b.Len())
		b.WriteString(s[l.from:l.to])
	}
	o.text = b.String()
	return o
}

// find gives every place of a secret, in the text with operators, one span a
// line. A secret of a few characters is not searched for: it stands in other
// words too, so its line goes instead.
func (o operatorless) find(secret, rule string) []span {
	const searchable = 6
	if len(strings.TrimSpace(secret)) < searchable {
		return nil
	}
	var spans []span
	for from := 0; ; {
		at := strings.Index(o.text[from:], secret)
		if at < 0 {
			return spans
		}
		spans = append(spans, o.back(from+at, from+at+len(secret), rule)...)
		from += at + len(secret)
	}
}

// back maps a stretch of text to its lines with operators.
func (o operatorless) back(from, to int, rule string) []span {
	first, exact := slices.BinarySearch(o.starts, from)
	if !exact {
		first--
	}
	var spans []span
	for i := first; i < len(o.starts) && o.starts[i] < to; i++ {
		l := o.source[i]
		s := span{l.from + max(0, from-o.starts[i]), min(l.to, l.from+to-o.starts[i]), rule}
		if s.from < s.to {
			spans = append(spans, s)
		}
	}
	return spans
}

// wholeLines gives the lines first to last, 0-based; all of them where these
// are not lines of the text.
func (o operatorless) wholeLines(first, last int, rule string) []span {
	if first < 0 || last >= len(o.source) || first > last {
		first, last = 0, len(o.source)-1
	}
	var spans []span
	for _, l := range o.source[first : last+1] {
		if l.from < l.to {
			spans = append(spans, span{l.from, l.to, rule})
		}
	}
	return spans
}
