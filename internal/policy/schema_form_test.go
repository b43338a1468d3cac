package policy

import (
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/tierwise/tierwise/internal/task"
)

// The published form of a policy, for editors. It is draft-07, which every
// language server for YAML reads. Its words are those of vocabulary.go, and
// TestTheSchemaHasTheReadersKeys holds its keys against those that the reader
// permits. What hangs on more than one place (a price that overlaps another, a
// task that is named twice) is the reader's alone.

const (
	schemaDraft = "http://json-schema.org/draft-07/schema#"
	schemaID    = "https://raw.githubusercontent.com/tierwise/tierwise/main/docs/routing-policy.schema.json"
)

type form = jsonschema.Schema

// key is one key of a section. A leading + says that it must be there.
type key struct {
	name string
	form *form
	text string // what an editor shows
}

// object is a section: these keys, and no others.
func object(text string, keys ...key) *form {
	f := &form{Type: "object", Description: text, Properties: map[string]*form{}, AdditionalProperties: nothing()}
	for _, k := range keys {
		name, must := strings.CutPrefix(k.name, "+")
		if must {
			f.Required = append(f.Required, name)
		}
		shown := *k.form
		shown.Description = k.text
		f.Properties[name] = &shown
		f.PropertyOrder = append(f.PropertyOrder, name)
	}
	return f
}

func nothing() *form { return &form{Not: &form{}} }

func oneOf(words []string) *form {
	f := &form{Type: "string"}
	for _, w := range words {
		f.Enum = append(f.Enum, w)
	}
	return f
}

func text() *form { return &form{Type: "string", Pattern: `\S`} }

func matching(pattern string) *form { return &form{Type: "string", Pattern: pattern} }

func named(pattern string) *form {
	most := maxNameBytes
	return &form{Type: "string", Pattern: pattern, MaxLength: &most}
}

func yesOrNo(standard string) *form { return &form{Type: "boolean", Default: []byte(standard)} }

func whole(least, most int64) *form {
	from, to := float64(least), float64(most)
	return &form{Type: "integer", Minimum: &from, Maximum: &to}
}

// decimal is a number as YAML has it, or quoted.
func decimal(places string) *form {
	return &form{Types: []string{"number", "string"}, Pattern: `^(0|[1-9][0-9]*)(\.[0-9]{1,` + places + `})?$`}
}

func dollars() *form {
	f, zero := decimal("9"), 0.0
	f.ExclusiveMinimum = &zero
	return f
}

func rate() *form {
	f, zero := decimal("6"), 0.0
	f.Minimum = &zero
	return f
}

func share() *form {
	zero, one := 0.0, 1.0
	return &form{Types: []string{"number", "string"}, Minimum: &zero, Maximum: &one, Pattern: `^(0(\.[0-9]{1,3})?|1(\.0{1,3})?)$`}
}

func list(item *form) *form { return &form{Type: "array", Items: item} }

// some is a list that may not be empty: who means none leaves the key out.
func some(item *form) *form {
	one := 1
	return &form{Type: "array", Items: item, MinItems: &one}
}

func different(f *form) *form {
	f.UniqueItems = true
	return f
}

func day() *form { return matching(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`) }

// pathParts are names of folders and a file, none of which is . or ..
const (
	pathPart  = `(\.?[^./\\\t\r\n][^/\\\t\r\n]*|\.\.[^/\\\t\r\n]+)`
	pathParts = pathPart + `(/` + pathPart + `)*`
)

func path() *form { return matching(`^` + pathParts + `$`) }

func login() *form { return named(`^\S+$`) }

// anyKey asks for one of some keys at least.
func anyKey(f *form, names ...string) *form {
	for _, n := range names {
		f.AnyOf = append(f.AnyOf, &form{Required: []string{n}})
	}
	return f
}

// schema gives the whole form.
func schema(known Known) *form {
	f := policySection(known)
	// A policy that extends another one takes over what it leaves out.
	f.If = &form{Not: &form{Required: []string{"extends"}}}
	f.Then = &form{Required: []string{"pool", "baseline"}, Properties: map[string]*form{"pool": {Required: []string{"frontier"}}}}
	return f
}

func policySection(known Known) *form {
	one := any(1)
	return object("Which AI task goes to which model, and who catches a bad output.",
		key{"+version", &form{Const: &one}, "The version of this form. Only 1 is read."},
		key{"extends", matching(`^[A-Za-z0-9](-?[A-Za-z0-9]){0,38}/[A-Za-z0-9._-]{1,100}(/` + pathParts + `)?@[0-9a-f]{40}$`), "An organisation's policy, OWNER/REPOSITORY[/PATH]@COMMIT with the commit in full. Merging only tightens."},
		key{"enforce", yesOrNo("true"), "false only observes: everything runs on the baseline, and the report says what routing would have done."},
		key{"review_by", day(), "When to look at this file again, as YYYY-MM-DD. lint warns from 14 days before."},
		key{"review", oneOf(reviewWords()), "What a review date that has passed is: a warning (warn) or an error."},
		key{"owners", different(list(matching(`^[^\s@]*@\S*$`))), "Who answers for this file: @name, @organisation/team or a mail address."},
		key{"pool", poolSection(), "The models of each tier. The first one with a key is taken."},
		key{"baseline", modelSection("The model that savings are measured against."), "The model that savings are measured against: the one that would do everything."},
		key{"tasks", tasksForm(known), "Where each task starts, and who catches a bad output. Nobody catches it: frontier."},
		key{"table", list(rowSection()), "Places a brief that names no task. A row below default lowers and must fit everything; a row at or above it raises. Rows have no order."},
		key{"default", standing(oneOf(modelTierWords()), `"`+Mid.String()+`"`), "The tier of a brief that no row of the table fits, and of a task that names none."},
		key{"must_frontier", list(mustFrontierSection(known)), "Subjects that stay frontier for tasks that judge or write, whatever labels and budgets say. Keep it short."},
		key{"skip", skipSection(), "When tasks off the critical path do not run at all."},
		key{"handoff", handoffSection(), "What one tier may pass to the next."},
		key{"reuse", yesOrNo("true"), "false keeps no answer and asks every time."},
		key{"override", overrideSection(known), "Which labels ask for which tier, and who may lower."},
		key{"flag", flagSection(), "Whose hindsight counts: /flag comments and reactions on our comment. Without it whoever may write."},
		key{"escalation", escalationSection(), "A refused output goes one tier up."},
		key{"budget", budgetSection(), "Ceilings in dollars. They permit or refuse; they never change the tier."},
		key{"services", different(list(text())), "Folders that are services, as path patterns. Without it, folders with a manifest of their own."},
		key{"attested", attestedSection(), "What the owners vouch for where the platform does not show it. It counts, and is shown as attested."},
		key{"prices", list(priceSection()), "Contract prices over the built-in list."},
		key{"tests", list(testSection(known)), "The policy's own tests, run by lint: which tier a change to these files must get."},
	)
}

func standing(f *form, standard string) *form {
	f.Default = []byte(standard)
	return f
}

func poolSection() *form {
	one := modelSection("A model, and how it is asked.")
	return object("",
		key{"frontier", some(one), "The strongest models: for what is locked and for what nobody would catch."},
		key{"mid", some(one), "Models for work that somebody checks and that is not small."},
		key{"efficient", some(one), "The cheapest models: for work whose mistakes are caught."},
	)
}

func modelSection(about string) *form {
	return object(about,
		key{"+provider", oneOf(providers()), "Whose API is asked."},
		key{"+model", login(), "The vendor's id of the model."},
		key{"effort", oneOf(efforts()), "The vendor's word for how long the model thinks. Thinking counts as output."},
		key{"max_output_tokens", whole(1, maxOutputTokens), "The most tokens of one answer, thinking included."},
	)
}

// tasksForm has a section for each task of the catalogue, and one for all
// others.
func tasksForm(known Known) *form {
	f := &form{Type: "object", Properties: map[string]*form{}, AdditionalProperties: customTaskSection(), PropertyNames: named(kebab.String())}
	for _, t := range known.Tasks {
		f.Properties[t.ID] = builtInTaskSection(t)
		f.PropertyOrder = append(f.PropertyOrder, t.ID)
	}
	return f
}

func builtInTaskSection(t task.Task) *form {
	tiers, critical := modelTierWords(), yesOrNo("false")
	if t.Local != nil {
		tiers = tierWords()
	}
	if t.CriticalPath || t.Kind == task.Judges {
		tiers, critical = []string{Frontier.String()}, yesOrNo("true")
		critical.Enum = []any{true}
	}
	return object("The built-in task "+t.ID+", which "+string(t.Kind)+".", taskKeys(tiers, critical)...)
}

func taskKeys(tiers []string, critical *form) []key {
	return []key{
		{"tier", oneOf(tiers), "Where it starts; reasons only raise it. Without it: the tier of default."},
		{"critical_path", critical, "Its verdict gates a merge: always frontier."},
		{"caught_by", list(catcherForm()), "Who would notice a bad output before it causes a problem."},
	}
}

func customTaskSection() *form {
	keys := []key{
		{"+prompt", path(), "The file with its prompt, read at the base commit."},
		{"schema", path(), "A JSON schema that its answer must meet, read at the base commit. Without it the answer is markdown."},
		{"+kind", oneOf(kindWords()), "judges: its verdict gates. writes: its output becomes code or documentation. tells: it is read."},
		{"failures", different(some(named(kebab.String()))), "The ways in which its output can be bad. Without it: misleading."},
	}
	return object("A task of your own.", append(keys, taskKeys(modelTierWords(), yesOrNo("false"))...)...)
}

func catcherForm() *form {
	return &form{AnyOf: []*form{oneOf(plainCatcherWords()), catcherSection()}}
}

func catcherSection() *form {
	return object("Checks that the base branch requires, by name.",
		key{"+" + string(task.CatcherRequiredChecks), different(some(text())), "The names of the checks. They are looked up at the base branch, not believed."})
}

func rowSection() *form {
	return object("",
		key{"+when", whenSection(), "What must be known of the work."},
		key{"+tier", oneOf(modelTierWords()), "The tier that the row asks for."})
}

func whenSection() *form {
	one := 1
	f := object("",
		key{"scope", oneOf(scopeWords()), "A row that lowers fits up to this scope, a row that raises from it on."},
		key{"domain", different(some(oneOf(domainWords()))), "A row that lowers must name every domain of the work, a row that raises one."},
		key{"ambiguity", oneOf(ambiguityWords()), "A row that lowers fits up to this, a row that raises from it on."},
		key{"shape", different(some(oneOf(shapeWords()))), "Only in a row that lowers: the whole change has one of these shapes."})
	f.MinProperties = &one
	return f
}

func mustFrontierSection(known Known) *form {
	f := object("",
		key{"+id", named(kebab.String()), "Its name in reasons and in reports."},
		key{"+why", text(), "Why it stays frontier, for whoever reads the reason."},
		key{"paths", different(some(text())), "Path patterns. Letter case does not count."},
		key{"content", different(some(text())), "Regular expressions (RE2) over added and removed lines."},
		key{"signals", different(some(oneOf(known.Signals))), "Signals of the change; tierwise explain lists them."},
		key{"domains", different(some(oneOf(domainWords()))), "Domains of the work."},
		key{"tasks", different(some(taskName(known))), "Narrows or widens the tasks that it holds for. Without it: those that judge or write."})
	return anyKey(f, "paths", "content", "signals", "domains")
}

// taskName is a task of the catalogue, which an editor offers, or one of the
// policy's own.
func taskName(known Known) *form {
	return &form{AnyOf: []*form{oneOf(taskIDs(known)), named(kebab.String())}}
}

func taskIDs(known Known) []string {
	var ids []string
	for _, t := range known.Tasks {
		ids = append(ids, t.ID)
	}
	return ids
}

func skipSection() *form {
	return object("",
		key{"drafts", yesOrNo("false"), "Draft pull requests."},
		key{"only", different(list(oneOf(skipWords()))), "Changes that consist only of these."},
		key{"actors", different(list(login())), "Pull requests of these accounts, by exact login."})
}

func handoffSection() *form {
	return object("", key{"+max_tokens", whole(leastHandoffTokens, mostHandoffTokens), "At most this many tokens."})
}

func overrideSection(known Known) *form {
	return object("",
		key{"labels", labelsForm(known), "Label to tier, or to one task's tier: { changelog: efficient }."},
		key{"allow", different(list(oneOf(permissionWords()))), "The permissions that may lower. Without it nobody may; anybody may raise."},
		key{"bots", different(list(login())), "Bots that may lower, by exact login."},
		key{"self_lower", yesOrNo("false"), "true lets the author lower their own pull request."},
		key{"require_reason", yesOrNo("false"), "true refuses a lowering label without a /tier … because … comment."})
}

func labelsForm(known Known) *form {
	one := 1
	single := &form{
		Type: "object", MinProperties: &one, MaxProperties: &one, Properties: map[string]*form{},
		PropertyNames: named(kebab.String()), AdditionalProperties: oneOf(modelTierWords()),
	}
	for _, t := range known.Tasks {
		if t.Local != nil {
			single.Properties[t.ID] = oneOf(tierWords())
			single.Properties[t.ID].Description = "The tier that this label gives the task."
		}
	}
	return &form{
		Type: "object", PropertyNames: matching(`^\S(.*\S)?$`),
		AdditionalProperties: &form{AnyOf: []*form{oneOf(modelTierWords()), single}},
	}
}

func flagSection() *form {
	return object("", key{"+allow", different(list(oneOf(permissionWords()))), "The permissions whose flags count. An empty list is nobody."})
}

func escalationSection() *form {
	return object("", key{"+max_attempts", whole(1, defaultAttempts), "At most this many attempts in all."})
}

func budgetSection() *form {
	return object("",
		key{"run_usd", dollars(), "Ceiling of one run."},
		key{"pull_request_usd", dollars(), "Ceiling of all runs of a pull request. Needs a shared ledger."},
		key{"day_usd", dollars(), "Ceiling of a day. Needs a shared ledger."},
		key{"actor_day_usd", dollars(), "Ceiling of a day for one person. Needs a shared ledger."},
		key{"critical_reserve", share(), "The share of the day that is kept for the critical path, from 0 to 1."},
		key{"on_exceeded", exceededSection(), "What happens where a ceiling refuses."})
}

func exceededSection() *form {
	return object("",
		key{"critical", oneOf(onCriticalWords()), "On the critical path. Without it: fail."},
		key{"auxiliary", oneOf(onAuxiliaryWords()), "Off it. Without it: skip."})
}

func attestedSection() *form {
	var keys []key
	for _, c := range attestedWords() {
		keys = append(keys, key{c, text(), "Why the owners are sure of it."})
	}
	return object("", keys...)
}

func priceSection() *form {
	return object("Dollars per million tokens.",
		key{"+provider", oneOf(providers()), "Whose model it is."},
		key{"+model", login(), "The vendor's id of the model."},
		key{"+input", rate(), "Dollars per million tokens of input."},
		key{"+output", rate(), "Dollars per million tokens of output."},
		key{"cache_read", rate(), "Dollars per million tokens that were read from a cache."},
		key{"cache_write", rate(), "Dollars per million tokens that were put into a cache."},
		key{"cache_write_1h", rate(), "The same for an hour's cache."},
		key{"long_context", longPriceSection(), "What a request with a long prompt costs, all of it."},
		key{"from", day(), "The first day on which it holds."},
		key{"to", day(), "The first day on which it no longer holds."})
}

func longPriceSection() *form {
	return object("Dollars per million tokens.",
		key{"+over", whole(1, maxPromptStep), "Prompts with more tokens than this."},
		key{"+input", rate(), "Dollars per million tokens of input."},
		key{"+output", rate(), "Dollars per million tokens of output."},
		key{"cache_read", rate(), "Dollars per million tokens that were read from a cache."},
		key{"cache_write", rate(), "Dollars per million tokens that were put into a cache."},
		key{"cache_write_1h", rate(), "The same for an hour's cache."})
}

func testSection(known Known) *form {
	f := object("",
		key{"paths", different(some(path())), "The files that the change touches."},
		key{"task", taskName(known), "The task that runs."},
		key{"brief", text(), "The words of the work."},
		key{"annotation", text(), "What is declared of it: [scope: …] [domain: …] [ambiguity: …]."},
		key{"+expect", oneOf(tierWords()), "The tier that it must get."})
	return anyKey(f, "paths", "brief", "annotation")
}

// sectionOf gives the form that stands for a section of the reader, by the
// reader's own name for it.
func sectionOf(what string, known Known) *form {
	forms := map[string]*form{
		"the policy": policySection(known), "pool": poolSection(), "a model of the pool": modelSection(""), "baseline": modelSection(""),
		"a row of the table": rowSection(), "when": whenSection(), "an entry of must_frontier": mustFrontierSection(known),
		"skip": skipSection(), "handoff": handoffSection(), "override": overrideSection(known), "flag": flagSection(), "escalation": escalationSection(),
		"budget": budgetSection(), "on_exceeded": exceededSection(), "attested": attestedSection(), "a price": priceSection(), "long_context": longPriceSection(),
		"a test": testSection(known), "a catcher": catcherSection(),
	}
	if id, ok := strings.CutPrefix(what, "task "); ok {
		if slices.Contains(taskIDs(known), id) {
			return builtInTaskSection(task.Task{})
		}
		return customTaskSection()
	}
	return forms[what]
}
