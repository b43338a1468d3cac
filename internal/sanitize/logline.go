package sanitize

import (
	"strings"
)

var (
	// escapeSequence is an ANSI control sequence, an operating system command
	// or a single-character escape (ECMA-48, sections 5.3 to 5.6).
	escapeSequence = lazily("(?s)\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\].*?(?:\x07|\x1b\\\\|$)|[PX^_].*?(?:\x1b\\\\|$)|[ -/]*[0-~])|\u009b[0-?]*[ -/]*[@-~]")

	// commandStart is a line that the runner's newer parser may take for a
	// command; bracketCommand is what its older one looks for anywhere. Both
	// comparisons follow the runner's culture and pass over characters that
	// have no weight in it, so anything outside ASCII is passed over here.
	commandStart   = lazily(`^(?:\s|[^\x00-\x7F])*:[^\x00-\x7F]*:`)
	bracketCommand = lazily(`(#[^\x00-\x7F]*#[^\x00-\x7F]*)\[`)
)

// LogLine makes one line for the job's log in which the runner finds no
// command: neither "::name::" at its trimmed start nor "##[name]" anywhere
// (actions/runner, ActionCommand.TryParseV2 and TryParse). Line breaks become
// spaces; ANSI sequences, controls and invisible characters go. The defence is
// a visible backslash: the runner's comparison ignores characters of no width.
func LogLine(s string) string {
	s = escapeSequence().ReplaceAllString(valid(s), "")
	s, _ = StripInvisible(strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(s))
	return withoutCommand(s)
}

// Page makes a page of markdown of ours printable where the runner reads
// standard output: each line loses the force of a command, and nothing else
// changes. What defuses links and mentions in it stays.
func Page(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString(withoutCommand(line))
	}
	return b.String()
}

func withoutCommand(line string) string {
	line = bracketCommand().ReplaceAllString(line, `$1\[`)
	if commandStart().MatchString(line) {
		return `\` + line
	}
	return line
}
