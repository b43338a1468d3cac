package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

func supplyChain() Signal {
	return Signal{
		ID:      "supply-chain",
		Summary: "code of others gets in another way than before: unpinned, from another host, unchecked, under an old name, or by a script",
		Why:     "what a build fetches runs with the rights of the build, and one line decides whose code that is",
		Example: "-  uses: octo/setup@8f4b7f84864484a7bf31766abe9204da3cbe65b3\n+  uses: octo/setup@main",
		Fix:     "pin by digest, keep checksums, and keep the registry that the base names; a bump of versions alone does not fire",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Config},
		Content: &content{reads: anyFile, whole: othersFile, rules: supplyAnywhere},
	}
}

// anyFile reads pages too, for what they make their builder run.
func anyFile(Class) bool { return true }

func supplyAnywhere() []rule {
	return append(within(func(c Class) bool { return c != Documentation }, supplyRules()), pageRules()...)
}

func othersFile(f change.File) string {
	if text := leadsElsewhere(f); text != "" {
		return text
	}
	return vendoredPatch(f)
}

func supplyRules() []rule {
	rules := []rule{
		{words: []string{"uses"}, on: change.Add, match: unlessKept(looseAction)},
		{words: []string{"image", "from", "latest", "docker"}, on: change.Add, match: unlessKept(looseImage)},
		{words: []string{"url"}, files: []string{".gitmodules"}, on: change.Add, match: unlessKept(submoduleURL)},
		{files: []string{"go.mod"}, on: change.Add, match: unlessKept(goReplace)},
	}
	for _, list := range [][]rule{registryRules(), installRules(), integrityRules(), sourceRules(), sameVersionRules()} {
		rules = append(rules, list...)
	}
	return rules
}

// vendoredPatch goes by the path: a mark of the base would say the same, but
// few repositories have one.
func vendoredPatch(f change.File) string {
	for _, path := range f.Paths() {
		p := splitPath(path)
		switch {
		case isDocumentation(p) && !isTest(p): // as it is read elsewhere: prose
		case p.under(".husky", ".githooks", ".git-hooks", "githooks"), p.named("lefthook.yml", ".lefthook.yml"):
			return "a hook of git changed"
		case p.named(".pypirc"):
			return "it says where packages are published"
		case p.hasExt(".jar", ".exe", ".so", ".dll", ".dylib", ".wasm", ".a", ".node", ".whl") && f.Status != change.Removed:
			return "a program as bytes"
		case p.named("build.rs") && f.Status == change.Added:
			return "a new script that runs at build time"
		}
		if c, ok := hintedPath(p); ok && c == Vendored && !p.under("pods", "carthage") {
			return "code of others was edited in place"
		}
	}
	return ""
}

var (
	actionRef = probing(`\buses:\s*["']?([\w.-]+/[\w./-]+)@([^\s"'#]+)`)
	pinned    = expression(`^[0-9a-f]{40}(?:[0-9a-f]{24})?$`)
	versioned = expression(`^(?:[\w-]+[-/])?v?\d+(?:[.\d-]|$)`)
)

// looseAction fires on a branch, and on a tag where a digest stood. Many
// repositories use tags: a tag in place of a tag is a bump.
func looseAction(l line, b block) string {
	now := actionRef.of(l)
	if now == nil || pinned().MatchString(now[2]) || strings.Contains(now[2], "${{") || l.comment() {
		return ""
	}
	for _, was := range b.beside(l) {
		before := actionRef.of(was)
		switch {
		case before == nil || before[1] != now[1]:
		case pinned().MatchString(before[2]):
			return "an action lost its digest"
		case !versioned().MatchString(before[2]) && !versioned().MatchString(now[2]):
			return "" // a branch in place of a branch
		}
	}
	if !versioned().MatchString(now[2]) {
		return "an action follows a branch"
	}
	return ""
}

var imageRef = probing(`(?:^FROM\s+(?:--platform=\S+\s+)?|\bimage:\s*["']?|^image\s*=\s*"|docker://|\bdocker (?:run|pull)\s+(?:-\S+\s+)*)((?:[\w.-]+(?::\d+)?/)*[\w.-]+)(:[\w.${}:-]+)?(@sha256:[0-9a-f]+)?`)

func looseImage(l line, b block) string {
	now := imageRef.of(l)
	if now == nil || now[3] != "" || l.comment() {
		return ""
	}
	was := imageBefore(l, b, now[1])
	switch {
	case was != nil && was[3] != "":
		return "an image lost its digest"
	case now[2] == ":latest" && (was == nil || was[2] != ":latest"):
		return "an image follows latest"
	case was != nil && was[2] != "" && now[2] == "" && was[2] != ":latest":
		return "an image lost its version"
	}
	return ""
}

func imageBefore(l line, b block, name string) []string {
	for _, was := range b.beside(l) {
		if before := imageRef.of(was); before != nil && before[1] == name {
			return before
		}
	}
	return nil
}

var submoduleExpr = probing(`^url\s*=`)

func submoduleURL(l line, _ block) string {
	if strings.HasSuffix(l.path, ".gitmodules") && submoduleExpr.in(l) {
		return "a submodule comes from another place"
	}
	return ""
}

var replaceExpr = probing(`^(?:replace\s+)?(\S+)(?:\s+v\S+)?\s+=>\s+([^\s]+)`)

// goReplace leaves out a module of the same repository, and another version of
// the same module.
func goReplace(l line, b block) string {
	now := replaceExpr.of(l)
	if now == nil || strings.HasPrefix(now[2], ".") || now[1] == now[2] {
		return ""
	}
	for _, was := range b.beside(l) {
		if before := replaceExpr.of(was); before != nil && before[2] == now[2] {
			return ""
		}
	}
	return "a module is replaced by another"
}
