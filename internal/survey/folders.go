package survey

import (
	"path"
	"slices"
	"strings"
)

// folders are the patterns that hit something here, with the first file that
// they hit.
type folders struct {
	Patterns []string
	Example  string
}

// sensitive says that a file lies where only frontier works: what holds for it
// is no example of what does not.
func sensitive(p string) bool {
	one := []string{p}
	return len(authFolders(one).Patterns)+len(paymentFolders(one).Patterns)+len(schemaFolders(one).Patterns) > 0
}

// authFolders names only what is there: a short list that means this
// repository is read, a long one that means all of them is not.
func authFolders(paths []string) folders {
	names := []string{"auth", "authn", "authz", "authentication", "authorization", "oauth", "oauth2", "oidc", "saml", "sso", "session", "sessions", "login", "permission", "permissions", "rbac", "acl", "identity"}
	stems := []string{"auth", "authn", "authz", "login", "oauth", "session", "sessions", "permissions", "rbac"}
	return join(inFolders(paths, names), byStem(paths, stems))
}

func paymentFolders(paths []string) folders {
	names := []string{"billing", "payment", "payments", "invoice", "invoices", "invoicing", "checkout", "subscriptions", "payouts", "refunds"}
	return join(inFolders(paths, names), byStem(paths, []string{"billing", "payment", "payments", "invoice"}))
}

func schemaFolders(paths []string) folders {
	f := inFolders(paths, []string{"migrations", "migrate", "migration"})
	for _, p := range paths {
		name := path.Base(p)
		if name == "schema.sql" || name == "schema.rb" || name == "schema.prisma" || name == "structure.sql" {
			f = join(f, folders{Patterns: []string{"**/" + name}, Example: p})
		}
	}
	return f
}

// inFolders gives one pattern for the names that folders bear here.
func inFolders(paths, names []string) folders {
	return hits(paths, names, func(p string) []string { return strings.Split(strings.ToLower(path.Dir(p)), "/") }, func(names string) string { return "**/" + names + "/**" })
}

// byStem gives one pattern for the names that files bear here before their
// ending.
func byStem(paths, names []string) folders {
	return hits(paths, names, func(p string) []string {
		stem, _, found := strings.Cut(strings.ToLower(path.Base(p)), ".")
		if !found {
			return nil
		}
		return []string{stem}
	}, func(names string) string { return "**/" + names + ".*" })
}

func hits(paths, names []string, parts func(string) []string, pattern func(names string) string) folders {
	var f folders
	var found []string
	for _, p := range paths {
		if strings.Contains("/"+p, "/vendor/") || strings.Contains("/"+p, "/node_modules/") {
			continue
		}
		for _, part := range parts(p) {
			if slices.Contains(names, part) && !slices.Contains(found, part) {
				found = append(found, part)
				if f.Example == "" && isPlain(p) {
					f.Example = p
				}
			}
		}
	}
	slices.Sort(found)
	switch len(found) {
	case 0:
	case 1:
		f.Patterns = []string{pattern(found[0])}
	default:
		f.Patterns = []string{pattern("{" + strings.Join(found, ",") + "}")}
	}
	return f
}

// join puts two lists together; the first example stays.
func join(a, b folders) folders {
	out := folders{Example: a.Example}
	for _, p := range slices.Concat(a.Patterns, b.Patterns) {
		if !slices.Contains(out.Patterns, p) {
			out.Patterns = append(out.Patterns, p)
		}
	}
	if out.Example == "" {
		out.Example = b.Example
	}
	return out
}
