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
		if n := v.look(s); n != nil && isLoopback(n.Text) || s.Env != "" && v.j.scripts().loopback[s.Env] {
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

var loopbackIn = lazily(`(?i)\b([a-z_][a-z0-9_]*)=["']?https?://(?:localhost|127\.|\[::1\]|0\.0\.0\.0|host\.docker\.internal)`)
