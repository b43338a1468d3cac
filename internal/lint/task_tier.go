package lint

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// TaskTier gives a policy's text with another tier for one task, and all else
// as it was. The result is read again: where it does not say just that, it is
// an error. A task on the critical path keeps its tier.
func TaskTier(name, text string, known policy.Known, id string, to policy.Tier) (string, error) {
	before, findings := policy.Parse(name, []byte(text), known)
	if err := findings.Err(); err != nil {
		return "", fmt.Errorf("read the policy: %w", err)
	}
	if row, there := before.Task(id); there && row.CriticalPath {
		return "", fmt.Errorf("task %q is on the critical path", id)
	}
	root, _ := yamltree.Parse(name, []byte(text))
	changed, err := Apply(text, []Edit{tierEdit(root, text, id, to)})
	if err != nil {
		return "", err
	}
	after, findings := policy.Parse(name, []byte(changed), known)
	if err := findings.Err(); err != nil {
		return "", fmt.Errorf("change the tier of %q: %w", id, err)
	}
	return changed, onlyTier(before, after, id, to)
}

// tierEdit writes where the tier stands, or where it would stand.
func tierEdit(root *yamltree.Node, text, id string, to policy.Tier) Edit {
	tasks := child(root, "tasks")
	if tasks == nil {
		return lastLine(text, fmt.Sprintf("tasks:\n  %s: { tier: %s }\n", id, to))
	}
	row := child(tasks, id)
	if row == nil {
		return firstEntry(tasks, fmt.Sprintf("%s: { tier: %s }", id, to))
	}
	tier := child(row, "tier")
	if tier == nil {
		return firstEntry(row, "tier: "+to.String())
	}
	end := tier.Pos
	end.Col += len(tier.Text)
	if tier.Style != yamltree.Plain {
		end.Col += 2 // its quotes
	}
	return Edit{Start: tier.Pos, End: end, Text: to.String()}
}

// firstEntry puts an entry before the others of a mapping.
func firstEntry(n *yamltree.Node, entry string) Edit {
	at := n.Pos
	switch {
	case n.Style == yamltree.Flow && len(n.Entries) == 0:
		at.Col++
		entry = " " + entry + " "
	case n.Style == yamltree.Flow:
		at.Col++
		entry = " " + entry + ","
	case len(n.Entries) > 0:
		at = n.Entries[0].Pos
		entry += "\n" + strings.Repeat(" ", at.Col-1)
	}
	return Edit{Start: at, End: at, Text: entry}
}

// lastLine puts lines at the end of a text.
func lastLine(text, lines string) Edit {
	all := strings.Split(text, "\n")
	at := diag.Position{Line: len(all), Col: len(all[len(all)-1]) + 1}
	if at.Col > 1 {
		lines = "\n" + lines
	}
	return Edit{Start: at, End: at, Text: lines}
}

// onlyTier says what else differs, if anything does.
func onlyTier(before, after *policy.File, id string, to policy.Tier) error {
	row, there := after.Task(id)
	if !there || row.Tier != to {
		return fmt.Errorf("change the tier of %q: it reads as %s", id, row.Tier)
	}
	if len(before.Keys) > len(after.Keys) || len(after.Tasks) < len(before.Tasks) || len(after.Tasks) > len(before.Tasks)+1 {
		return errors.New("change a tier: something else would change too")
	}
	for _, was := range before.Tasks {
		is, there := after.Task(was.ID)
		moved := is.Tier != was.Tier && was.ID != id
		if !there || moved || is.CriticalPath != was.CriticalPath || len(is.CaughtBy) != len(was.CaughtBy) {
			return fmt.Errorf("change the tier of %q: %q would change too", id, was.ID)
		}
	}
	return nil
}
