package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// access is how models are reached, with what hides the keys.
type access struct {
	pipeline.Access
	redactor *sanitize.Redactor
}

// keyVariables are the environment's names for the keys, by provider.
func keyVariables() map[string]string {
	return map[string]string{
		"anthropic": "ANTHROPIC_API_KEY", "openai": "OPENAI_API_KEY", "gemini": "GEMINI_API_KEY",
		"bedrock": "AWS_BEARER_TOKEN_BEDROCK", "azure": "AZURE_OPENAI_API_KEY", "vertex": "VERTEX_ACCESS_TOKEN",
	}
}

// baseVariables are the SDKs' own names for the base address, read on the
// command line alone: in Actions an earlier step could set them.
func baseVariables() map[string]string {
	return map[string]string{
		"anthropic": "ANTHROPIC_BASE_URL", "openai": "OPENAI_BASE_URL", "gemini": "GOOGLE_GEMINI_BASE_URL",
		"bedrock": "BEDROCK_BASE_URL", "azure": "AZURE_OPENAI_BASE_URL", "vertex": "GOOGLE_VERTEX_BASE_URL",
	}
}

// access reads the keys from the environment and the rest from the flags.
func (f *callFlags) access(p Process) (access, error) {
	a := access{Access: pipeline.Access{
		Keys: map[string]string{}, BaseURL: f.baseURL, BaseURLProvider: f.baseURLProvider,
		AllowedHosts: f.allowedHosts, AllowPrivate: f.allowPrivate, Proxy: p.Proxy, Now: p.Now,
	}}
	for provider, variable := range keyVariables() {
		if key := p.Getenv(variable); key != "" {
			a.Keys[provider] = key
		}
	}
	f.baseFromVariables(p, &a.Access)
	if f.caFile != "" {
		data, err := readInput("ca-file", f.caFile, p.Stdin)
		if err != nil {
			return a, err
		}
		a.CA = data
	}
	a.redactor = redactorFor(a.Keys)
	return a, nil
}

func (f *callFlags) baseFromVariables(p Process, a *pipeline.Access) {
	if a.BaseURL != "" {
		return
	}
	var bases []string
	for provider, variable := range baseVariables() {
		if value := p.Getenv(variable); value != "" && a.Keys[provider] != "" {
			bases = append(bases, provider+"="+value)
		}
	}
	slices.Sort(bases)
	a.BaseURL = strings.Join(bases, ",")
}

// done is what a run leaves for its reports.
type done struct {
	session report.Session
	records []ledger.Record
	head    report.ResultHead
}

// execute decides every task, carries the decisions out and joins the rest.
func execute(ctx context.Context, p Process, w *pipeline.Work, s pipeline.Settings, a access, o pipeline.Origin) (done, error) {
	edge := edgeOf(p)
	models, err := a.Models(w.Policy)
	if err != nil {
		return done{}, err
	}
	models = models.Hiding(a.redactor.Redact)
	plans, err := w.Decide(ctx, s, models, edge)
	if err != nil {
		return done{}, err
	}
	if err := w.CheckNeeds(plans); err != nil {
		return done{}, err
	}
	if o.First, err = pipeline.FirstSequence(edge.Random); err != nil {
		return done{}, fmt.Errorf("name the records: %w", err)
	}
	if w.Trace != nil {
		w.Trace.Origin = o
	}
	results, budget := w.Run(ctx, plans, s, models, edge)
	spent, blind := budget.Spent()
	session := w.Session(results, spent, s, models, edge, p.Version)
	if w.Trace != nil {
		session.Ceilings = w.Ceilings(ctx, models, edge)
		session.Warnings = append(session.Warnings, w.Trace.Warnings...)
	}
	if blind > 0 {
		session.Warnings = append(session.Warnings, fmt.Sprintf("calls with neither a cost nor an upper bound: %d; what the run spent leaves them out", blind))
	}
	session.Handoff = w.HandOver(results, models)
	if session.Handoff.Trouble != "" {
		session.Warnings = append(session.Warnings, session.Handoff.Trouble)
	}
	session.Interrupted = errors.Is(ctx.Err(), context.Canceled)
	head, err := w.ResultHead(o, models)
	if err != nil {
		return done{}, err
	}
	return done{session: session, records: w.Records(results, o, models, edge), head: head}, nil
}

func edgeOf(p Process) pipeline.Edge {
	return pipeline.Edge{Now: p.Now, Random: p.Random, RetryBase: time.Second, Progress: progress(p)}
}

// progress writes to standard error where a person looks at it.
func progress(p Process) func(string) {
	if !isTerminal(p.Stderr) {
		return func(string) {}
	}
	return func(text string) { fmt.Fprintf(p.Stderr, "tierwise: %s\n", sanitize.LogLine(text)) }
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// colour is for a person at a terminal who did not refuse it
// (https://no-color.org).
func colour(p Process) bool {
	return isTerminal(p.Stdout) && p.Getenv("NO_COLOR") == ""
}
