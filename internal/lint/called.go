package lint

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/workflow"
)

// calledModel is the model that a call names, as its vendor writes it.
type calledModel struct {
	provider, id string
	from, to     int  // of the id in what is written
	alias        bool // it names a family, or whatever is the newest
	router       bool // it names what chooses a model for each request
	resold       bool // by a cloud or a gateway, whose ids and prices are other ones
	facts        Model
	known        bool
}

// calls gives the calls that a rule speaks of. What a compiler wrote is said
// of its source, where that is at hand.
func (f Workflow) calls(w World) []workflow.Call {
	if f.File.Generated && w.Workflows != nil {
		source := strings.TrimSuffix(f.Name, ".lock.yml") + ".md"
		for _, other := range *w.Workflows {
			if other.Name == source {
				return nil
			}
		}
	}
	return f.Calls
}

// instead puts text in place of a part of a value, in a file that a person
// writes.
func (f Workflow) instead(pos diag.Position, from, to int, text string) []Edit {
	if f.File.Generated || pos.Line == 0 {
		return nil
	}
	start, end := pos, pos
	start.Col, end.Col = from, to
	return []Edit{{Start: start, End: end, Text: text}}
}

// compiled is what a message on a compiled file ends with.
func (f Workflow) compiled() string {
	if f.File.Generated {
		return " (in its .md, then compile it again)"
	}
	return ""
}

var bedrockID = lazily(`^(?:[a-z]+\.)?anthropic\.(claude-.+?)(?:-v\d+(?::\d+)?)?$`)

// calledOf reads the model of a call; not ok where none is named or where it is
// computed, of which nothing can be said.
func (w World) calledOf(c workflow.Call) (calledModel, bool) {
	if c.Model == nil || c.Model.Expression {
		return calledModel{}, false
	}
	text := c.Model.Text
	m := calledModel{to: len(strings.TrimSuffix(text, "[1m]")), provider: c.Agent.Provider, resold: c.Elsewhere}
	m.from = strings.LastIndexByte(text[:m.to], '/') + 1
	m.id = text[m.from:m.to]
	m.prefixed(strings.TrimSuffix(text[:m.from], "/"))
	m.unwrap()
	m.vendor(c)
	m.look(w)
	return m, true
}

// prefixed reads the vendor in front of a slash.
func (m *calledModel) prefixed(prefix string) {
	switch prefix {
	case "":
	case "anthropic", "openai", "gemini":
		m.provider = prefix
	case "google", "models":
		m.provider = "gemini"
	default:
		m.provider, m.resold = "", true
	}
}

// unwrap takes away how a cloud writes an id.
func (m *calledModel) unwrap() {
	if match := bedrockID().FindStringSubmatch(m.id); match != nil {
		m.id, m.resold = match[1], true
	}
	if id, date, ok := strings.Cut(m.id, "@"); ok {
		m.id, m.resold = id+"-"+date, true
	}
}

// vendor tells the vendor by the id where nothing else does, and sees where an
// agent of one vendor is given the model of another one.
func (m *calledModel) vendor(c workflow.Call) {
	told := ""
	switch {
	case strings.HasPrefix(m.id, "claude-"):
		told = "anthropic"
	case strings.HasPrefix(m.id, "gpt-"):
		told = "openai"
	case strings.HasPrefix(m.id, "gemini-"):
		told = "gemini"
	}
	m.resold = m.resold || told != "" && m.provider != "" && told != m.provider
	if told != "" {
		m.provider = told
	}
	if c.Agent.Resells || m.resold {
		if m.provider == "anthropic" {
			m.id = strings.ReplaceAll(m.id, ".", "-")
		}
	}
}

func (m *calledModel) look(w World) {
	if m.facts, m.known = ModelOf(m.provider, m.id); m.known {
		return
	}
	switch m.id {
	case "opus", "sonnet", "haiku", "fable":
		m.alias = true
		for _, other := range Models() {
			if other.Family == "claude-"+m.id && !other.Ended(w.Today) {
				m.provider, m.facts, m.known = "anthropic", other, true
			}
		}
	case "default", "auto", "best", "opusplan", "pro", "flash", "flash-lite":
		m.alias = true
	default:
		m.alias = strings.HasSuffix(m.id, "-latest") && plainWord(m.id) && len(m.id) < 60
	}
	m.router = isRouter(m.id)
	m.alias = m.alias || m.router
	if _, priced := w.rowOf(m.provider, m.id); priced {
		m.known = true
	}
}

// isRouter says that a name is one of a service that picks a model.
// https://openrouter.ai/docs/features/model-routing
func isRouter(id string) bool {
	return slices.Contains([]string{"auto", "auto-beta", "auto-router", "router", "free"}, strings.ToLower(id))
}

// rowOf gives the list price of a model today.
func (w World) rowOf(provider, id string) (money.Row, bool) {
	today, err := time.Parse(time.DateOnly, w.Today)
	if err != nil {
		return money.Row{}, false
	}
	return w.Prices.Lookup(provider, id, today)
}

// row gives the list price of the model, of a family that of its newest.
func (m calledModel) row(w World) (money.Row, bool) {
	if m.resold {
		return money.Row{}, false
	}
	if m.alias {
		return w.rowOf(m.provider, m.facts.ID)
	}
	return w.rowOf(m.provider, m.id)
}

// hit makes a hit on the model that a call names.
func (f Workflow) onModel(c workflow.Call, message string) Hit {
	if c.Model.When != "" {
		message = "where " + c.Model.When + ", " + message
	}
	if c.Model.File != "" {
		message += " (named in " + c.Model.File + ")"
	}
	return Hit{Pos: c.Model.Pos, End: c.Model.End, Message: message + f.compiled()}
}

// rename puts another id in place of the one that a call names.
func (f Workflow) rename(c workflow.Call, m calledModel, id string) []Edit {
	if c.Model.End == 0 || c.Model.File != "" || m.resold || id == "" {
		return nil
	}
	if c.Model.Matrix || c.Model.Shared && len(f.Calls) > 1 {
		return nil // it would become another leg, or another step may need the model that this one does not
	}
	return f.instead(c.Model.Pos, c.Model.Pos.Col+m.from, c.Model.Pos.Col+m.to, id)
}

// rules gives the policy that counts: the repository's, or the built-in one.
func (w World) rules() *policy.File {
	if w.Policy != nil {
		return w.Policy
	}
	return builtIn()
}

// builtIn is read once: many workflows are judged by it.
var builtIn = sync.OnceValue(func() *policy.File {
	known := policy.Known{Tasks: task.All()}
	for _, s := range signal.All() {
		known.Signals = append(known.Signals, s.ID)
	}
	file, err := policy.Default(known)
	if err != nil {
		return &policy.File{} // a test of the policy package holds it to be whole
	}
	return file
})

// rowFor gives the policy's row of a task.
func rowFor(file *policy.File, task string) (policy.Task, bool) {
	for _, t := range file.Tasks {
		if t.ID == task {
			return t, true
		}
	}
	return policy.Task{}, false
}

// fromPool gives the policy's first model of a tier by a vendor, "" where it
// has none.
func fromPool(file *policy.File, tier policy.Tier, provider string) string {
	for _, m := range file.Models(tier) {
		if m.Provider == provider {
			return m.Model
		}
	}
	return ""
}

// isCritical says whether a task's verdict gates a merge.
func isCritical(task string) bool { return task == "code-review" || task == "security-scan" }

// listPrice words a price by the million tokens.
func listPrice(r money.Row) string {
	return oneRate(r.Rates.Input) + " / " + oneRate(r.Rates.Output)
}

// oneRate words one rate; a pico-dollar a token is 1,000 nano-dollars
// a million.
func oneRate(p money.Pico) string { return dollars(money.Nano(p * 1000)) }

// thousands writes a number with commas.
func thousands(n int64) string {
	text := strconv.FormatInt(n, 10)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}
