package lint

import (
	"slices"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// Model is what is known of a model beside its price. Class is the tier for
// which its vendor sells it, zero where that is not known. Retired is the
// first day (YYYY-MM-DD or YYYY-MM) on which it no longer answers, "" where it
// does; Successor is the id that its vendor names, "" where none is. Family
// joins the versions of one model, newest last in Models.
type Model struct {
	Provider, ID string
	Family       string
	Class        policy.Tier
	Retired      string
	Successor    string
	Source       string
}

// Models lists the models that are known, of each family the oldest first.
func Models() []Model {
	return []Model{
		{Provider: "anthropic", ID: "claude-opus-5-5", Family: "claude-opus", Class: policy.Frontier},
		{Provider: "anthropic", ID: "claude-sonnet-5-5", Family: "claude-sonnet", Class: policy.Mid},
		{Provider: "anthropic", ID: "claude-haiku-5-5", Family: "claude-haiku", Class: policy.Efficient},
	}
}

// ModelOf gives what is known of a model. Ids that differ by a date suffix
// alone name one model, but an exact id comes first.
func ModelOf(provider, id string) (Model, bool) {
	for _, same := range []func(string) bool{
		func(other string) bool { return other == id },
		func(other string) bool { return money.SameModel(other, id) },
	} {
		models := Models()
		if i := slices.IndexFunc(models, func(m Model) bool { return m.Provider == provider && same(m.ID) }); i >= 0 {
			return models[i], true
		}
	}
	return Model{}, false
}
