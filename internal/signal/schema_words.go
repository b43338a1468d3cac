package signal

import "github.com/tierwise/tierwise/internal/task"

var schemaTerms = phrase(`migrations?`, `migrat(?:e|es|ed|ing)`, `schemas?`, `columns?`, `(?:drop|alter|create|rename|truncate)s? (?:the |a )?(?:\w+ )?(?:tables?|index|indexes)`,
	`tables? drops?`, `foreign keys?`, `primary keys?`, `unique constraints?`, `ddl`, `backfills?`)

func schemaWords() Signal {
	return Signal{
		ID:      "schema-words",
		Summary: "the words speak of the shape of stored data",
		Why:     "there is no way back on production data, and a brief says so before any migration is written",
		Fix:     "words only raise; say what is meant without the words of a database where none is touched",
		Needs:   []Need{NeedsWords},
		Domains: []task.Domain{task.Schema},
		Fire:    func(in Input) []Hit { return wordHits("schema-words", in.texts(), schemaTerms) },
	}
}
