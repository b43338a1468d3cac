// Package store keeps the ledger of many repositories in PostgreSQL or in
// ClickHouse, and exports it as OpenTelemetry. Entries go in, each counts
// once, and facts come out of columns, without a document being read. It is
// linked by tierwise-ledger alone: no job of a pull request holds a database.
package store

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/ledger"
)

// Batch is how many entries are best sent at once.
const Batch = 1000

// Counts says what became of entries that were sent.
type Counts struct {
	New   int // kept, or took the place of a begun one
	Known int // had been kept before
	// Refused are of a time that no run has, or finished records of an id that
	// stands under another time or with another body.
	Refused int
}

// Add sums up.
func (c *Counts) Add(more Counts) {
	c.New, c.Known, c.Refused = c.New+more.New, c.Known+more.Known, c.Refused+more.Refused
}

// Query chooses the facts of a report. Zero times are no bound.
type Query struct {
	Since, Until time.Time // by start of the record; Until is not part of it
	// Repositories are owner/name, or the beginning of such names with a star
	// behind it: "acme/*" is an organisation, "acme/web-*" a team's. None is all.
	Repositories []string
}

// names parts the repositories into whole names and beginnings.
func (q Query) names() (whole, beginnings []string) {
	whole, beginnings = []string{}, []string{}
	for _, name := range q.Repositories {
		if head, ok := strings.CutSuffix(name, "*"); ok {
			beginnings = append(beginnings, head)
		} else {
			whole = append(whole, name)
		}
	}
	return whole, beginnings
}

// AddressError is an address that cannot be used as it is written. It never
// holds the address itself, which may hold a password.
type AddressError struct{ Why string }

// Error gives one line.
func (e *AddressError) Error() string { return "ledger address: " + e.Why }

// ErrAway is a store that could not be reached, or did not take what was sent.
// Sending it again later is safe.
var ErrAway = errors.New("the store is away")

// away keeps the cause and marks it.
func away(doing string, err error) error {
	return fmt.Errorf("%s: %w: %w", doing, ErrAway, err)
}

// parse reads an address. The parser's own error would quote it.
func parse(address string, schemes ...string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, &AddressError{Why: "it is no URL"}
	}
	if !slices.Contains(schemes, u.Scheme) {
		return nil, &AddressError{Why: "expected " + strings.Join(schemes, ":// or ") + "://"}
	}
	return u, nil
}

// isLoopback says that a host is this machine by its name alone. A path is a
// Unix socket.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasPrefix(host, "/") || ip != nil && ip.IsLoopback()
}

// The times that a record can have. Outside of them a column of seconds would
// wrap around, and a partition be made for a year that never comes.
func plausible(t time.Time) bool { return t.Year() >= 2000 && t.Year() < 2100 }

// split parts entries into rows and counts those that are refused. Of several
// of one id the one that takes the others' place stays, so that one statement
// never meets the same key twice. Another end under the same id is refused: it is
// of another call, whose spend must not be lost in silence.
func split(entries []ledger.Entry) (records []row, flags []flagRow, refused int, err error) {
	last := map[string]ledger.Entry{}
	var order []string
	for _, e := range entries {
		if !plausible(startOf(e)) {
			refused++
			continue
		}
		earlier, seen := last[e.ID()]
		if !seen {
			order = append(order, e.ID())
		}
		if !seen || e.Supersedes(earlier) {
			last[e.ID()] = e
			continue
		}
		other, err := isOtherEnd(e, earlier)
		if err != nil {
			return nil, nil, 0, err
		}
		if other {
			refused++
		}
	}
	for _, id := range order {
		e := last[id]
		if e.Flag != nil {
			f, err := newFlagRow(*e.Flag)
			if err != nil {
				return nil, nil, 0, err
			}
			flags = append(flags, f)
			continue
		}
		r, err := newRow(*e.Record)
		if err != nil {
			return nil, nil, 0, err
		}
		records = append(records, r)
	}
	return records, flags, refused, nil
}

// isOtherEnd says that two finished records of one id do not say the same.
func isOtherEnd(a, b ledger.Entry) (bool, error) {
	if a.Record == nil || b.Record == nil || a.Record.Status == ledger.Begun || b.Record.Status == ledger.Begun {
		return false, nil
	}
	one, err := bodyOf(*a.Record)
	if err != nil {
		return false, err
	}
	other, err := bodyOf(*b.Record)
	return one != other, err
}

func startOf(e ledger.Entry) time.Time {
	var text string
	if e.Flag != nil {
		text = e.Flag.At
	} else {
		text = e.Record.Started
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}
