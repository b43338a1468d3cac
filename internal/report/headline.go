package report

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/money"
)

// headline is the one line that counts: how many tasks, what they cost, what
// was saved against which model. It is plain text but for the escaped name of
// the baseline.
func (s Session) headline() string {
	tasks := count(len(s.Results), "task")
	if s.routedOnly() {
		return fmt.Sprintf("tierwise: %s routed, no model called", tasks)
	}
	t := s.totals()
	if text := s.recordedHeadline(t); text != "" {
		return text
	}
	if t.models == 0 {
		return fmt.Sprintf("tierwise: %s, $0, no model called", tasks)
	}
	if s.Observed {
		return fmt.Sprintf("tierwise, observing only: %s, %s on %s%s", tasks, t.costWords(), name(s.BaselineModel), s.wouldWords())
	}
	return fmt.Sprintf("tierwise: %s, %s%s", tasks, t.costWords(), s.savedWords(t))
}

func (s Session) savedWords(t totals) string {
	switch {
	case t.inside == 0 && t.pricedModels == 0:
		return "" // the cost says it already
	case t.inside == 0:
		return ", no saving computed"
	}
	words := ", saved " + dollars(t.saved)
	if p, ok := percent(t.saved, t.baseline); ok {
		words += fmt.Sprintf(" (%s %%)", p)
	}
	return words + " against all on " + name(s.BaselineModel)
}

// wouldWords says what routing would have cost, over the tasks for which both
// costs are known. A task that released nothing is not compared: what routing
// would have come to is not known.
func (s Session) wouldWords() string {
	var actual, would money.Nano
	n, without := 0, 0
	for _, r := range s.Results {
		if _, ok := released(r); !ok && len(r.Attempts) > 0 {
			without++
			continue
		}
		w, ok := s.would(r.Task.ID)
		if ok && w.Cost.State == money.Priced && r.Cost.State == money.Priced && len(r.Attempts) > 0 {
			n++
			actual += r.Cost.Nano
			would += w.Cost.Nano
		}
	}
	left := ""
	if without > 0 {
		left = fmt.Sprintf("; not compared, since nothing was released: %s", count(without, "task"))
	}
	if n == 0 {
		return "; what routing would have cost is not known" + left
	}
	words := fmt.Sprintf("; routing would have cost %s and saved %s", dollars(would), dollars(actual-would))
	if p, ok := percent(actual-would, actual); ok {
		words += fmt.Sprintf(" (%s %%)", p)
	}
	if n < len(s.Results) {
		words += fmt.Sprintf(", over %d of %s", n, count(len(s.Results), "task"))
	}
	return words + left
}
