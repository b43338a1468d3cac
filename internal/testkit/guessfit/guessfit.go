// Package guessfit learns the weights by which a domain is guessed: labelled
// commits in, a weight for each feature and domain out. It is a softmax
// regression with a penalty on large weights, and the same samples give the
// same weights.
package guessfit

import (
	"math"
	"slices"

	"github.com/tierwise/tierwise/internal/signal"
)

// Classes is how many domains are told apart.
const Classes = 4

// Sample is one labelled commit. Label is the index of its domain.
type Sample struct {
	Group    string // its repository
	Features []signal.Feature
	Label    int
	Weight   float64
}

// Weights holds what a feature says for each domain.
type Weights map[string][Classes]float64

const (
	rounds   = 150
	step     = 0.1
	penalty  = 0.002
	rareness = 10 // a feature of fewer samples says nothing that would last
	spread   = 4  // and one of fewer groups is a habit of theirs
)

// Fit learns weights from samples.
func Fit(samples []Sample) Weights {
	names := common(samples)
	m := newModel(names, samples)
	for t := 1; t <= rounds; t++ {
		m.descend(t)
	}
	weights := Weights{}
	for name, i := range names {
		weights[name] = m.theta[i]
	}
	return weights
}

// common gives the features that are worth learning, numbered by name.
func common(samples []Sample) map[string]int {
	count, groups := map[string]int{}, map[string]map[string]bool{}
	for _, s := range samples {
		for _, f := range s.Features {
			count[f.Name]++
			if groups[f.Name] == nil {
				groups[f.Name] = map[string]bool{}
			}
			groups[f.Name][s.Group] = true
		}
	}
	var names []string
	for name, n := range count {
		if n >= rareness && len(groups[name]) >= spread {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	numbers := make(map[string]int, len(names))
	for i, name := range names {
		numbers[name] = i
	}
	return numbers
}

// Guess gives the label that the weights find likeliest.
func (w Weights) Guess(features []signal.Feature) int {
	var sums [Classes]float64
	for _, f := range features {
		for c, weight := range w[f.Name] {
			sums[c] += weight * float64(f.Amount)
		}
	}
	best := 0
	for c := range sums {
		if sums[c] > sums[best] {
			best = c
		}
	}
	return best
}

type entry struct {
	feature int
	amount  float64
}

type model struct {
	rows          [][]entry
	samples       []Sample
	total         float64
	theta, m1, m2 [][Classes]float64
}

func newModel(names map[string]int, samples []Sample) *model {
	n := len(names)
	m := &model{samples: samples, theta: make([][Classes]float64, n), m1: make([][Classes]float64, n), m2: make([][Classes]float64, n)}
	for _, s := range samples {
		var row []entry
		for _, f := range s.Features {
			if i, ok := names[f.Name]; ok {
				row = append(row, entry{i, float64(f.Amount) / 1000})
			}
		}
		m.rows = append(m.rows, row)
		m.total += s.Weight
	}
	return m
}

// descend takes one step of Adam, https://arxiv.org/abs/1412.6980.
func (m *model) descend(t int) {
	const slow1, slow2, tiny = 0.9, 0.99, 1e-8
	gradient := m.gradient()
	fade1, fade2 := 1-math.Pow(slow1, float64(t)), 1-math.Pow(slow2, float64(t))
	for i := range m.theta {
		for c := range Classes {
			g := gradient[i][c]
			m.m1[i][c] = slow1*m.m1[i][c] + (1-slow1)*g
			m.m2[i][c] = slow2*m.m2[i][c] + (1-slow2)*g*g
			m.theta[i][c] -= step * (m.m1[i][c] / fade1) / (math.Sqrt(m.m2[i][c]/fade2) + tiny)
		}
	}
}

func (m *model) gradient() [][Classes]float64 {
	g := make([][Classes]float64, len(m.theta))
	for i := range g {
		for c := range Classes {
			g[i][c] = penalty * m.theta[i][c]
		}
	}
	for n, row := range m.rows {
		p := m.likelihood(row)
		p[m.samples[n].Label]--
		for _, e := range row {
			for c := range Classes {
				g[e.feature][c] += p[c] * e.amount * m.samples[n].Weight / m.total
			}
		}
	}
	return g
}

func (m *model) likelihood(row []entry) [Classes]float64 {
	var p [Classes]float64
	for _, e := range row {
		for c := range Classes {
			p[c] += m.theta[e.feature][c] * e.amount
		}
	}
	top := slices.Max(p[:])
	sum := 0.0
	for c := range p {
		p[c] = math.Exp(p[c] - top)
		sum += p[c]
	}
	for c := range p {
		p[c] /= sum
	}
	return p
}
