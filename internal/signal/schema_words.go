package signal

import "github.com/tierwise/tierwise/internal/task"

func schemaWords() Signal {
	return Signal{
		ID:      "schema-words",
		Summary: "the words speak of the shape of stored data",
		Why:     "there is no way back on production data, and a brief says so before any migration is written",
		Example: `"add a column for the last login", "write the migration"; in a body "alter table users"`,
		Fix:     "words only raise; say what is meant without the words of a database where none is touched",
		Needs:   []Need{NeedsWords},
		Domains: []task.Domain{task.Schema},
		Fire: func(in Input) []Hit {
			return wordHits("schema-words", in.read(), func(r reading) []string { return r.schema() })
		},
	}
}

var (
	// ddlTerms name a statement of a database, in a text of any length.
	ddlTerms = phrases("drop|drops|dropped|alter|alters|create|creates|rename|renames|truncate|truncates table|tables|index|indexes", "drop|alter|create|rename|truncate the|a|an ..1 table|tables|index|indexes", "create|add|build|drop ..2 index|indexes on",
		"drop|alter|rename|truncate ..1 table|tables|column|columns", "table|tables drop|drops", "foreign key|keys", "primary key|keys", "unique constraint|constraints|index", "ddl|backfill|backfills|backfilling", "add|adds|added|drop|drops|dropped|remove|removes|rename|renames ..3 column|columns",
		"database|db|schema|sql|data|alembic|flyway|liquibase|prisma|rails|django migration|migrations", "migration|migrations script|scripts|file|files", "not null constraint|column", "nullable column")
	// schemaTerms name what is stored. "Migrate to the new API" is none of it.
	schemaTerms = phrases("migration|migrations|schema|schemas|column|columns", "migrate|migrates|migrated|migrating ..2 table|tables|data|database|rows|records|schema|users|column|columns", "db|database|sql|orders|users table|tables")
)

// schema gives the words that speak of a schema.
func (r reading) schema() []string {
	found := ddlTerms().found(r.tokens)
	if r.kind != told {
		found = append(found, schemaTerms().found(r.tokens)...)
	}
	return dropRepeated(found)
}
