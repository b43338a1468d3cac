package money

import (
	"bytes"
	_ "embed" // for the price list
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
)

//go:embed prices.json
var pricesJSON string

// Embedded gives the built-in price list: dated rows with status and source.
// Every number in it is a decimal string and is read exactly. An error means
// that the list is broken; nothing of it is used then.
func Embedded() (Catalogue, error) {
	return parseCatalogue([]byte(pricesJSON))
}

type priceFile struct {
	Schema    int             `json:"schema"`
	Unit      string          `json:"unit"`
	Rows      []priceRow      `json:"rows"`
	Tools     []toolPrice     `json:"tools"`
	Endpoints []endpointPrice `json:"endpoints"`
}

type priceRow struct {
	Provider string   `json:"provider"`
	Model    string   `json:"model"`
	Aliases  []string `json:"aliases"`
	From     string   `json:"effective_from"`
	To       string   `json:"effective_to"`
	Status   Status   `json:"status"`
	priceRates
	Long    *priceLong        `json:"long_context"`
	Factors map[string]string `json:"factors"`
	Source  string            `json:"source"`
	Checked string            `json:"checked"`
}

type priceRates struct {
	Input        string `json:"input"`
	Output       string `json:"output"`
	CacheRead    string `json:"cache_read"`
	CacheWrite   string `json:"cache_write"`
	CacheWrite1h string `json:"cache_write_1h"`
}

// priceLong has rates of its own, or multipliers of the row's rates: the
// input multiplier is for every input bucket.
type priceLong struct {
	Over int64 `json:"prompt_tokens_over"`
	priceRates
	InputMultiplier  string `json:"input_multiplier"`
	OutputMultiplier string `json:"output_multiplier"`
}

func parseCatalogue(data []byte) (Catalogue, error) {
	var file priceFile
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&file); err != nil {
		return Catalogue{}, fmt.Errorf("read price list: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return Catalogue{}, errors.New("read price list: more than one document")
	}
	if file.Schema != 1 {
		return Catalogue{}, fmt.Errorf("read price list: schema %d, expected 1", file.Schema)
	}
	var c Catalogue
	var err error
	for i, p := range file.Rows {
		row, err := p.row()
		if err != nil {
			return Catalogue{}, fmt.Errorf("read price list: row %d, %s: %w", i+1, p.Model, err)
		}
		c.list = append(c.list, row)
	}
	if err := file.addTools(c.list); err != nil {
		return Catalogue{}, fmt.Errorf("read price list: %w", err)
	}
	if c.endpoints, err = file.endpoints(c.list); err != nil {
		return Catalogue{}, fmt.Errorf("read price list: %w", err)
	}
	return c, nil
}

func (p priceRow) row() (Row, error) {
	r := Row{Provider: p.Provider, Model: p.Model, Aliases: p.Aliases, From: p.From, To: p.To, Status: p.Status, Source: p.Source, Checked: p.Checked}
	switch p.Status {
	case StatusConfirmed, StatusConfirmedSecondary, StatusUnverifiedSecondary, StatusPromo, StatusPromoEndUnknown, StatusAnnounced:
	default:
		return Row{}, fmt.Errorf("unknown status %q", p.Status)
	}
	if p.Provider == "" || p.Model == "" || p.Source == "" {
		return Row{}, errors.New("expected a provider, a model and a source")
	}
	if _, err := parseDay(p.Checked); err != nil {
		return Row{}, fmt.Errorf("read checked date: %w", err)
	}
	if err := p.checkDates(); err != nil {
		return Row{}, err
	}
	var err error
	if r.Rates, err = p.rates(); err != nil {
		return Row{}, err
	}
	if r.Factors, err = parseFactors(p.Factors); err != nil {
		return Row{}, err
	}
	r.Long, err = p.Long.resolve(r.Rates)
	return r, err
}

func (p priceRow) checkDates() error {
	for _, day := range []string{p.From, p.To} {
		if _, err := parseDay(day); day != "" && (err != nil || len(day) != len("2026-01-02")) {
			return fmt.Errorf("expected a date YYYY-MM-DD, found %q", day)
		}
	}
	if p.To != "" && p.From >= p.To {
		return fmt.Errorf("ends on %s, before it begins", p.To)
	}
	return nil
}

func (p priceRates) rates() (Rates, error) {
	var r Rates
	var errs [5]error
	r.Input, errs[0] = ParsePico(p.Input)
	r.Output, errs[1] = ParsePico(p.Output)
	r.CacheRead, errs[2] = optionalPico(p.CacheRead)
	r.CacheWrite, errs[3] = optionalPico(p.CacheWrite)
	r.CacheWrite1h, errs[4] = optionalPico(p.CacheWrite1h)
	return r, errors.Join(errs[:]...)
}

func optionalPico(s string) (*Pico, error) {
	if s == "" {
		return nil, nil
	}
	p, err := ParsePico(s)
	return &p, err
}

// resolve gives the rates above the threshold, from multipliers where the
// list has those.
func (l *priceLong) resolve(base Rates) (*LongContext, error) {
	if l == nil {
		return nil, nil
	}
	if l.Over <= 0 {
		return nil, fmt.Errorf("long context over %d tokens", l.Over)
	}
	if l.InputMultiplier == "" && l.OutputMultiplier == "" {
		rates, err := l.rates()
		return &LongContext{Over: l.Over, Rates: rates}, err
	}
	if l.priceRates != (priceRates{}) {
		return nil, errors.New("long context has both rates and multipliers")
	}
	rates, err := base.times(l.InputMultiplier, l.OutputMultiplier)
	return &LongContext{Over: l.Over, Rates: rates}, err
}

// times multiplies the input side and the output side, exactly or not at all.
func (r Rates) times(input, output string) (Rates, error) {
	var errs [5]error
	r.Input, errs[0] = r.Input.times(input)
	r.Output, errs[1] = r.Output.times(output)
	for i, p := range []**Pico{&r.CacheRead, &r.CacheWrite, &r.CacheWrite1h} {
		if *p != nil {
			var product Pico
			product, errs[2+i] = (*p).times(input)
			*p = &product
		}
	}
	return r, errors.Join(errs[:]...)
}

func (p Pico) times(multiplier string) (Pico, error) {
	by, err := parseDecimal(multiplier, picoPlaces)
	if err != nil {
		return 0, fmt.Errorf("read multiplier %q: %w", multiplier, err)
	}
	product := wide(uint64(p), uint64(by))
	const scale = 1_000_000
	if product.hi != 0 || product.lo > math.MaxInt64 || product.lo%scale != 0 {
		return 0, fmt.Errorf("%d pico-dollars times %s is not a whole number of them", p, multiplier)
	}
	return Pico(product.lo / scale), nil
}
