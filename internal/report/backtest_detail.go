package report

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/money"
)

func (p *replayPage) rules() {
	if len(p.Rules) == 0 {
		return
	}
	p.heading("What decided")
	p.out.WriteString("Reasons at the final tier; a commit may have several.\n\n")
	p.table("Reason | Tier | In the policy | Commits | Share", "---|---|---|---:|---:")
	for _, r := range p.Rules {
		p.row(quoted(r.Rule, maxName), r.Tier.String(), quoted(r.Place, maxPath), thousands(int64(r.Commits)), shareWords(r.Commits, p.Commits))
	}
	p.out.WriteString("\n")
}

func (p *replayPage) locks() {
	p.heading("What was locked")
	if len(p.Locks) == 0 {
		p.out.WriteString("Nothing.\n\n")
		return
	}
	p.table("By | Commits | Share | By nothing else", "---|---:|---:|---:")
	for _, l := range p.Locks {
		p.row(quoted(l.Rule, maxName), thousands(int64(l.Commits)), shareWords(l.Commits, p.Commits), thousands(int64(l.Alone)))
	}
	p.out.WriteString("\nFor example:\n\n")
	for _, l := range p.Locks {
		for _, e := range l.Examples {
			fmt.Fprintf(&p.out, "- %s %s\n", quoted(l.Rule, maxName), exampleWords(e))
		}
	}
	p.out.WriteString("\n")
}

// exampleWords is a commit, its title, and the reason, which names the place.
func exampleWords(e backtest.Example) string {
	title := phrase(e.Title)
	if title == "" {
		title = "(no title)"
	}
	words := fmt.Sprintf("%s %s", quoted(fmt.Sprintf("%.12s", e.SHA), maxName), title)
	if e.Text != "" {
		words += " · " + phrase(e.Text)
	}
	return words
}

func (p *replayPage) signals() {
	p.heading("Signals")
	p.table("Signal | Fired in commits | Share | Of these at frontier", "---|---:|---:|---:")
	for _, s := range p.Signals {
		if s.Commits > 0 {
			p.row(quoted(s.ID, maxName), thousands(int64(s.Commits)), shareWords(s.Commits, p.Commits), shareWords(s.Frontier, s.Commits))
		}
	}
	p.out.WriteString("\n")
}

func (p *replayPage) guesses() {
	p.heading("Best guess against the author's own label")
	if p.Labelled == 0 {
		p.out.WriteString("No commit has a Conventional Commit type that names a kind of work.\n\n")
		return
	}
	g := p.Guesses
	fmt.Fprintf(&p.out, "%s with a Conventional Commit type that names a kind of work: %s right, macro-F1 %.3f. The guess is shown and never routes.\n\n",
		count(p.Labelled, "commit"), shareWords(int(g.Right()), p.Labelled), g.MacroF1())
	p.table("Author's label \\ guess | code | config | docs | tests | Precision | Recall | F1", "---|---:|---:|---:|---:|---:|---:|---:")
	for _, s := range g.Scores() {
		cells := []string{string(s.Kind)}
		for _, guessed := range backtest.Kinds() {
			cells = append(cells, thousands(g.Cell(s.Kind, guessed)))
		}
		p.row(append(cells, scoreWords(s)...)...)
	}
	p.out.WriteString("\n")
}

// scoreWords leaves out what has no answer: the precision of what was never
// guessed, the recall of what no author said.
func scoreWords(s backtest.Score) []string {
	words := []string{"–", "–", "–"}
	if s.Guessed > 0 {
		words[0] = fmt.Sprintf("%.3f", s.Precision)
	}
	if s.Said > 0 {
		words[1], words[2] = fmt.Sprintf("%.3f", s.Recall), fmt.Sprintf("%.3f", s.F1)
	}
	return words
}

func (p *replayPage) compared() {
	c := p.Compared
	if c == nil {
		return
	}
	p.heading("What " + name(p.Against) + " would change")
	fmt.Fprintf(&p.out, "%s of %s would move; %s more would be locked, %s no longer.\n\n", thousands(int64(c.Moved)), count(p.Commits, "commit"), thousands(int64(c.Locked)), thousands(int64(c.Unlocked)))
	switch {
	case c.Inside > 0:
		fmt.Fprintf(&p.out, "Projected %s instead of %s: %s", dollars(c.OtherCost), dollars(c.Cost), differenceWords(c.Difference()))
		if c.Outside > 0 {
			fmt.Fprintf(&p.out, "; %s without a price by one of the two", count(c.Outside, "commit"))
		}
		p.out.WriteString(".\n\n")
	case c.Outside > 0:
		p.out.WriteString("The difference in spend is unpriced.\n\n")
	}
	if len(c.Moves) == 0 {
		return
	}
	p.table("From | To | Commits | Projected spend", "---|---|---:|---:")
	for _, m := range c.Moves {
		spend := "unpriced"
		if m.Inside > 0 {
			spend = differenceWords(m.Difference)
		}
		p.row(m.From.String(), m.To.String(), thousands(int64(m.Commits)), spend)
	}
	p.out.WriteString("\nFor example:\n\n")
	for _, m := range c.Moves {
		for _, e := range m.Examples {
			fmt.Fprintf(&p.out, "- %s to %s: %s\n", m.From, m.To, exampleWords(e))
		}
	}
	p.out.WriteString("\n")
}

func differenceWords(n money.Nano) string {
	switch {
	case n > 0:
		return dollars(n) + " more"
	case n < 0:
		return dollars(-n) + " less"
	}
	return "the same"
}

// assumed says what the numbers rest on.
func (p *replayPage) assumed() {
	p.heading("What is assumed")
	for _, text := range Assumptions(p.Summary) {
		fmt.Fprintf(&p.out, "- %s\n", phrase(text))
	}
}

// Assumptions are what the numbers of a backtest rest on, in sentences.
func Assumptions(s backtest.Summary) []string {
	list := []string{
		"One policy decides over all commits, also over those that had another.",
		fmt.Sprintf("One dispatch a commit, at today's contract prices or those of the list, which was checked on %s.", s.PricesChecked),
		"Tokens are estimated from the change: what stood there is read, what was added is written. Retries, escalations, caches and thinking are not foreseen.",
		fmt.Sprintf("The baseline, %s, has the same tokens at its own price.", s.Baseline),
		evidenceWords(s), subjectWords(s),
		"Bodies of commits, labels and comments are not read, and a type such as “docs:” is withheld, since it is what the guess is held against.",
		"Who else calls what a commit changes is not looked up.",
	}
	for _, n := range s.NotExamined {
		list = append(list, fmt.Sprintf("Not examined in %s: %s.", count(n.Commits, "commit"), n.Word))
	}
	return list
}

func evidenceWords(s backtest.Summary) string {
	switch {
	case s.Task == "":
		return "No catcher is asked about: whoever dispatches a brief releases its output."
	case s.Evidence == "file":
		return "The catchers are those of the evidence file, for all commits."
	}
	return "The catchers that the policy names are assumed to be there; give --evidence to hold them against the branch's rules."
}

func subjectWords(s backtest.Summary) string {
	if s.TrustSubjects {
		return "Subjects are taken for trusted briefs: they may place a commit lower."
	}
	return "Subjects are untrusted titles: they can raise and never lower. With --trust-subjects they are briefs that may place."
}
