package lint

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// child gives the value of a key, nil where it is not there.
func child(n *yamltree.Node, key string) *yamltree.Node {
	if n == nil {
		return nil
	}
	for _, e := range n.Entries {
		if e.Key == key {
			return e.Value
		}
	}
	return nil
}

// under gives the value below the root by its keys, nil where it is not there.
func (p Policy) under(keys ...string) *yamltree.Node {
	n := p.Root
	for _, key := range keys {
		n = child(n, key)
	}
	return n
}

// nodeAt gives the value that stands at a place, the outermost where several
// begin there; nil where that is in another file.
func (p Policy) nodeAt(pos diag.Position) *yamltree.Node { return nodeAt(p.Root, pos) }

func nodeAt(n *yamltree.Node, pos diag.Position) *yamltree.Node {
	if n == nil || n.Pos == pos {
		return n
	}
	for _, item := range n.Items {
		if found := nodeAt(item, pos); found != nil {
			return found
		}
	}
	for _, e := range n.Entries {
		if found := nodeAt(e.Value, pos); found != nil {
			return found
		}
	}
	return nil
}

// owns says that a part of the policy stands in this file: a policy may be
// made of several.
func (p Policy) owns(pos diag.Position) bool { return pos.File == p.Name && pos.Line > 0 }

// onValue makes a hit on a scalar, underlined, or on where a list or a mapping
// begins.
func (p Policy) onValue(n *yamltree.Node, format string, args ...any) Hit {
	return Hit{Pos: n.Pos, End: p.Span(n), Message: fmt.Sprintf(format, args...)}
}

// onKey makes a hit on a key below the root, and on the beginning of the
// policy where it is not there.
func (p Policy) onKey(key string, format string, args ...any) Hit {
	return p.onEntry(p.Root, key, Hit{Pos: p.Root.Pos, Message: fmt.Sprintf(format, args...)})
}

// onEntry puts a hit on the key of a mapping; where it is not there the hit
// stays as it is.
func (p Policy) onEntry(n *yamltree.Node, key string, h Hit) Hit {
	if n == nil {
		return h
	}
	for _, e := range n.Entries {
		if e.Key == key {
			h.Pos, h.End = e.Pos, p.keyEnd(e)
		}
	}
	return h
}

// keyEnd is the column after a key that is written as it reads, quotes
// included, else 0.
func (p Policy) keyEnd(e yamltree.Entry) int {
	line, from := p.Line(e.Pos.Line), e.Pos.Col-1
	if from < 0 || from > len(line) {
		return 0
	}
	for _, quote := range []string{"", `"`, "'"} {
		if written := quote + e.Key + quote; strings.HasPrefix(line[from:], written) {
			return from + 1 + len(written)
		}
	}
	return 0
}

// onTask makes a hit on the row of a task: on one of its keys, or on its name
// where that key is not there.
func (p Policy) onTask(row policy.Task, key, format string, args ...any) Hit {
	h := Hit{Pos: row.Pos, End: p.nameEnd(row.Pos, row.ID), Message: fmt.Sprintf(format, args...)}
	return p.onEntry(p.under("tasks", row.ID), key, h)
}

func (p Policy) nameEnd(pos diag.Position, name string) int {
	return p.keyEnd(yamltree.Entry{Key: name, Pos: pos})
}

// instead makes the edit that writes another word in the place of a scalar,
// with the same quotes; nil where the scalar is written in a way that takes a
// person.
func (p Policy) instead(n *yamltree.Node, text string) []Edit {
	end := p.Span(n)
	if end == 0 {
		return nil
	}
	switch n.Style {
	case yamltree.SingleQuoted:
		text = "'" + text + "'"
	case yamltree.DoubleQuoted:
		text = `"` + text + `"`
	default:
	}
	return []Edit{{Start: n.Pos, End: p.At(n.Pos.Line, end), Text: text}}
}

// poolModel is a model of the pool, or the baseline, with the place of its id.
type poolModel struct {
	policy.Model
	node     *yamltree.Node
	baseline bool
}

// models gives the models that this file names, those of the pool first.
func (p Policy) models() []poolModel {
	var list []poolModel
	for _, m := range append(slices.Clone(p.File.Pool), p.File.Baseline) {
		if n := child(p.nodeAt(m.Pos), "model"); n != nil && p.owns(m.Pos) {
			list = append(list, poolModel{Model: m, node: n, baseline: m.Pos == p.File.Baseline.Pos})
		}
	}
	return list
}

// day reads Today.
func (w World) day() (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, w.Today)
	return t, err == nil
}

// price gives what a model costs today by the policy's contract prices and the
// list.
func (w World) price(p Policy, provider, model string) (money.Row, bool) {
	return w.lookup(w.Prices.With(p.File.PriceRows()...), provider, model)
}

// listPrice leaves the contract prices out.
func (w World) listPrice(provider, model string) (money.Row, bool) {
	return w.lookup(w.Prices, provider, model)
}

func (w World) lookup(c money.Catalogue, provider, model string) (money.Row, bool) {
	day, ok := w.day()
	if !ok {
		return money.Row{}, false
	}
	return c.Lookup(provider, model, day)
}

// counted words a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
