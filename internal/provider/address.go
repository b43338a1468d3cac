package provider

import (
	"fmt"
	"net/netip"
	"strings"
)

// reach is how far an address lies from the public internet.
type reach int

const (
	reachPublic reach = iota
	reachPrivate
	reachLoopback
	// reachNever is for addresses that no model is served from and that give
	// away credentials or hit many machines: link-local (cloud metadata),
	// multicast, unspecified.
	reachNever
)

// String gives the word for messages.
func (r reach) String() string {
	return [...]string{"public", "private", "loopback", "link-local, metadata or otherwise not callable"}[r]
}

// reachOf classifies an address. An IPv4 address inside an IPv6 one counts as
// the IPv4 address, so that no notation gets around the rules.
func reachOf(ip netip.Addr) reach {
	ip = ip.Unmap()
	if v4, ok := embeddedIPv4(ip); ok {
		ip = v4
	}
	switch {
	case !ip.IsValid(), ip.Zone() != "", ip.IsUnspecified(), ip.IsMulticast(), ip.IsLinkLocalUnicast(), within(ip, metadata()):
		return reachNever
	case ip.IsLoopback():
		return reachLoopback
	case ip.IsPrivate(), within(ip, special()):
		return reachPrivate
	}
	return reachPublic
}

// metadata holds addresses outside the link-local range at which clouds hand
// out credentials: AWS, Google Cloud, Alibaba Cloud, Oracle Cloud, Azure.
func metadata() []string {
	return []string{"fd00:ec2::/32", "fd20:ce::254/128", "100.100.100.200/32", "192.0.0.192/32", "168.63.129.16/32"}
}

// special holds ranges that are not reachable over the public internet and
// that netip does not call private (IANA special-purpose registries).
func special() []string {
	return []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"64:ff9b:1::/48", "100::/64", "2001:db8::/32", "fec0::/10",
	}
}

func within(ip netip.Addr, ranges []string) bool {
	for _, r := range ranges {
		if p, err := netip.ParsePrefix(r); err == nil && p.Contains(ip) {
			return true
		}
	}
	return false
}

// embeddedIPv4 finds the IPv4 address that a NAT64 (RFC 6052) or 6to4 (RFC
// 3056) address leads to.
func embeddedIPv4(ip netip.Addr) (netip.Addr, bool) {
	if !ip.Is6() {
		return netip.Addr{}, false
	}
	b := ip.As16()
	switch {
	case within(ip, []string{"64:ff9b::/96"}):
		return netip.AddrFrom4([4]byte(b[12:16])), true
	case within(ip, []string{"2002::/16"}):
		return netip.AddrFrom4([4]byte(b[2:6])), true
	}
	return netip.Addr{}, false
}

// addressRule says which addresses one kind of connection may go to.
type addressRule struct {
	public, private, loopback bool
}

func (r addressRule) check(ip netip.Addr) error {
	kind := reachOf(ip)
	permitted := map[reach]bool{reachPublic: r.public, reachPrivate: r.private, reachLoopback: r.loopback}
	if !permitted[kind] {
		return &refusedError{fmt.Sprintf("refused to connect to %s: the address is %s", ip, kind)}
	}
	return nil
}

// refusedError is a connection that our own rules forbid.
type refusedError struct{ why string }

// Error gives the reason.
func (e *refusedError) Error() string { return e.why }

// isLoopbackName says whether a host is this machine by its very name.
func isLoopbackName(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && reachOf(ip) == reachLoopback
}
