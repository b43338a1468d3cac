package workflow

import (
	"path"
	"slices"
	"strings"
)

// invocation is a command as the program that really runs: what stands in
// front of it (sudo, timeout 10m, npx -y …) is taken away.
type invocation struct {
	program string
	name    word // the word that names it
	args    []word
	sets    []word // X=y in front of it
	fed     bool
	timed   bool // timeout runs it
	plain   bool // nothing stands in front that runs programs alone, and no functions
}

// invocations gives the programs that a script runs.
func invocations(script string) []invocation {
	return invoked(commands(script), 0)
}

func invoked(list []command, depth int) []invocation {
	var found []invocation
	declared := map[string]bool{}
	for _, c := range list {
		if c.declares != "" {
			declared[c.declares] = true
			continue
		}
		i := strip(c)
		if i.program == "alias" {
			for _, w := range i.args {
				declareAlias(declared, w.text)
			}
		}
		if i.program == "" || i.plain && declared[i.name.text] {
			continue
		}
		if script, ok := inline(i); ok && depth < maxDepth {
			s := &scanner{text: script.text, from: script.from}
			s.list()
			for _, inner := range invoked(s.commands, depth+1) {
				inner.timed = inner.timed || i.timed
				found = append(found, inner)
			}
			continue
		}
		found = append(found, i)
	}
	return found
}

// declareAlias remembers NAME=words where the words call another program: one
// that only adds flags to NAME still calls it.
func declareAlias(declared map[string]bool, text string) {
	name, body, ok := strings.Cut(text, "=")
	if !ok {
		return
	}
	for _, c := range commands(body) {
		if strip(c).program == name {
			return
		}
	}
	declared[name] = true
}

// inline gives the script of bash -c '…', also where a container or another
// user runs it.
func inline(i invocation) (word, bool) {
	if !slices.Contains([]string{"bash", "sh", "zsh", "dash", "docker", "podman", "nerdctl", "kubectl", "devcontainer", "su", "runuser", "script"}, i.program) {
		return word{}, false
	}
	for k, w := range i.args {
		if strings.HasPrefix(w.text, "-") && !strings.HasPrefix(w.text, "--") && strings.HasSuffix(w.text, "c") && k+1 < len(i.args) {
			return i.args[k+1], true
		}
	}
	return word{}, false
}

// strip takes away what stands in front of a program.
func strip(c command) invocation {
	i := invocation{fed: c.fed, plain: true}
	rest := c.words
	for len(rest) > 0 {
		w := rest[0]
		if isSetting(w) {
			i.sets = append(i.sets, w)
			rest = rest[1:]
			continue
		}
		name := programName(w)
		i.timed = i.timed || name == "timeout" || name == "gtimeout"
		after, isPrefix := pastPrefix(name, rest[1:])
		if !isPrefix {
			i.program, i.name, i.args = name, w, rest[1:]
			return i
		}
		rest = after
		i.plain = i.plain && slices.Contains(keywords(), name)
		if packageOf := runsPackage(name); packageOf && len(rest) > 0 {
			i.program, i.name, i.args = programOf(rest[0].text), rest[0], rest[1:]
			return i
		}
	}
	return invocation{}
}

// isSetting says whether a word is NAME=value in front of a command.
func isSetting(w word) bool {
	name, _, ok := strings.Cut(w.text, "=")
	return ok && name != "" && !w.startsQuoted() && strings.IndexFunc(name, func(r rune) bool {
		return r != '_' && r != '+' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) < 0
}

func (w word) startsQuoted() bool {
	return w.quoted && strings.ContainsAny(w.text[:min(strings.IndexByte(w.text+"=", '='), len(w.text))], " ")
}

// programName is the name of a program without the folder where programs
// stand. A script of the repository that has the same name is another one.
func programName(w word) string {
	dir, base := path.Split(w.text)
	if dir == "" || strings.Contains(dir, "bin/") || strings.HasSuffix(dir, ".local/") {
		return base
	}
	return w.text
}

// pastPrefix gives the words after a program that runs another one.
func pastPrefix(name string, rest []word) ([]word, bool) {
	if slices.Contains(keywords(), name) {
		return flags(rest, ""), true
	}
	switch name {
	case "nohup", "exec", "builtin", "unbuffer":
		return flags(rest, ""), true
	case "command":
		if len(rest) > 0 && strings.HasPrefix(rest[0].text, "-") {
			return nil, true // command -v says where a program is
		}
		return rest, true
	case "sudo":
		return flags(rest, "-u -g -h -p -C -D"), true
	case "env":
		return flags(rest, "-u -C"), true
	case "nice":
		return flags(rest, "-n"), true
	case "stdbuf":
		return flags(rest, "-o -i -e"), true
	case "timeout", "gtimeout":
		rest = flags(rest, "-k -s")
		return rest[min(1, len(rest)):], true
	case "retry":
		return flags(rest, ""), true
	case "xargs":
		return flags(rest, "-I -n -P -L -d -a -E -s"), true
	}
	return pastRunner(name, rest)
}

// keywords are words of the shell in front of a command, functions included.
func keywords() []string {
	return []string{"if", "then", "else", "elif", "do", "while", "until", "!", "{", "}", "time", "fi", "done", "&&"}
}

// pastRunner passes the runners of packages.
func pastRunner(name string, rest []word) ([]word, bool) {
	is := func(sub ...string) bool { return len(rest) > 0 && slices.Contains(sub, rest[0].text) }
	switch {
	case name == "npx" || name == "bunx" || name == "pnpx":
		return flags(rest, "-p --package --node-options"), true
	case name == "uvx":
		return flags(rest, "--from --with --python -p -q"), true
	case name == "pnpm" && is("dlx", "exec"), name == "yarn" && is("dlx", "exec"), name == "bun" && is("x"), name == "npm" && is("exec", "x"):
		return flags(rest[1:], "-p --package"), true
	case name == "uv" && is("run"), name == "pipx" && is("run"), name == "poetry" && is("run"), name == "pipenv" && is("run"), name == "rye" && is("run"), name == "mise" && is("exec", "x"):
		return flags(rest[1:], "--from --with --python -p --spec --extra --group"), true
	case name == "uv" && is("tool") && len(rest) > 1 && rest[1].text == "run":
		return flags(rest[2:], "--from --with --python -p"), true
	case (name == "python" || name == "python3") && is("-m"):
		return rest[1:], true
	}
	return nil, false
}

func runsPackage(name string) bool {
	return slices.Contains([]string{"npx", "bunx", "pnpx", "uvx", "pnpm", "yarn", "bun", "npm", "uv", "pipx", "poetry", "pipenv", "rye", "mise", "python", "python3"}, name)
}

// programOf gives the program of a package, whatever its version.
func programOf(name string) string {
	if at := strings.LastIndexByte(name, '@'); at > 0 {
		name = name[:at]
	}
	name, _, _ = strings.Cut(name, "==")
	switch name {
	case "@anthropic-ai/claude-code":
		return "claude"
	case "@openai/codex":
		return "codex"
	case "@google/gemini-cli", "github:google-gemini/gemini-cli", "https://github.com/google-gemini/gemini-cli":
		return "gemini"
	case "@github/copilot":
		return "copilot"
	case "@qwen-code/qwen-code":
		return "qwen"
	case "openhands-ai":
		return "openhands"
	case "opencode-ai":
		return "opencode"
	case "aider-chat":
		return "aider"
	}
	return name
}

// flags passes flags, and the values of those that have one.
func flags(rest []word, valued string) []word {
	for len(rest) > 0 && strings.HasPrefix(rest[0].text, "-") {
		if rest[0].text == "--" {
			return rest[1:]
		}
		takes := slices.Contains(strings.Fields(valued), rest[0].text)
		rest = rest[1:]
		if takes && len(rest) > 0 {
			rest = rest[1:]
		}
	}
	return rest
}

// flag gives the value of a flag: the word after it, or what stands behind
// its equals sign, and where in that word it begins. Of several that begin
// with key the last one counts.
func flag(args []word, name, key string) (value word, at int, ok bool) {
	for k, w := range args {
		next, from := w, 0
		switch {
		case w.text == name && k+1 < len(args):
			next = args[k+1]
		case strings.HasPrefix(w.text, name+"=") && strings.HasPrefix(name, "--"):
			from = len(name) + 1
		default:
			continue
		}
		switch rest := next.text[from:]; {
		case strings.HasPrefix(rest, key) && !strings.HasPrefix(rest, "-"):
			value, at, ok = next, from+len(key), true
		case key != "" && strings.HasPrefix(rest, "$"):
			value, at, ok = next, from, true // it may be anything
		}
	}
	return value, at, ok
}

// has says whether a flag is there.
func has(args []word, name string) bool {
	return slices.ContainsFunc(args, func(w word) bool { return w.text == name || strings.HasPrefix(w.text, name+"=") })
}
