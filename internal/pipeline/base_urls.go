package pipeline

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/provider"
)

// bases checks the base addresses and says whose they are.
func (a Access) bases() (map[string]string, error) {
	if a.BaseURL == "" {
		return nil, nil
	}
	if a.BaseURLProvider != "" && !slices.Contains(provider.Names(), a.BaseURLProvider) {
		return nil, usage("base-url-provider %q, expected one of %s", a.BaseURLProvider, strings.Join(provider.Names(), ", "))
	}
	bases := map[string]string{}
	for _, item := range strings.FieldsFunc(a.BaseURL, func(r rune) bool { return strings.ContainsRune(", \r\n\t", r) }) {
		owner, address := namedBase(item)
		if owner == "" {
			var err error
			if owner, err = a.owner(); err != nil {
				return nil, err
			}
		}
		if err := provider.CheckBaseURL(address, a.AllowPrivate); err != nil {
			return nil, usage("base-url: %v", err)
		}
		if bases[owner] != "" {
			return nil, usage("base-url holds two addresses of one provider: write each as provider=address, such as azure=https://…")
		}
		bases[owner] = address
	}
	return bases, nil
}

// namedBase reads "azure=https://…". An equals sign of the address itself names
// no provider.
func namedBase(item string) (owner, address string) {
	name, rest, found := strings.Cut(item, "=")
	if found && slices.Contains(provider.Names(), name) {
		return name, rest
	}
	return "", item
}

// owner says whose an address is that stands alone.
func (a Access) owner() (string, error) {
	names := a.names()
	switch {
	case a.BaseURLProvider != "":
		return a.BaseURLProvider, nil
	case len(names) > 1:
		return "", usage("base-url is set, and keys for %s: say whose it is with base-url-provider, or write provider=address", strings.Join(names, " and "))
	case len(names) == 1:
		return names[0], nil
	default:
		return "", nil
	}
}
