package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tierwise/tierwise/internal/testkit/fakemodel"
)

// answer is one entry of the list that `model FILE` reads. json is the text
// of a task that answers with JSON, written as JSON.
type answer struct {
	fakemodel.Answer
	JSON   json.RawMessage `json:"json"`
	Repeat int             `json:"repeat"` // a text of so many bytes
	Push   string          `json:"push"`   // somebody pushes this to pull request 7 meanwhile
}

// commandModel starts a model that gives the answers of a file one after the
// other, and the last one from then on. A request that no answer was written
// for is not one: an empty list fails every call.
func commandModel(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: model FILE")
	}
	w := worldOf(ts)
	if w.model != nil {
		ts.Fatalf("a model runs already")
	}
	model, err := fakemodel.Start("127.0.0.1:0", w.script(readAnswers(ts, args[0])))
	ts.Check(err)
	w.model = model
	ts.Setenv("MODEL_URL_ANTHROPIC", model.BaseURL(fakemodel.Anthropic))
	ts.Setenv("MODEL_URL_OPENAI", model.BaseURL(fakemodel.OpenAI))
	ts.Setenv("MODEL_URL_GEMINI", model.BaseURL(fakemodel.Gemini))
	ts.Setenv("MODEL_URL_BEDROCK", model.BaseURL(fakemodel.Bedrock))
	ts.Setenv("MODEL_URL_AZURE", model.BaseURL(fakemodel.Azure))
	ts.Setenv("MODEL_URL_VERTEX", model.BaseURL(fakemodel.Vertex))
}

// script gives the answers in order, and lets happen what they say.
func (w *world) script(answers []answer) fakemodel.Script {
	calls := 0
	return func(fakemodel.Request) fakemodel.Answer {
		if len(answers) == 0 {
			return fakemodel.Answer{Status: http.StatusNotImplemented, Body: `{"error":"this script calls no model"}`}
		}
		a := answers[min(calls, len(answers)-1)]
		calls++
		if a.Push != "" {
			repo := w.hub.Repo("acme", "widgets")
			w.hub.Do(func() { repo.Pulls[7].Head.SHA = a.Push })
		}
		return a.Answer
	}
}

func readAnswers(ts *testscript.TestScript, name string) []answer {
	var list []answer
	dec := json.NewDecoder(bytes.NewReader([]byte(scriptFile(ts, name))))
	dec.DisallowUnknownFields()
	ts.Check(dec.Decode(&list))
	for i, a := range list {
		if a.JSON != nil {
			list[i].Text = string(a.JSON)
		}
		if a.Repeat > 0 {
			list[i].Text = strings.Repeat("x", a.Repeat)
		}
	}
	return list
}
