package signal

import (
	"path"
	"slices"
	"strings"
)

// fold brings the spellings of one name together, as different languages
// write it: order_total, OrderTotal and orderTotal. A name of a single word
// must have a capital, and keeps it; it gives nil for other words, which are
// everywhere. The result lives until the next call.
func (x *ties) fold(name string) []byte {
	x.key = x.key[:0]
	parts := 0
	for i := range len(name) {
		c := name[i]
		if c == '_' || c == '-' || c == '$' {
			continue
		}
		if i == 0 || !wordByte(name[i-1]) || splits(name, i) {
			parts++
		}
		if upper(c) {
			c += 'a' - 'A'
		}
		x.key = append(x.key, c)
	}
	switch {
	case len(x.key) < minName:
		return nil
	case parts > 1:
		return x.key
	case upper(name[0]):
		return append(x.key[:0], name...)
	}
	return nil
}

const minName = 6

// telling leaves out names that every framework asks for: two modules that
// both have one do not speak of the same thing.
func telling(name string) bool {
	return !slices.Contains([]string{
		"created_at", "updated_at", "deleted_at", "createdAt", "updatedAt", "deletedAt", "toString", "hashCode", "ToString", "GetHashCode", "class_name", "className",
		"setUp", "tearDown", "get_queryset", "getServerSideProps", "getStaticProps", "generateMetadata", "additionalProperties", "display_name", "displayName",
		"Application", "Builder", "Button", "Client", "Config", "Configuration", "Context", "Controller", "Default", "Element", "Entity", "Exception", "Factory",
		"Filter", "Format", "Handler", "Header", "Logger", "Manager", "Message", "Method", "Middleware", "Module", "Object", "Option", "Options", "Output",
		"Params", "Plugin", "Promise", "Properties", "Provider", "Record", "Request", "Resource", "Response", "Result", "Router", "Schema", "Server", "Service",
		"Session", "Settings", "Status", "String", "Update", "Create", "Delete", "Version", "Wrapper", "Component", "Number", "Metadata",
		"package_name", "defaultProps", "propTypes", "application_name", "api_version", "apiVersion", "readOnly", "matchLabels",
	}, name)
}

// eachName gives the names of a line, as code writes them.
func eachName(text string, give func(string)) {
	for i := 0; i < len(text); {
		if !nameByte(text[i]) {
			i++
			continue
		}
		start := i
		for i < len(text) && nameByte(text[i]) {
			i++
		}
		if i-start >= minName {
			give(text[start:i])
		}
	}
}

func nameByte(c byte) bool { return wordByte(c) || c == '_' }

// eachAddress gives the routes and event names between quotes: "/v1/orders",
// "order.created". It has its quotes, so that it is never taken for a name.
func eachAddress(text string, give func(string)) {
	for {
		start := nextQuote(text)
		if start < 0 {
			return
		}
		end := strings.IndexByte(text[start+1:], text[start])
		if end < 0 {
			return
		}
		if inner := text[start+1 : start+1+end]; isAddress(inner) {
			give(`"` + inner + `"`)
		}
		text = text[start+end+2:]
	}
}

func nextQuote(text string) int {
	for i := range len(text) {
		if c := text[i]; c == '"' || c == '\'' || c == '`' {
			return i
		}
	}
	return -1
}

const maxAddress = 120

func isAddress(text string) bool {
	if len(text) < minName || len(text) > maxAddress || strings.ContainsAny(text, " \t\\<>=,;()+*%") {
		return false
	}
	if text[0] == '/' {
		return strings.Count(text, "/") > 1 && !strings.Contains(path.Base(text), ".")
	}
	head, tail, found := strings.Cut(text, ".")
	if !found {
		head, tail, found = strings.Cut(text, ":")
	}
	return found && len(head) >= 3 && len(tail) >= 4 && strings.Trim(strings.ToLower(text), "abcdefghijklmnopqrstuvwxyz_.:-") == "" &&
		strings.Trim(head, ".:") == head && strings.Trim(tail, ".:") == tail && strings.ToLower(text) == text
}
