package signal

import "slices"

// noTree is what NotExamined says of the scope where the base's paths are not
// known.
const noTree = "cross-service: the paths at the base are not known, so only manifests inside the change were seen"

// notExamined names what could raise and had not what it needs. What only
// lowers is not named: without its need it simply does not lower.
func (in Input) notExamined(hits []Hit) []string {
	if !in.HasChange {
		return nil
	}
	var all []string
	if len(in.Services) == 0 && in.Tree == nil {
		all = append(all, noTree)
	}
	for _, s := range every() {
		why := in.missing(s)
		if why != "" && !slices.ContainsFunc(hits, func(h Hit) bool { return h.Signal == s.ID }) {
			all = append(all, s.ID+": "+why)
		}
	}
	return all
}

// missing says what a signal would have to see and does not. Where nothing is
// altered that others may use, there are no users to look for.
func (in Input) missing(s Signal) string {
	switch {
	case s.ID == "implicit-contract":
		if in.Users == nil && len(SharedNames(in)) > 0 {
			return "the users of what is altered are not known"
		}
	case slices.Contains(s.Needs, NeedsTree) && in.Tree == nil:
		return "the paths at the base are not known"
	case slices.Contains(s.Needs, NeedsHistory) && in.Together == nil:
		return "the history is read only in a checkout, and where the policy names the signal"
	}
	return ""
}
