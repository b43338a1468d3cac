package store

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/ledger"
)

// maxColumn bounds a text that a server sends.
const maxColumn = 1 << 20

// factColumns are those of facts.sql, so that both stores give them in the
// order that readFact takes.
func factColumns() string {
	_, after, _ := strings.Cut(factsSQL, "SELECT")
	columns, _, _ := strings.Cut(after, "FROM")
	return strings.TrimSpace(columns)
}

// wide makes every number of the answer one of eight bytes.
func wide(columns string) string {
	var out []string
	for name := range strings.SplitSeq(columns, ",") {
		name = strings.TrimSpace(name)
		switch name {
		case "decided", "used", "marks", "unpriced", "attempts", "lowered", "raised", "refused", "refusals", "first_tier", "next_tier":
			name = "toInt64(" + name + ")"
		}
		out = append(out, name)
	}
	return strings.Join(out, ", ")
}

// Facts gives the facts of a query from columns, in no order. A record whose
// rows are not folded yet comes once for each of them: weekly.Sum takes what is
// finished and counts it once, at half the price of the server's FINAL.
func (c *ClickHouse) Facts(ctx context.Context, q Query) iter.Seq2[ledger.Fact, error] {
	return func(yield func(ledger.Fact, error) bool) {
		statement := "SELECT " + wide(factColumns()) + " FROM " + c.table("tierwise_records") + " WHERE " +
			between("started", q.Since, q.Until) + " AND " + ofRepositories(q) + " FORMAT RowBinary"
		body, err := c.do(ctx, statement, nil)
		if err != nil {
			yield(ledger.Fact{}, err)
			return
		}
		defer body.Close() //nolint:errcheck // it was only read
		src, in := &chSource{from: bufio.NewReaderSize(body, 1<<16)}, newInterner()
		for src.more() {
			f, err := readFact(src, in)
			if err != nil {
				err = away("read ClickHouse", err)
			}
			if !yield(f, err) || err != nil {
				return
			}
		}
		if src.err != nil {
			yield(ledger.Fact{}, away("read ClickHouse", src.err))
		}
	}
}

func ofRepositories(q Query) string {
	if len(q.Repositories) == 0 {
		return "1"
	}
	whole, beginnings := q.names()
	var terms []string
	for _, name := range whole {
		terms = append(terms, "repository = "+quote(name))
	}
	for _, b := range beginnings {
		terms = append(terms, fmt.Sprintf("substring(repository, 1, %d) = %s", len(b), quote(b)))
	}
	return "(" + strings.Join(terms, " OR ") + ")"
}

// Entries gives all that is kept since a time, records first, each once and
// checked as if it came from a stranger.
func (c *ClickHouse) Entries(ctx context.Context, since time.Time) iter.Seq2[ledger.Entry, error] {
	return func(yield func(ledger.Entry, error) bool) {
		_ = c.bodies(ctx, "tierwise_records", "started", since, yield) && c.bodies(ctx, "tierwise_flags", "at", since, yield)
	}
}

// Flags gives the flags of a query's repositories since its beginning, also
// those that came after its end: they speak of records before it.
func (c *ClickHouse) Flags(ctx context.Context, q Query) iter.Seq2[ledger.Flag, error] {
	return flagsOf(q, func(yield func(ledger.Entry, error) bool) { c.bodies(ctx, "tierwise_flags", "at", q.Since, yield) })
}

func (c *ClickHouse) bodies(ctx context.Context, table, column string, since time.Time, yield func(ledger.Entry, error) bool) bool {
	body, err := c.do(ctx, "SELECT body FROM "+c.table(table)+" FINAL WHERE "+between(column, since, time.Time{})+" FORMAT RowBinary", nil)
	if err != nil {
		return yield(ledger.Entry{}, err)
	}
	defer body.Close() //nolint:errcheck // it was only read
	src := &chSource{from: bufio.NewReaderSize(body, 1<<16)}
	for src.more() {
		text, err := src.text()
		if err != nil {
			return yield(ledger.Entry{}, away("read ClickHouse", err))
		}
		e, err := ledger.DecodeEntry(text)
		if !yield(e, err) {
			return false
		}
	}
	return src.err == nil || yield(ledger.Entry{}, away("read ClickHouse", src.err))
}

// chSource reads ClickHouse's RowBinary. An answer that is cut short is an
// error, whether in a row or, by the connection's own framing, between two.
type chSource struct {
	from *bufio.Reader
	buf  []byte
	err  error // of looking for a next row
}

// more says whether another row begins.
func (s *chSource) more() bool {
	_, err := s.from.Peek(1)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return err == nil
}

// take gives the next bytes, valid until the next call.
func (s *chSource) take(n int) ([]byte, error) {
	if n > cap(s.buf) {
		s.buf = make([]byte, n)
	}
	b := s.buf[:n]
	if _, err := io.ReadFull(s.from, b); err != nil {
		return nil, fmt.Errorf("a row is cut short: %w", err)
	}
	return b, nil
}

func (s *chSource) id() (id [16]byte, err error) {
	b, err := s.take(2 * len(id))
	if err != nil {
		return id, err
	}
	return decodeID(b)
}

func (s *chSource) integer() (int64, error) {
	b, err := s.take(8)
	if err != nil {
		return 0, err
	}
	return int64(binary.LittleEndian.Uint64(b)), nil //nolint:gosec // the bits are a signed number
}

func (s *chSource) amount() (n int64, known bool, err error) {
	isNull, err := s.from.ReadByte()
	if err != nil || isNull == 1 {
		return 0, false, err
	}
	n, err = s.integer()
	return n, err == nil, err
}

func (s *chSource) text() ([]byte, error) {
	n, err := binary.ReadUvarint(s.from)
	if err != nil {
		return nil, fmt.Errorf("a row is cut short: %w", err)
	}
	if n > maxColumn {
		return nil, fmt.Errorf("a text of %d bytes", n)
	}
	return s.take(int(n)) //nolint:gosec // bounded above
}
