package provider

import (
	"context"
	"fmt"
	"net/url"
	"strings"
)

// Completer makes one call to one vendor.
type completer interface {
	Complete(ctx context.Context, req Request) (Response, error)
}

// Vendor is one company whose models can be called, with the root of its API
// as its SDK takes it. BaseURL is "" where every customer has an address of
// their own; Example shows its form.
type Vendor struct {
	Name    string
	BaseURL string
	Example string
	open    func(Options) (completer, error)
}

// All gives the vendors, and then the clouds that sell models of others.
func All() []Vendor {
	return []Vendor{
		{Name: "anthropic", BaseURL: "https://api.anthropic.com", open: func(o Options) (completer, error) { return NewAnthropic(o) }},
		{Name: "gemini", BaseURL: "https://generativelanguage.googleapis.com", open: func(o Options) (completer, error) { return NewGemini(o) }},
		{Name: "openai", BaseURL: "https://api.openai.com/v1", open: func(o Options) (completer, error) { return NewOpenAI(o) }},
		azure(),
		bedrock(),
		vertex(),
	}
}

// Names lists the vendors.
func Names() []string {
	all := All()
	names := make([]string, len(all))
	for i, v := range all {
		names[i] = v.Name
	}
	return names
}

// ForName opens the client of a vendor. What it gives is one of *Anthropic,
// *Gemini and *OpenAI. An unknown name is an error that lists the known ones.
func ForName(name string, o Options) (interface {
	Complete(ctx context.Context, req Request) (Response, error)
}, error,
) {
	v, err := vendor(name)
	if err != nil {
		return nil, err
	}
	return v.open(o)
}

// Host gives the host, with its port where one is written, that calls to a
// vendor go to: the one of baseURL, or the vendor's own where that is "".
func Host(name, baseURL string) (string, error) {
	v, err := vendor(name)
	if err != nil {
		return "", err
	}
	if baseURL == "" {
		baseURL = v.BaseURL
	}
	if baseURL == "" {
		return "", v.noAddress()
	}
	u, err := url.Parse(baseURL)
	if err != nil || u.Host == "" {
		return "", fmt.Errorf("read base URL of %s: no host in it", name)
	}
	return strings.ToLower(u.Host), nil
}

func (v Vendor) noAddress() error {
	return fmt.Errorf("%s has no address of its own: give yours, such as %s", v.Name, v.Example)
}

func vendor(name string) (Vendor, error) {
	for _, v := range All() {
		if v.Name == name {
			return v, nil
		}
	}
	return Vendor{}, fmt.Errorf("unknown provider %q, expected one of %s", name, strings.Join(Names(), ", "))
}
