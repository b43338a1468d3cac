package fakemodel

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// wire is one vendor's format: how a request is read and checked, and how an
// answer is written.
type wire struct {
	vendor Vendor
	key    func(*http.Request) string
	read   func(*http.Request, *Request) []string
	fail   func(http.ResponseWriter, int, string)
	events func(Request, Answer) []string
	broken func(kind string) string // an error event
}

// wireFor finds the format by method and path, nil where there is none.
func wireFor(r *http.Request) *wire {
	if r.Method != http.MethodPost {
		return nil
	}
	switch {
	case r.URL.Path == "/v1/messages" && r.URL.RawQuery == "":
		return anthropicWire()
	case r.URL.Path == "/anthropic/v1/messages" && r.URL.RawQuery == "":
		return as(Bedrock, anthropicWire())
	case r.URL.Path == "/v1/chat/completions" && r.URL.RawQuery == "":
		return openAIWire()
	case r.URL.Path == "/openai/v1/chat/completions" && r.URL.RawQuery == "":
		return as(Azure, openAIWire())
	case strings.HasPrefix(r.URL.Path, vertexPrefix) && strings.HasSuffix(r.URL.Path, geminiSuffix) && r.URL.RawQuery == "alt=sse":
		return vertexWire()
	case strings.HasPrefix(r.URL.Path, geminiPrefix) && strings.HasSuffix(r.URL.Path, geminiSuffix) && r.URL.RawQuery == "alt=sse":
		return geminiWire()
	}
	return nil
}

// as is a wire that another company serves too.
func as(v Vendor, w *wire) *wire {
	w.vendor = v
	return w
}

// strictly decodes a body into a struct that names every permitted field.
func strictly(body []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if dec.More() {
		return fmt.Errorf("more than one document in the body")
	}
	return nil
}

func encode(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("%q", err.Error())
	}
	return string(data)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fmt.Fprint(w, encode(v))
}

// halves cuts a text so that a stream of it has a middle.
func halves(text string) []string {
	at := len(text) / 2
	for at > 0 && at < len(text) && text[at]&0xC0 == 0x80 {
		at-- // not inside a character
	}
	return []string{text[:at], text[at:]}
}

// orRaw gives the scripted usage JSON in place of the vendor's.
func (a Answer) orRaw(usage any) any {
	if a.RawUsage != "" {
		return json.RawMessage(a.RawUsage)
	}
	return usage
}

func orDefault(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// finish translates the fake's finish words to a vendor's.
func (a Answer) finish(stop, length, refusal string) string {
	switch a.Finish {
	case "", "stop":
		return stop
	case "max_tokens":
		return length
	case "refusal":
		return refusal
	}
	return a.Finish
}

// badEffort names an effort that is not one of a vendor's.
func badEffort(effort string, known ...string) []string {
	if effort == "" || slices.Contains(known, effort) {
		return nil
	}
	return []string{fmt.Sprintf("effort %q is not one of %s", effort, strings.Join(known, ", "))}
}
