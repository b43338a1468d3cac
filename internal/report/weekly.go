package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/weekly"
)

// maxWeekly bounds the page: a run summary takes 1 MiB.
const maxWeekly = 900 << 10

// WeeklyJSON writes the numbers as JSON that may stand in a log.
func WeeklyJSON(w io.Writer, n weekly.Numbers) error {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetIndent("", "  ")
	if err := enc.Encode(n); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	if _, err := w.Write(noCommand(text.Bytes())); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// WeeklyMarkdown writes the numbers for a run summary or an issue: the three
// that matter first, then tables. Every name is a stranger's and is escaped.
func WeeklyMarkdown(w io.Writer, n weekly.Numbers) error {
	if _, err := io.WriteString(w, weeklyText(n, maxWeekly)); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// WeeklyComment is the report as an issue's comment, below a marker.
func WeeklyComment(n weekly.Numbers, marker string) string {
	head := strings.TrimSpace(marker) + "\n"
	return head + weeklyText(n, maxComment-len(head)-len("\n")-maxOmitted)
}

// maxOmitted is what the sentence on lines left out takes at most, in bytes.
const maxOmitted = 200

// weeklyText is the page in at most so many bytes and a sentence on the rest.
func weeklyText(n weekly.Numbers, most int) string {
	p := weeklyPage{n, newBounded(most)}
	p.out.addf("### tierwise: %s to %s%s\n\n", n.Window.From, n.Window.To, p.scope())
	for _, note := range n.Notes {
		p.out.addf("> **%s**\n\n", phrase(note))
	}
	if n.Spend.Records == 0 {
		p.out.add("**No record in this window.**\n\n")
	}
	p.headNumbers()
	p.gaps()
	p.suggestions()
	p.kept()
	p.review()
	p.compared()
	p.groups("By tier", "Tier", n.ByTier)
	p.groups("By task", "Task", n.ByTask)
	p.groups("By model", "Model", n.ByModel)
	p.groups("By repository", "Repository", n.ByRepository)
	p.groups("By agent", "Agent", n.ByAgent)
	p.days()
	p.costs()
	p.escalations()
	p.overrides()
	p.estimates()
	p.records("To look at: drawn by chance, so that silence is not taken for consent", n.Sample)
	p.records("Disputed: somebody gave a thumbs-down", n.Disputed)
	return strings.TrimRight(p.out.string(), "\n") + "\n"
}

// weeklyPage is one page on its way.
type weeklyPage struct {
	weekly.Numbers
	out *bounded
}

func (p *weeklyPage) scope() string {
	if p.Window.Repository == "" {
		return ""
	}
	return ", " + name(p.Window.Repository)
}

// amountWords shows an amount of the numbers. A sum that no integer holds is shown
// with its digits.
func amountWords(amount string) string {
	switch n, err := money.ParseNano(amount); {
	case err == nil:
		return dollars(n)
	case amount == "unpriced" || amount == "unknown" || amount == "":
		return name(amount)
	default:
		return "$" + name(amount)
	}
}

func shareWord(s weekly.Share) string {
	if s.Of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f %% (%s of %s)", 100*s.Share, thousands(int64(s.Hits)), thousands(int64(s.Of)))
}

func intervalWord(s weekly.Share) string { return fmt.Sprintf("%.0f–%.0f %%", 100*s.Low, 100*s.High) }

func (p *weeklyPage) headNumbers() {
	p.out.add("| Total spend | Average cost a session | Routing efficiency |\n|---|---|---|\n")
	p.out.addf("| **%s** | **%s** | **%s** |\n", p.spend(), amountWords(p.Sessions.Mean), p.efficiency())
	p.out.addf("| %s | %s | %s |\n\n", p.spendDetail(), p.sessionDetail(), p.efficiencyDetail())
	if p.Efficiency.Right.Of > 0 {
		if p.Efficiency.ReviewedUSD != "0" { // of what cost nothing, or nobody knows what, there is no part
			p.out.addf("Weighted by dollars: %.1f %%, %s of %s reviewed.\n", 100*p.Efficiency.RightPart, amountWords(p.Efficiency.RightUSD), amountWords(p.Efficiency.ReviewedUSD))
		}
		p.out.addf("Efficient or below: %s of all that was routed; of the reviewed %s, and hindsight says %s.\n\n",
			shareWord(p.Placement.Efficient), shareWord(p.Placement.ReviewedEfficient), shareWord(p.Placement.Should))
		return
	}
	p.out.addf("Efficient or below: %s of all that was routed. Nobody has said yet whether that was right: `/flag <task> right`.\n\n", shareWord(p.Placement.Efficient))
}

// spend is no $0 where nothing is known of it.
func (p *weeklyPage) spend() string {
	if n := p.Spend.Records; n > 0 && n == p.Spend.Unpriced+p.Spend.Unknown {
		return "unknown"
	}
	return amountWords(p.Spend.Cost)
}

func (p *weeklyPage) efficiency() string {
	if p.Efficiency.Right.Of == 0 {
		return "not known"
	}
	return fmt.Sprintf("%.1f %%", 100*p.Efficiency.Right.Share)
}

func (p *weeklyPage) spendDetail() string {
	text := count(p.Spend.Records, "task")
	if left := p.Spend.Unpriced + p.Spend.Unknown; left > 0 {
		text += fmt.Sprintf(", %s of them left out: unpriced or unknown", thousands(int64(left)))
	}
	if p.Spend.Compared > 0 {
		text += fmt.Sprintf("; saved %s (%.1f %%): %s against the baseline's %s, over %s", amountWords(p.Spend.Saved), 100*p.Spend.SavedPart,
			amountWords(p.Spend.ComparedCost), amountWords(p.Spend.Baseline), thousands(int64(p.Spend.Compared)))
	}
	return text
}

func (p *weeklyPage) sessionDetail() string {
	return fmt.Sprintf("median %s, 95th percentile %s; %s of %s with every cost known", amountWords(p.Sessions.Median), amountWords(p.Sessions.P95),
		thousands(int64(p.Sessions.Priced)), count(p.Sessions.Sessions, "session"))
}

func (p *weeklyPage) efficiencyDetail() string {
	e := p.Efficiency
	if e.Right.Of == 0 {
		return fmt.Sprintf("none of %s reviewed", count(e.Coverage.Of, "task"))
	}
	return fmt.Sprintf("%s right of %s reviewed, 95 %% interval %s; coverage %s; %s too dear, %s too cheap", thousands(int64(e.Right.Hits)),
		thousands(int64(e.Right.Of)), intervalWord(e.Right), shareWord(e.Coverage), thousands(int64(e.Cheaper)), thousands(int64(e.Frontier)))
}

// gaps says what the totals leave out.
func (p *weeklyPage) gaps() {
	g := p.Gaps
	for _, line := range []struct {
		n    int
		text string
	}{
		{g.Unpriced, fmt.Sprintf("%s without a price: %s.", count(g.Unpriced, "task"), counted(g.UnpricedModels))},
		{g.Unknown, count(g.Unknown, "task") + " whose usage was not reported: unknown, not $0."},
		{g.Unfinished, p.unfinished()},
		{g.Unread, count(g.Unread, "line") + " of the ledger could not be read and count for nothing."},
		{g.FlagsAstray, count(g.FlagsAstray, "flag") + " about no record of this window."},
		{p.Reuse.Reused, fmt.Sprintf("%s from kept answers, which spared %s.", count(p.Reuse.Reused, "task"), p.spared())},
		{p.Observed.Records, fmt.Sprintf("%s only observed; %s.", count(p.Observed.Records, "task"), p.observed())},
		{p.Efficiency.LeftOut, count(p.Efficiency.LeftOut, "finished task") + " that nothing here routed, observed or recorded: not in routing efficiency, coverage and placement."},
	} {
		if line.n > 0 {
			p.out.add("- " + line.text + "\n")
		}
	}
	p.out.add("\n")
}

func (p *weeklyPage) unfinished() string {
	text := count(p.Gaps.Unfinished, "task") + " begun and never finished: what they spent is unknown"
	if p.Gaps.Unbounded >= p.Gaps.Unfinished {
		return text + ", and none has a bound."
	}
	text += ", at most " + amountWords(p.Gaps.UnfinishedBound) + " if each call was tried once" // a try that broke may bill, too
	if p.Gaps.Unbounded > 0 {
		text += fmt.Sprintf(", and %d have no bound", p.Gaps.Unbounded)
	}
	return text + "."
}

func (p *weeklyPage) spared() string {
	switch r := p.Reuse; {
	case r.Unknown >= r.Reused:
		return "an unknown amount"
	case r.Unknown > 0:
		return fmt.Sprintf("about %s beside %s of unknown size", amountWords(r.Avoided), thousands(int64(r.Unknown)))
	default:
		return "about " + amountWords(r.Avoided)
	}
}

func (p *weeklyPage) observed() string {
	o := p.Observed
	if o.Compared == 0 {
		return "none of them can be compared with what the policy leads to"
	}
	return fmt.Sprintf("of the %s that can be compared, %s spent where the policy leads to %s", thousands(int64(o.Compared)), amountWords(o.Cost), amountWords(o.Would))
}

func counted(all []weekly.NameCount) string {
	const most = 5
	var words []string
	for _, one := range all[:min(len(all), most)] {
		words = append(words, fmt.Sprintf("%s (%s)", quoted(one.Name, maxName), thousands(int64(one.Count))))
	}
	if len(all) > most {
		words = append(words, fmt.Sprintf("%d more", len(all)-most))
	}
	return strings.Join(words, ", ")
}
