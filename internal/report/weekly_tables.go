package report

import (
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/weekly"
)

func (p *weeklyPage) table(heading, head, rule string) {
	p.out.addf("#### %s\n\n| %s |\n|%s|\n", heading, head, rule)
}

// Of the columns of totals, the all-frontier amount and what was saved stand
// beside the cost of the same tasks, for the whole cost may be of more.
const (
	totalHeads = " | Tasks | Cost | Cost of the compared | All-frontier | Saved | Left out"
	totalRule  = "---|---:|---:|---:|---:|---:|---:"
)

// compared says what the tables of totals hold.
func (p *weeklyPage) compared() {
	switch {
	case p.Spend.Records == 0:
		return
	case p.Spend.Compared == 0:
		p.out.add("No task could be compared with the baseline model. A whole task counts at the tier and the model where it ended.\n\n")
		return
	}
	p.out.addf("All-frontier and saved are of the %s of %s that could be compared; what these cost stands beside. A whole task counts at the tier and the model where it ended.\n\n",
		thousands(int64(p.Spend.Compared)), count(p.Spend.Records, "task"))
}

// groups gives one table. Of one nameless group there is nothing to compare.
func (p *weeklyPage) groups(heading, what string, all []weekly.Group) {
	if len(all) == 0 || len(all) == 1 && all[0].Name == "" {
		return
	}
	p.table(heading, what+totalHeads, totalRule)
	for _, g := range all {
		label := quoted(g.Name, maxName)
		if g.Rest > 0 {
			label = fmt.Sprintf("%d more", g.Rest)
		}
		p.out.addf("| %s | %s |\n", label, totalCells(g.Total))
	}
	p.out.add("\n")
}

func totalCells(t weekly.Total) string {
	same, baseline, saved := "–", "–", "–"
	if t.Compared > 0 {
		same, baseline, saved = amountWords(t.ComparedCost), amountWords(t.Baseline), amountWords(t.Saved)
	}
	cost := amountWords(t.Cost)
	if left := t.Unpriced + t.Unknown; left > 0 && left == t.Records {
		cost = "unknown"
	}
	return fmt.Sprintf("%s | %s | %s | %s | %s | %s", thousands(int64(t.Records)), cost, same, baseline, saved, thousands(int64(t.Unpriced+t.Unknown)))
}

func (p *weeklyPage) days() {
	p.table("By day", "Day"+totalHeads, totalRule)
	for _, d := range p.ByDay {
		p.out.addf("| %s | %s |\n", d.Day, totalCells(d.Total))
	}
	p.out.add("\n")
}

func (p *weeklyPage) costs() {
	if len(p.ModelCosts) == 0 {
		return
	}
	p.table("Cost a task, as measured", "Task | Model | Tasks | Mean (95 %) | Median | Success | List price in / out, a million tokens", "---|---|---:|---|---:|---|---")
	for _, m := range p.ModelCosts {
		mean := amountWords(m.Mean)
		if m.Low != "unknown" {
			mean += fmt.Sprintf(" (%s–%s)", amountWords(m.Low), amountWords(m.High))
		}
		list := amountWords(m.ListInput) + " / " + amountWords(m.ListOutput)
		if m.DearerThan != "" {
			list += "; **lower list price, dearer task than** " + quoted(m.DearerThan, maxName)
		}
		model := quoted(m.Provider+"/"+m.Model, maxName)
		if m.Recorded {
			model += ", recorded"
		}
		p.out.addf("| %s | %s | %s | %s | %s | %s | %s |\n", name(m.Task), model, thousands(int64(m.Records)),
			mean, amountWords(m.Median), shareWord(m.Success), list)
	}
	p.out.add("\n")
	if slices.ContainsFunc(p.ModelCosts, func(m weekly.ModelCost) bool { return m.Recorded }) {
		p.out.add("Recorded: another program did it and nothing was verified, so that its success is not known. A log of several models is no one model's cost and stands in no row.\n\n")
	}
}

func (p *weeklyPage) escalations() {
	if len(p.Escalations) == 0 {
		return
	}
	p.table("Escalations against their break-even", "Task | From | To | Model | Escalated | 95 % | Break-even | ", "---|---|---|---|---|---|---:|---")
	for _, e := range p.Escalations {
		verdict := "pays"
		switch {
		case e.Dearer:
			verdict = "**starting at " + name(e.To) + " is cheaper**"
		case e.Share.High > e.Bound:
			verdict = "not clear"
		}
		p.out.addf("| %s | %s | %s | %s | %s | %s | %s | %s |\n", name(e.Task), name(e.From), name(e.To), quoted(e.Provider+"/"+e.Model, maxName),
			shareWord(e.Share), intervalWord(e.Share), sharePercent(e.Bound), verdict)
	}
	p.out.add("\n")
}

func (p *weeklyPage) overrides() {
	o := p.Overrides
	if o.Raised+o.Lowered+o.Refused+o.FlagsRefused == 0 {
		return
	}
	p.table("Labels", "Task | Raised | Lowered | Refused", "---|---:|---:|---:")
	for _, l := range o.ByTask {
		p.out.addf("| %s | %d | %d | %d |\n", name(l.Task), l.Raised, l.Lowered, l.Refused)
	}
	if o.FlagsRefused > 0 {
		p.out.addf("\n%s refused: their authors may not flag by this policy.\n", count(o.FlagsRefused, "flag"))
	}
	p.out.add("\n")
}

func (p *weeklyPage) estimates() {
	if len(p.Estimates) == 0 {
		return
	}
	p.table("Estimates of prompts", "Model | Files | Calls | Median error | Bias | Above what was held possible", "---|---|---:|---:|---:|---:")
	for _, e := range p.Estimates {
		p.out.addf("| %s | %s | %s | %.1f %% | %+.1f %% | %d |\n", quoted(e.Provider+"/"+e.Model, maxName), quoted(e.Class, maxName), thousands(int64(e.N)),
			100*e.Error, 100*e.Bias, e.Above)
	}
	p.out.add("\n")
}

func (p *weeklyPage) records(heading string, all []weekly.Sampled) {
	if len(all) == 0 {
		return
	}
	p.table(heading, "Record | Day | Repository | Pull request | Task | Tier | Model | Cost", "---|---|---|---:|---|---|---|---:")
	for _, s := range all {
		pull := "–"
		if s.PullRequest > 0 {
			pull = fmt.Sprint(s.PullRequest)
		}
		p.out.addf("| `%s` | %s | %s | %s | %s | %s | %s | %s |\n", s.Record, s.Day, quoted(s.Repository, maxName), pull, name(s.Task), name(s.Tier),
			quoted(s.Model, maxName), amountWords(s.Cost))
	}
	p.out.add("\n")
}
