package task

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnnotationsThatAreRead(t *testing.T) {
	t.Parallel()
	want := Annotation{Scope: SingleFile, Domains: []Domain{Docs}, Ambiguity: Low}
	for name, test := range map[string]struct {
		text string
		want Annotation
	}{
		"as documented":                     {"[scope: single-file] [domain: docs] [ambiguity: low]", want},
		"in any order":                      {"[ambiguity: low][domain: docs]\n[scope: single-file]", want},
		"in any case":                       {"[SCOPE: Single-File] [Domain: DOCS] [Ambiguity: LOW]", want},
		"with spaces in words":              {"[ scope : single file ] [domain:docs] [ambiguity: low ]", want},
		"with underscores":                  {"[scope: single_file] [domain: docs] [ambiguity: low]", want},
		"with equals signs":                 {"[scope=single-file] [domain=docs] [ambiguity = low]", want},
		"with a typographic hyphen":         {"[scope: single\u2011file] [domain: docs] [ambiguity: low]", want},
		"separated by commas":               {"[scope: single-file], [domain: docs], [ambiguity: low]", want},
		"with several domains in one":       {"[domain: tests, docs]", Annotation{Domains: []Domain{Docs, Tests}}},
		"with several domains, repeated":    {"[domain: tests] [domains: docs, tests]", Annotation{Domains: []Domain{Docs, Tests}}},
		"with two scopes, the higher":       {"[scope: cross-service] [scope: single-file]", Annotation{Scope: CrossService}},
		"with two ambiguities, the higher":  {"[ambiguity: low] [ambiguity: high]", Annotation{Ambiguity: High}},
		"with two scopes in one, the wider": {"[scope: single-file, multi-file]", Annotation{Scope: MultiFile}},
		"with full-width signs":             {"［scope：single-file］［domain：docs］【ambiguity＝low】", want},
		"in bold":                           {"**[scope: single-file]** **[domain: docs]** **[ambiguity: low]**", want},
		"with bold keys":                    {"[**scope**: single-file] [**Domain**: `docs`] [*ambiguity*: 'low']", want},
		"as bullets":                        {"- [scope: single-file]\n* [domain: docs]\n• [ambiguity: low]", want},
		"as a quotation":                    {"> [scope: single-file] [domain: docs]\n> [ambiguity: low]", want},
		"with several keys in one":          {"[scope: single-file; domain: docs; ambiguity: low]", want},
		"with commas between keys":          {"[scope = single_file, Domain = docs, Ambiguity = Low]", want},
		"with values in quotes":             {`[scope: "single-file"] [domain: "docs"] [ambiguity: "low"]`, want},
		"with keys in the plural":           {"[scopes: single file] [domains: docs] [ambiguities: low]", want},
		"with a slash between domains":      {"[domain: docs/tests]", Annotation{Domains: []Domain{Docs, Tests}}},
		"with domains joined by and":        {"[domain: docs and tests]", Annotation{Domains: []Domain{Docs, Tests}}},
		"with a plus and a second key":      {"[domains: docs + tests; ambiguity: high]", Annotation{Domains: []Domain{Docs, Tests}, Ambiguity: High}},
		"blank":                             {" \n", Annotation{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := ParseAnnotation(test.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnnotationsThatAreRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"[scope: small]":                `unknown scope "small", expected one of single-file, multi-file, cross-service`,
		"[domain: auth]":                `unknown domain "auth", expected one of config, docs, feature, refactor, schema, security, tests`,
		"[ambiguity: ]":                 `unknown ambiguity "", expected one of low, medium, high`,
		"[size: small]":                 `unknown key "size", expected one of scope, domain, ambiguity`,
		"scope: single-file":            `"scope: single-file" is not an annotation`,
		"[domain: docs] and so on":      `"and so on" is not an annotation`,
		"[scope: a] [ambiguity: b]":     "unknown ambiguity",
		"[scope: single-file":           "is not an annotation",
		"[scope: single-file; size: s]": `unknown scope "size: s"`,
		"[domain: documentation]":       `unknown domain "documentation"`,
		"[ambiguity: none]":             `unknown ambiguity "none"`,
		"[scope: file]":                 `unknown scope "file"`,
		"[area: docs]":                  `unknown key "area"`,
		"[domain: docs, , tests]":       `unknown domain ""`,
		"[domain: docs] [[scope: x]":    "unknown scope",
	} {
		if _, err := ParseAnnotation(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseAnnotation(%q) = %v, want %s", text, err, want)
		}
	}
}

func TestAContradictionBesideAMistakeIsNotLost(t *testing.T) {
	t.Parallel()
	got, err := ParseAnnotation("[scope: single-file] [ambiguity: high] [domain: nonsense] [scope: cross-service]")
	if err == nil || got.Scope != CrossService || got.Ambiguity != High {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestAnnotationsInsideALongerText(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text string
		want Annotation
		errs int
	}{
		"in a sentence":                {"Fix [this](x) [scope: multi-file], see [1] [domain: security].", Annotation{Scope: MultiFile, Domains: []Domain{Security}}, 0},
		"other keys are not ours":      {"[status: open] [ambiguity: high] [x]: http", Annotation{Ambiguity: High}, 0},
		"an unknown value is told":     {"[scope: huge] [ambiguity: high]", Annotation{Ambiguity: High}, 1},
		"fenced code is passed over":   {"```\n[scope: cross-service]\n```\n[ambiguity: low]", Annotation{Ambiguity: Low}, 0},
		"an open fence reaches on":     {"a\n~~~ x\n[scope: cross-service]\n```\n", Annotation{}, 0},
		"inline code is not fenced":    {"`[ambiguity: high]`", Annotation{Ambiguity: High}, 0},
		"an indented fence is no one":  {"    ```\n[ambiguity: high]", Annotation{Ambiguity: High}, 0},
		"a longer fence needs as long": {"````\n```\n[scope: multi-file]\n````\n[domain: docs]", Annotation{Domains: []Domain{Docs}}, 0},
		"bullets and bold":             {"Task:\n- **[scope: multi-file]**\n- [Domains = docs; ambiguity = high]", Annotation{Scope: MultiFile, Domains: []Domain{Docs}, Ambiguity: High}, 0},
		"without brackets it is told":  {"Fix it\nscope: single-file, domain: docs", Annotation{}, 1},
		"bold without brackets":        {"**Domain:** docs", Annotation{}, 1},
		"a host is no domain":          {"domain: example.com\nscope: the parser", Annotation{}, 0},
		"in a fence it is not told":    {"```\nscope: single-file\n```", Annotation{}, 0},
		"nothing":                      {"", Annotation{}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, errs := FindAnnotation(test.text)
			if diff := cmp.Diff(test.want, got); diff != "" || len(errs) != test.errs {
				t.Errorf("%s, errors %v", diff, errs)
			}
		})
	}
}

func TestTextThatIsAddedOnlyRaises(t *testing.T) {
	t.Parallel()
	texts := []string{"[scope: multi-file]", "[scope: single-file] ", "```\n", "~~~\n[ambiguity: high]\n", "x [domain: docs]\n", "[ambiguity: low]\n", "[", "]\n", "`", "\n```\n"}
	for _, a := range texts {
		for _, b := range texts {
			before, _ := FindAnnotation(a + b)
			for _, c := range texts {
				after, _ := FindAnnotation(a + b + "\n" + c)
				if after.Scope < before.Scope || after.Ambiguity < before.Ambiguity || len(after.Domains) < len(before.Domains) {
					t.Errorf("%q after %q lowers %+v to %+v", c, a+b, before, after)
				}
			}
		}
	}
}

func TestMistakesAreBounded(t *testing.T) {
	t.Parallel()
	_, errs := FindAnnotation(strings.Repeat("[scope: huge]\n", 5000))
	if len(errs) != maxAnnotationErrors+1 {
		t.Errorf("%d errors", len(errs))
	}
}

func TestWordsGoThereAndBack(t *testing.T) {
	t.Parallel()
	for _, s := range append([]Scope{0}, Scopes()...) {
		text, err := s.MarshalText()
		var back Scope
		if err != nil || back.UnmarshalText(text) != nil || back != s {
			t.Errorf("scope %v: %q, %v", s, text, err)
		}
	}
	for _, a := range append([]Ambiguity{0}, Ambiguities()...) {
		text, err := a.MarshalText()
		var back Ambiguity
		if err != nil || back.UnmarshalText(text) != nil || back != a {
			t.Errorf("ambiguity %v: %q, %v", a, text, err)
		}
	}
	for _, s := range append([]Severity{0}, Severities()...) {
		text, err := s.MarshalText()
		var back Severity
		if err != nil || back.UnmarshalText(text) != nil || back != s {
			t.Errorf("severity %v: %q, %v", s, text, err)
		}
	}
	if _, err := Scope(9).MarshalText(); err == nil {
		t.Error("a scope that is none was written")
	}
	if got := Scope(0).String() + High.String() + Critical.String(); got != "scope(0)highcritical" {
		t.Error(got)
	}
	for _, bad := range []string{"", "High", "severe"} {
		if s, err := ParseSeverity(bad); err == nil {
			t.Errorf("ParseSeverity(%q) = %v", bad, s)
		}
	}
	if s, err := ParseSeverity("high"); err != nil || s != HighSeverity {
		t.Error(s, err)
	}
}

func FuzzAnnotation(f *testing.F) {
	f.Add("[scope: single-file] [domain: docs] [ambiguity: low]")
	f.Add("```\n[scope=x]")
	f.Fuzz(func(t *testing.T, text string) {
		whole, err := ParseAnnotation(text)
		found, _ := FindAnnotation(text)
		if err == nil && !strings.ContainsAny(text, "`~") && cmp.Diff(whole, found) != "" {
			t.Errorf("the two readings of %q differ: %v and %v", text, whole, found)
		}
		for _, d := range found.Domains {
			if _, err := chosen("domain", string(d)); err != nil {
				t.Error(err)
			}
		}
	})
}
