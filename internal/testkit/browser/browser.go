// Package browser drives a headless Chromium for tests, over the pipe of its
// debugging protocol: no port is open, and no library stands between.
// https://chromedevtools.github.io/devtools-protocol/
package browser

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// patience is how long one answer may take.
const patience = 60 * time.Second

// Browser is a running Chromium with one page open.
type Browser struct {
	t       testing.TB
	to      *os.File
	session string

	mu      sync.Mutex
	next    int
	answers map[int]chan message
	events  []Event
}

// Event is something that happened in the browser.
type Event struct {
	Method string
	Params json.RawMessage
}

type message struct {
	ID        int             `json:"id,omitempty"`
	Session   string          `json:"sessionId,omitempty"`
	Method    string          `json:"method,omitempty"`
	Params    json.RawMessage `json:"params,omitempty"`
	Result    json.RawMessage `json:"result,omitempty"`
	Error     *problem        `json:"error,omitempty"`
	lostTouch bool
}

type problem struct {
	Message string `json:"message"`
}

// flags keep Chromium from talking to anybody on its own.
func flags(profile string) []string {
	return []string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--disable-extensions", "--hide-scrollbars",
		"--remote-debugging-pipe", "--user-data-dir=" + profile, "about:blank",
	}
}

// Start starts Chromium and ends it with the test.
func Start(t testing.TB, program string) *Browser {
	t.Helper()
	theirs, to := pipe(t)
	from, ours := pipe(t)
	cmd := exec.Command(program, flags(filepath.Join(t.TempDir(), "profile"))...)
	cmd.ExtraFiles = []*os.File{theirs, ours}
	if err := cmd.Start(); err != nil {
		t.Fatalf("start %s: %v", program, err)
	}
	b := &Browser{t: t, to: to, answers: map[int]chan message{}}
	_, _ = theirs.Close(), ours.Close()
	go b.listen(from)
	t.Cleanup(func() {
		b.send("Browser.close", nil)
		if err := cmd.Wait(); err != nil {
			t.Logf("chromium ended: %v", err)
		}
	})
	b.attach()
	return b
}

func pipe(t testing.TB) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	return r, w
}

// listen takes messages, each ended by a zero byte.
func (b *Browser) listen(from *os.File) {
	for r := bufio.NewReader(from); ; {
		line, err := r.ReadBytes(0)
		if err != nil {
			b.hangUp()
			return
		}
		var m message
		if err := json.Unmarshal(line[:len(line)-1], &m); err == nil {
			b.take(m)
		}
	}
}

func (b *Browser) take(m message) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if m.ID == 0 {
		b.events = append(b.events, Event{m.Method, m.Params})
		return
	}
	if waiting := b.answers[m.ID]; waiting != nil {
		waiting <- m
	}
}

func (b *Browser) hangUp() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, waiting := range b.answers {
		select {
		case waiting <- message{lostTouch: true}:
		default:
		}
	}
}

func (b *Browser) send(method string, params any) message {
	waiting := make(chan message, 1)
	b.mu.Lock()
	b.next++
	id := b.next
	b.answers[id] = waiting
	b.mu.Unlock()
	raw, err := json.Marshal(params)
	if err != nil {
		b.t.Fatal(err)
	}
	line, err := json.Marshal(message{ID: id, Session: b.session, Method: method, Params: raw})
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.to.Write(append(line, 0)); err != nil {
		b.t.Fatalf("%s: %v", method, err)
	}
	select {
	case m := <-waiting:
		return m
	case <-time.After(patience):
		return message{Error: &problem{"no answer"}}
	}
}

// Call asks the browser for something, and ends the test where it cannot.
func (b *Browser) Call(method string, params, into any) {
	b.t.Helper()
	if params == nil {
		params = struct{}{}
	}
	m := b.send(method, params)
	switch {
	case m.lostTouch:
		b.t.Fatalf("%s: the browser is gone", method)
	case m.Error != nil:
		b.t.Fatalf("%s: %s", method, m.Error.Message)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(m.Result, into); err != nil {
		b.t.Fatalf("%s: %v", method, err)
	}
}

func (b *Browser) attach() {
	b.t.Helper()
	var target struct {
		ID string `json:"targetId"`
	}
	b.Call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var session struct {
		ID string `json:"sessionId"`
	}
	b.Call("Target.attachToTarget", map[string]any{"targetId": target.ID, "flatten": true}, &session)
	b.session = session.ID
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		b.Call(domain+".enable", nil, nil)
	}
}

// Events gives all that happened since it was last asked.
func (b *Browser) Events() []Event {
	b.mu.Lock()
	defer b.mu.Unlock()
	events := b.events
	b.events = nil
	return events
}

func (b *Browser) happened(method string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range b.events {
		if e.Method == method {
			return true
		}
	}
	return false
}

// Look sets the screen: its width and height in pixels, and its colours.
func (b *Browser) Look(width, height int, dark bool) {
	b.t.Helper()
	b.Call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}, nil)
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	b.Call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
}

// Media sets what the page is for: "print", or "" for a screen.
func (b *Browser) Media(kind string) {
	b.t.Helper()
	b.Call("Emulation.setEmulatedMedia", map[string]any{"media": kind}, nil)
}

// Open goes to an address and waits until all of it is there.
func (b *Browser) Open(address string) {
	b.t.Helper()
	b.Events()
	b.Call("Page.navigate", map[string]any{"url": address}, nil)
	for wait := time.Now(); !b.happened("Page.loadEventFired"); time.Sleep(10 * time.Millisecond) {
		if time.Since(wait) > patience {
			b.t.Fatalf("%s did not load", address)
		}
	}
	b.Eval("new Promise(done => requestAnimationFrame(() => setTimeout(() => done(true), 50)))", nil)
}

// Eval runs an expression in the page.
func (b *Browser) Eval(expression string, into any) {
	b.t.Helper()
	var got struct {
		Result struct {
			Value json.RawMessage `json:"value"`
		} `json:"result"`
		Exception json.RawMessage `json:"exceptionDetails"`
	}
	b.Call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true}, &got)
	if got.Exception != nil {
		b.t.Fatalf("%s: %s", expression, got.Exception)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(got.Result.Value, into); err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
}

// Screenshot writes a picture of the whole page.
func (b *Browser) Screenshot(file string) {
	b.t.Helper()
	b.save(file, "Page.captureScreenshot", map[string]any{"format": "png", "captureBeyondViewport": true})
}

// PDF prints the page.
func (b *Browser) PDF(file string) {
	b.t.Helper()
	b.save(file, "Page.printToPDF", map[string]any{"preferCSSPageSize": true, "printBackground": true})
}

func (b *Browser) save(file, method string, params any) {
	b.t.Helper()
	var got struct {
		Data []byte `json:"data"`
	}
	b.Call(method, params, &got)
	if err := os.WriteFile(file, got.Data, 0o600); err != nil {
		b.t.Fatal(fmt.Errorf("%s: %w", method, err))
	}
}
