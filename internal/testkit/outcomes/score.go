package main

// share is how much of a task each of two models does, in expectation: with
// what chance the dear model is called, with what chance the cheap one, and
// what the answer is worth.
type share struct{ quality, cost float64 }

// pair is the tasks that two models both did, one entry a task.
type pair struct {
	dear, cheap string
	rows        []row
	tiers       []bool // true: the policy sends it to the cheap model
	dearly      []outcome
	cheaply     []outcome
}

func newPair(rows []row, low []bool, dear, cheap string) pair {
	p := pair{dear: dear, cheap: cheap}
	for i, r := range rows {
		d, ok := r.M[dear]
		c, both := r.M[cheap]
		if !ok || !both {
			continue
		}
		p.rows, p.tiers = append(p.rows, r), append(p.tiers, low[i])
		p.dearly, p.cheaply = append(p.dearly, d), append(p.cheaply, c)
	}
	return p
}

// way is one way of working: what it makes of each of a pair's tasks.
type way []share

func (p pair) way(of func(i int) share) way {
	w := make(way, len(p.rows))
	for i := range w {
		w[i] = of(i)
	}
	return w
}

func (p pair) allDear() way  { return p.way(p.onDear) }
func (p pair) allCheap() way { return p.way(p.onCheap) }

func (p pair) onDear(i int) share  { return share{p.dearly[i].solved, p.dearly[i].dollars} }
func (p pair) onCheap(i int) share { return share{p.cheaply[i].solved, p.cheaply[i].dollars} }

// routed follows the policy's tiers.
func (p pair) routed() way {
	return p.way(func(i int) share {
		if p.tiers[i] {
			return p.onCheap(i)
		}
		return p.onDear(i)
	})
}

// check is a verifier with its errors: the share of bad outputs that it lets
// pass, and the share of good ones that it refuses.
type check struct{ falseAccept, falseReject float64 }

// after begins cheap and asks the dear model where the check refuses. Both
// calls are paid.
func (c check) after(cheap, dear share) share {
	refused := 1 - c.falseAccept
	if cheap.quality == 1 {
		refused = c.falseReject
	}
	return share{(1-refused)*cheap.quality + refused*dear.quality, cheap.cost + refused*dear.cost}
}

func (p pair) cascade(c check) way {
	return p.way(func(i int) share { return c.after(p.onCheap(i), p.onDear(i)) })
}

// routedCascade follows the policy's tiers, with the check below the dear one.
func (p pair) routedCascade(c check) way {
	return p.way(func(i int) share {
		if p.tiers[i] {
			return c.after(p.onCheap(i), p.onDear(i))
		}
		return p.onDear(i)
	})
}

// score is what a way of working makes of a pair's tasks, against everything
// on the dear model: Saved = 1 − C/C_F, Lost = Q_F − Q, both as shares, and
// Lift = L_rand(S) − L, the loss that it avoids beside a random mix of the two
// models that saves as much. LiftKnown is false where the cheap model saves
// nothing, since no mix saves as much then.
type score struct {
	Saved, Lost, Lift float64
	LiftKnown         bool
}

// ends are the two pure ways of a pair, between which a random mix lies.
type ends struct{ dear, cheap way }

func (p pair) ends() ends { return ends{p.allDear(), p.allCheap()} }

// score adds up over the tasks of idx, which may repeat.
func (e ends) score(w way, idx []int) score {
	var s, dear, cheap share
	for _, i := range idx {
		s, dear, cheap = s.plus(w[i]), dear.plus(e.dear[i]), cheap.plus(e.cheap[i])
	}
	n := float64(len(idx))
	out := score{Saved: 1 - s.cost/dear.cost, Lost: (dear.quality - s.quality) / n}
	saves := 1 - cheap.cost/dear.cost
	if saves > 0 {
		out.Lift, out.LiftKnown = (dear.quality-cheap.quality)/n*out.Saved/saves-out.Lost, true
	}
	return out
}

func (s share) plus(o share) share { return share{s.quality + o.quality, s.cost + o.cost} }

func all(n int) []int {
	idx := make([]int, n)
	for i := range idx {
		idx[i] = i
	}
	return idx
}
