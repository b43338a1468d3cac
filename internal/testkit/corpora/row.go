package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"

	"github.com/tierwise/tierwise/internal/backtest"
)

// row is one labelled commit. Its subject is without the type's prefix.
type row struct {
	Repo     string        `json:"repo"`
	SHA      string        `json:"sha"`
	Parent   string        `json:"parent"`
	Subject  string        `json:"subject"`
	Label4   backtest.Kind `json:"label4"`
	Critical []struct {
		Reason string `json:"reason"`
	} `json:"critical"`
	Files []struct {
		Path string `json:"path"`
		Add  int    `json:"add"`
		Del  int    `json:"del"`
	} `json:"files"`
	Strong   []string `json:"critical_strong_noncircular"`
	DepsOnly bool     `json:"deps_only"`
	Stratum  string   `json:"stratum"`
	Weight   float64  `json:"weight"`
}

// milli is the weight in whole thousandths, so that sums are exact.
func (r row) milli() int64 { return int64(math.Round(r.Weight * 1000)) }

// labelled says that the row counts for accuracy.
func (r row) labelled() bool { return r.Stratum == "label" && r.Label4 != "" }

// ofOwnCode says that the row must stay at frontier.
func (r row) ofOwnCode() bool { return len(r.Strong) > 0 && !r.DepsOnly }

// easy says that the row is routine by all that is known.
func (r row) easy() bool {
	return r.labelled() && r.Label4 != backtest.Code && len(r.Critical) == 0
}

// plain says that the row is code without a sign of anything critical.
func (r row) plain() bool {
	return r.labelled() && r.Label4 == backtest.Code && len(r.Critical) == 0
}

func readRows(name string) ([]row, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read the corpus: %w", err)
	}
	var rows []row
	for i, line := range bytes.Split(bytes.TrimSpace(data), []byte("\n")) {
		var r row
		if err := json.Unmarshal(line, &r); err != nil {
			return nil, fmt.Errorf("read line %d of the corpus: %w", i+1, err)
		}
		rows = append(rows, r)
	}
	return rows, nil
}
