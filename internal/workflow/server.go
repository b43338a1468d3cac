package workflow

import (
	"net/netip"
	"net/url"
	"strings"
)

// ownServer says whether one of some settings sends the call to this machine:
// what is started there decides on the model, whatever the agent calls it.
func (v view) ownServer(settings []Setting) bool {
	for _, s := range settings {
		if n := v.look(s); n != nil && isLoopback(n.Text) || s.Env != "" && v.exportsLoopback(s.Env) {
			return true
		}
	}
	return false
}

// isLoopback says whether an address is one of the machine itself.
func isLoopback(address string) bool {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	if host == "localhost" || strings.HasSuffix(host, ".localhost") || host == "host.docker.internal" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && (ip.IsLoopback() || ip.IsUnspecified())
}

var loopbackIn = lazily(`(?i)^["']?https?://(?:localhost|127\.|\[::1\]|0\.0\.0\.0|host\.docker\.internal)`)

// exportsLoopback says whether a script of the job gives a variable such an
// address.
func (v view) exportsLoopback(name string) bool {
	for _, s := range v.j.Steps {
		if s.Run == nil {
			continue
		}
		for _, after, ok := strings.Cut(s.Run.Text, name+"="); ok; _, after, ok = strings.Cut(after, name+"=") {
			if loopbackIn().MatchString(after) {
				return true
			}
		}
	}
	return false
}
