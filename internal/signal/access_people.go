package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// roleRules are about who a program lets in, and who owns a file.
func roleRules() []rule {
	return []rule{
		opened("everybody is let in", `\bpermitAll\b|\bPermitAll\b|\bAllowAnonymous\b|\bAllowAny\b|\bskip_before_action\s+:(?:auth|require|verify)|\bskip_authorization\b|defaultPolicy["']?\s*[:=]\s*["']?allow`,
			"permit", "anonymous", "any", "skip", "policy"),
		opened("an app may reach more", `<uses-permission|<all_urls>|android:exported="true"|"\*://\*/\*"|NSAllowsArbitraryLoads|com\.apple\.security\.(?:get-task-allow|cs\.disable|cs\.allow)`,
			"permission", "urls", "exported", "arbitrary", "apple"),
		{files: []string{"codeowners"}, on: change.Delete, match: unlessKept(ownerRemoved)},
		{files: []string{"codeowners"}, on: change.Add, match: unlessKept(ownerless)},
	}
}

// machineRules are about what a workflow, a shell or an agent may do.
func machineRules() []rule {
	return []rule{
		{words: []string{"write"}, on: change.Add, match: unlessKept(workflowWrites)},
		opened("code of strangers runs with secrets", `\bpull_request_target\b`, "target"),
		opened("a file is open to everybody", `\bchmod\b.*(?:\s0?[0-7]?[67]{3}\b|\s(?:[augo]*o[ugoa]*|a)?\+r?wx?\b|\su?\+s\b)|(?i)\bchmod\b.*\b0?o?777\b|\b0o?777\b|\bumask\(?\s*0+\b|--chmod=0?777`,
			"chmod", "0777", "0o777", "umask"),
		opened("root without a password", `\bNOPASSWD\b|\bsetuid\(0\)|^PermitRootLogin\s+yes`, "nopasswd", "setuid", "permit"),
		opened("an agent asks no more", `(?i)dangerously[-_]?(?:skip|bypass|disable)\w*|["']?(?:default_?mode)["']?\s*[:=]\s*["'](?:bypassPermissions|acceptEdits)|danger-full-access|approval_?policy["']?\s*[:=]\s*["']never|`+
			`auto_?approve["']?\s*[:=]\s*(?:true|\[\s*["'])|alwaysAllow["']?\s*:\s*\[\s*["']|enableAllProjectMcpServers["']?\s*:\s*true|--yolo\b|allowed[-_]?tools["']?\s*[:=].*(?:\*|Bash\b)|^["']Bash(?:\((?:\*|[\w./ -]*[:*]+\*?)\))?["'],?$`,
			"dangerously", "mode", "danger", "approval", "approve", "always", "project", "yolo", "tools", "bash"),
		{words: []string{"confirmation", "approval", "permission", "asking", "confirm", "ask", "review", "secrets"}, on: change.Add, match: unlessKept(agentUnasked)},
	}
}

var unasked = probing(`(?i)\b(?:without|never|no need to|do not|don't|needn't)\b[\w ,]*\b(?:ask(?:ing)?|wait(?:ing)?|confirm(?:ation|ing)?|approval|permission|review)\b`)

// agentUnasked reads the prose that agents obey.
func agentUnasked(l line, _ block) string {
	if !isAgentInstructions(splitPath(l.path)) || !unasked.in(l) || strings.Contains(strings.ToLower(l.code), "never without") {
		return ""
	}
	if forbids.in(l) {
		return ""
	}
	return "an agent is told not to ask"
}

// forbids tells "never push without approval" from "push without approval".
var forbids = probing(`(?i)\b(?:never|not|don't|no)\b.*\bwithout\b|\b(?:always|must|only) (?:ask|confirm|wait)\b`)

// writeScope lists what a token can do harm with by itself: code, releases,
// identity, and the checks that others wait for.
var writeScope = probing(`^["']?permissions["']?:\s*write-all|^["']?(?:actions|checks|contents|deployments|id-token|packages|statuses)["']?:\s*["']?write\b`)

// workflowWrites leaves out a line of which only the comment changed.
func workflowWrites(l line, b block) string {
	if !writeScope.in(l) {
		return ""
	}
	setting, _, _ := strings.Cut(l.code, "#")
	if slices.ContainsFunc(b.beside(l), func(was line) bool { return strings.HasPrefix(was.code, strings.TrimSpace(setting)) }) {
		return ""
	}
	return "a workflow may write more"
}
