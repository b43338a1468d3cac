package fakemodel

import (
	"fmt"
	"net/http"
	"time"
)

// play writes an answer, well-behaved or not.
func (w *wire) play(out http.ResponseWriter, r *http.Request, req Request, a Answer) {
	switch {
	case a.Refuse:
		drop(out)
		return
	case a.Mute:
		<-r.Context().Done()
		return
	case a.Status != 0 && a.Status != http.StatusOK:
		w.playError(out, a)
		return
	}
	kind := orDefault(a.ContentType, "text/event-stream; charset=utf-8")
	setHeaders(out, a)
	out.Header().Set("Content-Type", kind)
	out.WriteHeader(http.StatusOK)
	if a.Body != "" || a.ContentType != "" {
		fmt.Fprint(out, a.Body)
		return
	}
	w.playEvents(out, r, req, a)
}

func (w *wire) playError(out http.ResponseWriter, a Answer) {
	setHeaders(out, a)
	if a.Body == "" && a.ContentType == "" {
		w.fail(out, a.Status, fmt.Sprintf("scripted status %d", a.Status))
		return
	}
	out.Header().Set("Content-Type", orDefault(a.ContentType, "application/json"))
	out.WriteHeader(a.Status)
	fmt.Fprint(out, a.Body)
}

func setHeaders(out http.ResponseWriter, a Answer) {
	for name, value := range a.Header {
		out.Header().Set(name, value)
	}
}

func (w *wire) playEvents(out http.ResponseWriter, r *http.Request, req Request, a Answer) {
	events := w.events(req, a)
	flush := http.NewResponseController(out)
	for i, event := range events {
		if i == len(events)/2 && w.interrupt(out, r, a) {
			return
		}
		if !sleep(r, a.Delay) {
			return
		}
		if _, err := fmt.Fprint(out, event); err != nil {
			return // the client has gone
		}
		if err := flush.Flush(); err != nil {
			return
		}
	}
}

// interrupt does what the script says for the middle of the stream, and says
// whether that was its end.
func (w *wire) interrupt(out http.ResponseWriter, r *http.Request, a Answer) bool {
	switch {
	case a.Drop:
		drop(out)
	case a.Hang:
		<-r.Context().Done()
	case a.Error != "":
		fmt.Fprint(out, w.broken(a.Error))
	default:
		return false
	}
	return true
}

// drop closes the connection under the client.
func drop(out http.ResponseWriter) {
	conn, _, err := http.NewResponseController(out).Hijack()
	if err == nil {
		_ = conn.Close() // it is meant to break
	}
}

func sleep(r *http.Request, d time.Duration) bool {
	if d == 0 {
		return true
	}
	select {
	case <-r.Context().Done():
		return false
	case <-time.After(d):
		return true
	}
}
