package backtest

import (
	"slices"

	"github.com/tierwise/tierwise/internal/task"
)

// Kind is one of the four kinds of work that authors name with their commit's
// type and that every inferred domain is one of.
type Kind string

// The kinds.
const (
	Code   Kind = "code"
	Config Kind = "config"
	Docs   Kind = "docs"
	Tests  Kind = "tests"
)

// Kinds lists them in alphabetical order.
func Kinds() []Kind { return []Kind{Code, Config, Docs, Tests} }

// KindOf gives the kind of an inferred domain. What is neither documentation,
// tests nor configuration is code, and so is a change that nothing is known of.
func KindOf(d task.Domain) Kind {
	switch d {
	case task.Docs:
		return Docs
	case task.Tests:
		return Tests
	case task.Config:
		return Config
	}
	return Code
}

// Confusion counts guesses by what the author said and what was inferred. A
// count is a sum of weights, in whole units; the zero value is empty.
type Confusion struct{ cells [4][4]int64 }

// Add counts one guess.
func (c *Confusion) Add(said, guessed Kind, weight int64) {
	kinds := Kinds()
	if s, g := slices.Index(kinds, said), slices.Index(kinds, guessed); s >= 0 && g >= 0 {
		c.cells[s][g] += weight
	}
}

// Cell gives the count of one pair.
func (c *Confusion) Cell(said, guessed Kind) int64 {
	kinds := Kinds()
	return c.cells[slices.Index(kinds, said)][slices.Index(kinds, guessed)]
}

// Total is the sum of all counts.
func (c *Confusion) Total() int64 {
	var sum int64
	for _, row := range c.cells {
		for _, n := range row {
			sum += n
		}
	}
	return sum
}

// Right is the sum over the guesses that say what the author said.
func (c *Confusion) Right() int64 {
	var right int64
	for i := range c.cells {
		right += c.cells[i][i]
	}
	return right
}

// Accuracy is the share of right guesses, 0 where there is none at all.
func (c *Confusion) Accuracy() float64 { return share(c.Right(), c.Total()) }

// Score is how well one kind is told from the others.
type Score struct {
	Kind                  Kind
	Said, Guessed         int64 // by the author; by us
	Precision, Recall, F1 float64
}

// Scores gives one score for each kind that an author said or that was
// guessed, in alphabetical order.
func (c *Confusion) Scores() []Score {
	var scores []Score
	for i, kind := range Kinds() {
		s := Score{Kind: kind}
		for j := range c.cells {
			s.Said += c.cells[i][j]
			s.Guessed += c.cells[j][i]
		}
		if s.Said+s.Guessed == 0 {
			continue
		}
		right := c.cells[i][i]
		s.Precision, s.Recall = share(right, s.Guessed), share(right, s.Said)
		s.F1 = share(2*right, s.Said+s.Guessed)
		scores = append(scores, s)
	}
	return scores
}

// MacroF1 is the mean of F1 over the kinds that an author said: a kind that
// only was guessed has no recall, and spoils the precision of the others.
func (c *Confusion) MacroF1() float64 {
	var sum float64
	n := 0
	for _, s := range c.Scores() {
		if s.Said > 0 {
			sum += s.F1
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

func share(part, whole int64) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
