package task

import (
	"path"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// writablePath says why no task may write a file of this path, "" where one
// may. What steers machines is refused here, whatever it is called elsewhere:
// folders of settings, workflows, agents' instructions, owners, licences, and
// dependencies.
func writablePath(p string) string {
	switch {
	case len(p) > 200 || !change.ValidPath(p) || strings.ContainsAny(p, "\\\"\n\r\t") || strings.TrimSpace(p) != p || path.Clean(p) != p:
		return "is not a plain path inside the repository"
	case hasHiddenPart(p):
		return "stands in a folder of settings, or is one"
	case foreignFolder(p):
		return "stands in a folder that is not this project's own work"
	case steersAgents(p):
		return "instructs agents: that is no documentation"
	case legalOrOwners(p):
		return "is a licence, an ownership or a policy of people"
	case path.Base(p) == "routing-policy.yml":
		return "is the policy"
	case slices.Contains([]fileKind{kindWorkflow, kindLock, kindManifest, kindMigration, kindAsset, kindConfig}, kindOf(p)):
		return "is a " + string(kindOf(p))
	}
	return ""
}

func hasHiddenPart(p string) bool {
	for part := range strings.SplitSeq(p, "/") {
		if strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".") || strings.Contains(strings.ToLower(part), "git~") {
			return true
		}
	}
	return false
}

// foreignFolder tells what was copied or built: an edit there is lost, or is
// somebody else's.
func foreignFolder(p string) bool {
	dirs := strings.Split(strings.ToLower(path.Dir(p)), "/")
	return slices.ContainsFunc(dirs, func(d string) bool {
		return slices.Contains([]string{"node_modules", "vendor", "third_party", "third-party", "thirdparty", "dist", "build", "target", "bower_components", "site-packages"}, d)
	})
}

// steersAgents knows prose that agents obey. It names more than the signal
// does, since it only refuses to write there.
func steersAgents(p string) bool {
	name := strings.ToLower(path.Base(p))
	if (proseEnding(p) || path.Ext(name) == "") && slices.Contains(strings.Fields(`
		claude claude.local agents agents.override agent gemini qwen crush warp replit copilot-instructions skill llms llms-full conventions rules prompt prompts`),
		strings.TrimSuffix(name, path.Ext(name))) {
		return true
	}
	for _, end := range []string{".instructions.md", ".prompt.md", ".chatmode.md", ".agent.md", ".mdc"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	if strings.HasPrefix(path.Ext(name), ".prompt") || strings.HasPrefix(name, "system_prompt") || strings.HasPrefix(name, "system-prompt") || strings.HasPrefix(name, "systemprompt") {
		return true
	}
	dirs := strings.Split(strings.ToLower(path.Dir(p)), "/")
	return slices.ContainsFunc(dirs, func(d string) bool {
		return slices.Contains([]string{"prompts", "system_prompts", "system-prompts", "skills", "agents", "instructions", "chatmodes"}, d) && proseEnding(p)
	})
}

// legalOrOwners knows texts by which people are bound, and not informed.
func legalOrOwners(p string) bool {
	name := strings.ToLower(path.Base(p))
	stem := strings.TrimSuffix(name, path.Ext(name))
	for _, begin := range []string{"license", "licence", "unlicense", "copying", "copyright", "notice", "patents", "codeowners", "owners", "authors", "maintainers", "security", "code_of_conduct", "code-of-conduct", "governance", "citation", "cla", "dco"} {
		if stem == begin || strings.HasPrefix(stem, begin+"-") || strings.HasPrefix(stem, begin+"_") || strings.HasPrefix(stem, begin+".") {
			return proseEnding(p) || path.Ext(name) == "" || path.Ext(name) == ".cff"
		}
	}
	return false
}

func proseEnding(p string) bool {
	return slices.Contains([]string{".md", ".markdown", ".mdx", ".rst", ".adoc", ".txt"}, strings.ToLower(path.Ext(p)))
}
