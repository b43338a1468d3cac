package signal

import (
	"slices"
	"sync"

	"github.com/tierwise/tierwise/internal/task"
)

// topic is what the words of an object say that work is about.
type topic struct {
	domain task.Domain
	words  func() vocabulary
}

// topics are asked of the object of a verb, where "the docs" or "a column" is
// what is changed. Elsewhere such a word may stand for anything.
func topics() []topic {
	return []topic{{task.Docs, docsObject}, {task.Tests, testsObject}, {task.Config, configObject}, {task.Schema, schemaObject}, {task.Feature, featureObject}}
}

var (
	docsObject = phrases("readme|docs|documentation|docstring|docstrings|changelog|guide|guides|tutorial|tutorials|faq|wiki|javadoc|jsdoc|godoc|glossary|contributing",
		"release notes", "code|doc comment|comments", "doc|docs page|pages|site", "user manual")
	// spellObject is about words, which may stand in a document or in code.
	spellObject = phrases("typo|typos|spelling|grammar|wording|misspelling|misspellings")
	testsObject = phrases("test|tests|testcase|testcases|testing|rspec|coverage|fixture|fixtures|e2e|mocks|benchmark|benchmarks", "spec file|files",
		"test case|cases|suite|suites|coverage|helper|helpers|data|file|files")
	configObject = phrases("linter|linters|lint|eslint|prettier|golangci|ruff|flake8|rubocop|ci|dependency|dependencies|deps|devdependencies|dependabot|renovate|dockerfile"+
		"|makefile|config|configuration|configs|gitignore|editorconfig|toolchain|tsconfig|lockfile|nvmrc|precommit|webpack|vite|babel",
		"pre commit", "github action|actions", "actions checkout|cache", "base image", "lock file", "build flag|flags", "compiler flag|flags", "node|go|python|ruby|java|rust|php version", "env|environment file|files",
		"ci|build|release|nightly|deploy|github|test pipeline|workflow|workflows|job|jobs", "ci config|build|step", "helm chart|values", "dev dependency|dependencies", "log level", "editor settings", "cron schedule")
	schemaObject = phrases("column|columns|migration|migrations|backfill|ddl", "foreign|primary|composite|unique key|keys|constraint|constraints|index", "database|db|sql schema|table|tables|index|model|view",
		"table|schema of|in ..2 database", "unique index", "partial index")
	featureObject = phrases("endpoint|endpoints|button|buttons|dialog|modal|page|screen|flag|option|command|subcommand|feature|api|parser|handler|hook|component|widget|import|export|search" +
		"|pagination|upload|download|sort|cache|retry|retries|panic|crash|support|mode|toggle|tooltip|menu|form|webhook|worker|scheduler|algorithm|query|function|method|class|module|service")
)

// domains gives what one clause says by its verb and by the words of its
// object. Every word that fits counts: more words only add.
func (c clause) domains() []task.Domain {
	var domains []task.Domain
	for _, t := range topics() {
		if t.words().in(c.object) {
			domains = append(domains, t.domain)
		}
	}
	switch c.does {
	case documents:
		domains = append(domains, task.Docs)
	case restructs:
		domains = append(domains, task.Refactor)
	case tests:
		domains = append(domains, task.Tests)
	case sets:
		domains = append(domains, task.Config)
	}
	return slices.Compact(slices.Sorted(slices.Values(domains)))
}

// leads settles what a trusted clause is about, where its verb and its object
// say different things: "add a retry test" is about tests, "test the endpoint"
// too, and "show the changelog" is about a feature.
func (c clause) leads() []task.Domain {
	switch c.does {
	case documents:
		return []task.Domain{task.Docs}
	case tests:
		return []task.Domain{task.Tests}
	case behaves:
		return []task.Domain{task.Feature}
	case restructs:
		return c.beside(task.Refactor, task.Schema)
	case sets:
		return c.beside(task.Config, task.Feature)
	case edits:
		return c.head()
	}
	return nil
}

// beside adds a second domain to that of the verb, if the object says it.
func (c clause) beside(verb, object task.Domain) []task.Domain {
	if slices.Contains(c.domains(), object) {
		return []task.Domain{verb, object}
	}
	return []task.Domain{verb}
}

// trailers may stand behind the word that says what an object is.
var trailers = sync.OnceValue(func() map[string]bool {
	return setOf("entry", "entries", "file", "files", "rule", "rules", "section", "settings", "again", "too", "also", "version", "versions", "everywhere", "please", "wording")
})

// head gives the domain of the last words of the object that say one: that of
// "the parser test" is tests, that of "the test command" feature. Where other
// words stand behind it, as in "the config reload", it may be a feature too.
func (c clause) head() []task.Domain {
	for i := range slices.Backward(c.object) {
		for _, t := range topics() {
			end := t.words().at(c.object, i)
			if end == 0 {
				continue
			}
			if !slices.ContainsFunc(c.object[end:], func(t token) bool { return !trailers()[t.word] }) {
				return []task.Domain{t.domain}
			}
			return []task.Domain{t.domain, task.Feature}
		}
	}
	return nil
}
