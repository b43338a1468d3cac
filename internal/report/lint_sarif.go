package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/lint"
)

// LintSARIF gives what a linter found as a SARIF 2.1.0 file. Its rules carry
// their pages as help; what a comment takes back is a result with a
// suppression; what --fix does is a fix. Where a part of the repository was
// not read the file says executionSuccessful: false, and code scanning closes
// no alert by it. What stands in no file is not in it: code scanning keeps what
// it is given for the branch, and the body of an issue is none of it.
func LintSARIF(l Linted) ([]byte, error) {
	run := sarifRun{
		Automation:  sarifAutomation{ID: "tierwise/lint/"},
		Bases:       map[string]sarifArtifactLocation{sourceRoot: {Description: &sarifText{"The root of the repository."}}},
		Invocations: []sarifInvocation{l.invocation()}, ColumnKind: "unicodeCodePoints", Results: []sarifResult{},
	}
	pages := lint.Pages()
	rules := make([]sarifRule, len(pages))
	for i, p := range pages {
		rules[i] = lintSARIFRule(p)
	}
	run.Tool.Driver = sarifDriver{Name: "tierwise", Version: line(l.Version), URI: homepage, Rules: rules}
	names := map[string]int{}
	for _, f := range l.Findings {
		if !l.isFile(f.File) {
			continue
		}
		run.Results = append(run.Results, l.sarifResult(f, pages, names))
	}
	for _, s := range l.Suppressed {
		r := l.sarifResult(s.Finding, pages, names)
		r.Suppressions = []sarifSuppression{{Kind: "inSource", Justification: plain(s.Reason, maxSARIFMessage) + " (until " + s.Until + ")"}}
		run.Results = append(run.Results, r)
	}
	if more := len(run.Results) - maxSARIFResults; more > 0 {
		run.Results = run.Results[:maxSARIFResults]
		run.Invocations[0].Notifications = append(run.Invocations[0].Notifications, sarifNotification{
			Level: "warning", Message: sarifText{count(more, "finding") + " more than code scanning keeps"}, Descriptor: sarifDescriptor{"too-many"},
		})
	}
	return encodeSARIF(sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

func (l Linted) invocation() sarifInvocation {
	in := sarifInvocation{Successful: len(l.Unread) == 0}
	for _, n := range l.blind() {
		in.Notifications = append(in.Notifications, sarifNotification{
			Level: "note", Message: sarifText{plain(fmt.Sprintf("not examined: %s (%s)", strings.Join(n.rules, ", "), needWords(n.need)), maxSARIFMessage)},
			Descriptor: sarifDescriptor{"not-examined"},
		})
	}
	for _, text := range l.Unread {
		in.Notifications = append(in.Notifications, sarifNotification{Level: "error", Message: sarifText{plain(text, maxSARIFMessage)}, Descriptor: sarifDescriptor{"not-read"}})
	}
	return in
}

func lintSARIFRule(p lint.Page) sarifRule {
	return sarifRule{
		ID: p.ID, Name: p.ID, Short: sarifText{sentenceEnd(p.Summary)}, Full: sarifText{p.Why},
		Help: sarifText{p.Why + "\n\nHow to mend it: " + p.Fix}, HelpURI: pageURI(p.ID), Default: sarifDefault{p.Severity.String()},
		Properties: sarifRuleBag{Tags: []string{string(p.Subject)}, ProblemSeverity: problemSeverity(p.Severity.String())},
	}
}

func pageURI(id string) string { return homepage + "/blob/main/docs/rules/" + id + ".md" }

func (l Linted) sarifResult(f lint.Finding, pages []lint.Page, names map[string]int) sarifResult {
	text := l.source(f.File).Line(f.Line)
	at := sarifArtifactLocation{URI: relativeURI(l.path(f.File)), BaseID: sourceRoot}
	name := fingerprint(l.path(f.File), f.ID, text, names)
	r := sarifResult{
		RuleID: f.ID, RuleIndex: slices.IndexFunc(pages, func(p lint.Page) bool { return p.ID == f.ID }),
		Level: f.Severity.String(), Message: sarifText{plain(f.Message, maxSARIFMessage)},
		Locations: []sarifLocation{{sarifPhysical{at, sarifRegion{
			StartLine: max(1, f.Line), StartColumn: runesTo(text, f.Col), EndLine: max(1, f.Line), EndColumn: runesTo(text, endOf(f, text)),
		}}}},
		Fingerprints: map[string]string{"primaryLocationLineHash": name, "tierwiseLint/v1": name},
		Properties:   sarifResultBag{f.Severity.String()},
	}
	if len(f.Edits) > 0 {
		r.Fixes = []sarifFix{{Description: sarifText{"What tierwise lint --fix does."}, Changes: l.changes(f.Edits)}}
	}
	return r
}

// changes gives the edits of a finding, those of one file together.
func (l Linted) changes(edits []lint.Edit) []sarifArtifactChange {
	var all []sarifArtifactChange
	for _, e := range edits {
		s := l.source(e.Start.File)
		at := sarifArtifactLocation{URI: relativeURI(l.path(e.Start.File)), BaseID: sourceRoot}
		to := sarifReplacement{sarifRegion{
			StartLine: max(1, e.Start.Line), StartColumn: runesTo(s.Line(e.Start.Line), e.Start.Col),
			EndLine: max(1, e.End.Line), EndColumn: runesTo(s.Line(e.End.Line), e.End.Col),
		}, sarifContent{e.Text}}
		i := slices.IndexFunc(all, func(c sarifArtifactChange) bool { return c.Artifact.URI == at.URI })
		if i < 0 {
			all = append(all, sarifArtifactChange{Artifact: at})
			i = len(all) - 1
		}
		all[i].Replacements = append(all[i].Replacements, to)
	}
	return all
}

// fingerprint knows a finding again after lines above it moved: by its file,
// its rule and the words of its line, and by a count among equals.
func fingerprint(path, id, text string, seen map[string]int) string {
	sum := sha256.Sum256([]byte(path + "\x00" + id + "\x00" + strings.TrimSpace(text)))
	name := hex.EncodeToString(sum[:16])
	seen[name]++
	return fmt.Sprintf("%s:%d", name, seen[name])
}
