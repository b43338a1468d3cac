package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

// candidates are answers in each form that a task of the catalogue has, made
// of the change alone. What a model would write in them is not the point:
// how long it is assumed to be is set apart from it.
func candidates(t task.Task, in task.Input) [][]byte {
	var all [][]byte
	add := func(value any) {
		if data, err := json.Marshal(value); err == nil {
			all = append(all, data)
		}
	}
	type object = map[string]any
	add(object{"summary": "The change was read as a whole, and nothing stands against it.", "findings": []any{}})
	add(object{"entries": []any{}})
	add(object{"entries": breaking(in)})
	add(object{"overview": first(in), "entries": []any{}})
	add(object{"overview": first(in), "entries": withUpgrade(breaking(in))})
	add(object{"edits": []any{}, "files": []any{}, "notes": first(in)})
	for _, points := range [][]any{paths(in, 3), paths(in, 1), steps(in)} {
		add(object{"summary": first(in), "points": points, "attention": []any{}})
	}
	return all
}

// breaking names every commit, as what breaks: more than is marked is allowed.
func breaking(in task.Input) []any {
	entries := []any{}
	for _, c := range in.Change.Commits {
		entries = append(entries, map[string]any{"section": "Changed", "text": said(c), "breaking": true, "sources": []string{c.SHA}})
	}
	return entries
}

// withUpgrade adds that no user has to do anything.
func withUpgrade(entries []any) []any {
	for _, e := range entries {
		e.(map[string]any)["upgrade"] = nil //nolint:forcetypeassert // breaking makes nothing else
	}
	return entries
}

// steps has a point for every commit.
func steps(in task.Input) []any {
	var points []any
	for _, c := range in.Change.Commits {
		points = append(points, map[string]any{"text": "Breaking: " + said(c), "sources": []string{c.SHA}})
	}
	return points
}

// said is a commit's subject without its type and references.
func said(c change.Commit) string {
	_, text, found := strings.Cut(c.Subject, ": ")
	if !found {
		text = c.Subject
	}
	text, _, _ = strings.Cut(text, " (#")
	return strings.TrimSpace(text)
}

func somePath(in task.Input) string {
	if len(in.Change.Files) == 0 {
		return "nothing"
	}
	return in.Change.Files[0].Path
}

func first(in task.Input) string { return fmt.Sprintf("`%s` is changed.", somePath(in)) }

// paths tells of the first n files.
func paths(in task.Input, n int) []any {
	var points []any
	for i, f := range in.Change.Files {
		if i == n {
			break
		}
		points = append(points, map[string]any{"text": fmt.Sprintf("`%s` is changed.", f.Path), "sources": []string{f.Path}})
	}
	return points
}
