package money

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// toolPrice is what a provider bills for one kind of server tool.
type toolPrice struct {
	Provider string `json:"provider"`
	Unit     string `json:"unit"`
	Thousand string `json:"usd_per_1000"`
	Source   string `json:"source"`
	Checked  string `json:"checked"`
}

// addTools gives every row of a provider the price of its web searches.
func (f priceFile) addTools(rows []Row) error {
	for _, t := range f.Tools {
		thousand, err := ParseNano(t.Thousand)
		switch {
		case err != nil:
			return fmt.Errorf("tool of %s: %w", t.Provider, err)
		case t.Unit != "web search" || t.Source == "":
			return fmt.Errorf("tool of %s: expected the unit \"web search\" and a source", t.Provider)
		case thousand < 0 || thousand%1000 != 0:
			return fmt.Errorf("tool of %s: a thousandth of %s is not a whole number of nano-dollars", t.Provider, t.Thousand)
		}
		each := thousand / 1000
		for i := range rows {
			if rows[i].Provider == t.Provider {
				rows[i].WebSearch = &each
			}
		}
	}
	return nil
}

// endpointPrice says that an endpoint sells a vendor's models at that vendor's
// prices times a premium. An id there is a prefix and the vendor's id.
type endpointPrice struct {
	Provider   string   `json:"provider"`
	PricesOf   string   `json:"prices_of"`
	Prefixes   []string `json:"prefixes"`
	Multiplier string   `json:"multiplier"`
	Source     string   `json:"source"`
	Checked    string   `json:"checked"`
}

// Endpoint sells a vendor's models at that vendor's prices times a premium. An
// id there is a prefix and the vendor's id.
type Endpoint struct {
	Provider, PricesOf string
	Prefixes           []string
	Premium            string // a decimal factor
}

// endpoint is one of them with its rows worked out, each under the vendor's id.
type endpoint struct {
	Endpoint
	rows []Row
}

// Endpoints lists the endpoints that sell other vendors' models.
func (c Catalogue) Endpoints() []Endpoint {
	all := make([]Endpoint, len(c.endpoints))
	for i, e := range c.endpoints {
		all[i] = e.Endpoint
	}
	return all
}

func (f priceFile) endpoints(list []Row) ([]endpoint, error) {
	var all []endpoint
	for _, e := range f.Endpoints {
		if e.Provider == "" || len(e.Prefixes) == 0 || slices.Contains(e.Prefixes, "") || e.Source == "" {
			return nil, errors.New("an endpoint has a provider, prefixes and a source")
		}
		here := endpoint{Endpoint: Endpoint{Provider: e.Provider, PricesOf: e.PricesOf, Prefixes: e.Prefixes, Premium: e.Multiplier}}
		for _, r := range list {
			if r.Provider != e.PricesOf {
				continue
			}
			row, err := e.row(r)
			if err != nil {
				return nil, fmt.Errorf("endpoint %s, %s: %w", e.Provider, r.Model, err)
			}
			here.rows = append(here.rows, row)
		}
		all = append(all, here)
	}
	return all, nil
}

// row is the vendor's row at the endpoint. The vendor's ways to be served and
// its tools are not the endpoint's: they have no price there.
func (e endpointPrice) row(r Row) (Row, error) {
	here := r
	here.Provider, here.Source, here.Checked = e.Provider, fmt.Sprintf("%s, times %s by %s", r.Source, e.Multiplier, e.Source), min(r.Checked, e.Checked)
	here.Factors, here.WebSearch = nil, nil
	if r.Status == StatusConfirmed {
		here.Status = StatusConfirmedSecondary
	}
	var err error
	if here.Rates, err = r.Rates.times(e.Multiplier, e.Multiplier); err != nil || r.Long == nil {
		return here, err
	}
	long := *r.Long
	long.Rates, err = r.Long.Rates.times(e.Multiplier, e.Multiplier)
	here.Long = &long
	return here, err
}

// atEndpoint finds the price of a vendor's model at another's endpoint.
func (c Catalogue) atEndpoint(provider, model, day string) (Row, bool) {
	for _, e := range c.endpoints {
		for _, prefix := range e.Prefixes {
			id, ok := strings.CutPrefix(model, prefix)
			if !ok || e.Provider != provider {
				continue
			}
			if row, ok := find(e.rows, provider, []string{withoutVersion(id)}, day); ok {
				row.Model = model
				return row, true
			}
		}
	}
	return Row{}, false
}

// withoutVersion cuts the version that Bedrock writes after a model's id, such
// as "-v1:0".
// https://docs.aws.amazon.com/bedrock/latest/userguide/models-supported.html
func withoutVersion(id string) string {
	return regexp.MustCompile(`-v\d+(:\d+)?$`).ReplaceAllString(id, "")
}
