package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

func permissionSignal() Signal {
	return Signal{
		ID:      "permission",
		Summary: "a changed line says who or what may do something, in CI, in a cloud, in a container or in an app",
		Why:     "rights are rarely noticed until they are abused, narrower ones break what runs, and wider ones let others in",
		Example: "+permissions:\n+  id-token: write",
		Fix:     "keep rights in files of their own and list these under must_frontier:; access-widened fires on what became wider alone",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Security},
		Content: &content{reads: running, rules: permissionRules},
	}
}

// either is a rule for both sides: a right that is taken is a right that
// changed.
func either(text, expr string, words ...string) rule {
	match := matching(text, expr)
	return rule{words: words, match: unlessKept(func(l line, b block) string {
		if l.comment() {
			return ""
		}
		return match(l, b)
	})}
}

func permissionRules() []rule {
	rules := accessRules()
	for _, list := range [][]rule{workflowRights(), cloudRights(), hostRights(), appRights()} {
		rules = append(rules, list...)
	}
	return rules
}

func workflowRights() []rule {
	const scopes = `actions|attestations|checks|contents|deployments|discussions|id-token|issues|models|packages|pages|pull-requests|security-events|statuses`
	const rights = `^["']?(?:` + scopes + `)["']?:\s*["']?`
	return []rule{
		{words: []string{"permissions"}, on: change.Delete, match: unlessKept(ofWorkflow(unlessRenewed(matching("the rights of a workflow", `^permissions:`))))},
		{words: []string{"read", "write", "none"}, on: change.Delete, match: unlessKept(unlessRenewed(matching("the rights of a workflow", rights+`(?:read|write|none)`)))},
		{words: []string{"write"}, on: change.Add, match: unlessKept(matching("the rights of a workflow", rights+`write`))},
		{words: []string{"target", "run", "comment"}, on: change.Add, match: unlessKept(ofWorkflow(matching("what starts a workflow", `^(?:-\s*)?["']?(?:pull_request_target|workflow_run|issue_comment)\b|\[.*(?:pull_request_target|workflow_run|issue_comment)|^["']?on["']?\s*:.*\b(?:pull_request_target|workflow_run|issue_comment)\b`)))},
		{words: []string{"hosted"}, on: change.Add, match: unlessKept(ofWorkflow(ownMachine))},
		{words: []string{"ref", "repository"}, on: change.Add, match: unlessKept(ofWorkflow(matching("a workflow checks out what a stranger sent", `^(?:ref|repository):.*\bgithub\.(?:event\.pull_request\.head\.|event\.workflow_run\.head_|head_ref\b)`)))},
		{words: []string{"inherit", "persist"}, on: change.Add, match: unlessKept(matching("credentials that stay", `\bpersist-credentials:\s*true|\bsecrets:\s*inherit\b`))},
		{words: []string{"persist"}, on: change.Delete, match: unlessKept(unlessRenewed(matching("credentials that stay", `\bpersist-credentials:\s*false`)))},
	}
}

// unlessRenewed leaves it to the line with the same key on the other side of
// the block to say what a right has become.
func unlessRenewed(match func(line, block) string) func(line, block) string {
	return func(l line, b block) string {
		key, _, _ := strings.Cut(l.code, ":")
		if slices.ContainsFunc(b.beside(l), func(o line) bool { return strings.HasPrefix(o.code, key+":") }) {
			return ""
		}
		return match(l, b)
	}
}

func ofWorkflow(match func(line, block) string) func(line, block) string {
	return func(l line, b block) string {
		if l.class != Workflow {
			return ""
		}
		return match(l, b)
	}
}

func cloudRights() []rule {
	return []rule{
		either("a rule of a cloud", `\bsts:AssumeRole\w*|\bassume_role_policy\b|^(?:resource|data)\s+"(?:aws_iam_|google_\w*iam_|azurerm_role_)\w*|AWS::IAM::|\biam\.(?:PolicyStatement|Role|Policy|ManagedPolicy)\b|(?i:\bmanaged_?policy_?arns?\b)|`+
			`^["']?(?:Effect|effect|NotAction|NotResource|not_actions)["']?\s*[:=]\s*["']|^["']?(?:Action|Resource|Principal)["']?\s*[:=]\s|^(?:actions|resources|principals)\s*(?:=\s*\[|\{)|roles/[\w.]+["']|--role[= ]roles/`,
			"assume", "iam", "role", "roles", "effect", "action", "resource", "principal", "actions", "resources", "principals", "managed"),
		either("a rule of a network", `(?i)^resource\s+"aws_(?:vpc_)?security_group\w*|\bcidr_?blocks?(?:_ipv[46])?["']?\s*[:=]|AWS::EC2::SecurityGroup|kind:\s*NetworkPolicy|source_ranges\s*=|sourceRanges|source_address_prefix|authorized_networks|allowed_?cidrs?`, "security", "cidr", "network", "ranges", "address", "authorized", "blocks"),
		either("a rule of a cluster", `^kind:\s*(?:Cluster)?Role(?:Binding)?\b|^verbs:|\bapiGroups\b.*\bresources\b|^-?\s*apiGroups:|automountServiceAccountToken|\+kubebuilder:rbac`, "kind", "verbs", "groups", "automount", "rbac"),
	}
}

func hostRights() []rule {
	return []rule{
		either("the rights of a container", `^USER\s+\S+$|\b(?:privileged|allowPrivilegeEscalation|readOnlyRootFilesystem|runAsNonRoot|runAsUser|runAsGroup|fsGroup|hostNetwork|hostPID|hostIPC)["']?\s*:|^(?:-\s*)?capabilities:|^cap_(?:add|drop):|\bsecurityContext["']?:|^security_opt:`,
			"user", "privileged", "privilege", "root", "run", "fs", "host", "capabilities", "cap", "security"),
		either("the mode or the owner of a file", `(?:^|\s)(?:sudo\s+)?(?:chmod\s+(?:-\w+\s+)?(?:[0-7]{3}|[ugoa]*[+-=][rws])|chown\s|setcap\s|setfacl\s)|\bos\.(?:chmod|Chmod|chown|Chown)\(|ALL=\(`, "chmod", "chown", "setcap", "setfacl", "all"),
	}
}

func appRights() []rule {
	return []rule{
		either("the rights of an app", `<uses-permission|<permission\b|android:(?:exported|permission)=|\bNS\w+UsageDescription\b|com\.apple\.(?:security|developer)\.|"(?:host_|optional_)?permissions"\s*:`, "permission", "permissions", "exported", "usage", "apple"),
		either("what may call from elsewhere", `(?i)access-control-allow-|\bcors\b\s*[(:={]|allow(?:ed)?_?origins?\b|@CrossOrigin|rack-cors|corsheaders`, "control", "cors", "origin", "origins", "corsheaders"),
		either("a right of a database", `(?i)\b(?:grant|revoke)\s+[\w, ]+\b(?:on|to|from)\b|\b(?:create|alter|drop)\s+policy\b|row\s+level\s+security|security\s+definer|\bcreate\s+role\b`, "grant", "revoke", "policy", "row", "definer", "role"),
		{files: []string{"codeowners"}, match: unlessKept(ownedPath)},
		{files: []string{"settings.json", "settings.local.json", ".mcp.json", "mcp.json", "config.toml", "opencode.json"}, match: unlessKept(agentSetting)},
		either("scopes of a token", `(?i)^["']?(?:oauth2?_?)?scopes?["']?\s*[:=]\s*\[?\s*["'][\w:/. -]+`, "scope", "scopes"),
	}
}

func ownedPath(l line, _ block) string {
	if pattern, _ := ownerLine(l.code); pattern != "" {
		return "an owner of files"
	}
	return ""
}

var agentSettingExpr = probing(`(?i)^["'](?:allow|deny|ask|permissions|mcpServers|hooks|defaultMode|additionalDirectories)["']\s*:|^["'](?:Bash|Edit|Write|Read|WebFetch|mcp__)[\w(]|["']command["']\s*:|^\[mcp_servers|^(?:sandbox_mode|approval_policy)`)

func agentSetting(l line, _ block) string {
	if isAgentInstructions(splitPath(l.path)) && l.Op != change.Context && agentSettingExpr.in(l) {
		return "what an agent may do"
	}
	return ""
}

var ownMachineExpr = probing(`^(?:runs-on|labels|group):.*\bself-hosted\b|^-\s*["']?self-hosted\b`)

// ownMachine finds a job that went to a machine that is kept, where one run
// can leave something for the next.
func ownMachine(l line, b block) string {
	if !ownMachineExpr.in(l) || slices.ContainsFunc(b.beside(l), ownMachineExpr.in) {
		return ""
	}
	return "a workflow runs on a machine of one's own"
}
