package lint

import (
	"slices"
	"sync"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// Model is what is known of a model beside its price. Class is the tier for
// which its vendor sells it, zero where that is not known. Retired is the
// first day (YYYY-MM-DD or YYYY-MM) on which it no longer answers, "" where
// none is known; it may lie ahead. Successor is the id that its vendor names,
// "" where none is known. Family joins the versions of one model, the newest
// last in Models; it is "" where the versions are not known to follow each
// other.
type Model struct {
	Provider, ID string
	Family       string
	Class        policy.Tier
	Retired      string
	Successor    string
	Source       string
}

// The pages on which vendors say which models end when.
const (
	anthropicEnds = "https://platform.claude.com/docs/en/about-claude/model-deprecations"
	openAIEnds    = "https://developers.openai.com/api/docs/deprecations"
	geminiEnds    = "https://ai.google.dev/gemini-api/docs/deprecations"
)

// Models lists the models that are known, of each family the oldest first. The
// caller may change it.
func Models() []Model { return slices.Clone(models()) }

var models = sync.OnceValue(func() []Model {
	return slices.Concat(anthropicModels(), openAIModels(), geminiModels())
})

// ModelOf gives what is known of a model. Ids that differ by a date suffix
// alone name one model, but an exact id comes first. Nothing is known of an id
// by its beginning.
func ModelOf(provider, id string) (Model, bool) {
	list := models()
	i := slices.IndexFunc(list, func(m Model) bool { return m.Provider == provider && m.ID == id })
	if i < 0 {
		i = slices.IndexFunc(list, func(m Model) bool { return m.Provider == provider && money.SameModel(m.ID, id) })
	}
	if i < 0 {
		return Model{}, false
	}
	return list[i], true
}

// ModelNear gives the id that was probably meant by one that is not known, ""
// where none is near.
func ModelNear(provider, id string) string {
	var ids []string
	for _, m := range models() {
		if m.Provider == provider && m.Retired == "" {
			ids = append(ids, m.ID)
		}
	}
	return policy.Nearest(id, ids)
}

// Ended says whether the model no longer answers on a day (YYYY-MM-DD).
func (m Model) Ended(day string) bool { return m.Retired != "" && m.Retired <= day }

// Newer gives the newest model of a family that came after one and still
// answers, "" where there is none.
func Newer(m Model) string {
	list := models()
	at := slices.IndexFunc(list, func(o Model) bool { return o.Provider == m.Provider && o.ID == m.ID })
	newest := ""
	for _, other := range list[at+1:] {
		if m.Family != "" && other.Family == m.Family && other.Provider == m.Provider && other.Retired == "" {
			newest = other.ID
		}
	}
	return newest
}
