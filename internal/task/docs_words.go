package task

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// commonWord says that a word between backticks belongs to languages and
// protocols, and to no program.
func commonWord(word string) bool {
	return slices.Contains(strings.Fields(`
		true false null nil none None True False undefined NaN self this super void string int integer bool boolean float double number bytes byte object
		array list map dict set tuple error any char str GET POST PUT PATCH DELETE HEAD OPTIONS JSON YAML TOML XML CSV HTML HTTP HTTPS UTF UTC ASCII
		await async yield return if else for while try catch except finally throw raise`), word)
}

// brand says that a word with a capital inside is written so by everybody.
func brand(word string) bool {
	return slices.Contains(strings.Fields(`
		GitHub GitLab JavaScript TypeScript CoffeeScript PostgreSQL MySQL SQLite NoSQL MongoDB GraphQL WebSocket WebSockets WebAssembly OpenAPI OpenSSL
		OAuth2 macOS iOS iPadOS watchOS FreeBSD OpenBSD YouTube LinkedIn PayPal DevOps LaTeX PowerShell NodeJS DynamoDB CloudFront RabbitMQ ClickHouse
		OpenTelemetry OpenID JSONPath XPath ReadMe`), word)
}

// builtinCall says that a call in an example belongs to a language or to its
// usual library.
func builtinCall(name string) bool {
	return slices.Contains(strings.Fields(`
		print println printf Print Println Printf Fprintln Fprintf Sprintf log error warn info debug Fatal Fatalf len append make new panic cap copy delete
		range list dict set str int float bool tuple type isinstance open input sorted enumerate zip map filter reduce sum min max any all abs round
		main if for while switch catch return func function async await import require require_relative puts p format String Number Boolean Array Object
		Promise then resolve reject forEach push join split stringify parse assert assertEqual assert_eq assert_ne expect unwrap expect Ok Err Some Box Vec
		vec to_string String from into collect iter clone default Background Context TODO WithTimeout WithCancel cancel Close close defer exit env args
		asList of toString equals System out err WriteLine super this with as and or not in is`), name)
}

// declaredNames gives what the added lines of a file declare, by the words
// that usually stand before a name.
func declaredNames(f change.File) []string {
	var names []string
	for l := range f.Lines() {
		if l.Op != change.Add {
			continue
		}
		for _, m := range declaration().FindAllStringSubmatch(l.Text, -1) {
			if len(m[1]) >= 4 {
				names = append(names, m[1])
			}
		}
		for _, m := range optionName().FindAllStringSubmatch(l.Text, -1) {
			names = append(names, m[1])
		}
	}
	return names
}

// changedNames gives the functions, types and options that a change concerns:
// what its lines declare, be they new, gone or beside what changes, and what
// its hunks say that they stand in.
func changedNames(f change.File) []string {
	var names []string
	take := func(text string, lines bool) {
		for _, m := range declaration().FindAllStringSubmatch(text, -1) {
			names = append(names, m[1])
		}
		if m := bareMethod().FindStringSubmatch(text); m != nil && !commonWord(m[1]) && !builtinCall(m[1]) {
			names = append(names, m[1])
		}
		if lines {
			for _, m := range optionName().FindAllStringSubmatch(text, -1) {
				names = append(names, m[1])
			}
		}
	}
	for _, h := range f.Hunks {
		take(h.Section, false)
		for _, l := range h.Lines {
			take(l.Text, l.Op == change.Add)
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { return len(name) < 2 })
}

var (
	declaration = lazily(`\b(?:func(?:\s+\([^)]*\))?|def|class|function|fn|fun|struct|enum|trait|interface|type|const|let|var|val|module|record|object)\s+(\w+)`)
	// bareMethod is a method without such a word before it, as in Java and in
	// classes of JavaScript.
	bareMethod = lazily(`^\s*(?:[\w<>\[\],.?]+\s+){0,5}([A-Za-z_]\w*)\s*\([^;]*\)[^;]*\{\s*$`)
	// optionName is a quoted name of several words, such as "max-age".
	optionName = lazily(`["'\x60](?:--)?([a-z][a-z0-9]*(?:[-_][a-z0-9]+)+)["'\x60]`)
)

// usualPackage says that a name before a dot is a part of a language or of its
// usual library: what follows the dot is known to everybody.
func usualPackage(name string) bool {
	return slices.Contains(strings.Fields(`
		time http os context fmt strings errors log json math rand sync io bytes sort strconv filepath path url sql slog console process sys
		datetime logging asyncio re random collections System Math Object Array String Number Date Promise JSON Duration TimeUnit Duration std
		String Path Paths Files List Map Set Arrays Collections Optional Instant Task Convert Console Enum Integer Long Double`), name)
}

// usualMember says that every text, list or error has it.
func usualMember(name string) bool {
	return slices.Contains([]string{"message", "Message", "length", "Length", "Count", "prototype"}, name)
}
