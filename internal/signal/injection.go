package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/task"
)

func injection() Signal {
	return Signal{
		ID:      "injection",
		Summary: "code where input can become a command, a query, a page, a path or an address was touched",
		Why:     "one value that is not escaped runs as the attacker's code; mends add and remove such lines alike",
		Example: "+	db.query(`SELECT * FROM users WHERE name = '${name}'`)",
		Fix:     "name folders that take no input from others under services of their own policy entry, and leave this signal out of it",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Security},
		Content: &content{reads: running, paths: strings.Fields("sanitize sanitizer sanitization xss ssrf csp"), rules: injectionAnywhere},
	}
}

func injectionAnywhere() []rule {
	return append(within(acting, injectionRules()), workflowInjection()...)
}

// injectionRules look at both sides: what made the hole, and what mends it.
func injectionRules() []rule {
	return append([]rule{
		shown("select insert update delete from where query raw execute sql", "a query is put together from text",
			`(?i)(?:select\s.+\sfrom|insert\s+into|update\s+\S+\s+set|delete\s+from|\bwhere\s).*(?:["'`+"`"+`]\s*(?:\+|\.|%|\|\|)\s*[\w$(]|\$\{|\{\w+\}|%[sdv]|#\{)`),
		shown("raw unsafe literal", "a query around the builder", `(?i)\b(?:query|execute|from|where|select|order|find)_?(?:raw|unsafe|by_?sql)|\braw(?:query|sql|_sql)?\(|\$(?:query|execute)RawUnsafe|sql\.(?:raw|unsafe)|\bDB::raw|literal\(\s*[\w"'`+"`"+`]`),
		shown("exec system popen spawn shell subprocess process command eval runtime sh bash proc", "another program or text is run",
			`(?i)\bshell\s*=\s*true|shell:\s*true|os\.(?:system|popen|exec)|child_process|\b(?:shell_)?exec(?:sync|file)?\(|execSync|spawn(?:Sync)?\(|subprocess\.\w+|Runtime\.getRuntime|ProcessBuilder|\bpassthru\(|proc_open|exec\.Command|Command::new|\beval\(|new Function\(|instant_remote_process|["']-c["']`),
		shown("pickle yaml unserialize marshal deserialize binaryformatter formatter objectinputstream object stream load readobject xstream", "data becomes objects",
			`(?i)pickle\.loads?|yaml\.(?:unsafe_)?load\(|\bunserialize\(|Marshal\.load|ObjectInputStream|BinaryFormatter|readObject\(|XStream|TypeNameHandling|enableDefaultTyping|jsonpickle|\bdill\.|torch\.load`),
		shown("html inner raw safe dangerously set xss dompurify purify bleach mark", "text becomes a page",
			`dangerouslySetInnerHTML|\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|v-html|\|\s*safe\b|html_safe|mark_safe|template\.(?:HTML|JS|URL)\(|\{!!|bypassSecurityTrust|(?i:dompurify|\bbleach\b|isomorphic-dompurify|text/html|x-xss-protection)`),
	}, injectionMends()...)
}

func injectionMends() []rule {
	return []rule{
		spoken(`sanitize sanitizes sanitized sanitizer sanitization escape escapes escaped escapeshellarg htmlspecialchars htmlentities shlex parameterize xss ssrf xxe traversal
			injection symlink symlinks dompurify csp nosniff`),
		shown("escape escaped quote quoted encode base64 shell", "text is escaped", `(?i)shell_?quote|escape_?shell|url_?encode\w*\(|encodeURIComponent\(|base64_?encode\(|\bquote\(|html\.escape|ERB::Util|HtmlUtils|StringEscapeUtils|Encode\.for\w+`),
		shown("redirect redirects location origin origins hosts uri urlparse url", "an address that a browser is sent to", `(?i)\bredirect_?(?:to|url|uri|after\w*|urls|uris)?\b["')\]]*\s*(?:[(=:?]|!=)|return_?(?:to|url)|trusted_?origins?|allowed_?(?:hosts?|origins?|redirects?)|\b(?:new URL|urlparse|url\.Parse|URI\.create)\(`),
		shown("href", "an address that a browser is sent to", `(?i)\bhref\s*=\s*\{\s*[\w.!?]*(?:url|uri|link|href)\w*\s*\}|(?::|v-bind:)href\s*=\s*"[\w.!?]*(?:url|uri|link|href)\w*"`),
		shown("invalid protocol protocols scheme schemes javascript", "an address is checked", `(?i)\binvalid[-_ ]?(?:external_?)?(?:url|uri|link|host|origin|domain|redirect|scheme|protocol)\w*|["'`+"`"+`^]javascript:|\b(?:protocols?|schemes?)\b.*["'`+"`"+`]https?:?["'`+"`"+`]|["'`+"`"+`]https?:?["'`+"`"+`].*\b(?:protocol|scheme)\b|\.(?:protocol|scheme)\s*(?:[!=]==?|in\b|not in\b)`),
		shown("command cmd", "a command is put together from text", `(?i)\$?\b\w*(?:command|cmd)\w*\s*(?:\.=|\+=|:?=)\s*(?:(?:[\w:>$-]+\()?[fs]?["'`+"`"+`].*(?:\{\s*\$?\w|\$\w|["'`+"`"+`]\s*[.+]\s*\$?\w|%[sqv]))`),
		shown("return", "an address that a browser is sent to", `(?i)\breturn_?(?:to|url)\b`).where(func(l line) bool { return l.has("to", "url") }),
		shown("path join clean base dir zip tar extract normalize relative absolute resolve filename upload contains prefix starts", "a path is put together or checked",
			`(?i)filepath\.(?:clean|evalsymlinks|islocal|rel)|["']\.\.(?:/|["'])|path\.normalize|\.normalize\(\)|secure_?filename|is_?relative_?to|commonpath|realpath|extractall|zip_?entry|content_?type_?options|(?:starts_?with|has_?prefix)\w*\(.*(?:root|base)_?(?:dir|path)`).where(takesPaths),
		shown("upload mime extension extensions filetype type", "what may be uploaded", `(?i)allowed_?(?:file_?|mime_?)?(?:extensions|types)|\b(?:is_?valid|match|check|verify|detect)_?\w*(?:mime|file_?type|extension)\w*\(|\bget_?file_?extension\(`),
		shown("fetch get request url urlopen host hostname ip ips private loopback", "an address that the server calls", `(?i)\b(?:is_?private|is_?loopback|is_?link_?local|169\.254\.|127\.0\.0|private_?ip|allow_?list|deny_?list|block_?list)\b|(?:fetch|urlopen|requests\.(?:get|post)|http\.Get|axios\.\w+)\(\s*(?:req|request|input|params|body|url|user)\b`),
		shown("xml external entity entities doctype dtd builder sax", "an XML reader", `(?i)DocumentBuilderFactory|SAXParser|XMLInputFactory|resolve_?entities|external[-_ ]?(?:general|parameter|entit)|disallow-doctype|LIBXML_NOENT|DtdProcessing`),
		shown("proto prototype constructor assign merge", "the prototype of objects", `__proto__|["']prototype["']|["']constructor["']|Object\.create\(null\)`),
		shown("resolver template render autoescape sandboxed jinja", "a template is run", `(?i)class_?resolver|auto_?escape|render_template_string|SandboxedEnvironment|from_string\(`),
		shown("marked markdown showdown markdownit", "markdown becomes a page", `(?i)\b(?:marked(?:\.parse)?|markdown(?:it)?|showdown|kramdown)\(`),
		shown("regex regexp re pattern preg match test compile", "input is checked by an expression", `(?i)preg_match\(|new RegExp\(\s*[a-z_$]|re\.(?:compile|match|fullmatch)\(.*(?:input|user|name|url|path)|validate\w*(?:name|url|path|host|domain|input|command|ref|branch)`),
		shown("valid validate validated validator validation", "input is checked", `(?i)\b(?:is_?valid|validate)_?\w*(?:url|uri|path|host|domain|name|ref|branch|image|command|input|email|ip|address)\w*\(|->validate\(|Validator::|ValidationException`),
	}
}

// takesPaths leaves out the lists of what a thing is built from: whoever runs
// it wrote their paths.
func takesPaths(l line) bool {
	return !isManifest(l.path) || l.ext == ".py" || l.ext == ".gradle" || l.ext == ".kts"
}
