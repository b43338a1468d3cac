package pipeline

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/provider"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// Access is how models may be reached: keys, base addresses, and the hosts
// that may be called.
type Access struct {
	Keys            map[string]string // by provider, only those that are set
	BaseURL         string            // one address, or a list of provider=address
	BaseURLProvider string            // whose the one is
	AllowedHosts    []string
	AllowPrivate    bool
	CA              []byte
	Proxy           func(*http.Request) (*url.URL, error)
	Now             func() time.Time
}

// Models opens a client for every provider of the pool that has a key, prices
// them by the list and the policy's contract prices, and has secrets scanned
// out of what is sent and of what local code shows.
func (a Access) Models(file *policy.File) (Models, error) {
	list, err := catalogue(file)
	if err != nil {
		return Models{}, err
	}
	m := Models{Catalogue: list, Clients: map[string]dispatch.Completer{}}
	bases, err := a.bases()
	if err != nil {
		return Models{}, err
	}
	for _, name := range a.names() {
		if !inPool(file, name) {
			continue
		}
		if m.Clients[name], err = a.client(name, bases[name]); err != nil {
			return Models{}, err
		}
	}
	if m.Scanner, err = sanitize.NewDetector(); err != nil {
		return Models{}, fmt.Errorf("read the rules for secrets: %w", err)
	}
	return m, nil
}

// Hiding gives the same models with the keys of this run taken out of what is
// sent too: a gateway may have put one into an answer that goes to the next.
func (m Models) Hiding(redact func(string) string) Models {
	m.Scanner = hiding{m.Scanner, redact}
	return m
}

type hiding struct {
	scanner dispatch.Scanner
	redact  func(string) string
}

// Redact takes out secrets by their form, and the keys by their value.
func (h hiding) Redact(path, text string) (clean string, rules []string) {
	return h.scanner.Redact(path, h.redact(text))
}

// Assumed answers as if every provider of the pool had a key: route says where
// work belongs, not what this machine holds. Nothing can be called with it.
func Assumed(file *policy.File) (Models, error) {
	list, err := catalogue(file)
	if err != nil {
		return Models{}, err
	}
	m := Models{Catalogue: list, Clients: map[string]dispatch.Completer{}}
	for _, model := range file.Pool {
		m.Clients[model.Provider] = nowhere{}
	}
	if !file.Enforce {
		m.Clients[file.Baseline.Provider] = nowhere{}
	}
	return m, nil
}

// nowhere is a client that nothing may call.
type nowhere struct{}

// Complete refuses.
func (nowhere) Complete(context.Context, provider.Request) (provider.Response, error) {
	return provider.Response{}, &provider.Error{Provider: "route", Message: "route calls no model"}
}

// Prices gives the built-in price list, under the contract prices of a policy
// where one is given. A broken policy is a BrokenPolicyError.
func Prices(text *PolicyText) (money.Catalogue, error) {
	if text == nil {
		return catalogue(&policy.File{})
	}
	file, findings := policy.Parse(text.Name, text.Data, Known())
	if err := findings.Err(); err != nil {
		return money.Catalogue{}, &BrokenPolicyError{Findings: findings}
	}
	return catalogue(file)
}

// PricesOf gives the price list under a policy's contract prices.
func PricesOf(file *policy.File) (money.Catalogue, error) { return catalogue(file) }

// catalogue is the built-in price list under the policy's contract prices.
func catalogue(file *policy.File) (money.Catalogue, error) {
	list, err := money.Embedded()
	if err != nil {
		return money.Catalogue{}, fmt.Errorf("read the price list: %w", err)
	}
	return list.With(file.PriceRows()...), nil
}

func inPool(file *policy.File, name string) bool {
	if !file.Enforce && file.Baseline.Provider == name {
		return true // observing runs everything on the baseline
	}
	return slices.ContainsFunc(file.Pool, func(m policy.Model) bool { return m.Provider == name })
}

// client opens one vendor's client.
func (a Access) client(name, base string) (dispatch.Completer, error) {
	host, err := provider.Host(name, base)
	if err != nil {
		return nil, usage("base-url: %v", err)
	}
	hosts := []string{host}
	if len(a.AllowedHosts) > 0 {
		hosts = a.AllowedHosts
	}
	client, err := provider.HTTPClient(provider.Transport{AllowedHosts: hosts, AllowPrivate: a.AllowPrivate, CA: a.CA, Proxy: a.Proxy})
	if err != nil {
		return nil, usage("reach %s: %v", name, err)
	}
	c, err := provider.ForName(name, provider.Options{APIKey: a.Keys[name], BaseURL: base, HTTP: client, Now: a.Now})
	if err != nil {
		return nil, usage("reach %s: %v", name, err)
	}
	return c, nil
}

func (a Access) names() []string {
	var names []string
	for name := range a.Keys {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
