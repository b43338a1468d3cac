package report

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/tierwise/tierwise/internal/backtest"
)

// maxFalls bounds the cases that a page shows one by one; the rest is counted.
// Every one of them is a finding.
const maxFalls = 50

// PolicyChangeMarkdown writes what a change of the policy would have done to
// the changes before it, for the run summary.
func PolicyChangeMarkdown(w io.Writer, s backtest.ChangeSummary) error {
	p := changePage{ChangeSummary: s, word: phrase, code: func(text string) string { return quoted(text, maxPath) }}
	fmt.Fprintf(&p.out, "### What this change of %s would have done\n\n", p.code(s.Policy))
	for _, text := range p.basis() {
		p.out.WriteString(text + "\n\n")
	}
	if len(s.Falls) > 0 {
		p.out.WriteString("#### No longer held at frontier\n\n| Change | Entry | Tasks | Would go to | What it hit |\n|---|---|---|---|---|\n")
		p.rows(p.falls())
		p.out.WriteString(p.moreFalls("\n", "\n"))
	}
	if len(s.Moves) > 0 {
		p.out.WriteString("#### What would move\n\n| Task | From | To | Changes | Projected spend | For example |\n|---|---|---|---:|---:|---|\n")
		p.rows(p.moves())
		p.out.WriteString("\n")
	}
	return p.write(w)
}

// PolicyChangeText writes the same for a terminal.
func PolicyChangeText(w io.Writer, s backtest.ChangeSummary) error {
	p := changePage{ChangeSummary: s, word: line, code: line}
	fmt.Fprintf(&p.out, "What this change of %s would have done\n\n", line(s.Policy))
	for _, text := range p.basis() {
		p.out.WriteString(text + "\n")
	}
	if len(s.Falls) > 0 {
		p.out.WriteString("\nNo longer held at frontier:\n")
		if err := p.columns(p.falls()); err != nil {
			return err
		}
		p.out.WriteString(p.moreFalls("  ", ""))
	}
	if len(s.Moves) > 0 {
		p.out.WriteString("\nWhat would move (task, from, to, changes, projected spend, for example):\n")
		if err := p.columns(p.moves()); err != nil {
			return err
		}
	}
	return p.write(w)
}

// changePage is one page on its way. word and code make a stranger's text fit
// it.
type changePage struct {
	backtest.ChangeSummary
	word, code func(string) string
	out        strings.Builder
}

// basis says what was held against what, and what came of it, in sentences.
func (p *changePage) basis() []string {
	if p.Same {
		return []string{fmt.Sprintf("Nothing: the policy %s says the same as the one %s.", p.word(p.After), p.word(p.Before))}
	}
	over := count(p.Changes, "earlier change") + " from " + p.word(p.Source)
	if p.Since != "" {
		over += " since " + p.word(p.Since)
	}
	if p.Requests > 0 {
		over += ", in " + count(p.Requests, "request")
	}
	list := []string{fmt.Sprintf("Before: %s. After: %s. Looked at: %s, each as a brief%s.", p.word(p.Before), p.word(p.After), over, p.tasks())}
	if p.Stopped != "" {
		list = append(list, "Not all was looked at: "+sentenceEnd(p.word(p.Stopped)))
	}
	for _, n := range p.Notes {
		list = append(list, "Note: "+sentenceEnd(p.word(n)))
	}
	list = append(list, fmt.Sprintf("%s of %s would move; of their tasks %s more would be locked, %s no longer.", thousands(int64(p.Moved)), count(p.Changes, "change"), thousands(int64(p.Locked)), thousands(int64(p.Unlocked))))
	if text := p.spend(); text != "" {
		list = append(list, text)
	}
	return list
}

func (p *changePage) tasks() string {
	if len(p.Tasks) == 0 {
		return ""
	}
	words := make([]string, len(p.Tasks))
	for i, t := range p.Tasks {
		words[i] = p.word(t)
	}
	return " and as " + strings.Join(words, ", ")
}

// spend says what it would cost, and what that leaves out and assumes.
func (p *changePage) spend() string {
	if p.Inside == 0 {
		if p.Outside > 0 {
			return "The difference in spend is unpriced."
		}
		return ""
	}
	words := fmt.Sprintf("One dispatch of each task: projected %s instead of %s, %s", dollars(p.OtherCost), dollars(p.Cost), differenceWords(p.Difference()))
	if p.Outside > 0 {
		words += fmt.Sprintf("; %s without a price by one of the two", count(p.Outside, "decision"))
	}
	return words + ". Tokens are estimated from the change, prices were checked on " + p.word(p.PricesChecked) + p.assumed() + "."
}

func (p *changePage) assumed() string {
	if p.Evidence == "assumed" {
		return ", and the catchers that the policies name are assumed"
	}
	return ""
}

func (p *changePage) falls() [][]string {
	var rows [][]string
	for _, f := range p.Falls[:min(len(p.Falls), maxFalls)] {
		var tasks []string
		for _, t := range f.Tasks {
			tasks = append(tasks, p.word(taskWord(t)))
		}
		rows = append(rows, []string{p.change(f.PastChange), p.code(f.Entry), strings.Join(tasks, ", "), f.To.String(), p.word(f.Text)})
	}
	return rows
}

// moreFalls counts the cases that are not shown.
func (p *changePage) moreFalls(before, after string) string {
	if more := len(p.Falls) - maxFalls; more > 0 {
		return fmt.Sprintf("%sand %s\n%s", before, count(more, "further case"), after)
	}
	return after
}

func (p *changePage) moves() [][]string {
	var rows [][]string
	for _, m := range p.Moves {
		spend := "unpriced"
		if m.Inside > 0 {
			spend = differenceWords(m.Difference)
		}
		examples := []string{}
		for _, e := range m.Examples {
			examples = append(examples, p.change(e))
		}
		rows = append(rows, []string{p.word(taskWord(m.Task)), m.From.String(), m.To.String(), thousands(int64(m.Changes)), spend, orDash(strings.Join(examples, "; "))})
	}
	return rows
}

// change names an earlier change: its number or its commit, and its title.
func (p *changePage) change(c backtest.PastChange) string {
	id := short(c.SHA)
	if c.Number > 0 {
		id = fmt.Sprintf("number %d", c.Number)
	}
	if title := p.word(c.Title); title != "" {
		return id + " " + title
	}
	return id
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// taskWord calls the work that the table places a brief.
func taskWord(id string) string {
	if id == "" {
		return "a brief"
	}
	return id
}

func (p *changePage) rows(rows [][]string) {
	for _, cells := range rows {
		fmt.Fprintf(&p.out, "| %s |\n", strings.Join(cells, " | "))
	}
}

func (p *changePage) columns(rows [][]string) error {
	table := tabwriter.NewWriter(&p.out, 0, 0, 2, ' ', 0)
	for _, cells := range rows {
		fmt.Fprintf(table, "  %s\n", strings.Join(cells, "\t"))
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("write the change of the policy: %w", err)
	}
	return nil
}

func (p *changePage) write(w io.Writer) error {
	if _, err := io.WriteString(w, strings.TrimRight(p.out.String(), "\n")+"\n"); err != nil {
		return fmt.Errorf("write the change of the policy: %w", err)
	}
	return nil
}
