package policy

import (
	"strings"
	"unicode"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// override reads who may ask for another tier, and how. Without allow: nobody
// may lower; a label may still raise.
func (r *reader) override(n *yamltree.Node) Override {
	s := r.section(n, "override", "labels", "allow", "bots", "self_lower", "require_reason")
	return Override{
		Labels:        r.labels(s.get("labels")),
		Allow:         r.words(r.optionalList(s.get("allow"), "allow"), "permission", idUnknownValue, permissionWords()),
		Bots:          r.logins(s.get("bots"), "bots"),
		SelfLower:     r.flag(s.get("self_lower"), "self_lower", false),
		RequireReason: r.flag(s.get("require_reason"), "require_reason", false),
		Pos:           s.pos,
	}
}

// labels reads name -> tier, or name -> { task: tier }. GitHub holds labels
// that differ by case for one, so they may not stand here as two.
func (r *reader) labels(n *yamltree.Node) []Label {
	if !r.is(n, yamltree.Mapping, "override.labels") {
		return nil
	}
	var labels []Label
	first := map[string]diag.Position{}
	for _, e := range n.Entries {
		if isBaseURL(e.Key) {
			continue
		}
		name := strings.ToLower(e.Key)
		if earlier, again := first[name]; again {
			r.report(e.Pos, idDuplicate, "label %s stands here a second time, first at line %d; case does not tell labels apart", quoted(e.Key), earlier.Line)
			continue
		}
		first[name] = e.Pos
		if strings.TrimSpace(e.Key) != e.Key || strings.ContainsFunc(e.Key, unicode.IsControl) {
			r.report(e.Pos, idInvalidName, "label %s has blanks around it or a control character in it", quoted(e.Key))
			continue
		}
		labels = append(labels, r.label(e))
	}
	return labels
}

func (r *reader) label(e yamltree.Entry) Label {
	label := Label{Name: e.Key, Pos: e.Pos}
	if e.Value.Kind != yamltree.Mapping {
		label.Tier = r.tier(e.Value, "a label for every task")
		return label
	}
	if len(e.Value.Entries) != 1 {
		r.report(e.Value.Pos, idWrongType, "label %s names %d tasks, expected one: { changelog: efficient }", quoted(e.Key), len(e.Value.Entries))
		return label
	}
	only := e.Value.Entries[0]
	label.Task = r.taskName(only)
	if r.hasLocal(label.Task) {
		label.Tier = r.anyTier(only.Value)
	} else {
		label.Tier = r.tier(only.Value, "a label for this task")
	}
	return label
}

// taskName reads the name of a task that stands as a key.
func (r *reader) taskName(e yamltree.Entry) string {
	if isBaseURL(e.Key) {
		return ""
	}
	return r.taskID(&yamltree.Node{Pos: e.Pos, Kind: yamltree.Scalar, Text: e.Key, Tag: "!!str"})
}

// logins reads exact account names.
func (r *reader) logins(n *yamltree.Node, what string) []string {
	return r.each(r.optionalList(n, what), func(item *yamltree.Node) string { return r.name(item, "a login of "+what) })
}
