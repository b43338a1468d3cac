package signal

import (
	"strings"
	"sync"
)

// maxHeadline bounds the words that are weighed, in bytes.
const maxHeadline = 300

// headline is the short text that says what was done.
func headline(in Input) string {
	text := in.Brief.Title
	if text == "" {
		text, _, _ = strings.Cut(strings.TrimSpace(in.Brief.Text), "\n")
	}
	return text[:min(len(text), maxHeadline)]
}

// subjects gives what a word is about, by its stem.
var subjects = sync.OnceValue(func() map[string]string {
	about := map[string]string{}
	for subject, words := range map[string]string{
		"docs": "doc documentation readme changelog guide tutorial wording typo spelling grammar godoc javadoc jsdoc docstring comment license licence faq " +
			"roadmap contributing adopters website blog link markdown sentence paragraph glossary howto walkthrough",
		"tests": "test testcase coverage e2e spec flaky flake flakiness mock stub fixture snapshot assertion assert unit cypress playwright jest pytest " +
			"rspec vitest junit mocha karma testdata benchmark smoke",
		"settings": "bump upgrade dep dependency devdependencies ci workflow pipeline docker dockerfile lint linter eslint prettier gha action renovate " +
			"dependabot npm yarn pnpm gradle maven cargo makefile goreleaser release publish build package lockfile pin precommit codecov sonar snyk runner " +
			"codeowners gitignore image config tsconfig golangci rubocop webpack vite babel bazel cmake nix flake8 ruff mypy helm toolchain nightly",
		"repair": "fix bug crash error panic leak handle prevent avoid ensure correct issue wrong broken fail regression race",
		"making": "add support implement introduce allow enable new expose improve refactor rename move remove simplify optimize optimise use extract replace rework",
		"update": "update",
	} {
		for word := range strings.FieldsSeq(words) {
			about[stem(word)] = subject
		}
	}
	return about
})

// describeWords notes each word of the headline and what the words are about.
func describeWords(text string, beside string, amounts map[string]int) {
	if text == "" {
		amounts["no words"] = whole
	}
	about := subjects()
	for _, word := range wordsOf(text, nil) {
		word = stem(word)
		amounts["word:"+word] = whole
		if subject := about[word]; subject != "" {
			amounts["about "+subject] = whole
			amounts["about "+subject+" beside "+beside] = whole
		}
	}
	if versionText(text) {
		amounts["a version"] = whole
	}
}

// versionText finds two numbers with a dot between them, as in 1.26.
func versionText(text string) bool {
	for i := 1; i+1 < len(text); i++ {
		if text[i] == '.' && digit(text[i-1]) && digit(text[i+1]) {
			return true
		}
	}
	return false
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// stem cuts the usual endings, so that "tests", "tested" and "testing" are one
// word. It need not be a word of the language.
func stem(word string) string {
	if rest, ok := strings.CutSuffix(word, "ies"); ok && len(rest) > 2 {
		return rest + "y"
	}
	for _, ending := range []string{"ing", "ed", "es", "s", "e"} {
		rest, ok := strings.CutSuffix(word, ending)
		if ok && len(rest) > 2 && !strings.HasSuffix(word, "ss") {
			return rest
		}
	}
	return word
}
