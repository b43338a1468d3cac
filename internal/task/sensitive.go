package task

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// maxBreaking bounds the breaking changes that are named in one line.
const maxBreaking = 5

// breakingLine names the changes that say of themselves that they break
// something, and still stand; the pull request's title where no commit does.
func breakingLine(in Input) string {
	commits := withPullTitles(parseCommits(in.Change.Commits))
	stands := cancel(commits)
	var told []string
	for i, c := range commits {
		if !c.Breaking || !stands[i] {
			continue
		}
		if pullMerge().MatchString(c.Subject) && !c.Merge {
			c.Subject, _, _ = strings.Cut(strings.TrimSpace(in.Change.Commits[i].Body), "\n")
		}
		told = append(told, c.told())
	}
	if len(told) == 0 && titleBreaks(in) {
		told = []string{inline(in.Title, maxSubject)}
	}
	if len(told) == 0 {
		return ""
	}
	if more := len(told) - maxBreaking; more > 0 {
		told = append(told[:maxBreaking], fmt.Sprintf("%d more", more))
	}
	return "Announced as breaking: " + strings.Join(told, "; ") + "."
}

// sensitiveLines names files whose paths have the words of what goes wrong at
// a high price. They are hints for a reader: what a policy says of paths is
// looked at elsewhere, and decides.
func sensitiveLines(files []change.File) []string {
	return []string{
		wordLine(files, "By their paths about authentication and access",
			"acl", "auth", "authentication", "authenticator", "authn", "authorization", "authorisation", "authz", "credential", "credentials", "csrf", "jwt", "ldap",
			"login", "logout", "mfa", "oauth", "oidc", "passkey", "password", "passwords", "permission", "permissions", "rbac", "saml", "signin", "signup", "sso", "totp", "webauthn"),
		wordLine(files, "By their paths about payments",
			"billing", "invoice", "invoices", "invoicing", "pay", "payment", "payments", "paypal", "payout", "payouts", "refund", "refunds", "stripe"),
	}
}

func wordLine(files []change.File, about string, words ...string) string {
	var names []string
	for _, f := range files {
		if slices.Contains([]fileKind{kindDocs, kindTest, kindLock, kindAsset, kindWorkflow}, kindOf(f.Path)) {
			continue
		}
		if slices.ContainsFunc(f.Paths(), func(p string) bool { return hasPathWord(p, words) }) {
			names = append(names, f.Path)
		}
	}
	return named(about, names)
}

// hasPathWord says whether one of the words is a word of the path, of a folder
// or of the file without its ending: "userLogin.ts" has login, "author.go"
// has no auth.
func hasPathWord(p string, words []string) bool {
	parts := splitIdent(strings.TrimSuffix(p, path.Ext(p)))
	return slices.ContainsFunc(parts, func(w string) bool { return slices.Contains(words, w) })
}
