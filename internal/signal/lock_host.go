package signal

import (
	"slices"
	"strings"
)

// commonDomains are those of the registries that lock files name where nobody
// chose one.
func commonDomains() []string {
	return []string{
		"npmjs.org", "yarnpkg.com", "jsr.io", "pythonhosted.org", "pypi.org", "rubygems.org", "crates.io", "github.com", "hex.pm", "pub.dev",
		"dartlang.org", "maven.apache.org", "packagist.org", "nuget.org", "nixos.org", "cocoapods.org",
	}
}

// common says that a host is, or stands below, one of these domains.
func common(host string) bool {
	return slices.ContainsFunc(commonDomains(), func(domain string) bool { return host == domain || strings.HasSuffix(host, "."+domain) })
}

var lockURL = probing(`^(?:["']?(?:resolved|tarball|registry|source|remote)["']?\s*[:=]?|url\s*=)\s*["']?(?:registry\+|sparse\+)?(https?|git\+ssh|git\+https?|ssh)://(?:[^/@\s]*@)?([^/"'\s:?]+)|tarball:\s*(https?)://([^/"'\s:}]+)`)

// otherHost looks at the host from which a lock file has a package.
func otherHost(l line, b block) string {
	if !isLockFile(splitPath(l.path)) {
		return ""
	}
	scheme, host := lockHost(l)
	if host == "" {
		return ""
	}
	for _, was := range b.beside(l) {
		if s, h := lockHost(was); h == host && s == scheme {
			return ""
		}
	}
	switch {
	case !common(host):
		return "a package comes from another host"
	case scheme != "https":
		return "a package comes from another place than its registry"
	}
	return ""
}

func lockHost(l line) (scheme, host string) {
	at := lockURL.of(l)
	if at == nil {
		return "", ""
	}
	return at[1] + at[3], strings.ToLower(at[2] + at[4])
}
