package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/task"
)

// authNames stand in paths and lines alike for who somebody is and what that
// person may do.
const authNames = `auth authn authz oauth oauth1 oauth2 oidc openid saml sso ldap kerberos login logins logout signin signout password passwords passwd
	passphrase passkey passkeys webauthn fido2 permission permissions rbac acl acls jwt mfa totp 2fa csrf xsrf authentication authenticator authorization
	authorizer impersonation`

func auth() Signal {
	return Signal{
		ID:      "auth",
		Summary: "code that says who somebody is, or what that person may do, was touched",
		Why:     "a wrong check lets people in, and every test of the happy path still passes",
		Example: "+	if !user.HasRole(\"editor\") {",
		Fix:     "name the folders of your own checks in must_frontier:, and leave this signal out of it where it fires too often",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Security},
		Content: &content{reads: acting, paths: strings.Fields(authNames + " guards policies cors security role roles clusterrole clusterroles rolebinding rolebindings"), rules: authRules},
	}
}

func authRules() []rule {
	return []rule{
		spoken(authNames + ` authenticate authenticated authenticates authenticating authenticatable authorize authorized authorizes authorise authorised
			authorisation unauthorized unauthorised unauthenticated forbidden privilege privileges superuser impersonate impersonating credential credentials
			casbin pundit devise keycloak captcha recaptcha audience issuer cors ratelimit throttle`),
		shown("role roles admin owner staff access member", "a check of a role",
			`(?i)\b\w*(?:has|require|check|is|verify|assert|ensure|needs|grant|revoke|any)_?(?:any_?|user_?)?(?:role|admin|owner|staff|access|member)s?\b\w*\s*[(!?)&|]`),
		shown("rate throttle limiter", "how often somebody may", `(?i)rate_?limit|\bthrottl`),
		shown("forwarded ip ipv4 ipv6 subnet proxies proxy remote", "the address that a caller is known by",
			`(?i)x-forwarded-for|x-real-ip|\btrust(?:ed)?_?(?:proxy|proxies)|\b(?:client|remote|caller|real|source)_?ip\b|\b(?:normali[sz]e|mask|anonymi[sz]e|is_?(?:trusted|allowed|private))_?ip(?:v?[46])?\b|\bipv?[46]_?(?:subnet|prefix)`).where(func(l line) bool { return l.class == Code }),
		shown("role roles", "a comparison of a role", `(?i)\broles?['"\])]*\s*(?:[!=]==?\s|in\b|not in\b|\.includes|\.contains|\.has\b)`),
		shown("can cannot gate policy scopes scope", "a question whether somebody may",
			`(?:\bGate::|->cannot?\(|@can(?:not|any)?\b|\bcan(?:not)?\?\s*[(:]|\bauthorize!|\bpolicy\(|(?i:required_?scopes?|has_?scope|security_?scopes?))`),
		shown("guards anonymous permit secured allowed granted current guard", "an access rule of a framework",
			`UseGuards|CanActivate|AllowAnonymous|permitAll|denyAll|RolesAllowed|@Secured|IsGranted|get_current_(?:active_)?user|SecurityFilterChain`),
	}
}
