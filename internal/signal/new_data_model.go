package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

func newDataModel() Signal {
	return Signal{
		ID:      "new-data-model",
		Summary: "a new file declares a type among the models of the repository",
		Why:     "the shape of data outlives the code around it, and everything that is written later builds on it",
		Example: "models/refund.py is new and holds class Refund",
		Fix:     "keep types that are no data of the product out of folders such as models/, entities/, domain/ and schemas/",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Schema},
		Fire:    fireNewDataModel,
	}
}

func fireNewDataModel(in Input) []Hit {
	var hits []Hit
	told := map[string]bool{}
	for _, f := range in.Change.Files {
		at := slices.IndexFunc(f.Paths(), func(path string) bool { return modelFolder(path) && in.touches(f, path) })
		if at < 0 || f.Status != change.Added && f.Status != change.Copied || told[f.Paths()[at]] {
			continue
		}
		if name, line := firstType(f); name != "" {
			path := f.Paths()[at]
			told[path] = true
			hits = append(hits, Hit{Signal: "new-data-model", File: path, Line: line, Text: "declares " + name})
		}
	}
	return hits
}

func modelFolder(path string) bool {
	return splitPath(path).under("models", "model", "entities", "entity", "domain", "schemas", "tables", "aggregates")
}

// firstType gives the first type that a file declares, and its line. A file
// that is not shown may declare one.
func firstType(f change.File) (name string, line int) {
	if f.Withheld {
		return "what is not shown", 0
	}
	for h := range f.Hunks {
		for _, l := range f.Hunks[h].Lines {
			if name := typeName(l.Text); l.Op == change.Add && name != "" {
				return name, l.NewLine
			}
		}
	}
	return "", 0
}

// typeName passes over modifiers, and gives the name behind a keyword that
// declares a type or a table.
func typeName(text string) string {
	for word, rest := nextWord(text); word != ""; word, rest = nextWord(rest) {
		switch {
		case slices.Contains([]string{"class", "struct", "interface", "type", "enum", "record", "trait", "object", "defmodule", "model", "entity", "table"}, word):
			name, _ := nextWord(rest)
			return name
		case word == "const" && (strings.Contains(rest, "Table(") || strings.Contains(rest, "Schema(") || strings.Contains(rest, ".define(")):
			name, _ := nextWord(rest)
			return name
		case !modifier(word):
			return ""
		}
	}
	return ""
}
