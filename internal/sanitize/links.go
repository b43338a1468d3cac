package sanitize

import (
	"net/url"
	"slices"
	"strings"
)

// Links names the one place that a link may lead to: a repository on its
// GitHub server. The zero value allows no link.
type Links struct {
	Server     string // "https://github.com", as GITHUB_SERVER_URL says
	Repository string // "owner/name"
}

var (
	repositoryForm = lazily(`^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$`)
	serverForm     = lazily(`^https://[A-Za-z0-9.-]+(?::[0-9]+)?$`)
	linkRest       = lazily(`^(?:/[A-Za-z0-9._~+-]+)*/?(?:#[A-Za-z0-9_-]+)?$`)
)

// allows says whether a link may stay: https, this server, this repository, no
// user, no query (it could carry data out), no escapes and no dot segments
// (they could lead elsewhere). Issues, pull requests and discussions are left
// out, since to link one is to leave a mark on it.
func (l Links) allows(link string) bool {
	if !serverForm().MatchString(l.Server) || !repositoryForm().MatchString(l.Repository) {
		return false
	}
	rest, ours := strings.CutPrefix(link, l.Server+"/"+l.Repository)
	if !ours || !linkRest().MatchString(rest) {
		return false
	}
	path, _, _ := strings.Cut(rest, "#")
	segments := strings.Split(strings.Trim(path, "/"), "/")
	if slices.Contains(segments, ".") || slices.Contains(segments, "..") {
		return false
	}
	return !slices.Contains([]string{"issues", "pull", "pulls", "discussions"}, segments[0])
}

// host names where a link leads, "" where that is no web page. It is shown as
// text beside the words that were linked.
func host(link string) string {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "", "http", "https", "ftp":
		return cut(u.Hostname(), 80)
	default:
		return ""
	}
}
