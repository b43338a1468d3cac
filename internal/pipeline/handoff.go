package pipeline

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
)

// about is the identity of a document of this run.
func (w *Work) about() task.Handoff {
	return task.Handoff{
		Repository: w.Repository, PullRequest: w.PullNumber, Base: w.Change.Base, Head: w.Change.Head,
		ChangeDigest: change.Digest(w.Change), PolicyDigest: w.PolicyDigest,
	}
}

// takeHandoff reads what an earlier step handed over. It is used only where
// schema, bound and digests hold and it is about the change and the policy of
// this very run; else it is refused, and a warning says why.
func (w *Work) takeHandoff(s Settings) {
	if s.Handoff == nil || w.given != "" {
		return
	}
	h, err := w.readHandoff(s.Handoff)
	if err != nil {
		w.given = fmt.Sprintf("refused, and nothing of it was used: %v", err)
		w.Warnings = append(w.Warnings, "the handoff was "+w.given)
		return
	}
	w.handoff = &h
	w.given = fmt.Sprintf("read back whole, %d of %d tokens", h.Tokens(dispatch.EstimateTokens), w.Policy.Handoff.MaxTokens)
}

func (w *Work) readHandoff(data []byte) (task.Handoff, error) {
	if w.Refused != "" {
		return task.Handoff{}, errors.New("the change was not read, so nobody knows whether it is about it")
	}
	h, err := task.ParseHandoff(data)
	if err != nil {
		return h, err
	}
	if err := h.About(w.about()); err != nil {
		return h, err
	}
	if tokens := h.Tokens(dispatch.EstimateTokens); tokens > w.Policy.Handoff.MaxTokens {
		return h, fmt.Errorf("it has %d tokens, more than the %d of handoff.max_tokens", tokens, w.Policy.Handoff.MaxTokens)
	}
	return h, nil
}

func (w *Work) handoffFacts() route.HandoffFacts {
	if w.handoff == nil {
		return route.HandoffFacts{Refused: w.given != ""}
	}
	return route.HandoffFacts{Tokens: w.handoff.Tokens(dispatch.EstimateTokens), Bound: w.Policy.Handoff.MaxTokens}
}

// HandOver gives what this step passes on: every task of the session, those of
// earlier steps among them, with secrets taken out by the models' scanner.
func (w *Work) HandOver(results []dispatch.Result, m Models) report.Handoff {
	out := report.Handoff{Given: w.given, Bound: w.Policy.Handoff.MaxTokens}
	if w.Refused != "" {
		return out
	}
	clean := func(text string) string {
		text, _ = m.Scanner.Redact("", text)
		return text
	}
	h, err := dispatch.Handoff(w.startingFrom(), results, clean).Sealed(out.Bound, dispatch.EstimateTokens)
	if err != nil {
		out.Trouble = fmt.Sprintf("nothing is handed over: %v", err)
		return out
	}
	out.Document, out.Tokens = &h, h.Tokens(dispatch.EstimateTokens)
	return out
}

// startingFrom is the identity of this run, with what earlier steps refused,
// found open, decided and did. Facts and files are those of this run.
func (w *Work) startingFrom() task.Handoff {
	h := w.about()
	if w.handoff != nil {
		h = w.handoff.Continued(h)
	}
	for _, f := range w.Change.Files {
		h.Files = append(h.Files, f.Paths()...)
	}
	return h
}

// WriteHandoff writes the document below dir, whole or not at all, and gives
// the path relative to it. One in which a secret is left is not written.
func WriteHandoff(dir, name string, h task.Handoff, redact func(string) string) (string, error) {
	data, err := h.JSON()
	if err != nil {
		return "", err
	}
	if redact(string(data)) != string(data) {
		return "", errors.New("write the handoff: a secret is left in it")
	}
	if err := makeFilesDir(dir); err != nil {
		return "", err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", fmt.Errorf("open the workspace: %w", err)
	}
	defer root.Close() //nolint:errcheck // nothing is buffered in a folder's handle
	path := filepath.Join(FilesDir, name)
	return path, writeWhole(root, path, data)
}
