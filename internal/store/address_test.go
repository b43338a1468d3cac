package store

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

// open reads an address as tierwise-ledger does. No connection is made.
func open(t testing.TB, address string) error {
	t.Helper()
	scheme, _, _ := strings.Cut(address, ":")
	switch scheme {
	case "clickhouse":
		_, err := OpenClickHouse(address, "", &http.Client{})
		return err
	case "otlp+http", "otlp+https":
		_, err := OpenOTLP(address, "", "test", &http.Client{})
		return err
	default:
		p, err := OpenPostgres(t.Context(), address, "", time.Now)
		if err == nil {
			p.Close()
		}
		return err
	}
}

func TestAnAddressIsRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ address, want string }{
		"postgres far away is verified by default": {"postgres://u@db.example.com/tierwise", ""},
		"postgres far away, verified":              {"postgres://u@db.example.com/tierwise?sslmode=verify-full", ""},
		"postgres far away, not verified":          {"postgres://u@db.example.com/tierwise?sslmode=require", "verify-full"},
		"postgres far away, by its chain alone":    {"postgres://u@db.example.com/tierwise?sslmode=verify-ca", "verify-full"},
		"postgres far away, TLS if it likes":       {"postgres://u@db.example.com/tierwise?sslmode=prefer", "verify-full"},
		"postgres far away in the clear":           {"postgres://u@db.example.com/tierwise?sslmode=disable", "verify-full"},
		"postgres on this machine in the clear":    {"postgres://u@127.0.0.1/tierwise?sslmode=disable", ""},
		"postgres here and then far away":          {"postgres://u@127.0.0.1,db.example.com/tierwise?sslmode=disable", "verify-full"},
		"a host in the query counts":               {"postgres://u@127.0.0.1/tierwise?host=db.example.com&sslmode=disable", "verify-full"},
		"a name that only begins as this machine":  {"postgres://u@127.0.0.1.example.com/tierwise?sslmode=disable", "verify-full"},
		"postgresql is the same":                   {"postgresql://u@localhost/tierwise", ""},
		"clickhouse far away":                      {"clickhouse://u@ch.example.com:8443/tierwise", ""},
		"clickhouse far away in the clear":         {"clickhouse://u@ch.example.com:8123/tierwise?secure=false", "TLS cannot be turned off"},
		"clickhouse on this machine":               {"clickhouse://u@[::1]:8123/tierwise", ""},
		"a cluster":                                {"clickhouse://u@127.0.0.1:8123/tierwise?cluster=two", ""},
		"a cluster that is a statement":            {"clickhouse://u@127.0.0.1:8123/tierwise?cluster=two)%20x", "a word"},
		"a database that is a statement":           {"clickhouse://u@127.0.0.1:8123/a;DROP", "a word"},
		"telemetry far away":                       {"otlp+https://otel.example.com", ""},
		"telemetry far away in the clear":          {"otlp+http://otel.example.com", "otlp+https"},
		"telemetry on this machine":                {"otlp+http://127.0.0.1:4318", ""},
		"a token in the address of telemetry":      {"otlp+https://token@otel.example.com", "token"},
		"another kind":                             {"mysql://u@127.0.0.1/tierwise", "expected postgres"},
		"nothing":                                  {"", "expected postgres"},
	} {
		err := open(t, c.address)
		var address *AddressError
		if c.want == "" && err != nil || c.want != "" && (!errors.As(err, &address) || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, expected %q", name, err, c.want)
		}
	}
}

func TestAnErrorDoesNotTellThePassword(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"postgres://u:hunter22@db.example.com/tierwise?sslmode=disable", "postgres://u:hunter22@127.0.0.1:99999/tierwise", "postgres://u:hunter22%zz@h/",
		"clickhouse://u:hunter22@127.0.0.1:x/", "clickhouse://u:hunter22@ch.example.com/?secure=false", "otlp+https://hunter22@otel.example.com", "mysql://u:hunter22@h/",
		"postgres://u:hunter22@127.0.0.1/tierwise?sslmode=hunter22", "postgres://u:hunter22@127.0.0.1/tierwise?connect_timeout=x",
	} {
		err := open(t, address)
		if err == nil {
			t.Errorf("%s is taken", address)
			continue
		}
		if strings.Contains(strings.ReplaceAll(err.Error(), "sslmode is invalid", ""), ":hunter22") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// FuzzAddress looks for an address that crashes, tells its password, or is
// taken though it leads away from this machine in the clear.
func FuzzAddress(f *testing.F) {
	for _, seed := range []string{
		"postgres://u@db.example.com/tierwise", "postgres://u:p@127.0.0.1,x/d?sslmode=disable", "clickhouse://u@[::1]:8123/d?cluster=two&secure=false",
		"otlp+http://127.0.0.1:4318/v1/traces", "otlp+https://x", "clickhouse://0x7f.1/d", "clickhouse://127.0.0.1@x/d?secure=false",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		if strings.HasPrefix(address, "otlp") {
			o, err := OpenOTLP(address, "", "test", &http.Client{})
			if err == nil && strings.HasPrefix(o.endpoint, "http://") {
				heldHere(t, o.endpoint)
			}
			return
		}
		c, err := OpenClickHouse(address, "", &http.Client{})
		if err == nil && c.base.Scheme == "http" {
			heldHere(t, c.base.String())
		}
		if err == nil && (!isIdentifier(c.database) || c.cluster != "" && !isIdentifier(c.cluster)) {
			t.Errorf("%q is a database %q and a cluster %q", address, c.database, c.cluster)
		}
	})
}

func heldHere(t *testing.T, target string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, target, http.NoBody)
	if err == nil && !isLoopback(req.URL.Hostname()) {
		t.Errorf("%q is spoken to in the clear", target)
	}
}
