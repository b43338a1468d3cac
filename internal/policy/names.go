package policy

import (
	"regexp"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/glob"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/yamltree"
)

var kebab = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// maxNameBytes keeps names fit for a table's cell.
const maxNameBytes = 80

// name reads a name without blanks in it, such as a model's or a login.
func (r *reader) name(n *yamltree.Node, what string) string {
	name := r.text(n, what)
	if strings.ContainsAny(name, " \t\r\n") || len(name) > maxNameBytes {
		r.report(n.Pos, idInvalidName, "%s %s has a blank or more than %d bytes", what, quoted(name), maxNameBytes)
		return ""
	}
	return name
}

// id reads a kebab-case name of the policy's own.
func (r *reader) id(n *yamltree.Node, what string) string {
	id := r.text(n, what)
	if id != "" && !isID(id) {
		r.report(n.Pos, idInvalidName, "%s %s, expected lower-case words joined by hyphens", what, quoted(id))
		return ""
	}
	return id
}

func isID(s string) bool { return len(s) <= maxNameBytes && kebab.MatchString(s) }

// path reads the path of a file of the repository.
func (r *reader) path(n *yamltree.Node, what string) string {
	path := r.text(n, what)
	if path == "" {
		return ""
	}
	bad := strings.HasPrefix(path, "/") || strings.ContainsAny(path, "\\\r\n\t") ||
		slices.ContainsFunc(strings.Split(path, "/"), func(name string) bool { return name == "" || name == "." || name == ".." })
	if bad {
		r.report(n.Pos, idInvalidPath, "%s %s, expected a path from the repository's root, with / between folders and no . or .. in it", what, quoted(path))
		return ""
	}
	return path
}

// patterns reads different path patterns.
func (r *reader) patterns(items []*yamltree.Node, what string) []glob.Pattern {
	var patterns []glob.Pattern
	r.each(items, func(item *yamltree.Node) string {
		text := r.text(item, "a pattern of "+what)
		if text == "" {
			return ""
		}
		pattern, err := glob.Compile(text)
		if err != nil {
			r.report(item.Pos, idInvalidPattern, "%v", err)
			return ""
		}
		patterns = append(patterns, pattern)
		return text
	})
	return patterns
}

// taskIDs are the names that may stand where a task is named: the catalogue's
// and those that this file adds.
func (r *reader) taskIDs() []string {
	var ids []string
	for _, t := range r.known.Tasks {
		ids = append(ids, t.ID)
	}
	return append(ids, r.custom...)
}

// taskID reads the name of a task.
func (r *reader) taskID(n *yamltree.Node) string {
	return r.word(n, "task", idUnknownTask, r.taskIDs())
}

// tier reads one of the tiers that have models.
func (r *reader) tier(n *yamltree.Node, what string) Tier {
	t := r.anyTier(n)
	if t == Local {
		r.report(n.Pos, idLocalTier, "tier local does not fit %s: it is code of this program, and only some built-in tasks have it", what)
		return 0
	}
	return t
}

// anyTier reads one of all tiers.
func (r *reader) anyTier(n *yamltree.Node) Tier {
	return Tier(slices.Index(tierWords(), r.word(n, "tier", idUnknownTier, tierWords())) + 1)
}

// hasLocal says whether the catalogue can do a task without a model.
func (r *reader) hasLocal(id string) bool {
	t, ok := r.known.task(id)
	return ok && t.Local != nil
}

func (r *reader) domains(n *yamltree.Node) []task.Domain {
	var domains []task.Domain
	for _, word := range r.words(r.list(n, "domain"), "domain", idUnknownDomain, domainWords()) {
		domains = append(domains, task.Domain(word))
	}
	return domains
}
