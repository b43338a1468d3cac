package task

import (
	"strconv"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// commit is a commit as its words say: a conventional type where there is one
// (https://www.conventionalcommits.org/en/v1.0.0/), and what it takes back.
type commit struct {
	change.Commit
	Type      string // lower case; "" where the subject has none
	Scope     string
	Text      string // the subject without type, scope and references
	Breaking  bool
	BreakText string // of the footer; "" where there is none
	Refs      []int  // pull requests, as "(#12)"
	Merge     bool
	Fixup     bool // fixup!, squash!, amend!: part of another commit
	Reverts   string
	RevertSHA string
}

var (
	conventional  = lazily(`^([A-Za-z][A-Za-z0-9-]{0,19})(?:\(([^()\r\n]{1,60})\))?(!)?:\s*(\S.*)$`)
	mergeSubject  = lazily(`^Merge (?:branch|pull request|remote-tracking branch|tag|commit|[0-9a-f]{7,40} into) `)
	fixupSubject  = lazily(`^(?:fixup|squash|amend)! `)
	revertSubject = lazily(`^Revert "(.+)"`)
	revertBody    = lazily(`(?i)This reverts commit ([0-9a-f]{7,64})`)
	breakFooter   = lazily(`(?m)^BREAKING[ -]CHANGE:[ \t]*(.*(?:\n[^\n\S]*\S.*)*)`)
	trailer       = lazily(`\n[A-Za-z][A-Za-z-]+: `)
	refAtEnd      = lazily(`\s*\(#([0-9]{1,9})\)\s*$`)
)

func parseCommits(all []change.Commit) []commit {
	commits := make([]commit, len(all))
	for i, c := range all {
		commits[i] = parseCommit(c)
	}
	return commits
}

func parseCommit(c change.Commit) commit {
	p := commit{Commit: c, Text: strings.Join(strings.Fields(c.Subject), " ")}
	p.Merge = c.Parents > 1 || mergeSubject().MatchString(p.Text)
	p.Fixup = fixupSubject().MatchString(p.Text)
	p.Text, p.Refs = cutRefs(p.Text)
	if m := revertSubject().FindStringSubmatch(p.Text); m != nil {
		p.Type, p.Reverts = "revert", m[1]
	} else if m := conventional().FindStringSubmatch(p.Text); m != nil && knownType(m[1]) {
		p.Type, p.Scope, p.Breaking, p.Text = strings.ToLower(m[1]), m[2], m[3] != "", m[4]
		if p.Type == "revert" {
			p.Reverts = p.Text
		}
	}
	if m := revertBody().FindStringSubmatch(c.Body); m != nil && p.Type == "revert" {
		p.RevertSHA = strings.ToLower(m[1])
	}
	if text, ok := breakingFooter(c.Body); ok {
		p.Breaking, p.BreakText = true, text
	}
	return p
}

// Conventional splits a subject into its conventional type and scope, in
// lower case, and the words after them. Where there is no known type it gives
// the whole subject alone.
func Conventional(subject string) (kind, scope, words string) {
	m := conventional().FindStringSubmatch(subject)
	if m == nil || !knownType(m[1]) {
		return "", "", subject
	}
	return strings.ToLower(m[1]), strings.ToLower(m[2]), m[4]
}

// breakingFooter gives the words of a BREAKING CHANGE footer. Templates ask
// for one and get "none": that is no breaking change.
func breakingFooter(body string) (text string, ok bool) {
	m := breakFooter().FindStringSubmatch(strings.ReplaceAll(body, "\r\n", "\n"))
	if m == nil {
		return "", false
	}
	text = m[1]
	if at := trailer().FindStringIndex(text); at != nil {
		text = text[:at[0]]
	}
	text = strings.Join(strings.Fields(text), " ")
	switch strings.ToLower(strings.Trim(text, "._-* ")) {
	case "none", "no", "n/a", "na", "false", "nothing":
		return "", false
	}
	return text, true
}

// cutRefs takes the pull requests off the end of a subject.
func cutRefs(text string) (string, []int) {
	var refs []int
	for {
		m := refAtEnd().FindStringSubmatchIndex(text)
		if m == nil {
			return text, refs
		}
		if n, err := strconv.Atoi(text[m[2]:m[3]]); err == nil {
			refs = append([]int{n}, refs...)
		}
		text = text[:m[0]]
	}
}

// knownType tells a conventional type from a subsystem, as in "net/http: fix"
// or "parser: add", which other conventions put in the same place.
func knownType(word string) bool {
	return sectionOfType(word) != "" || upkeepType(word) || strings.EqualFold(word, "revert")
}

// short is the abbreviated id that people write.
func (c commit) short() string { return clipBytes(c.SHA, 7) }

func clipBytes(s string, n int) string { return s[:min(n, len(s))] }

// cancel says, for every commit, whether it still stands: a revert and what
// it took back both fall, and a revert of a revert brings back the first.
func cancel(commits []commit) []bool {
	stands := make([]bool, len(commits))
	undid := make([]int, len(commits))
	for i, c := range commits {
		stands[i], undid[i] = true, -1
		if c.Type != "revert" {
			continue
		}
		target := reverted(commits[:i], c)
		if target < 0 {
			continue
		}
		stands[i], undid[i] = false, target
		if first := undid[target]; first >= 0 {
			stands[first] = true
		} else {
			stands[target] = false
		}
	}
	return stands
}

// reverted finds the commit that c takes back, by its id, else by its subject
// since a rebase gives new ids, the latest first; -1 where it is none of these.
func reverted(earlier []commit, c commit) int {
	for i := len(earlier) - 1; i >= 0; i-- {
		e := earlier[i]
		if c.RevertSHA != "" && strings.HasPrefix(strings.ToLower(e.SHA), c.RevertSHA) {
			return i
		}
	}
	for i := len(earlier) - 1; i >= 0; i-- {
		subject, _ := cutRefs(earlier[i].Subject)
		named, _ := cutRefs(c.Reverts)
		if sameWords(named, subject) || sameWords(named, earlier[i].Text) {
			return i
		}
	}
	return -1
}
