package report

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/signal"
)

// maxSignals bounds the signals of one decision that are listed.
const maxSignals = 200

// firedJSON is one place where a signal fired. File is empty where the words
// fired it, Line 0 where the whole file did.
type firedJSON struct {
	Signal string `json:"signal"`
	File   string `json:"file"`
	Line   int    `json:"line"`
	Text   string `json:"text"`
}

func signalList(hits []signal.Hit) []firedJSON {
	list := make([]firedJSON, 0, min(len(hits), maxSignals))
	for _, h := range hits[:min(len(hits), maxSignals)] {
		list = append(list, firedJSON{h.Signal, h.File, h.Line, h.Text})
	}
	return list
}

// maxExplained bounds the lines about signals for a person.
const maxExplained = 40

// explainSignals tells where each signal fired, also those that decided
// nothing.
func explainSignals(out *strings.Builder, hits []signal.Hit) {
	if len(hits) == 0 {
		return
	}
	out.WriteString("Signals:\n")
	for _, h := range hits[:min(len(hits), maxExplained)] {
		where := "the words"
		if h.File != "" {
			where = diag.Position{File: h.File, Line: h.Line}.String()
		}
		fmt.Fprintf(out, "  %s  %s: %s\n", line(h.Signal), line(where), line(h.Text))
	}
	if more := len(hits) - maxExplained; more > 0 {
		fmt.Fprintf(out, "  and %d more\n", more)
	}
}
