package ledger

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Place gives the day and the name of the file that holds entries: those of
// its first. A begun record and the finished one of its id lie in two files,
// so that neither is ever written over.
func Place(entries []Entry) (day, name string, err error) {
	if len(entries) == 0 {
		return "", "", errors.New("place entries: there are none")
	}
	first := entries[0]
	id := first.ID()
	if len(id) != 32 || !isHex(id) {
		return "", "", fmt.Errorf("place entries: %q is no id", clean(id))
	}
	at, name := "", "record-"+id+".jsonl"
	switch {
	case first.Flag != nil:
		at, name = first.Flag.At, "flag-"+id+".jsonl"
	case first.Record.Status == Begun:
		at, name = first.Record.Finished, "record-"+id+"-begun.jsonl"
	default:
		at = first.Record.Finished
	}
	day = at[:min(len(time.DateOnly), len(at))]
	if !isDay(day) {
		return "", "", fmt.Errorf("place entries: an entry of no day: %q", clean(day))
	}
	return day, name, nil
}

func isEntryFile(name string) bool {
	return (strings.HasPrefix(name, "record-") || strings.HasPrefix(name, "flag-")) && strings.HasSuffix(name, ".jsonl")
}

// IsEntryPath says that a path, with slashes, is where Place puts a file.
func IsEntryPath(path string) (day string, ok bool) {
	day, name, found := strings.Cut(path, "/")
	return day, found && isDay(day) && isEntryFile(name) && !strings.ContainsAny(name, "/\\")
}

// Unsent gives what a file that already has the name does not hold. An entry
// that it holds is dropped. A record of the same id that is another's, as two
// runs of a task in a job have that the platform cannot tell apart, gets the
// next sequence number, so that neither is lost. Of begun records and of flags
// the first stays.
func Unsent(entries, there []Entry) ([]Entry, error) {
	lines := map[string][]byte{}
	for _, e := range there {
		line, err := encoded(e)
		if err != nil {
			return nil, err
		}
		lines[kindOf(e)+e.ID()] = line
	}
	var rest []Entry
	for _, e := range entries {
		kept, held := lines[kindOf(e)+e.ID()]
		line, err := encoded(e)
		switch {
		case err != nil:
			return nil, err
		case !held:
			rest = append(rest, e)
		case bytes.Equal(kept, line), kindOf(e) != "finished":
		default:
			next := *e.Record
			next.Sequence += len(entries)
			next.ID = next.hash()
			rest = append(rest, Entry{Record: &next})
		}
	}
	return rest, nil
}

func kindOf(e Entry) string {
	switch {
	case e.Flag != nil:
		return "flag"
	case e.Record.Status == Begun:
		return Begun
	default:
		return "finished"
	}
}

func encoded(e Entry) ([]byte, error) {
	var b bytes.Buffer
	err := EncodeEntry(&b, e)
	return b.Bytes(), err
}

// EncodeEntries gives the text of a file.
func EncodeEntries(entries []Entry) ([]byte, error) {
	var b bytes.Buffer
	for _, e := range entries {
		if err := EncodeEntry(&b, e); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

// DecodeEntries reads the text of a file. What cannot be read is a problem
// that names its line, and does not hide the rest; a text that cannot be read
// to its end has a last problem with the line 0.
func DecodeEntries(name string, r io.Reader) (entries []Entry, problems []UnreadError) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		e, err := DecodeEntry(lines.Bytes())
		if err != nil {
			problems = append(problems, UnreadError{File: name, Line: n, Err: err})
			continue
		}
		entries = append(entries, e)
	}
	if err := lines.Err(); err != nil {
		problems = append(problems, UnreadError{File: name, Err: err})
	}
	return entries, problems
}

// Entries wraps records.
func Entries(records []Record) []Entry {
	entries := make([]Entry, len(records))
	for i, r := range slices.Clone(records) {
		entries[i] = Entry{Record: &r}
	}
	return entries
}

// when is the day of an entry, in UTC; "" where it has none.
func (e Entry) when() string {
	if e.Record != nil {
		return e.Record.began()
	}
	at, err := time.Parse(time.RFC3339, e.Flag.At)
	if err != nil {
		return ""
	}
	return at.UTC().Format(time.DateOnly)
}
