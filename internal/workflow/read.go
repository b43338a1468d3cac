package workflow

import "github.com/tierwise/tierwise/internal/yamltree"

func get(n *yamltree.Node, key string) *yamltree.Node {
	if n == nil {
		return nil
	}
	return Value(n.Entries, key)
}

func text(n *yamltree.Node) string {
	if n == nil {
		return ""
	}
	return n.Text
}

func entries(n *yamltree.Node) []yamltree.Entry {
	if n == nil {
		return nil
	}
	return n.Entries
}

func items(n *yamltree.Node) []*yamltree.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

func read(name string, root *yamltree.Node) *File {
	if !Is(root) {
		return nil
	}
	f := &File{
		Name: name, Root: root, Title: text(get(root, "name")), On: triggers(get(root, "on")),
		Permissions: get(root, "permissions"), Concurrency: get(root, "concurrency"), Env: entries(get(root, "env")),
	}
	if steps := get(get(root, "runs"), "steps"); steps != nil {
		f.Action = true
		f.Jobs = []Job{{Name: f.Title, Pos: steps.Pos, Node: get(root, "runs"), Steps: readSteps(steps)}}
		return f
	}
	for _, e := range entries(get(root, "jobs")) {
		f.Jobs = append(f.Jobs, readJob(e))
	}
	return f
}

// triggers reads the three forms of on: a word, a list, a mapping.
func triggers(n *yamltree.Node) []Trigger {
	var on []Trigger
	if n == nil {
		return nil
	}
	if n.Kind == yamltree.Scalar {
		return []Trigger{{Event: n.Text, Pos: n.Pos}}
	}
	named := map[string]bool{} // an event that is named twice is one
	for _, item := range n.Items {
		if !named[item.Text] {
			on = append(on, Trigger{Event: item.Text, Pos: item.Pos})
		}
		named[item.Text] = true
	}
	for _, e := range n.Entries {
		on = append(on, Trigger{Event: e.Key, Pos: e.Pos, Node: e.Value})
	}
	return on
}

func readJob(e yamltree.Entry) Job {
	n := e.Value
	return Job{
		ID: e.Key, Name: text(get(n, "name")), Pos: e.Pos, Node: n, If: get(n, "if"), Uses: get(n, "uses"), With: entries(get(n, "with")),
		Permissions: get(n, "permissions"), Concurrency: get(n, "concurrency"), Env: entries(get(n, "env")), Steps: readSteps(get(n, "steps")),
	}
}

func readSteps(n *yamltree.Node) []Step {
	var steps []Step
	for _, item := range items(n) {
		steps = append(steps, Step{
			ID: text(get(item, "id")), Name: text(get(item, "name")), Pos: item.Pos, Node: item, If: get(item, "if"),
			Uses: get(item, "uses"), With: entries(get(item, "with")), Run: get(item, "run"), Env: entries(get(item, "env")),
		})
	}
	return steps
}
