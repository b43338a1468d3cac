package ledger

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAFlagComesBackAsItWasWritten(t *testing.T) {
	f := NewFlag(Flag{Repository: "acme/widget", Record: strings.Repeat("ab", 16), Task: "docs", Verdict: Cheaper, Source: "command", Reference: "7", At: "2026-11-25T05:00:00Z"})
	var line bytes.Buffer
	if err := EncodeEntry(&line, Entry{Flag: &f}); err != nil {
		t.Fatal(err)
	}
	got, err := DecodeEntry(bytes.TrimSpace(line.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Entry{Flag: &f}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAFlagOutOfItsBoundsIsRefused(t *testing.T) {
	good := Flag{Repository: "acme/widget", Record: strings.Repeat("ab", 16), Task: "docs", Verdict: Right, Source: "comment", Reference: "7", At: "2026-11-25T05:00:00Z"}
	if err := NewFlag(good).check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Flag){
		"a record that is no id":  func(f *Flag) { f.Record = "x" },
		"a verdict nobody knows":  func(f *Flag) { f.Verdict = "free" },
		"a source nobody knows":   func(f *Flag) { f.Source = "rumour" },
		"a time that is none":     func(f *Flag) { f.At = "monday" },
		"no task":                 func(f *Flag) { f.Task = "" },
		"a negative pull request": func(f *Flag) { f.PullRequest = -1 },
	} {
		t.Run(name, func(t *testing.T) {
			f := good
			spoil(&f)
			if err := NewFlag(f).check(); err == nil {
				t.Error("it was taken")
			}
		})
	}
	for name, spoil := range map[string]func(*Flag){ // what is cut where a flag is made, and refused where it is read
		"a reason of two lines": func(f *Flag) { f.Reason = "a\nb" },
		"a reason without end":  func(f *Flag) { f.Reason = strings.Repeat("a", 10_000) },
	} {
		t.Run(name, func(t *testing.T) {
			f := NewFlag(good)
			spoil(&f)
			if err := f.check(); err == nil {
				t.Error("it was taken")
			}
		})
	}
	changed := NewFlag(good)
	changed.Verdict = Cheaper
	if err := changed.check(); err == nil {
		t.Error("an id of another flag was taken")
	}
}
