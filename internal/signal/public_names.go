package signal

import (
	"strings"
)

// publicWords stand on every line that declares something public in one of
// the languages below.
func publicWords() []string {
	return []string{
		"func", "type", "const", "var", "export", "exports", "public", "open", "pub", "def", "class", "fun", "interface", "object", "module", "all", "trait", "struct", "enum",
		"route", "routes", "get", "post", "put", "patch", "delete", "handle", "path", "url", "mapping", "endpoint",
		"flag", "flags", "option", "argument", "arg", "getenv", "env", "environ", "lookup", "emit", "publish", "event",
	}
}

// spelling is how one language writes what others may use. The name is the
// first group that is not empty.
type spelling struct {
	exts []string
	expr string
}

var languages = expressionsOf([]spelling{
	{[]string{".go"}, `^func (?:\([^)]*\) )?([A-Z]\w*)[(\[]|^type ([A-Z]\w*)\b|^(?:const|var) ([A-Z]\w*)\b`},
	{[]string{".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".vue", ".svelte"}, `^export\s+(?:default\s+)?(?:declare\s+)?(?:async\s+)?(?:abstract\s+)?(?:function\*?|class|interface|type|enum|const|let|var|namespace)\s+(\w+)|^export\s+(?:type\s+)?(\{[^}]*\}|\*)|^(?:module\.)?exports\.(\w+)\s*=|^(module\.exports)\s*=|^export (default)\b`},
	{[]string{".java", ".cs", ".php", ".groovy"}, `^public\s+[^=;(]*?(\w+)\s*(?:<[^>]*>)?\s*(?:\(|\{|$|extends|implements|:)`},
	{[]string{".swift"}, `^(?:@\w+\s+)*(?:public|open)\s+[^=({]*?(\w+)\s*(?:<[^>]*>)?\s*(?:\(|\{|:|=|$)`},
	{[]string{".kt", ".scala"}, `^(?:public\s+|open\s+|abstract\s+|sealed\s+|data\s+|suspend\s+|inline\s+|override\s+|case\s+|@\w+\s+)*(?:class|interface|object|fun|trait)\s+(?:<[^>]*>\s*)?([\w.]+)`},
	{[]string{".rs"}, `^pub\s+(?:async\s+|unsafe\s+|const\s+|extern\s+"C"\s+)*(?:fn|struct|enum|trait|type|mod|static|union|const)\s+(\w+)|^pub\s+(use\s+\S+)`},
	{[]string{".py", ".pyi"}, `^(?:async\s+)?def\s+([A-Za-z]\w*)\s*\(|^class\s+([A-Za-z]\w*)|^(__all__)\b`},
	{[]string{".rb"}, `^def\s+self\.([a-z]\w*[?!]?)|^class\s+([A-Z]\w*)|^module\s+([A-Z]\w*)`},
	{[]string{".ex", ".exs"}, `^def\s+(\w+[?!]?)|^defmodule\s+(\S+)`},
	{[]string{".dart"}, `^(?:abstract\s+)?class\s+([A-Z]\w*)`},
	{[]string{".h", ".hpp", ".hh"}, `^(?:class|struct|enum)\s+(\w+)|^(?:extern\s+)?[\w:*&<> ]+\s+\*?(\w+)\(.*\)\s*(?:const)?;`},
})

// expressionsOf keeps each expression until it is asked for.
func expressionsOf(texts []spelling) func(ext string) (probe, bool) {
	byExt := map[string]probe{}
	for _, t := range texts {
		compiled := probing(t.expr)
		for _, ext := range t.exts {
			byExt[ext] = compiled
		}
	}
	return func(ext string) (probe, bool) {
		p, ok := byExt[ext]
		return p, ok
	}
}

// boundaries are what others call by a name in quotes: routes, flags,
// settings and events.
var boundaries = []probe{
	probing(`\b(?:app|router|route|server|r|e|g|mux|api|http|routes?|fastify|bp|blueprint)\.(?:get|post|put|patch|delete|all|route|Get|Post|Put|Patch|Delete|Handle|HandleFunc|GET|POST|PUT|PATCH|DELETE|MapGet|MapPost|MapPut|MapDelete)\(\s*["'\x60]([^"'\x60]*)`),
	probing(`@(?:Get|Post|Put|Patch|Delete|Request)(?:Mapping)?\(\s*(?:value\s*=\s*|path\s*=\s*)?["']([^"']*)|@\w+\.(?:get|post|put|patch|delete|route)\(\s*["']([^"']*)|\[(?:Http(?:Get|Post|Put|Patch|Delete)|Route)\(\s*"([^"]*)`),
	probing(`^Route::\w+\(\s*["']([^"']*)|^(?:re_)?path\(\s*r?["']([^"']*)|^(?:get|post|put|patch|delete)\s+["']([^"']*)["']\s*(?:,|=>|do)`),
	probing(`(?:[fF]lags?\(?\)?|fs)\.(?:String|Bool|Int|Duration|StringSlice|StringArray|Uint|Float64)\w*\((?:&[^,]*,\s*)?"([\w-]+)"|add_argument\(\s*["'](-[\w-]+)|\.option\(\s*["']([^"']+)|@click\.(?:option|argument)\(\s*["']([^"']+)`),
	probing(`(?:os\.(?:Getenv|LookupEnv|getenv)\(|os\.environ(?:\.get)?[\[(]|ENV(?:\.fetch\(|\[)|\benv\(|System\.getenv\(|std::env::var\()\s*["']([A-Z][A-Z0-9_]+)|process\.env\.([A-Z][A-Z0-9_]+)|import\.meta\.env\.([A-Z][A-Z0-9_]+)`),
	probing(`\.(?:emit|publish|Publish)\(\s*["'\x60]([\w:./-]+)["'\x60]`),
}

// maxDeclared bounds a line that declares something: data is longer.
const maxDeclared = 300

// publicName gives the name that a line promises to others, "" for none.
func publicName(l line) string {
	if len(l.code) > maxDeclared || l.class == Test || l.comment() || l.hidden {
		return ""
	}
	if expr, ok := languages(l.ext); ok && l.atTop() {
		if name := firstGroup(expr.of(l)); name != "" {
			return name
		}
	}
	if !strings.ContainsAny(l.code, "\"'`.") {
		return ""
	}
	for _, b := range boundaries {
		if name := firstGroup(b.of(l)); name != "" {
			return name
		}
	}
	return ""
}

// atTop says that an indented line may be public: what stands in a class of
// these languages says so itself.
func (l line) atTop() bool {
	switch l.ext {
	case ".py", ".pyi", ".kt", ".scala", ".go", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".dart", ".h", ".hpp", ".hh":
		return len(l.Text) > 0 && l.Text[0] != ' ' && l.Text[0] != '\t'
	}
	return true
}

// hiddenFolder holds code that nobody outside may import.
func hiddenFolder(p place) bool {
	return p.ext == ".go" && p.under("internal") || p.under("private", "_internal")
}

func firstGroup(found []string) string {
	for i, name := range found {
		if i > 0 && name != "" {
			return name
		}
	}
	return ""
}

// contractFiles hold nothing but what programs agree upon.
func contractFiles() []string {
	return []string{
		".proto", ".graphql", ".graphqls", ".gql", ".avsc", ".thrift", ".wsdl", ".xsd", ".fbs", ".capnp", ".asyncapi",
		"openapi.yml", "openapi.yaml", "openapi.json", "swagger.yml", "swagger.yaml", "swagger.json", "asyncapi.yml", "asyncapi.yaml", "action.yml", "action.yaml",
	}
}

var contractExpr = probing(`^(?:optional |repeated |required )?[\w.<>, ]+\s+(\w+)\s*=\s*\d+\b|^(?:message|enum|service|rpc|oneof|type|input|interface|union|scalar|struct|exception|table)\s+(\w+)|^(\w+)(?:\([^)]*\))?\s*:\s*[\[\w!\]]+|^["']?(/[^"']*)["']?:|^["'](?:name|\w+)["']\s*:\s*(["'{\[].*)|^(\w+):$|^-?\s*name:\s*(\S+)|^[A-Z_]+\s*=\s*(\d+);|^<(?:xs:)?element\s+name="(\w+)"`)

func contractName(l line) string {
	if len(l.code) > maxDeclared || l.class == Test || l.comment() {
		return ""
	}
	return firstGroup(contractExpr.of(l))
}
