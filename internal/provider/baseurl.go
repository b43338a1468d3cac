package provider

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// CheckBaseURL says whether an address may be the root of a vendor's API:
// https, or http to a loopback address, or, with allowPrivate, http to a
// private one. A private address needs allowPrivate with https too. A name
// behind http is looked at again when it is dialled, since only then its
// address is known. Look-alike and ambiguous hosts are refused. Whether the
// host is one that the user meant is for the list of allowed hosts to say.
func CheckBaseURL(raw string, allowPrivate bool) error {
	u, err := parseBaseURL(raw)
	if err != nil {
		return fmt.Errorf("base URL: %w", err)
	}
	if err := checkReach(u, allowPrivate); err != nil {
		return fmt.Errorf("base URL: %w", err)
	}
	return nil
}

// parseBaseURL checks the form. Its errors never repeat the address, which
// may hold a password.
func parseBaseURL(raw string) (*url.URL, error) {
	for _, r := range raw {
		if r <= ' ' || r > '~' || r == '\\' {
			return nil, errors.New("only printable ASCII is permitted, without spaces and backslashes")
		}
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return nil, errors.New("it cannot be read as an address")
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, errors.New("expected https://, or http:// to a loopback address")
	case u.User != nil:
		return nil, errors.New("a user name or password in the address is not permitted")
	case u.Fragment != "" || u.RawQuery != "" || strings.ContainsAny(raw, "?#"):
		return nil, errors.New("a query or a fragment is not permitted")
	}
	if port := u.Port(); port != "" || strings.HasSuffix(u.Host, ":") {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return nil, errors.New("the port is not a number from 1 to 65535")
		}
	}
	return u, checkHostName(u.Hostname())
}

// checkHostName refuses names that two readers may take for different hosts.
func checkHostName(host string) error {
	if _, err := netip.ParseAddr(host); err == nil {
		return nil
	}
	labels := strings.Split(host, ".")
	for _, label := range labels {
		switch {
		case label == "":
			return errors.New("the host is empty or has an empty part")
		case strings.HasPrefix(strings.ToLower(label), "xn--"):
			return errors.New("internationalised host names are not permitted, since they can look like others")
		case strings.Trim(strings.ToLower(label), "abcdefghijklmnopqrstuvwxyz0123456789-_") != "":
			return errors.New("the host has characters that no host name has")
		}
	}
	// 2130706433, 127.1 and 0x7f.1 are 127.0.0.1 to some resolvers.
	if last := strings.ToLower(labels[len(labels)-1]); strings.Trim(last, "0123456789") == "" || strings.HasPrefix(last, "0x") {
		return errors.New("the host is a number but not an address in the usual notation")
	}
	return nil
}

func checkReach(u *url.URL, allowPrivate bool) error {
	if isLoopbackName(u.Hostname()) {
		return nil
	}
	ip, err := netip.ParseAddr(u.Hostname())
	named := err != nil // a name has no address yet: it is looked at when it is dialled
	if !named {
		if err := (addressRule{public: true, private: allowPrivate}).check(ip); err != nil {
			return err
		}
	}
	if u.Scheme == "https" {
		return nil
	}
	if !allowPrivate || !named && reachOf(ip) != reachPrivate {
		return errors.New("http:// is permitted to a loopback address alone, or to a private one where private networks are allowed")
	}
	return nil //nolint:nilerr // that it is a name is no error
}
