package gitrepo

import (
	"net/url"
	"regexp"
	"strings"
)

var namePart = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

// nameOf takes the path out of a remote's address, in either form of
// https://git-scm.com/docs/git-clone#_git_urls. It is empty for local paths
// and for whatever is not plainly a list of names.
func nameOf(address string) string {
	_, path := partsOf(address)
	path = strings.TrimSuffix(strings.Trim(path, "/"), ".git")
	parts := strings.Split(path, "/")
	for _, part := range parts {
		if !namePart.MatchString(part) || strings.Trim(part, ".") == "" {
			return ""
		}
	}
	if len(parts) < 2 {
		return ""
	}
	return path
}

// hostOf gives the host of a remote's address without user, password and port,
// "" where nameOf gives nothing.
func hostOf(address string) string {
	host, _ := partsOf(address)
	if nameOf(address) == "" || !namePart.MatchString(host) {
		return ""
	}
	return strings.ToLower(host)
}

func partsOf(address string) (host, path string) {
	if strings.Contains(address, "://") {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" {
			return "", "" // not an address that we can read; the folder's name serves
		}
		return u.Hostname(), u.Path
	}
	host, path, ok := strings.Cut(address, ":")
	if !ok || len(host) < 2 || strings.Contains(host, "/") {
		return "", "" // a local path, or a drive letter
	}
	return host[strings.LastIndexByte(host, '@')+1:], path
}
