package task

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// outwardWritten looks for what must never enter a repository unseen: a
// secret, an address that neither the change nor the file has, an order to
// whoever reads it, be it a person or an agent.
func outwardWritten(seen *docEvidence, place, added string) []Problem {
	var problems []Problem
	if len(leaks(place, added)) > 0 {
		problems = append(problems, problem("secret", "%s holds what looks like a secret", place))
	}
	found := address().FindAllString(added, -1)
	if len(found) > maxAddresses {
		return append(problems, problem("invented-link", "%s holds more than %d addresses", place, maxAddresses))
	}
	for _, a := range found {
		if !seen.shown(strings.TrimRight(a, ".,;:!?'\"")) {
			problems = append(problems, problem("invented-link", "%s holds an address that is in neither the change nor the file: %.40q", place, a))
		}
	}
	if m := leadsAgents(seen, added); m != "" {
		problems = append(problems, problem("order", "%s tells an agent what to do: %.60q", place, m))
	}
	for line := range strings.Lines(added) {
		if m := foundIn(order().FindString, line); m != "" && !seen.mayOrder(line, m) {
			problems = append(problems, problem("order", "%s tells the reader to do something: %.40q", place, strings.TrimSpace(m)))
		}
	}
	return problems
}

var (
	// leading turns a reader, or an agent, away from its own work. No page needs
	// that, whatever the change says.
	leading  = lazily(`(?i)\b(?:ignore|disregard|forget)\s+(?:all\s+|any\s+|the\s+|your\s+|these\s+)*(?:previous|prior|above|earlier|preceding)\b|\bapprove\b|\bmerge\s+this\b|\bdisable\b|\b(?:assistants?|agents?|reviewers?|models?)\s+(?:must|should|need to|have to|are required to)\b`)
	pointing = lazily(`(?i)\b(?:run|execute|install|open)\s+(?:this|it|the following|these)\b`)
	// programs begin a command in prose; the first group fetch, start or remove.
	risky    = lazily(`(?i)(?:^|[\s|;&$(])(?:curl|wget|iwr|sudo|su|rm|chmod|chown|eval|source|bash|sh|zsh|dash|powershell|pwsh|iex|npx|bunx|pipx|uvx|dd|mkfs|nc|ssh|scp|base64|docker|podman|brew|apt|apt-get|yum|dnf|apk|choco|winget|(?:npm|pnpm|yarn|bun)\s+(?:i|install|add|exec|dlx)|pip3?\s+install|uv\s+(?:pip|add|tool)|gem\s+install|cargo\s+install|go\s+(?:install|run)|python3?\s+-c|node\s+-e|perl\s+-e|ruby\s+-e)\b`)
	shellTag = lazily(`(?i)^(?:ba|z|fi)?sh$|^shell$|^console$|^terminal$|^shell-session$|^powershell$|^ps1$|^cmd$|^bat$`)
	prompted = lazily(`^[\s/#*;-]*[$%]\s+(\S.*)$`)
)

// mayOrder lets a sentence stand that gives a command of the change or of the
// file itself, in the words that they use.
func (e *docEvidence) mayOrder(line, order string) bool {
	if e.shown(strings.TrimLeft(strings.TrimSpace(line), "-*#>/ ")) {
		return true
	}
	if leading().MatchString(line) {
		return false
	}
	if pointing().MatchString(order) {
		return true // the command itself is looked at where it stands
	}
	spans := codeSpans(line)
	return len(spans) > 0 && !slices.ContainsFunc(spans, func(s string) bool { return !e.mayRun(s) })
}

// mayRun takes a command that is shown somewhere, or one of the program
// itself: every word of it is in the change or the file, and it fetches,
// starts and removes nothing.
func (e *docEvidence) mayRun(command string) bool {
	command = strings.TrimSpace(command)
	if e.shown(command) {
		return true
	}
	if risky().MatchString(command) || strings.ContainsAny(command, "|;&<>") || strings.Contains(command, "$(") {
		return false
	}
	for _, w := range hyphenWord().FindAllString(command, -1) {
		if !e.idents[w] && !e.loose[loosely(w)] && !e.hasPath(w) {
			return false
		}
	}
	return true
}

// checkCommands holds every command of a page or a comment to mayRun.
func checkCommands(seen *docEvidence, place string, r rewrite, f change.File) []Problem {
	var problems []Problem
	for _, command := range commandsOf(r, f) {
		if !seen.mayRun(command) {
			problems = append(problems, problem("order", "%s shows a command that neither the change nor the file has: %.60q", place, command))
		}
	}
	return problems
}

// commandsOf gives the commands among the added lines: what stands in a fence
// of a shell, behind a prompt's sign, or between backticks and begins with a
// program that does harm.
func commandsOf(r rewrite, f change.File) []string {
	added := map[int]bool{}
	var commands []string
	for l := range f.Lines() {
		if l.Op != change.Add {
			continue
		}
		added[l.NewLine] = true
		if m := prompted().FindStringSubmatch(l.Text); m != nil {
			commands = append(commands, m[1])
		}
		for _, s := range codeSpans(l.Text) {
			if risky().MatchString(s) {
				commands = append(commands, s)
			}
		}
	}
	if docFile(r.path) {
		commands = append(commands, shellLines(r.after, added)...)
	}
	return commands
}

// shellLines gives the added lines inside fences of a shell, and those inside
// fences without a language that begin with a program that does harm.
func shellLines(page string, added map[int]bool) []string {
	var lines []string
	open, shell, n := "", false, 0
	for line := range strings.Lines(page) {
		n++
		line = strings.TrimRight(line, "\r\n")
		run, info := fenceRun(line)
		text := strings.TrimPrefix(strings.TrimSpace(line), "$ ")
		switch {
		case open == "" && run != "":
			tag, _, _ := strings.Cut(info, " ")
			open, shell = run, shellTag().MatchString(tag)
		case open != "" && run != "" && run[0] == open[0] && len(run) >= len(open) && info == "":
			open = ""
		case added[n] && text != "" && !strings.HasPrefix(text, "#"):
			if open != "" && shell || risky().MatchString(text) && (open != "" || strings.HasPrefix(line, "    ")) {
				lines = append(lines, text)
			}
		}
	}
	return lines
}

// checkNotes holds the words to the maintainer to the same: they are read
// beside the patch.
func checkNotes(seen *docEvidence, notes string, files []change.File) []Problem {
	var added strings.Builder
	for _, f := range files {
		added.WriteString(f.Path + "\n" + addedText(f))
	}
	seen = seen.with(added.String())
	for _, f := range files {
		for rest := f.Path; rest != ""; _, rest, _ = strings.Cut(rest, "/") {
			seen.idents[rest] = true
		}
	}
	var problems []Problem
	for _, s := range seen.unknown(notes) {
		problems = append(problems, problem("naming-what-is-not-there", "the notes name what is not in the change: %.40q", s))
	}
	return append(problems, outwardWritten(seen, "the notes", notes)...)
}
