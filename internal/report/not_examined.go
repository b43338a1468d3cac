package report

import (
	"slices"
	"strings"
)

// notExamined joins signals that miss the same thing: "a, b: why".
func notExamined(list []string) []string {
	var reasons []string
	ids := map[string][]string{}
	for _, entry := range list {
		id, why, _ := strings.Cut(entry, ": ")
		if !slices.Contains(reasons, why) {
			reasons = append(reasons, why)
		}
		ids[why] = append(ids[why], id)
	}
	lines := make([]string, len(reasons))
	for i, why := range reasons {
		lines[i] = strings.TrimSuffix(strings.Join(ids[why], ", ")+": "+why, ": ")
	}
	return lines
}
