package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// removedGuards are checks of access in code that a change takes away.
func removedGuards() []rule {
	const (
		condition = `(?i)^(?:[})\s]*(?:if|elif|else if|elsif|unless|guard|when|assert|ensure|check|require)\b|return\b.*(?:&&|\|\||\band\b|\bor\b|\?)|(?:&&|\|\||and|or)\s)`
		call      = `(?i)^(?:(?:await|return|yield|must|defer|try)\s+|if\s+(?:err|error|!)\s*:?=?\s*|\w+(?:,\s*\w+)*\s*:?=\s*|[\w$]+(?:\.|->|::))*`
	)
	return []rule{
		lostGuard(guardNouns, "a condition of access", condition+`.*`),
		lostGuard("require ensure check verify assert enforce validate authorize authenticate demand protect restrict deny has can is must needs",
			"a call that checks access", call+guardCall+`\??!?\s*\(`).except("test", "expect", "describe", "it"),
		lostGuard(guardNouns, "a call that checks access", call+`(?:authori[sz]e|authenticate)!?\s*\(|^(?:authorize|authenticate_\w+)!?[\s(]`),
		lostGuard(guardNouns+" secured required guards user", "an annotation that asks for access",
			`^(?:@|\[|#\[)\w*\.?(?i:(?:\w*(?:authori[sz]e|login_required|authenticated|permission|roles?_?(?:allowed|required)|isgranted|secured|use_?guards|csrf|throttle|limit|require\w*|admin\w*|roles|scopes|policy|protected)\w*))`),
		lostGuard("before action middleware guards permission classes depends dependencies plug use security canactivate prehandler authorizations authorize require required",
			"a rule that is set before an action", `(?i)(?:before_action|prepend_before_action|middleware|use_?guards?|permission_classes|authentication_classes|depends\(|plug\s|\.use\(|can_?activate|pre_?handler|before_?(?:enter|load)|on_?request|load_and_authorize|validates?_?csrf|protect_from_forgery|security)\b?.*`+guardTail),
		lostGuard("require ensure check verify authenticate authorize is has only auth admin", "the middleware of a route",
			`(?i)\b(?:get|post|put|patch|delete|with|use|route|group|handle\w*|all)\((?:.*[(,])?\s*\[?[\w.]*\b(?:`+guardCall+`|authenticate\w*|authorize\w*)(?:\([^)]*\))?\s*\]?[,)]`),
		lostGuard("authenticated role authority authorization policy roles authorities any", "a rule of the framework",
			`(?i)\.(?:authenticated|has_?(?:any_?)?(?:role|authority)|require_?(?:authorization|role|claim|auth\w*)|deny_?all|full_?authenticated)\(`),
		lostGuard("forbidden unauthorized unauthenticated 401 403 429 denied permission authorized allowed access", "an answer that refuses",
			`(?i)^(?:return|throw|raise|abort|halt|panic|redirect|render|res|reply|ctx|c|w|http|response|head)\b.*(?:\b40[13]\b|\b429\b|forbidden|un_?authori[sz]ed|unauthenticated|access_?denied|permission_?(?:denied|error)|not_?(?:allowed|authori[sz]ed|permitted))`),
		lostGuard("user owner tenant account org organization team workspace member author customer", "a filter by owner",
			`(?i)\b(?:user|owner|tenant|account|org(?:anization)?|team|workspace|member|author|customer)_?(?:id)?["'`+"`"+`]?\s*(?:=>|[:=,]=?=?|==|\beq\b|\.eq\()\s*.*(?:current_?(?:user|tenant|account|org|team)|\bsession\b|req(?:uest)?\.(?:user|auth|tenant)|ctx\.\w*(?:user|tenant|auth)|\bauth\b|principal|claims|viewer|actor|\$(?:user|tenant)|@current|[:$?@]\d*(?:tenant|owner|user)|\?$)`),
		lostGuard("user owner tenant account member author id", "a comparison of who it is",
			`(?i)^(?:[})\s]*(?:if|elif|unless|guard|assert|require)\b).*(?:user|owner|tenant|account|member|author)\w*(?:\.|->|_)?(?:id|get_?id\(\))?\b.*(?:[!=]==?|\.equals\(|<>|\bis not\b).*(?:user|owner|tenant|account|member|author|me\b|claims|session)`),
		lostGuard("hmac equal compare verify signature digest timing checkpw bcrypt secure nonce", "a check of a signature",
			`(?i)(?:hmac\.(?:equal|compare)|timing_?safe_?equal|compare_digest|hash_equals|secure_?compare|constant_?time_?(?:compare|eq)|(?:verify|check|validate)_?\w*(?:signature|hmac|digest|mac|checksum|integrity|certificate|jwt|webhook)|jwt\.verify|bcrypt\.(?:compare|verify)|check_?password|password_verify|MessageDigest\.isEqual|construct_?event)\w*\(`),
		lostGuard("rate limiter throttle limit ratelimit quota", "a limit on how often", `(?i)(?:rate_?limit(?:er|ing)?|throttle|limiter)\b\s*[.(:@]|use\(.*(?:limit|throttl)|^@\w*(?:throttle|limit)`).except("headers", "header", "response"),
		lostGuard("max maximum limit min minimum quota bound attempts size length len count threshold", "a limit on how much",
			`(?i)^[})\s]*(?:if|elif|unless|guard|assert|require|when)\b.*(?:[<>]=?)\s*[\w.]*(?:max|limit|quota|bound|allowed|attempts|threshold|min_?(?:length|amount|balance))`).where(func(l line) bool { return l.hasOf(stakes()) || l.has("size", "bytes", "file", "content") }),
	}
}

// lostGuard is a rule of an expression over a removed line.
func lostGuard(words, text, expr string) rule {
	list := strings.Fields(words)
	return rule{words: list, on: change.Delete, match: lost(append(strings.Fields(guardNouns), list...), matching(text, expr))}
}

// except leaves lines alone that hold one of the words.
func (r rule) except(words ...string) rule {
	return r.where(func(l line) bool { return !l.has(words...) })
}

// removedAccessRules are checks that stand in settings and in a database.
func removedAccessRules() []rule {
	return []rule{
		lostGuard("deny auth_basic basic satisfy limit valid require", "a rule of a web server",
			`(?i)^(?:deny\s+(?:all|from)\b|auth_(?:basic|request|jwt)\b|limit_(?:req|conn)\b|satisfy\s+all|require\s+(?:valid-user|user|group|ip|all\s+denied))`),
		lostGuard("row policy revoke check restrictive security", "a rule of a database",
			`(?i)enable\s+row\s+level\s+security|force\s+row\s+level|create\s+policy|^revoke\s|\bcheck\s*\(.+\)|as\s+restrictive`),
		lostGuard("auth authentication authorization authorizer authorize authorized policy roles security required allowed scopes permission", "a setting that asks for access",
			`(?i)^["']?(?:[\w.-]*(?:auth(?:entication|orization|orizer)?(?:_?required|_?type|_?scopes?|_?policy)?|require_?\w*|allowed_?(?:roles|users|groups|ips|hosts)|security|permissions?|roles?))["']?\s*[:=]\s*.*(?:true|required|admin|owner|jwt|oauth|iam|cognito|aws_iam|custom|authenticated)`).except("bearer", "expect"),
	}
}
