package report

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/weekly"
)

// suggestions gives each with its evidence and the change of the policy.
func (p *weeklyPage) suggestions() {
	if len(p.Suggestions) == 0 {
		return
	}
	p.out.add("#### Suggestions\n\n")
	for _, s := range p.Suggestions {
		p.out.add("- " + phrase(s.Text) + "\n")
	}
	p.out.add("\n")
	for _, s := range p.Suggestions {
		if s.Patch != "" {
			p.out.addf("<details><summary>%s: %s to %s, for <code>git apply</code></summary>\n\n%s\n</details>\n\n", name(s.Task), name(s.From), name(s.To), fencedDiff(s.Patch))
		}
	}
}

// kept says what hindsight would place lower and the policy does not let go.
func (p *weeklyPage) kept() {
	if len(p.Kept) == 0 {
		return
	}
	p.out.add("#### Stays where it is\n\n")
	for _, k := range p.Kept {
		p.out.addf("- %s: %d of %d %s runs were flagged cheaper, and it stays: %s.\n", name(k.Task), k.Share.Hits, k.Share.Of, name(k.From), phrase(k.Why))
	}
	p.out.add("\n")
}

// review says when the policy is to be looked at again.
func (p *weeklyPage) review() {
	r := p.Review
	words := reviewWords(r)
	if words == "" {
		return
	}
	p.out.addf("#### Review of the policy\n\n%s\n", words)
	if r.State != "later" {
		for _, line := range r.Changes {
			p.out.add("- " + phrase(line) + "\n")
		}
		if len(r.Changes) == 0 {
			p.out.add("- No price, no model and no policy is known to have changed.\n")
		}
	}
	p.out.add("\n")
}

func reviewWords(r weekly.Review) string {
	switch r.State {
	case "overdue":
		return fmt.Sprintf("**Overdue by %s: it was due on %s.** Since a quarter before that day:\n", count(-r.Days, "day"), name(r.Due))
	case "due":
		return fmt.Sprintf("**Due on %s, in %s.** Since a quarter before that day:\n", name(r.Due), count(r.Days, "day"))
	case "later":
		return fmt.Sprintf("Due on %s, in %s.\n", name(r.Due), count(r.Days, "day"))
	}
	return ""
}
