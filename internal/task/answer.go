package task

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/tierwise/tierwise/internal/sanitize"
)

// maxAnswer bounds an answer, in bytes. The longest answer that any model of
// today may give (128,000 tokens) is about half of it.
const maxAnswer = 1 << 20

// brokenForm is the one problem of an answer that could not even be read.
func brokenForm(format string, args ...any) []Problem {
	return []Problem{problem("broken-form", format, args...)}
}

// problem words a problem in one bounded line without control characters and
// without secrets. Secrets go before the words are put together: half of one,
// cut off to be quoted, would have no form that can be found.
func problem(id, format string, args ...any) Problem {
	safe := make([]any, len(args))
	for i, arg := range args {
		switch text := arg.(type) {
		case string:
			safe[i] = withoutSecrets(text)
		case error:
			safe[i] = withoutSecrets(text.Error())
		default:
			safe[i] = arg
		}
	}
	return Problem{ID: id, Text: clip(withoutSecrets(sanitize.LogLine(fmt.Sprintf(format, safe...))), 300)}
}

// withoutSecrets puts a mark in the place of what looks like a secret.
func withoutSecrets(text string) string {
	return secretForm().ReplaceAllString(text, "[redacted]")
}

// readAnswer decodes an answer strictly: one JSON value of the schema, each
// key once, nothing before or after it but one code fence.
func readAnswer(answer, schema []byte, into any) []Problem {
	body, problems := jsonBody(answer)
	if problems != nil {
		return problems
	}
	form, err := resolveSchema(schema)
	if err != nil {
		return brokenForm("the task's schema cannot be used: %v", err)
	}
	if err := conforms(form, body); err != nil {
		return brokenForm("the answer does not have the form of the schema: %v", err)
	}
	if err := json.Unmarshal(body, into); err != nil {
		return brokenForm("the answer cannot be decoded: %v", err)
	}
	return nil
}

// jsonBody bounds an answer and takes off the one fence that models put
// around JSON though they are asked not to.
func jsonBody(answer []byte) ([]byte, []Problem) {
	if len(answer) > maxAnswer {
		return nil, brokenForm("the answer has %d bytes, more than the %d that are read", len(answer), maxAnswer)
	}
	body := bytes.TrimSpace(bytes.TrimPrefix(answer, []byte("\ufeff")))
	if inner, ok := bytes.CutPrefix(body, []byte("```")); ok {
		inner, closed := bytes.CutSuffix(inner, []byte("```"))
		if !closed {
			return nil, brokenForm("the answer opens a code fence and does not close it")
		}
		first, rest, _ := bytes.Cut(inner, []byte("\n"))
		if tag := strings.TrimSpace(string(first)); tag != "" && !strings.EqualFold(tag, "json") {
			return nil, brokenForm("the answer is fenced as %.20q, expected JSON", tag)
		}
		body = bytes.TrimSpace(rest)
	}
	if len(body) == 0 {
		return nil, brokenForm("the answer is empty")
	}
	if err := uniqueKeys(body); err != nil {
		return nil, brokenForm("the answer is not JSON: %v", err)
	}
	return body, nil
}

// uniqueKeys checks that data is one JSON value in which no object has a key
// twice: encoding/json would let the last one win. The same key in another
// case is refused by our schemas, which know each key in one spelling.
func uniqueKeys(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := walkValue(d, 0); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the value")
	}
	return nil
}

// maxDepth bounds the nesting of an answer; ours have four levels.
const maxDepth = 64

func walkValue(d *json.Decoder, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("nested deeper than %d", maxDepth)
	}
	token, err := d.Token()
	if err != nil {
		return err
	}
	delim, ok := token.(json.Delim)
	if !ok {
		return nil
	}
	seen := map[string]bool{}
	for d.More() {
		if delim == '{' {
			key, err := d.Token()
			if err != nil {
				return err
			}
			name := fmt.Sprint(key)
			if seen[name] {
				return fmt.Errorf("key %.40q stands twice", name)
			}
			seen[name] = true
		}
		if err := walkValue(d, depth+1); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err
}

func conforms(form *jsonschema.Resolved, body []byte) error {
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return err
	}
	return form.Validate(value)
}

// clip keeps the first most characters of a text and marks the cut.
func clip(text string, most int) string {
	n := 0
	for at := range text {
		if n == most {
			return text[:at] + "…"
		}
		n++
	}
	return text
}
