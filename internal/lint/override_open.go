package lint

import (
	"slices"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
)

func overrideOpen() Rule {
	return Rule{
		ID:       "override-open",
		Severity: diag.Note,
		Summary:  "labels that lower are open to too many people, or to nobody",
		Why: "A label that lowers takes back what the policy decided, so it needs a person who may, and who is not the one who wants the change in. " +
			"Labels that nobody may use only look like a way out.",
		Fix:    "Write self_lower: false, and allow: [admin, maintain], or leave the labels that lower out.",
		Bad:    Example{Text: minimal("override:\n  labels: { \"tier:efficient\": efficient }\n  allow: [admin, maintain]\n  self_lower: true\n")},
		Good:   Example{Text: minimal("override:\n  labels: { \"tier:efficient\": efficient }\n  allow: [admin, maintain]\n  self_lower: false\n")},
		Policy: openOverride,
	}
}

func openOverride(p Policy, w World) []Hit {
	o := p.File.Override
	n := p.under("override")
	if n == nil || !slices.ContainsFunc(o.Labels, lowers) {
		return nil
	}
	var hits []Hit
	if v := child(n, "self_lower"); v != nil && o.SelfLower {
		h := p.onValue(v, "whoever wrote a pull request may lower the tier of its own checks: write false")
		h.As = diag.Warning
		hits = append(hits, h)
	}
	if len(o.Allow) == 0 && len(o.Bots) == 0 {
		h := p.onKey("override", "nobody may lower, so %s", onlyLooksOpen(o.Labels))
		h.As = diag.Warning
		return append(hits, p.onEntry(n, "allow", h))
	}
	if w.Platform == nil || !w.Platform.Public {
		return hits
	}
	if list := child(n, "allow"); list != nil {
		for _, item := range list.Items {
			if item.Text == "write" {
				hits = append(hits, p.onValue(item, "everybody who may push to this public repository may lower a tier: leave it to admin and maintain"))
			}
		}
	}
	return hits
}

func onlyLooksOpen(labels []policy.Label) string {
	i := slices.IndexFunc(labels, lowers)
	return "labels such as " + labels[i].Name + " do nothing when they ask for less: name permissions under allow, or take them out"
}

func overrideWithoutReason() Rule {
	return Rule{
		ID:       "override-without-reason",
		Severity: diag.Note,
		Summary:  "a label may lower without anybody saying why",
		Why:      "The summary keeps who lowered what. Without a reason nobody can tell later whether the policy was wrong or the person in a hurry, and no suggestion can be made of it.",
		Fix:      "Write require_reason: true. The reason is a comment: /tier efficient because …",
		Bad:      Example{Text: minimal("override:\n  labels: { \"tier:efficient\": efficient }\n  allow: [admin]\n")},
		Good:     Example{Text: minimal("override:\n  labels: { \"tier:efficient\": efficient }\n  allow: [admin]\n  require_reason: true\n")},
		Policy:   unreasonedOverride,
	}
}

func unreasonedOverride(p Policy, _ World) []Hit {
	o := p.File.Override
	n := p.under("override")
	if n == nil || o.RequireReason || !slices.ContainsFunc(o.Labels, lowers) || len(o.Allow)+len(o.Bots) == 0 {
		return nil
	}
	if v := child(n, "require_reason"); v != nil {
		h := p.onValue(v, "a label may lower and nobody has to say why: write true")
		h.Edits = p.instead(v, "true")
		return []Hit{h}
	}
	return []Hit{p.onKey("override", "a label may lower and nobody has to say why: add require_reason: true")}
}
