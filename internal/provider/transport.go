package provider

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Transport is what a client may reach, and how.
type Transport struct {
	// AllowedHosts are the only hosts that are called: "host" for any port,
	// or "host:port". An empty list allows none.
	AllowedHosts []string
	// AllowPrivate permits private networks, never link-local ones.
	AllowPrivate bool
	// CA holds certificates in PEM that count beside the system's.
	CA []byte
	// Proxy names the proxy for a request, nil for none; a nil function means
	// no proxy. Plain http, which goes to this machine or a private network,
	// never takes one.
	Proxy func(*http.Request) (*url.URL, error)
}

const (
	maxStream       = 16 << 20 // bytes of one response, all events together
	maxHeader       = 64 << 10
	connectTimeout  = 10 * time.Second
	idleConnTimeout = 90 * time.Second
)

var errTooLarge = errors.New("the response is larger than permitted")

// HTTPClient builds the client that all vendors share: no redirects, only the
// allowed hosts, responses capped at 16 MiB, and the address checked at the
// moment of the connection, when no name can change its mind any more.
func HTTPClient(t Transport) (*http.Client, error) {
	g := &guard{private: t.AllowPrivate}
	for _, entry := range t.AllowedHosts {
		host := strings.ToLower(strings.TrimSpace(entry))
		if host == "" || strings.ContainsAny(host, "/@*? ") {
			return nil, fmt.Errorf("allowed host %q: expected host or host:port", entry)
		}
		g.hosts = append(g.hosts, host)
	}
	pool, err := certificates(t.CA)
	if err != nil {
		return nil, err
	}
	g.secure = g.transport(addressRule{public: true, private: t.AllowPrivate, loopback: t.AllowPrivate}, pool)
	g.secure.Proxy = g.rememberProxy(t.Proxy)
	g.plain = g.transport(addressRule{private: t.AllowPrivate, loopback: t.AllowPrivate}, pool)
	return &http.Client{Transport: g, CheckRedirect: noRedirects}, nil
}

func noRedirects(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func certificates(pem []byte) (*x509.CertPool, error) {
	if len(pem) == 0 {
		return nil, nil // the system's own
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		return nil, fmt.Errorf("read the system's certificates: %w", err)
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, errors.New("read CA file: no certificate in PEM in it")
	}
	return pool, nil
}

// guard is the transport that asks before it goes.
type guard struct {
	hosts         []string
	private       bool
	secure, plain *http.Transport
	proxies       sync.Map // addresses of proxies: they may stand in a private network
}

func (g *guard) transport(rule addressRule, pool *x509.CertPool) *http.Transport {
	return &http.Transport{
		DialContext:            g.dialer(rule),
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: pool},
		TLSHandshakeTimeout:    connectTimeout,
		IdleConnTimeout:        idleConnTimeout,
		MaxResponseHeaderBytes: maxHeader,
		// Compression would let a small answer grow without bound.
		DisableCompression: true,
		ForceAttemptHTTP2:  true,
	}
}

// RoundTrip sends a request if its host is allowed.
func (g *guard) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := g.allow(req.URL); err != nil {
		return nil, err
	}
	transport := g.secure
	if req.URL.Scheme == "http" {
		transport = g.plain
	}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	resp.Body = &cappedBody{ReadCloser: resp.Body, left: maxStream}
	return resp, nil
}

func (g *guard) allow(u *url.URL) error {
	if u.Scheme != "https" && u.Scheme != "http" {
		return &refusedError{fmt.Sprintf("refused to call %s: only https and http are spoken", u.Host)}
	}
	host, port := strings.ToLower(u.Hostname()), u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	listed := false
	for _, h := range g.hosts {
		listed = listed || h == host || h == "["+host+"]" || h == net.JoinHostPort(host, port)
	}
	if !listed {
		return &refusedError{fmt.Sprintf("refused to call %s: it is not one of the allowed hosts", u.Host)}
	}
	// Behind a proxy nothing is dialled here, so a bare address is judged now.
	if err := checkReach(u, g.private); err != nil {
		return &refusedError{fmt.Sprintf("refused to call %s: %v", u.Host, err)}
	}
	return nil
}

// dialer connects after the rule has seen the resolved address. A name that
// is this machine's own may lead to loopback; any other may not, or a public
// name could be pointed at a service behind the firewall.
func (g *guard) dialer(rule addressRule) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		d := &net.Dialer{Timeout: connectTimeout}
		if _, ok := g.proxies.Load(strings.ToLower(address)); ok {
			return d.DialContext(ctx, network, address)
		}
		rule := rule
		if host, _, err := net.SplitHostPort(address); err == nil && isLoopbackName(host) {
			rule = addressRule{loopback: true}
		}
		d.Control = func(_, resolved string, _ syscall.RawConn) error {
			at, err := netip.ParseAddrPort(resolved)
			if err != nil {
				return &refusedError{fmt.Sprintf("refused to connect to %q: not an address", resolved)}
			}
			return rule.check(at.Addr())
		}
		return d.DialContext(ctx, network, address)
	}
}

// rememberProxy notes where the proxies are, so that dialling one is not
// taken for dialling a model.
func (g *guard) rememberProxy(proxy func(*http.Request) (*url.URL, error)) func(*http.Request) (*url.URL, error) {
	if proxy == nil {
		return nil
	}
	return func(req *http.Request) (*url.URL, error) {
		u, err := proxy(req)
		if err != nil || u == nil {
			return u, err
		}
		port := u.Port()
		if port == "" {
			port = map[string]string{"https": "443", "http": "80", "socks5": "1080", "socks5h": "1080"}[u.Scheme]
		}
		g.proxies.Store(strings.ToLower(net.JoinHostPort(u.Hostname(), port)), true)
		return u, nil
	}
}

// cappedBody gives an error once more than the permitted bytes were read.
type cappedBody struct {
	io.ReadCloser
	left int64
}

// Read reads up to the cap.
func (b *cappedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.left -= int64(n)
	if b.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}
