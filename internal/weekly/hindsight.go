package weekly

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// hindsight counts what people said of the tiers. Only finished records that a
// tier served count, and that were routed: of an observed or recorded one
// somebody else chose the model.
type hindsight struct {
	all, efficient                     int // of all
	unrouted                           int // left out
	right, cheaper, frontier           int
	reviewedEfficient, shouldEfficient int
	rightUSD, reviewedUSD              sum
}

func (c *count) addReview(r *row, k *kind) {
	id := key{r.id, c.s.names[k.repository]}
	v, flagged := c.s.flags[id]
	if flagged {
		c.flagsFollowed++
	}
	if k.killed || k.used == 0 {
		return
	}
	if k.locked {
		c.locked[k.task] = true
	}
	routed := c.hindsight.place(k)
	if flagged {
		if routed {
			c.hindsight.add(v.word, r, k)
		}
		if !k.locked {
			at(c.heard, placed{k.task, k.used}).add(v.word)
		}
		return
	}
	if c.s.disputed[id] {
		c.disputed.add(r, k)
	}
	c.sample.add(r, k)
}

// place counts a record by its tier, and says whether it was routed.
func (h *hindsight) place(k *kind) bool {
	if k.observed || k.recorded {
		h.unrouted++
		return false
	}
	h.all++
	if k.used <= policy.Efficient {
		h.efficient++
	}
	return true
}

func (h *hindsight) add(word ledger.Verdict, r *row, k *kind) {
	low := k.used <= policy.Efficient
	if low {
		h.reviewedEfficient++
	}
	if r.cost.known() {
		h.reviewedUSD.add(money.Nano(r.cost))
	}
	switch word {
	case ledger.Right:
		h.right++
		if r.cost.known() {
			h.rightUSD.add(money.Nano(r.cost))
		}
		if low {
			h.shouldEfficient++
		}
	case ledger.Cheaper:
		h.cheaper++
		h.shouldEfficient++
	case ledger.Frontier:
		h.frontier++
	}
}

func (h *hindsight) reviewed() int { return h.right + h.cheaper + h.frontier }

func (h *hindsight) efficiency() Efficiency {
	return Efficiency{
		Right: share(h.right, h.reviewed()), Coverage: share(h.reviewed(), h.all), Cheaper: h.cheaper, Frontier: h.frontier, LeftOut: h.unrouted,
		RightUSD: h.rightUSD.text(), ReviewedUSD: h.reviewedUSD.text(), RightPart: part(h.rightUSD, h.reviewedUSD),
	}
}

func (h *hindsight) placement() Placement {
	return Placement{
		Efficient: share(h.efficient, h.all), ReviewedEfficient: share(h.reviewedEfficient, h.reviewed()),
		Should: share(h.shouldEfficient, h.reviewed()),
	}
}

// maxDisputed bounds the list of disputed records.
const maxDisputed = 20

// picks keeps the records with the least hashes of the window's first day and
// their id: a sample that nobody chose and everybody can draw again.
type picks struct {
	seed string
	size int
	kept []pick
}

type pick struct {
	hash [sha256.Size]byte
	is   Sampled
}

func newPicks(s *Sum, size int) *picks {
	return &picks{seed: s.options.From.UTC().Format("2006-01-02"), size: size}
}

func (p *picks) add(r *row, k *kind) {
	if p.size <= 0 {
		return
	}
	var buffer [128]byte
	hash := sha256.Sum256(append(append(append(buffer[:0], p.seed...), r.id[:]...), k.repository...))
	if len(p.kept) == p.size && string(hash[:]) >= string(p.kept[p.size-1].hash[:]) {
		return
	}
	is := Sampled{
		Record: hex.EncodeToString(r.id[:]), Repository: k.repository, PullRequest: int(r.pull), Task: k.task,
		Tier: tierName(k.used), Model: modelName(k), Cost: r.cost.text(), Day: dayOf(r),
	}
	place, _ := slices.BinarySearchFunc(p.kept, hash, func(a pick, h [sha256.Size]byte) int { return slices.Compare(a.hash[:], h[:]) })
	p.kept = slices.Insert(p.kept, place, pick{hash, is})
	p.kept = p.kept[:min(len(p.kept), p.size)]
}

func (p *picks) list() []Sampled {
	list := []Sampled{}
	for _, one := range p.kept {
		list = append(list, one.is)
	}
	return list
}
