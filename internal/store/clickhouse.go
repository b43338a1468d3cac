package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/ledger"
)

// ClickHouse is a ledger in ClickHouse, spoken to over HTTP.
type ClickHouse struct {
	client         *http.Client
	base           url.URL
	user, password string
	database       string
	cluster        string        // "" for one server
	turns          chan struct{} // holds one for each Put under way
}

// maxPuts bounds how many inserts of one process run at once. Each makes a part
// on each shard; many small ones at once cost a server more than they bring.
const maxPuts = 4

// isIdentifier is what may stand in a statement without quotes.
func isIdentifier(s string) bool {
	return regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,63}$`).MatchString(s)
}

// OpenClickHouse reads an address, "clickhouse://USER@HOST:PORT/DATABASE", with
// "?cluster=NAME" where the tables are spread over shards, and "?secure=false"
// for HTTP without TLS, which only this machine is spoken to with. The password
// may come apart from it; it travels in a header, never in a URL.
func OpenClickHouse(address, password string, client *http.Client) (*ClickHouse, error) {
	u, err := parse(address, "clickhouse")
	if err != nil {
		return nil, err
	}
	c := &ClickHouse{client: withoutRedirects(client), user: u.User.Username(), password: password, turns: make(chan struct{}, maxPuts), database: strings.TrimPrefix(u.Path, "/"), cluster: u.Query().Get("cluster")}
	if c.database == "" {
		c.database = "default"
	}
	if !isIdentifier(c.database) || c.cluster != "" && !isIdentifier(c.cluster) {
		return nil, &AddressError{Why: "a database or a cluster is a word of letters, digits and underscores"}
	}
	if inside, ok := u.User.Password(); ok && password == "" {
		c.password = inside
	}
	scheme := "https"
	if u.Query().Get("secure") == "false" || isLoopback(u.Hostname()) && !u.Query().Has("secure") {
		scheme = "http"
	}
	if scheme == "http" && !isLoopback(u.Hostname()) {
		return nil, &AddressError{Why: fmt.Sprintf("host %q is not this machine: TLS cannot be turned off", u.Hostname())}
	}
	c.base = url.URL{Scheme: scheme, Host: u.Host, Path: "/"}
	return c, nil
}

// withoutRedirects keeps a server from sending a password and records on.
func withoutRedirects(client *http.Client) *http.Client {
	own := *client
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &own
}

// Close ends what is idle.
func (c *ClickHouse) Close() { c.client.CloseIdleConnections() }

// table gives the name of a table of records or flags as one reads and writes it.
func (c *ClickHouse) table(name string) string {
	if c.cluster == "" {
		return name + "_local"
	}
	return name
}

// do sends one statement and gives its answer, which the caller closes.
func (c *ClickHouse) do(ctx context.Context, statement string, data io.Reader) (io.ReadCloser, error) {
	u, q := c.base, url.Values{}
	q.Set("database", c.database)
	// A Distributed table takes rows on credit by default. Here they are on
	// their shards when the answer comes, or the answer is an error.
	q.Set("insert_distributed_sync", "1")
	// The default of 50 ms takes a busy shard for a dead one.
	q.Set("connect_timeout_with_failover_ms", "5000")
	body := io.Reader(strings.NewReader(statement))
	if data != nil {
		q.Set("query", statement)
		body = data
	}
	u.RawQuery = q.Encode()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), body)
	if err != nil {
		return nil, fmt.Errorf("ask ClickHouse: %w", err)
	}
	if c.user != "" {
		req.Header.Set("X-ClickHouse-User", c.user)
	}
	if c.password != "" {
		req.Header.Set("X-ClickHouse-Key", c.password)
	}
	resp, err := c.client.Do(req)
	if err != nil {
		return nil, away("ask ClickHouse", hideURL(err))
	}
	if resp.StatusCode != http.StatusOK {
		defer resp.Body.Close() //nolint:errcheck // it was only read
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<10))
		return nil, away("ask ClickHouse", fmt.Errorf("status %d: %s", resp.StatusCode, c.hide(string(text))))
	}
	return resp.Body, nil
}

// hideURL leaves out the URL, which holds the statement.
func hideURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// hide keeps a password that a server repeats out of messages.
func (c *ClickHouse) hide(text string) string {
	if c.password != "" {
		text = strings.ReplaceAll(text, c.password, "***")
	}
	return strings.TrimSpace(text)
}

// exec runs a statement that has no answer.
func (c *ClickHouse) exec(ctx context.Context, statement string, data io.Reader) error {
	body, err := c.do(ctx, statement, data)
	if err != nil {
		return err
	}
	defer body.Close() //nolint:errcheck // it was only read
	if _, err := io.Copy(io.Discard, body); err != nil {
		return away("ask ClickHouse", err)
	}
	return nil
}

//go:embed sql/clickhouse/0001_records.sql
var clickhouseTables string

//go:embed sql/clickhouse/cluster_records.sql
var clickhouseCluster string

// Migrate makes the tables where they are missing. With a cluster it is run
// once for each shard, addressed directly. ClickHouse knows no transactions: a
// migration that was cut short is simply run again.
func (c *ClickHouse) Migrate(ctx context.Context) (done []string, err error) {
	text := clickhouseTables
	if c.cluster != "" {
		text += strings.ReplaceAll(clickhouseCluster, "{cluster}", c.cluster)
	}
	for statement := range strings.SplitSeq(withoutComments(text), ";") {
		words := strings.Fields(statement) // CREATE TABLE IF NOT EXISTS name
		if len(words) < 6 {
			continue
		}
		name := words[5]
		before, err := c.ask(ctx, "EXISTS TABLE "+name)
		if err != nil {
			return nil, fmt.Errorf("migrate: %w", err)
		}
		if err := c.exec(ctx, statement, nil); err != nil {
			return nil, fmt.Errorf("migrate: %w", err)
		}
		if before == "0" {
			done = append(done, name)
		}
	}
	return done, nil
}

// ask gives the one word that a statement answers.
func (c *ClickHouse) ask(ctx context.Context, statement string) (string, error) {
	body, err := c.do(ctx, statement, nil)
	if err != nil {
		return "", err
	}
	defer body.Close() //nolint:errcheck // it was only read
	text, err := io.ReadAll(io.LimitReader(body, maxColumn))
	if err != nil {
		return "", away("ask ClickHouse", err)
	}
	return strings.TrimSpace(string(text)), nil
}

func withoutComments(sql string) string {
	var b strings.Builder
	for line := range strings.Lines(sql) {
		if !strings.HasPrefix(strings.TrimSpace(line), "--") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// Append keeps entries, each once. It is safe to send them again.
func (c *ClickHouse) Append(ctx context.Context, entries []ledger.Entry) error {
	_, err := c.Put(ctx, entries)
	return err
}

// Put keeps entries and says what was new. What is known is looked up first
// and not written again; two writers at the same moment may both write a row,
// and readers fold them into one. A call that fails may have kept a part.
func (c *ClickHouse) Put(ctx context.Context, entries []ledger.Entry) (Counts, error) {
	records, flags, refused, err := split(entries)
	if err != nil {
		return Counts{}, err
	}
	select {
	case c.turns <- struct{}{}:
		defer func() { <-c.turns }()
	case <-ctx.Done():
		return Counts{}, away("write to ClickHouse", ctx.Err())
	}
	counts := Counts{Refused: refused}
	fresh, others, err := c.fresh(ctx, records)
	if err != nil {
		return Counts{}, err
	}
	counts.Refused += others
	freshFlags, err := c.freshFlags(ctx, flags)
	if err != nil {
		return Counts{}, err
	}
	if err := insert(ctx, c, c.table("tierwise_records"), fresh); err != nil {
		return Counts{}, err
	}
	if err := insert(ctx, c, c.table("tierwise_flags"), freshFlags); err != nil {
		return Counts{}, err
	}
	counts.New = len(fresh) + len(freshFlags)
	counts.Known = len(entries) - counts.New - counts.Refused
	return counts, nil
}

func insert[T any](ctx context.Context, c *ClickHouse, table string, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, r := range rows {
		if err := enc.Encode(r); err != nil {
			return fmt.Errorf("encode rows: %w", err)
		}
	}
	return c.exec(ctx, "INSERT INTO "+table+" FORMAT JSONEachRow", &b)
}

// kept is what stands of a record.
type kept struct {
	finished bool
	started  int64
	digest   string // of the body, in capitals
}

// fresh gives the rows that are new, or the end of what had begun, and counts
// those whose id stands under another start or with another end.
func (c *ClickHouse) fresh(ctx context.Context, records []row) (fresh []row, refused int, err error) {
	keys := make([]string, len(records))
	for i, r := range records {
		keys[i] = fmt.Sprintf("(%d,%s)", r.RepoID, quote(r.RecordID))
	}
	standing := map[string]kept{}
	err = c.lines(ctx, "SELECT record_id, max(finished), max(started_us), hex(SHA256(argMax(body, finished))) FROM "+c.table("tierwise_records")+" WHERE (repo_id, record_id) IN (", keys, ") GROUP BY record_id",
		func(line string) error {
			var id, digest string
			var finished uint8
			var started int64
			if _, err := fmt.Sscan(line, &id, &finished, &started, &digest); err != nil {
				return err
			}
			standing[id] = kept{finished == 1, started, digest}
			return nil
		})
	if err != nil {
		return nil, 0, err
	}
	for _, r := range records {
		k, ok := standing[r.RecordID]
		switch {
		case !ok:
			fresh = append(fresh, r)
		case k.refuses(r):
			refused++
		case !k.finished && r.Finished == 1:
			fresh = append(fresh, r)
		}
	}
	return fresh, refused, nil
}

func (k kept) refuses(r row) bool {
	return k.started != r.StartedUS || k.finished && r.Finished == 1 && k.digest != fmt.Sprintf("%X", sha256.Sum256([]byte(r.Body)))
}

func (c *ClickHouse) freshFlags(ctx context.Context, flags []flagRow) (fresh []flagRow, err error) {
	keys := make([]string, len(flags))
	for i, f := range flags {
		keys[i] = fmt.Sprintf("(%d,%s)", f.RepoID, quote(f.FlagID))
	}
	standing := map[string]bool{}
	err = c.lines(ctx, "SELECT DISTINCT flag_id FROM "+c.table("tierwise_flags")+" WHERE (repo_id, flag_id) IN (", keys, ")",
		func(line string) error { standing[strings.TrimSpace(line)] = true; return nil })
	for _, f := range flags {
		if !standing[f.FlagID] {
			fresh = append(fresh, f)
		}
	}
	return fresh, err
}

// lines asks about keys and reads the answer line by line. No keys, no question.
func (c *ClickHouse) lines(ctx context.Context, before string, keys []string, after string, each func(string) error) error {
	if len(keys) == 0 {
		return nil
	}
	body, err := c.do(ctx, before+strings.Join(keys, ",")+after+" FORMAT TabSeparated", nil)
	if err != nil {
		return err
	}
	defer body.Close() //nolint:errcheck // it was only read
	text, err := io.ReadAll(body)
	if err != nil {
		return away("read ClickHouse", err)
	}
	for line := range strings.Lines(string(text)) {
		if err := each(line); err != nil {
			return fmt.Errorf("read ClickHouse: %w", err)
		}
	}
	return nil
}

// quote makes a literal.
func quote(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}

// between is the condition on a column of microseconds; partitions are chosen
// by the column of seconds.
func between(column string, since, until time.Time) string {
	terms := []string{"1"}
	if !since.IsZero() {
		terms = append(terms, fmt.Sprintf("%s_us >= %d AND %s >= toDateTime(%d)", column, since.UnixMicro(), column, max(0, since.Unix())))
	}
	if !until.IsZero() {
		terms = append(terms, fmt.Sprintf("%s_us < %d AND %s <= toDateTime(%d)", column, until.UnixMicro(), column, max(0, until.Unix())))
	}
	return strings.Join(terms, " AND ")
}
