package report

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/task"
)

// sarifRules are the rules of one run: one for the task, and one for each
// weakness that a finding names. A rule's id never depends on anything else,
// since code scanning knows an alert again by it.
type sarifRules struct {
	task  task.Task
	list  []sarifRule
	index map[string]int
}

func newSARIFRules(t task.Task) *sarifRules {
	rules := &sarifRules{task: t, index: map[string]int{}}
	rules.add(line(t.ID), rules.general())
	return rules
}

// of gives the rule of a finding and its place, and lifts the rule to the
// finding's severity: code scanning shows the rule's.
func (r *sarifRules) of(f task.Finding) (string, int) {
	id := line(r.task.ID)
	if f.CWE > 0 {
		id += fmt.Sprintf("/cwe-%d", f.CWE)
		r.add(id, r.weakness(f.CWE))
	}
	at := r.index[id]
	r.lift(&r.list[at], f.Severity)
	return id, at
}

func (r *sarifRules) add(id string, rule sarifRule) {
	if _, there := r.index[id]; there {
		return
	}
	rule.ID = id
	r.index[id] = len(r.list)
	r.list = append(r.list, rule)
}

func (r *sarifRules) general() sarifRule {
	summary, why := plain(r.task.Summary, 1000), plain(r.task.Why, 1000)
	if summary == "" {
		summary = line(r.task.ID)
	}
	if why == "" {
		why = summary
	}
	rule := sarifRule{
		Name: line(r.task.ID), Short: sarifText{summary}, Full: sarifText{why}, HelpURI: homepage,
		Help:    sarifText{summary + " What it says was written by a model: read it beside the code."},
		Default: sarifDefault{"note"}, Properties: sarifRuleBag{Tags: []string{"ai"}},
	}
	if r.secures() {
		rule.Properties.Tags = append(rule.Properties.Tags, "security")
	}
	return rule
}

func (r *sarifRules) weakness(cwe int) sarifRule {
	rule := r.general()
	title := fmt.Sprintf("CWE-%d", cwe)
	rule.Name, rule.Short = title, sarifText{title + ": see its page at cwe.mitre.org."}
	if words := task.WeaknessName(cwe); words != "" {
		rule.Short = sarifText{title + ": " + words + "."}
	}
	rule.HelpURI = fmt.Sprintf("https://cwe.mitre.org/data/definitions/%d.html", cwe)
	rule.Properties.Tags = append(rule.Properties.Tags, fmt.Sprintf("external/cwe/cwe-%03d", cwe))
	return rule
}

// lift raises a rule to a severity and never lowers it.
func (r *sarifRules) lift(rule *sarifRule, s task.Severity) {
	if levelRank(sarifLevel(s)) > levelRank(rule.Default.Level) {
		rule.Default.Level = sarifLevel(s)
	}
	if !r.secures() {
		rule.Properties.ProblemSeverity = problemSeverity(rule.Default.Level)
		return
	}
	if score := securitySeverity(s); score > rule.Properties.SecuritySeverity {
		rule.Properties.SecuritySeverity = score
	}
}

// secures says that the task's findings are vulnerabilities: only those have
// a score, and with it a place among the security alerts.
func (r *sarifRules) secures() bool { return r.task.ID == "security-scan" }

// securitySeverity is a score inside the band that code scanning gives the
// same word. What is not rated counts as the worst.
func securitySeverity(s task.Severity) string {
	switch s {
	case task.Info:
		return "0.1"
	case task.LowSeverity:
		return "2.0"
	case task.MediumSeverity:
		return "5.5"
	case task.HighSeverity:
		return "8.0"
	default:
		return "9.5"
	}
}

func problemSeverity(level string) string {
	if level == "note" {
		return "recommendation"
	}
	return level
}

func levelRank(level string) int {
	switch level {
	case "error":
		return 2
	case "warning":
		return 1
	default:
		return 0
	}
}
