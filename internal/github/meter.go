package github

import (
	"net/http"
	"net/url"
	"sync/atomic"
)

// meter counts every request, and gives the token to the API's own host alone.
// Without a token it gives none to anyone.
type meter struct {
	next  http.RoundTripper // nil is the default transport
	token string
	base  *url.URL
	sent  *atomic.Int64
}

// RoundTrip sends one request.
func (m meter) RoundTrip(r *http.Request) (*http.Response, error) {
	m.sent.Add(1)
	if m.token != "" && r.URL.Scheme == m.base.Scheme && r.URL.Host == m.base.Host {
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+m.token)
	}
	next := m.next
	if next == nil {
		next = http.DefaultTransport
	}
	return next.RoundTrip(r)
}
