package main

import (
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// four tasks: both solve the first two, only the dear model the third, nobody
// the fourth. Dear costs 1.00 a task, cheap 0.25.
func fourTasks(tiers ...bool) pair {
	var rows []row
	for i, solved := range [][2]float64{{1, 1}, {1, 1}, {1, 0}, {0, 0}} {
		rows = append(rows, row{Task: string(rune('a' + i)), M: map[string]outcome{"dear": {solved[0], 1}, "cheap": {solved[1], 0.25}}})
	}
	return newPair(rows, tiers, "dear", "cheap")
}

func TestScoresAreThoseOfTheProtocol(t *testing.T) {
	for name, tt := range map[string]struct {
		tiers []bool
		way   func(pair) way
		want  score
	}{
		"all on the dear model saves and loses nothing":      {make([]bool, 4), pair.allDear, score{0, 0, 0, true}},
		"all on the cheap model is the end of the mix":       {make([]bool, 4), pair.allCheap, score{0.75, 0.25, 0, true}},
		"one easy task sent down keeps what a mix loses":     {[]bool{true, false, false, false}, pair.routed, score{0.1875, 0, 0.0625, true}},
		"the one that only dear solves costs a whole task":   {[]bool{false, false, true, false}, pair.routed, score{0.1875, 0.25, -0.1875, true}},
		"a perfect check pays twice where cheap had failed":  {make([]bool, 4), func(p pair) way { return p.cascade(check{}) }, score{0.25, 0, 0.25 / 3, true}},
		"a check that accepts all is all on the cheap model": {make([]bool, 4), func(p pair) way { return p.cascade(check{falseAccept: 1}) }, score{0.75, 0.25, 0, true}},
		"a check that refuses all pays for both":             {make([]bool, 4), func(p pair) way { return p.cascade(check{falseReject: 1}) }, score{-0.25, 0, -0.25 / 3, true}},
	} {
		t.Run(name, func(t *testing.T) {
			p := fourTasks(tt.tiers...)
			got := p.ends().score(tt.way(p), all(4))
			for _, d := range []float64{got.Saved - tt.want.Saved, got.Lost - tt.want.Lost, got.Lift - tt.want.Lift} {
				if math.Abs(d) > 1e-12 || got.LiftKnown != tt.want.LiftKnown {
					t.Fatalf("got %+v, want %+v", got, tt.want)
				}
			}
		})
	}
}

func TestNoLiftIsClaimedWhereTheCheapModelSavesNothing(t *testing.T) {
	p := fourTasks(true, true, true, true)
	for i := range p.cheaply {
		p.cheaply[i].dollars = 2
	}
	if got := p.ends().score(p.routed(), all(4)); got.LiftKnown {
		t.Errorf("a lift of %v where nothing can be saved", got.Lift)
	}
}

func TestShufflesOfUniformTiersAreAllAsGood(t *testing.T) {
	p := fourTasks(true, true, true, true)
	lifts, asGood := p.null(p.ends(), rand.New(rand.NewPCG(1, 2)))
	if asGood != 1 || lifts.low != lifts.high {
		t.Errorf("as good %v, lifts %+v: tiers that are all the same have nothing to shuffle", asGood, lifts)
	}
}

func TestAnIntervalHoldsItsPoint(t *testing.T) {
	p := fourTasks(true, false, false, false)
	got := p.ends().bootstrap(rand.New(rand.NewPCG(1, 2)), p.routed())[0]
	if got.low > 0.0625 || got.high < 0.0625 || got.low == got.high {
		t.Errorf("interval %+v does not hold 0.0625", got)
	}
}

func TestThePageIsTheSameTwiceAndBadRowsAreRefused(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var rows, texts strings.Builder
	for i, m := range []string{`{"dear":[1,1],"cheap":[1,0.2]}`, `{"dear":[1,1],"cheap":[0,0.2]}`, `{"dear":[0,1],"cheap":[0,0.2]}`} {
		id := string(rune('a' + i))
		rows.WriteString(`{"bench":"` + []string{fixing, writing}[i%2] + `","task":"` + id + `","title":"t","m":` + m + "}\n")
		texts.WriteString(`{"task":"` + id + `","text":"The importer fails on an empty line"}` + "\n")
	}
	write("outcomes.jsonl", rows.String())
	write("texts.jsonl", texts.String())
	write("models.json", `{"dear":{"output_price":25},"cheap":{"output_price":5}}`)
	print := func() string {
		var out strings.Builder
		if err := run([]string{"-outcomes", dir}, &out, os.Stderr); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	first := print()
	if first != print() || !strings.Contains(first, "1 pairs by list price") {
		t.Errorf("not the same twice, or no pair:\n%s", first)
	}
	write("outcomes.jsonl", `{"bench":"swe-bench","task":"a","m":{"dear":[2,1]}}`)
	if err := run([]string{"-outcomes", dir}, &strings.Builder{}, os.Stderr); err == nil {
		t.Error("an outcome of 2 was read")
	}
}
