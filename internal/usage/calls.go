package usage

// Calls keeps one report a call. Logs of agents write a call's usage again and
// again while its answer grows: taking the first loses output, adding them
// counts the prompt several times. The last report of a key counts. The zero
// value is empty.
type Calls struct {
	reports []Report
	at      map[string]int
}

// Add takes the next report in the order of the log. The key tells calls
// apart, such as a message's id with its request's; a report without a key is
// a call of its own. A report that is missing changes nothing; one that is
// wrong makes the call unknown.
func (c *Calls) Add(key string, r Report) {
	if c.at == nil {
		c.at = map[string]int{}
	}
	at, seen := c.at[key]
	switch {
	case key != "" && seen && r.Missing:
	case key != "" && seen:
		c.reports[at] = r
	default:
		c.at[key] = len(c.reports)
		c.reports = append(c.reports, r)
	}
}

// Reports gives the last report of each call, in the order in which the calls
// were first seen.
func (c *Calls) Reports() []Report { return c.reports }
