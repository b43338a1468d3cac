package runner

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sethvargo/go-githubactions"
)

// minMasked is the length below which a value is not masked: the runner would
// then blank it in the whole log, every "e" for a key of "e".
const minMasked = 6

// secretInputs are the inputs of action.yml whose values are secrets: those
// that end in -key or -token.
func secretInputs() []string {
	return []string{"anthropic-api-key", "azure-api-key", "bedrock-api-key", "gemini-api-key", "github-token", "openai-api-key", "vertex-access-token"}
}

// secretVariables hold secrets on the command line and in Actions.
func secretVariables() []string {
	return []string{
		"ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ACTIONS_RUNTIME_TOKEN",
		"ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "AWS_BEARER_TOKEN_BEDROCK", "AZURE_OPENAI_API_KEY", "GEMINI_API_KEY", "GH_TOKEN", "GITHUB_TOKEN", "GOOGLE_API_KEY", "OPENAI_API_KEY", "VERTEX_ACCESS_TOKEN",
		"TIERWISE_ANTHROPIC_API_KEY", "TIERWISE_GEMINI_API_KEY", "TIERWISE_GITHUB_TOKEN", "TIERWISE_OPENAI_API_KEY",
	}
}

// actionsPowers are the variables that give a container powers it does not
// need: to write caches and artifacts, and to ask for identity tokens.
func actionsPowers() []string {
	return []string{
		"ACTIONS_CACHE_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_URL",
		"ACTIONS_RESULTS_URL", "ACTIONS_RUNTIME_TOKEN", "ACTIONS_RUNTIME_URL",
	}
}

// Secrets are the values that must reach no sink: of the key and token inputs
// and of the variables that hold keys, sorted, without empty ones. It must be
// asked before UnsetActionsSecrets.
func (r *Runner) Secrets() []string {
	var values []string
	for _, name := range secretInputs() {
		values = append(values, r.Input(name))
	}
	for _, name := range secretVariables() {
		values = append(values, strings.TrimSpace(r.getenv(name)))
	}
	slices.Sort(values)
	return slices.DeleteFunc(slices.Compact(values), func(v string) bool { return v == "" })
}

// UnsetActionsSecrets takes the runner's own tokens and addresses out of the
// environment, so that nothing that runs later can use or print them. Every
// variable is tried; the error joins what failed.
func (r *Runner) UnsetActionsSecrets(unsetenv func(string) error) error {
	var failed error
	for _, name := range actionsPowers() {
		if err := unsetenv(name); err != nil {
			failed = errors.Join(failed, fmt.Errorf("unset %s: %w", name, err))
		}
	}
	return failed
}

// Mask asks the runner to blank a value, and each of its lines, in the log.
// Outside Actions it does nothing, since there it would print the value; for a
// value shorter than six characters neither.
func (r *Runner) Mask(value string) {
	if !r.InActions() || len(value) < minMasked {
		return
	}
	r.issue(&githubactions.Command{Name: "add-mask", Message: value})
}
