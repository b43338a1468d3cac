package signal

import (
	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

func accessWidened() Signal {
	return Signal{
		ID:      "access-widened",
		Summary: "an access rule lets more through than before",
		Why:     "one line opens a network, a bucket, a role or a tool to everybody, and nothing fails",
		Example: "-  cidr_blocks = [\"10.0.0.0/8\"]\n+  cidr_blocks = [\"0.0.0.0/0\"]",
		Fix:     "name who may do what instead of everybody and everything; a rule that must stay open is reviewed at frontier once",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Security},
		Content: &content{reads: notProse, rules: accessRules},
	}
}

// notProse reads all but what is read by people, shown to them or written by
// machines. A rule that stands in vendored code, in a test or in what steers
// an agent is a rule.
func notProse(c Class) bool { return running(c) || c == Test }

func accessRules() []rule {
	var rules []rule
	for _, list := range [][]rule{networkRules(), cloudRules(), containerRules(), dataRules(), roleRules(), machineRules(), widerRules(), listenRules(), wildcardRules()} {
		rules = append(rules, list...)
	}
	return rules
}

// opened is a rule for an added line that opens something by itself.
func opened(text, expr string, words ...string) rule {
	match := matching(text, expr)
	return rule{words: words, on: change.Add, match: unlessKept(func(l line, b block) string {
		if l.comment() {
			return ""
		}
		return match(l, b)
	})}
}

func networkRules() []rule {
	return []rule{
		{words: []string{"0"}, on: change.Add, match: unlessKept(openNetwork)},
		opened("every origin may call", `(?i)allow[-_]?origins?["']?\s*[\]:=,( ]+\s*["']?\*|\borigins?["']?\s*[:=]\s*\[?\s*["']\*["']|allowed[-_]?origins?(?:Patterns?)?["']?\s*[:=(]+\s*\[?\s*(?:List\.of\()?["']\*|`+
			`Allow(?:All|Any)Origins?(?:\(\)|\s*[:=]\s*true)|CORS_(?:ALLOW_ALL_ORIGINS|ORIGIN_ALLOW_ALL)\s*=\s*True|allow_origins\s*=\s*\[\s*["']\*|@CrossOrigin(?:\(\s*(?:origins\s*=\s*)?"\*"\s*\))?\s*$|`+
			`\borigin:\s*true\b|^origins\s+["']\*`, "origin", "origins", "cors"),
		opened("it listens on every address", `(?i)(?:--(?:host|bind|address|listen)[= ]|\b(?:bind|listen)[-_]?addr(?:ess)?\w*["']?\s*[:=]\s*["']?)0\.0\.0\.0\b`, "bind", "listen", "address", "addr"),
	}
}

func cloudRules() []rule {
	return []rule{
		opened("everything or everybody is allowed", `(?i)["']?\b(?:not_?)?(?:actions?|principals?|identifiers|members?)["']?\s*[:=]\s*[\[{]?\s*(?:["']?(?:AWS|\*|Service)["']?\s*[:=]\s*\[?\s*)?["']\*["']`+
			`|^(?:Action|Principal):\s*\*|new\s+iam\.(?:Any|Star)Principal\(|actions?["']?\s*[:=]\s*\[?\s*["'][\w-]+:\*["']`,
			"action", "actions", "principal", "principals", "identifiers", "member", "members"),
		opened("everybody is allowed", `^["']?AWS["']?\s*[:=]\s*\[?\s*["']\*["']`, "aws"),
		opened("it is open to the public", `(?i)\bpublic-read\b|\bpublic-read-write\b|publicly_?accessible["']?\s*[:=]\s*["']?true|block_?public_?(?:acls|policy|access)["']?\s*[:=]\s*["']?false|`+
			`(?:ignore_public_acls|restrict_?public_?buckets|IgnorePublicAcls)["']?\s*[:=]\s*["']?false|--allow-unauthenticated|public_?network_?access(?:_enabled)?["']?\s*[:=]\s*["']?(?:true|Enabled)|`+
			`public_?access["']?\s*[:=]\s*["']?(?:blob|container|true|enabled)|container_access_type\s*=\s*"(?:blob|container)"|PublicAccess(?:Block)?\.(?:PUBLIC|NONE)`,
			"public", "publicly", "unauthenticated", "container"),
		opened("everybody is a member", `\ball(?:Authenticated)?Users\b|\bAllAuthenticatedUsers\b|\bsystem:(?:anonymous|unauthenticated|authenticated|masters)\b`, "users", "system"),
		opened("a role that may do everything", `\bAdministratorAccess\b|\bPowerUserAccess\b|roles/(?:owner|editor|iam\.securityAdmin)\b|\bcluster-admin\b|\b(?:IAM|AmazonS3|AmazonEC2|AWSLambda_?|AmazonRDS|AWSKeyManagementServicePower)FullAccess\b|role_definition_name\s*=\s*"(?:Owner|Contributor)"`,
			"administrator", "access", "roles", "admin", "definition"),
		opened("every verb is allowed", `\bverbs["']?\s*[:=]\s*\[?\s*["']?\*`, "verbs"),
		{words: []string{"resource", "resources"}, on: change.Add, match: unlessKept(widerResource)},
	}
}

func containerRules() []rule {
	return []rule{
		opened("a container gets the rights of its host", `(?i)\bprivileged["']?\s*[:=]\s*["']?true|--privileged\b|allow_?privilege_?escalation["']?\s*[:=]\s*["']?true|\bhost_?(?:network|pid|ipc|users)["']?\s*[:=]\s*["']?true|`+
			`^network_mode:\s*["']?host|--(?:network|net|pid)[= ]host\b|docker\.sock|--cap-add|\b(?:SYS_ADMIN|CAP_SYS_ADMIN|NET_ADMIN|SYS_PTRACE)\b|seccomp[=:]\s*unconfined|apparmor[=:]\s*unconfined|^cap_add:|`+
			`\bhost_?path["']?\s*:\s*(?:$|\{|/)`,
			"privileged", "privilege", "network", "net", "host", "pid", "docker", "cap", "admin", "ptrace", "seccomp", "apparmor"),
		opened("it runs as root", `(?i)\brun_?as_?user["']?\s*[:=]\s*["']?0\b|\brun_?as_?non_?root["']?\s*[:=]\s*["']?false|^user:\s*["']?(?:root|0)\b|--user[= ](?:root|0)\b|read_?only_?root_?filesystem["']?\s*[:=]\s*["']?false`, "run", "user", "root"),
		{words: []string{"root", "user"}, on: change.Add, match: unlessKept(rootAtLast)},
		{words: []string{"user"}, on: change.Delete, match: unlessKept(userRemoved)},
	}
}

func dataRules() []rule {
	return []rule{
		opened("the rule is true for everybody", `allow\s+(?:read|write|create|update|delete|get|list)[\w, ]*(?::\s*if\s+true\b|;)|(?i)\b(?:using|with check)\s*\(\s*(?:true|1\s*=\s*1)\s*\)|"\.(?:read|write)"\s*:\s*(?:true|"true")`,
			"allow", "using", "check", "read", "write"),
		opened("row level security is off", `(?i)\b(?:disable|no force)\s+row\s+level\s+security|\bbypassrls\b|row_security\s*=\s*off`, "row", "bypassrls"),
		{words: []string{"row"}, on: change.Delete, match: unlessKept(matching("row level security is removed", `(?i)\b(?:enable|force)\s+row\s+level\s+security`))},
		opened("a right is granted widely", `(?i)\bgrant\s+all\b|\bgrant\b.*\bto\s+(?:public|anon|"public"|'%'|.*@'%')|\bwith\s+grant\s+option\b|\b(?:alter|create)\s+(?:role|user)\b.*\bsuperuser\b`, "grant", "superuser"),
		{words: []string{"revoke"}, on: change.Delete, match: unlessKept(matching("a right is no longer revoked", `^REVOKE\b|(?i)^revoke\s+(?:\w+[\s,]+)+on\s`))},
	}
}
