package task

import (
	"regexp"
	"slices"
	"strings"
)

// runsAtLoad gives a new line at the top of a file that does something when
// the file is loaded: all but imports, declarations, values written out, and
// calls that register a test.
func (l testLanguage) runsAtLoad(r rewrite) string {
	var before []string
	if !r.fresh {
		before = splitLines(r.before)
	}
	after := splitLines(r.after)
	first := ""
	for _, added := range alignments(before, after) {
		lines, even := l.codeLines(after, added)
		if !even {
			return "the file's brackets cannot be read"
		}
		line := ""
		for i := range lines {
			if line == "" && lines[i].added && l.atLoad(lines, i) {
				line = strings.TrimSpace(lines[i].raw)
			}
		}
		if line == "" {
			return ""
		}
		if first == "" {
			first = line
		}
	}
	return first
}

func (l testLanguage) atLoad(lines []codeLine, i int) bool {
	code := lines[i].code
	if code == "" || closing().MatchString(code) && len(lines[i].in) == 0 || !l.loadsDirectly(lines, i) {
		return false
	}
	whole := statement(lines, i)
	return !l.loadForm().MatchString(code) && !l.plainValue(whole) || l.valueForm().MatchString(code) && !l.plainValue(whole)
}

// loadsDirectly says that a line is carried out when the file is loaded: it
// stands at the top, or in the body of a class where that is code as well.
func (l testLanguage) loadsDirectly(lines []codeLine, i int) bool {
	if !slices.Contains([]string{".py", ".rb", ".ex"}, l.sources[0]) {
		return len(lines[i].in) == 0
	}
	return !slices.ContainsFunc(lines[i].in, func(o opener) bool {
		return o.mark != ':' || !typeOpens().MatchString(lines[o.line].code) && !suiteOpens().MatchString(lines[o.line].code)
	})
}

// statement gives a line and all that stands in what it opens.
func statement(lines []codeLine, i int) string {
	var b strings.Builder
	b.WriteString(lines[i].code)
	for _, line := range lines[i+1:] {
		deeper := slices.ContainsFunc(line.in, func(o opener) bool { return o.line >= i })
		if !deeper && line.code != "" {
			break
		}
		b.WriteString(" " + line.code)
	}
	return b.String()
}

// plainValue says that a statement gives a name a value that is written out,
// or that only harmless calls make.
func (l testLanguage) plainValue(whole string) bool {
	name, value, assigned := assignment(whole)
	if !assigned {
		return strings.Trim(whole, `"`) == "" || !strings.Contains(whole, "(") && l.valueForm().MatchString(whole)
	}
	if strings.ContainsAny(name, ".[") && !strings.Contains(name, ":") && l.sources[0] != ".go" || strings.HasSuffix(strings.TrimSpace(name), "pytestmark") {
		return false
	}
	if functionValue().MatchString(value) && !calledAtOnce().MatchString(value) {
		return true
	}
	if l.sources[0] != ".js" && anyFunction().MatchString(value) || strings.Contains(value, "await ") || calledAtOnce().MatchString(value) {
		return false
	}
	for _, m := range valueCall().FindAllStringSubmatch(value, -1) {
		if m[2] != "" && !l.harmless(m[1] != "", m[2]) {
			return false
		}
	}
	return true
}

// harmless says that a call only makes a value.
func (l testLanguage) harmless(made bool, name string) bool {
	switch l.sources[0] {
	case ".js":
		if made {
			return true
		}
	case ".py":
		if typeCall().MatchString(name) {
			return true
		}
	}
	return harmlessCall().MatchString(name)
}

// assignment splits a statement at its first sign that gives a value.
func assignment(whole string) (name, value string, ok bool) {
	at := firstAssign().FindStringIndex(whole)
	if at == nil {
		return whole, "", false
	}
	return whole[:at[0]+1], whole[at[1]-1:], true
}

var (
	firstAssign   = lazily(`[^=!<>:]\s*=[^=>~]`)
	functionValue = lazily(`^\s*(?:async\s*)?(?:function\b|\([^()]*\)(?::\s*[^=]+)?\s*=>|\w+\s*=>)`)
	anyFunction   = lazily(`\bfunc\s*\(|=>|\blambda\b|\bfunction\b|\bdo\b`)
	calledAtOnce  = lazily(`\}\s*\(\s*|\)\s*\(`)
	typeCall      = lazily(`^[A-Z]\w*$`)
	valueCall     = lazily(`(\bnew\s+)?([\w.$]*(?:::\w+)*)(?:<[\w\s,<>\[\]]*>)?\s*\(`)
	harmlessCall  = lazily(`^(?:errors\.New|fmt\.Errorf|regexp\.MustCompile|time\.(?:Date|Duration|Unix)|big\.NewInt|\[\]byte|require|(?:vi|jest)\.(?:fn|hoisted|mocked)|new|Object\.freeze|Symbol|BigInt|Number|String|Date|Map|Set|URL|RegExp|path\.(?:join|resolve|dirname)|join|resolve|dirname|fileURLToPath|createRequire|promisify|date|datetime|timedelta|timezone|datetime\.(?:date|datetime|timedelta|timezone)|Decimal|Fraction|re\.compile|Path|object|frozenset|set|dict|list|tuple|range|len|namedtuple|TypeVar|UUID|uuid\.UUID|pytest\.(?:param|mark\.\w+)|logging\.getLogger|listOf|mapOf|setOf|arrayOf|Duration\.\w+|std::(?:string|chrono::\w+|vector)|int|float|str|bytes|in|and|or|not|if|return|u?int\d*|float\d+|string)$`)
)

var (
	goLoad     = lazily(`^(?:package|import|func|type|const|var)\b`)
	goValue    = lazily(`^var\b`)
	pyLoad     = lazily(`^(?:import|from|def|async def|class|@|if __name__\s*==|if TYPE_CHECKING\b|""|pass\b|\.\.\.)`)
	jsLoad     = lazily(`^(?:import\b[^(]*$|export (?:const|function|class|type|interface|default function)|(?:describe|context|suite|it|test|specify)(?:\.\w+)*\s*(?:\(|<|$|"")|(?:beforeEach|afterEach)\(|(?:jest|vi)\.(?:mock|useFakeTimers|doMock)\(|(?:async\s+)?function\b|(?:abstract\s+)?class\b|type\b|interface\b|enum\b|declare\b|const\b|let\b|var\b|""|\}|\.|(?:describe|it|test)\.each)`)
	jsValue    = lazily(`^(?:export\s+)?(?:const|let|var)\b`)
	rubyLoad   = lazily(`^(?:require|require_relative|RSpec\.describe|describe|context|feature|shared_examples|class|module|def|include|extend|let!?|subject|before|after|around|it|its|specify|example|scenario|test|private|end|attr_\w+|setup|teardown)\b`)
	exLoad     = lazily(`^(?:defmodule|use|import|alias|require|describe|test|property|defp?|defstruct|setup|@\w+|end|doctest)\b|^@`)
	phpLoad    = lazily(`^(?:<\?php|declare|namespace|use|(?:abstract |final |readonly )*class|trait|interface|enum|function|const|require_once|it\(|test\(|describe\(|dataset\(|uses\(|beforeEach\(|afterEach\(|#\[|->with|\{|\})`)
	kotlinLoad = lazily(`^(?:package|import|@|(?:private |internal |public |data |sealed |abstract |open |inline |suspend |enum |const |fun )*(?:class|interface|object|fun|typealias|enum|val)\b)`)
	ktValue    = lazily(`^(?:private |internal |public |const )*va[lr]\b`)
	swiftLoad  = lazily(`^(?:import|@|(?:private |fileprivate |public |internal |final |indirect )*(?:class|struct|enum|extension|protocol|func|actor|typealias|let)\b)`)
	swiftValue = lazily(`^(?:private |fileprivate |public |internal )*(?:let|var)\b`)
	cppLoad    = lazily(`^(?:#include|using|namespace|(?:static |inline |constexpr )*(?:class|struct|enum|union)\b|template|TEST|TYPED_TEST|INSTANTIATE|SCENARIO|BOOST_AUTO|extern|typedef|[\w:<>,*&\s]+\s[*&]?\w+\s*\([^;=]*\{?$|(?:static |inline |constexpr |const )+[^()]*;$|\})`)
	anyLoad    = lazily(`^[\w@#\[/\}"].*`)
	noValue    = lazily(`^\x00`)
)

// loadForm is what may stand at the top of a file.
func (l testLanguage) loadForm() *regexp.Regexp {
	form := map[string]func() *regexp.Regexp{
		".go": goLoad, ".py": pyLoad, ".js": jsLoad, ".rb": rubyLoad, ".ex": exLoad, ".php": phpLoad, ".kt": kotlinLoad, ".swift": swiftLoad, ".cc": cppLoad,
	}[l.sources[0]]
	if form == nil {
		form = anyLoad // a compiler refuses all but declarations there
	}
	return form()
}

// valueForm begins a value at the top of a file that is worked out on loading.
func (l testLanguage) valueForm() *regexp.Regexp {
	form := map[string]func() *regexp.Regexp{".go": goValue, ".js": jsValue, ".kt": ktValue, ".swift": swiftValue}[l.sources[0]]
	if form == nil {
		form = noValue
	}
	return form()
}
