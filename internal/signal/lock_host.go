package signal

import (
	"slices"
	"strings"
)

// commonHosts are the registries that lock files name where nobody chose one.
func commonHosts() []string {
	return []string{
		"registry.npmjs.org", "registry.yarnpkg.com", "files.pythonhosted.org", "pypi.org", "rubygems.org", "index.crates.io", "crates.io", "github.com", "codeload.github.com",
		"api.github.com", "hex.pm", "repo.hex.pm", "pub.dev", "pub.dartlang.org", "repo.maven.apache.org", "repo.packagist.org", "npm.jsr.io", "api.nuget.org", "cache.nixos.org", "cdn.cocoapods.org",
	}
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
	case !slices.Contains(commonHosts(), host):
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
