package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// Known lists the names that a policy may use: the catalogue's tasks, and the
// signals that are measured.
type Known struct {
	Tasks   []task.Task
	Signals []string
}

func (k Known) task(id string) (task.Task, bool) {
	i := slices.IndexFunc(k.Tasks, func(t task.Task) bool { return t.ID == id })
	if i < 0 {
		return task.Task{}, false
	}
	return k.Tasks[i], true
}

// maxFindings bounds what a hostile file can make us print.
const maxFindings = 100

// Parse reads a policy. name is the path that positions carry. Where there is
// any finding, and then they are all errors, the file is nil: a policy that is
// half understood decides nothing.
func Parse(name string, data []byte, known Known) (*File, diag.Findings) {
	root, findings := yamltree.Parse(name, data)
	r := &reader{known: known, findings: findings}
	file := r.file(name, root)
	if len(r.findings) > 0 {
		r.findings.Sort()
		return nil, bounded(r.findings)
	}
	return file, nil
}

func bounded(findings diag.Findings) diag.Findings {
	if len(findings) <= maxFindings {
		return findings
	}
	rest := diag.Finding{
		Position: findings[maxFindings].Position, Severity: diag.Error, ID: idTooMany,
		Message: fmt.Sprintf("and %d more findings from here on", len(findings)-maxFindings),
	}
	return append(findings[:maxFindings:maxFindings], rest)
}

// file reads the sections in the order in which they need each other, not in
// that of the file.
func (r *reader) file(name string, root *yamltree.Node) *File {
	if root == nil {
		return nil
	}
	r.refuseBaseURLs(root)
	pool, baseline := "+pool", "+baseline"
	if lookup(root, "extends") != nil {
		// What it leaves out is that of the policy that it extends.
		r.partial, pool, baseline = true, "pool", "baseline"
	}
	top := r.section(root, "the policy",
		"+version", "extends", "enforce", "review_by", "review", "owners", pool, baseline, "tasks", "table", "default",
		"must_frontier", "skip", "handoff", "reuse", "override", "flag", "escalation", "budget", "services", "attested", "prices", "tests")
	r.version(top.get("version"))
	f := &File{
		Name:        name,
		Extends:     r.extends(top.get("extends")),
		Keys:        keysOf(root),
		Enforce:     r.flag(top.get("enforce"), "enforce", true),
		Reuse:       r.flag(top.get("reuse"), "reuse", true),
		ReviewBy:    r.date(top.get("review_by"), "review_by"),
		ReviewError: r.word(top.get("review"), "review", idUnknownValue, reviewWords()) == "error",
		Owners:      r.owners(top.get("owners")),
		Pool:        r.pool(top.get("pool")),
		Default:     r.defaultTier(top.get("default")),
	}
	if n := top.get("baseline"); n != nil {
		f.Baseline = r.baseline(n, f.Pool)
	}
	f.Tasks = r.tasks(top.get("tasks"), f.Default)
	f.Table = r.table(top.get("table"), f.Default)
	f.MustFrontier = r.mustFrontier(top.get("must_frontier"))
	f.Skip = r.skip(top.get("skip"))
	f.Handoff = r.handoff(top.get("handoff"))
	f.Override = r.override(top.get("override"))
	f.Flag = r.flagRule(top.get("flag"))
	f.Escalation = r.escalation(top.get("escalation"))
	f.Budget = r.budget(top.get("budget"))
	f.Services = r.patterns(r.optionalList(top.get("services"), "services"), "services")
	f.Attested = r.attested(top.get("attested"))
	f.Prices = r.prices(top.get("prices"))
	f.Tests = r.tests(top.get("tests"))
	return f
}

// version must be the one that this program reads: a later one may mean
// something else by the same words.
func (r *reader) version(n *yamltree.Node) {
	if r.is(n, yamltree.Scalar, "version") && (n.Text != "1" || n.Tag != "!!int") {
		r.report(n.Pos, idUnsupportedVersion, "version is %s, and only version 1 is read", describe(n))
	}
}

// refuseBaseURLs looks at every key of the file. An address in a policy could
// send the workflow's keys to whoever wrote it.
func (r *reader) refuseBaseURLs(n *yamltree.Node) {
	for _, item := range n.Items {
		r.refuseBaseURLs(item)
	}
	for _, e := range n.Entries {
		if isBaseURL(e.Key) {
			r.report(e.Pos, idBaseURL, "%s does not belong in a policy; the address of an API comes only from the workflow's input base-url", quoted(e.Key))
		}
		r.refuseBaseURLs(e.Value)
	}
}

// isBaseURL tells the key in every way of spelling it. It is asked of each key
// of a file, so it builds nothing.
func isBaseURL(key string) bool {
	return strings.Map(withoutJoints, strings.ToLower(key)) == "baseurl"
}

// withoutJoints drops what joins the words of a key, for strings.Map.
func withoutJoints(r rune) rune {
	if strings.ContainsRune("_- ", r) {
		return -1
	}
	return r
}

// owners are names of people or teams, as CODEOWNERS has them, or addresses.
func (r *reader) owners(n *yamltree.Node) []string {
	return r.each(r.optionalList(n, "owners"), func(item *yamltree.Node) string {
		owner := r.text(item, "an owner")
		if owner != "" && (!strings.Contains(owner, "@") || strings.ContainsAny(owner, " \t\n")) {
			r.report(item.Pos, idInvalidName, "owner %s, expected @name, @organisation/team or a mail address", quoted(owner))
		}
		return owner
	})
}
