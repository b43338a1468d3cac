package task

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/tierwise/tierwise/internal/sanitize"
)

// maxCustomAddresses bounds the addresses of a custom task's answer: it may be
// a list of them.
const maxCustomAddresses = 100

// orderRule stands below the prompt of a task that tells. What a task writes
// may be a script or a guide, in which commands are at home.
func (spec CustomSpec) orderRule() string {
	if spec.Kind != Tells {
		return ""
	}
	return " Describe; never tell the reader to run, install, open, approve or merge anything."
}

// outward looks for what must never leave. The owner's own prompt counts as
// input: an answer may repeat an address that stands in it.
func (spec CustomSpec) outward(in Input, place, text string) []Problem {
	in.Brief += "\n" + spec.Prompt
	return append(leaks(place, text), links(in, place, text, maxCustomAddresses, nil)...)
}

// orders looks for what tells the reader to do something.
func (spec CustomSpec) orders(place string, texts ...string) []Problem {
	for _, text := range texts {
		if m := foundIn(order().FindString, text); m != "" && spec.Kind == Tells {
			return []Problem{ordered(place, m)}
		}
	}
	return nil
}

// verifyForm releases an answer that has the form of the schema, printed as
// JSON: what it means is for the one who wrote the schema. Its texts are read
// as the reader of the JSON will, without their escapes.
func (spec CustomSpec) verifyForm(in Input, form *jsonschema.Resolved, answer []byte) (Output, []Problem) {
	body, problems := jsonBody(answer)
	if problems != nil {
		return Output{}, problems
	}
	if err := conforms(form, body); err != nil {
		return Output{}, brokenForm("the answer does not have the form of the schema: %v", err)
	}
	if secretForm().Match(body) {
		return Output{}, []Problem{problem("secret", "the answer holds what looks like a secret")}
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return Output{}, brokenForm("the answer cannot be decoded: %v", err)
	}
	const place = "the answer"
	texts := textsOf(value, nil)
	if problems := append(spec.outward(in, place, strings.Join(texts, "\n")), spec.orders(place, texts...)...); len(problems) > 0 {
		return Output{}, problems
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, body, "", "  "); err != nil {
		return Output{}, brokenForm("the answer cannot be printed: %v", err)
	}
	return Output{Markdown: fenced(strings.ToValidUTF8(pretty.String(), "\uFFFD"))}, nil
}

// textsOf gives every text of a JSON value, names of fields too.
func textsOf(value any, texts []string) []string {
	switch v := value.(type) {
	case string:
		return append(texts, v)
	case []any:
		for _, item := range v {
			texts = textsOf(item, texts)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			texts = textsOf(v[name], append(texts, name))
		}
	}
	return texts
}

// verifyMarkdown releases a text that is there, bounded, and holds nothing
// that must not leave.
func (spec CustomSpec) verifyMarkdown(in Input, answer []byte) (Output, []Problem) {
	text := strings.TrimSpace(string(answer))
	visible, _ := sanitize.StripHidden(text)
	switch {
	case !utf8.ValidString(text):
		return Output{}, brokenForm("the answer is not UTF-8")
	case strings.TrimSpace(visible) == "":
		return Output{}, brokenForm("the answer is empty")
	case len(text) > maxMarkdown:
		return Output{}, brokenForm("the answer has %d bytes, more than %d", len(text), maxMarkdown)
	}
	const place = "the answer"
	if problems := append(spec.outward(in, place, text), spec.orders(place, text)...); len(problems) > 0 {
		return Output{}, problems
	}
	return Output{Markdown: text + "\n"}, nil
}
