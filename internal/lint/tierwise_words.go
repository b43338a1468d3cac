package lint

// tierwiseInputNames lists the inputs of action.yml, in its order.
func tierwiseInputNames() []string {
	return []string{
		"task", "mode", "policy", "extends-file", "github-token", "anthropic-api-key", "openai-api-key", "gemini-api-key", "bedrock-api-key",
		"vertex-access-token", "azure-api-key", "base-url", "base-url-provider",
		"allowed-hosts", "allow-private-network", "ca-file", "log-file", "handoff", "run-id", "brief", "trust-brief", "annotation", "comment",
		"ledger", "annotate", "review-comments", "sarif-file", "usage-file", "agent", "usage-model", "result-file", "result-digest",
		"report-days", "report-issue", "fail-on", "on-missing-key", "matrix-leg", "base", "head",
	}
}

// inputWords is an input with all the words that it takes.
type inputWords struct {
	name  string
	words []string
}

func tierwiseWords() []inputWords {
	return []inputWords{
		{"mode", []string{"run", "route", "publish", "lint", "record", "report"}},
		{"comment", []string{"never", "always", "over-budget", "on-findings"}},
		{"annotate", []string{"workflow", "check-run", "both", "none"}},
		{"review-comments", []string{"never", "on-findings"}},
		{"fail-on", []string{"none", "info", "low", "medium", "high", "critical", "error"}},
		{"on-missing-key", []string{"fail", "local", "skip"}},
		{"trust-brief", []string{"true", "false"}},
		{"allow-private-network", []string{"true", "false"}},
		{"base-url-provider", []string{"anthropic", "openai", "gemini", "bedrock", "vertex", "azure"}},
	}
}
