package policy

import "github.com/tierwise/tierwise/internal/yamltree"

// maxOutputTokens is the most that one answer may be asked to hold: the
// largest bound that today's models take.
const maxOutputTokens = 128_000

// defaultOutputTokens bounds an answer where the pool does not say. Thinking
// counts against it, so a dearer tier, which thinks more, gets more.
func defaultOutputTokens(t Tier) int64 {
	switch t {
	case Frontier:
		return 16_000
	case Mid:
		return 8_192
	default:
		return 4_096
	}
}

// pool reads tier -> models. Local has no models: it is code of this program.
func (r *reader) pool(n *yamltree.Node) []Model {
	s := r.section(n, "pool", "frontier", "mid", "efficient")
	var models []Model
	for _, tier := range []Tier{Frontier, Mid, Efficient} {
		plain := func(string) Model { return Model{Tier: tier, MaxOutputTokens: defaultOutputTokens(tier)} }
		for _, item := range r.list(s.get(tier.String()), "pool."+tier.String()) {
			models = append(models, r.model(item, "a model of the pool", plain))
		}
	}
	if n != nil && n.Kind == yamltree.Mapping && s.get("frontier") == nil && !r.partial {
		r.report(n.Pos, idNoFrontier, "pool has no frontier model, and what is locked to frontier could not run")
	}
	return models
}

// baseline reads the model that savings are measured against. It need not be
// in the pool; where it is, it is asked as the pool asks it.
func (r *reader) baseline(n *yamltree.Node, pool []Model) Model {
	return r.model(n, "baseline", func(id string) Model {
		for _, m := range pool { // dearest tier first
			if m.ID() == id {
				return m
			}
		}
		return Model{Tier: Frontier, MaxOutputTokens: defaultOutputTokens(Frontier)}
	})
}

// model reads one entry; defaults gives, by the model's id, what the entry
// leaves unsaid.
func (r *reader) model(n *yamltree.Node, what string, defaults func(id string) Model) Model {
	s := r.section(n, what, "+provider", "+model", "effort", "max_output_tokens")
	named := Model{Provider: r.provider(s.get("provider")), Model: r.name(s.get("model"), "model")}
	m := defaults(named.ID())
	m.Provider, m.Model, m.Pos = named.Provider, named.Model, s.pos
	if effort := r.word(s.get("effort"), "effort", idUnknownEffort, efforts()); effort != "" {
		m.Effort = effort
	}
	m.MaxOutputTokens = r.integer(s.get("max_output_tokens"), "max_output_tokens", 1, maxOutputTokens, m.MaxOutputTokens)
	return m
}
