//go:build editor

package policy

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// editorWait bounds every answer of the language server.
const editorWait = time.Minute

// TestThePolicyInAnEditor opens policies with the language server that editors
// use, which finds the schema by the first line of the file: hovering shows
// what a key means, a wrong key is underlined, and words are offered.
func TestThePolicyInAnEditor(t *testing.T) {
	e := openEditor(t)
	const head = "# yaml-language-server: $schema=docs/routing-policy.schema.json\nversion: 1\n"

	t.Run("hovering over a key says what it means", func(t *testing.T) {
		text := head + "review_by: 2027-02-15\nbudget: { run_usd: 2.00 }\n"
		e.open(t, text)
		e.hovers(t, 2, 2, "When to look at this file again")
		e.hovers(t, 3, 11, "Ceiling of one run.")
	})
	t.Run("a wrong key is underlined, and a whole policy is not", func(t *testing.T) {
		if found := e.open(t, head+"pool: { frontier: [{ provider: anthropic, model: claude-opus-5-5 }] }\nbaseline: { provider: anthropic, model: claude-opus-5-5 }\n"); len(found) > 0 {
			t.Errorf("a whole policy has %v", found)
		}
		found := e.open(t, head+"extends: acme/.github@"+strings.Repeat("4", 40)+"\nmust-frontier: []\n")
		if len(found) != 1 || found[0].Range.Start.Line != 3 || !strings.Contains(found[0].Message, "must-frontier") {
			t.Errorf("a wrong key has %v", found)
		}
		found = e.open(t, head+"extends: acme/.github@"+strings.Repeat("4", 40)+"\ntasks: { docs: { tier: cheap } }\n")
		if len(found) == 0 || found[0].Range.Start.Line != 3 || !strings.Contains(found[0].Message, "efficient") {
			t.Errorf("a wrong tier has %v", found)
		}
	})
	t.Run("words are offered", func(t *testing.T) {
		e.open(t, head+"default: \n")
		e.offers(t, 2, 9, "efficient", "mid", "frontier")
		e.open(t, head+"override:\n  allow:\n    - \n")
		e.offers(t, 4, 6, "admin", "maintain", "write")
		e.open(t, head+"mu\n")
		e.offers(t, 2, 2, "must_frontier")
	})
	t.Run("the policies of this repository are clean", func(t *testing.T) {
		for _, name := range []string{"../../routing-policy.yml", "default.yml"} {
			_, rest, _ := strings.Cut(string(read(t, name)), "version: 1\n")
			if found := e.open(t, head+rest); len(found) > 0 {
				t.Errorf("%s has %v", name, found)
			}
		}
	})
}

// editor speaks to a language server
// (https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/).
type editor struct {
	root, uri string // uri is that of the text that is open
	in        io.Writer
	answers   chan message
	opened    int
	requests  int
}

type message struct {
	ID     *json.RawMessage `json:"id,omitempty"`
	Method string           `json:"method,omitempty"`
	Params json.RawMessage  `json:"params,omitempty"`
	Result json.RawMessage  `json:"result,omitempty"`
	Error  json.RawMessage  `json:"error,omitempty"`
}

type diagnostic struct {
	Message string
	Range   struct{ Start struct{ Line, Character int } }
}

// openEditor starts the server that EDITOR_SERVER names, in the root of this
// repository.
func openEditor(t *testing.T) *editor {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	server := os.Getenv("EDITOR_SERVER")
	if server == "" {
		t.Fatal("EDITOR_SERVER is not set: run make editor")
	}
	cmd := exec.CommandContext(t.Context(), server, "--stdio")
	cmd.Dir, cmd.Stderr = root, os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close() // it ends the server
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	e := &editor{root: root, in: in, answers: make(chan message, 100)}
	go e.listen(out)
	e.ask(t, "initialize", map[string]any{"processId": os.Getpid(), "rootUri": "file://" + root, "capabilities": map[string]any{
		"textDocument": map[string]any{"hover": map[string]any{"contentFormat": []string{"plaintext"}}},
	}})
	e.tell(t, "initialized", map[string]any{})
	e.tell(t, "workspace/didChangeConfiguration", map[string]any{"settings": map[string]any{"yaml": map[string]any{
		"validate": true, "hover": true, "completion": true, "schemaStore": map[string]any{"enable": false},
	}}})
	return e
}

// listen hands on what the server says, until it ends.
func (e *editor) listen(out io.Reader) {
	defer close(e.answers)
	r := bufio.NewReader(out)
	for {
		head, err := textproto.NewReader(r).ReadMIMEHeader()
		if err != nil {
			return
		}
		length, err := strconv.Atoi(head.Get("Content-Length"))
		if err != nil {
			return
		}
		body := make([]byte, length)
		var m message
		if _, err := io.ReadFull(r, body); err != nil || json.Unmarshal(body, &m) != nil {
			return
		}
		e.answers <- m
	}
}

func (e *editor) send(t *testing.T, m map[string]any) {
	t.Helper()
	m["jsonrpc"] = "2.0"
	body, err := json.Marshal(m)
	if err == nil {
		_, err = fmt.Fprintf(e.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (e *editor) tell(t *testing.T, method string, params any) {
	t.Helper()
	e.send(t, map[string]any{"method": method, "params": params})
}

// next gives what the server says next. What it asks itself has no answer here.
func (e *editor) next(t *testing.T) message {
	t.Helper()
	select {
	case m, ok := <-e.answers:
		if !ok {
			t.Fatal(errors.New("the server ended"))
		}
		if m.ID != nil && m.Method != "" {
			e.send(t, map[string]any{"id": m.ID, "result": nil})
		}
		return m
	case <-time.After(editorWait):
		t.Fatal("the server does not answer")
	}
	return message{}
}

func (e *editor) ask(t *testing.T, method string, params any) json.RawMessage {
	t.Helper()
	e.requests++
	id := strconv.Itoa(e.requests)
	e.send(t, map[string]any{"id": e.requests, "method": method, "params": params})
	for {
		m := e.next(t)
		if m.ID == nil || m.Method != "" || string(*m.ID) != id {
			continue
		}
		if m.Error != nil {
			t.Fatalf("%s: %s", method, m.Error)
		}
		return m.Result
	}
}

// open shows a text and gives what is underlined in it.
func (e *editor) open(t *testing.T, text string) []diagnostic {
	t.Helper()
	e.opened++
	e.uri = fmt.Sprintf("file://%s/policy-%d.yml", e.root, e.opened)
	e.tell(t, "textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": e.uri, "languageId": "yaml", "version": 1, "text": text}})
	for {
		m := e.next(t)
		if m.Method != "textDocument/publishDiagnostics" {
			continue
		}
		var p struct {
			URI         string
			Diagnostics []diagnostic
		}
		if err := json.Unmarshal(m.Params, &p); err != nil {
			t.Fatal(err)
		}
		if p.URI == e.uri {
			return p.Diagnostics
		}
	}
}

func (e *editor) at(line, character int) map[string]any {
	return map[string]any{"textDocument": map[string]any{"uri": e.uri}, "position": map[string]any{"line": line, "character": character}}
}

func (e *editor) hovers(t *testing.T, line, character int, words ...string) {
	t.Helper()
	shown := string(e.ask(t, "textDocument/hover", e.at(line, character)))
	for _, w := range words {
		if !strings.Contains(shown, w) {
			t.Errorf("hovering at %d:%d shows %s, want %q", line, character, shown, w)
		}
	}
}

func (e *editor) offers(t *testing.T, line, character int, words ...string) {
	t.Helper()
	shown := string(e.ask(t, "textDocument/completion", e.at(line, character)))
	for _, w := range words {
		if !strings.Contains(shown, `"label":"`+w+`"`) {
			t.Errorf("at %d:%d %q is not offered: %.500s", line, character, w, shown)
		}
	}
}
