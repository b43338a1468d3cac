package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

func schemaChange() Signal {
	return Signal{
		ID:      "schema-change",
		Summary: "a line changes the shape of stored data, or removes stored data",
		Why:     "there is no way back on production data, and such lines stand in models and scripts as well as in migrations",
		Example: "+ALTER TABLE invoices DROP COLUMN due_at;",
		Fix:     "keep statements of a schema out of code that never reaches a database",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Schema},
		Content: &content{reads: running, rules: schemaRules},
	}
}

func schemaRules() []rule {
	rules := []rule{
		{words: []string{"create", "alter", "drop", "truncate", "rename", "add"}, match: unlessKept(statement)},
		{words: []string{"delete"}, on: change.Add, match: unlessKept(deletesAll)},
	}
	for _, list := range [][]rule{migrationCalls(), modelRules(), searchRules()} {
		rules = append(rules, list...)
	}
	return rules
}

const (
	objects = `(?:or\s+replace\s+|temp(?:orary)?\s+|unique\s+|unlogged\s+|materialized\s+|external\s+|if\s+(?:not\s+)?exists\s+|clustered\s+|concurrently\s+|virtual\s+|algorithm\s*=\s*\w+\s+)*(?:table|index|type|view|sequence|trigger|schema|database|keyspace|extension|column|constraint|domain|policy|function|procedure)\b`
	ddl     = `(?:create|alter|drop|truncate)\s+` + objects + `\s+["'\x60\[{$%:\w]|truncate\s+\w+\s*;|rename\s+(?:column|to|table)\s+\w|add\s+(?:column|constraint|primary\s+key|foreign\s+key|index|unique)\s+["'\x60\[(\w]`
)

var (
	sqlAnywhere = probing(`(?i)\b(?:` + ddl + `)`)
	sqlShouted  = probing(`\b(?:` + upperObjects + `)`)
	sqlAtStart  = probing(`(?i)^(?:\w+\s*(?::?=|\()\s*|[\w.]+\()?["'\x60(\s]+(?:` + ddl + `)`)
)

const upperObjects = `(?:CREATE|ALTER|DROP|TRUNCATE)\s+(?:[A-Z]+\s+){0,4}(?:TABLE|INDEX|TYPE|VIEW|SEQUENCE|TRIGGER|SCHEMA|DATABASE|KEYSPACE|COLUMN|CONSTRAINT)\b|RENAME\s+(?:COLUMN|TO)\b|ADD\s+(?:COLUMN|CONSTRAINT|PRIMARY\s+KEY|FOREIGN\s+KEY)\b`

// statement finds SQL: anywhere in a file of SQL, and in the strings of other
// code where it is shouted or begins the string. Prose says "drop the table".
func statement(l line, _ block) string {
	if l.comment() && !strings.HasPrefix(l.code, "/*!") {
		return ""
	}
	found := l.ext == ".sql" && sqlAnywhere.in(l)
	if found || sqlShouted.in(l) || sqlAtStart.in(l) {
		return "a statement changes the schema"
	}
	return ""
}

var deleteExpr = probing(`(?i)\bdelete\s+from\s+["'\x60\[{$\w.\]}]+["'\x60]?\s*(?:;|["'\x60)]|$)`)

// deletesAll is DELETE without WHERE. The condition may stand on the next line.
func deletesAll(l line, b block) string {
	if l.comment() || !deleteExpr.in(l) {
		return ""
	}
	for _, next := range after(l, b.added)[:min(2, len(after(l, b.added)))] {
		if !strings.HasSuffix(l.code, ";") && next.has("where") {
			return ""
		}
	}
	return "stored data is deleted without a condition"
}

func migrationCalls() []rule {
	return []rule{
		writtenIn(either("a migration of Rails or Laravel", `^(?:add|remove|change|rename)_(?:column|columns|index|reference|foreign_key|timestamps|check_constraint|column_null|column_default)\b|^(?:create|drop|rename|change)_(?:join_)?table\b|^t\.(?:string|integer|bigint|text|boolean|datetime|references|jsonb?|decimal|index|timestamps|uuid|date|float|binary|remove|rename|change)\b|`+
			`\bSchema::(?:create|table|drop\w*|rename|connection)\b|^\$table->\w+|\bdrop(?:Column|Table|Index|Foreign)\(`,
			"column", "columns", "index", "reference", "key", "timestamps", "constraint", "table", "t", "schema", "null", "default", "foreign"), ".rb", ".php"),
		writtenIn(either("a migration of Python", `\bmigrations\.(?:AddField|AlterField|RemoveField|RenameField|RenameModel|CreateModel|DeleteModel|AddIndex|RemoveIndex|AddConstraint|RemoveConstraint|AlterUniqueTogether|AlterModelTable|RunSQL|RunPython)\b|`+
			`\b(?:op|batch_op)\.(?:add_column|drop_column|alter_column|create_table|drop_table|create_index|drop_index|create_foreign_key|drop_constraint|create_unique_constraint|rename_table|execute|bulk_insert|create_check_constraint|create_primary_key)\b`,
			"migrations", "op"), ".py"),
		writtenIn(either("a migration in JavaScript", `\bknex\.schema\b|\b(?:table|t)\.(?:string|integer|bigInteger|text|boolean|timestamps?|dropColumn|renameColumn|foreign|increments|uuid|json|jsonb|enum|decimal|index|unique|dropForeign)\(|\bqueryRunner\.(?:query|addColumn|dropColumn|createTable|dropTable|createIndex|changeColumn|renameColumn)\b|`+
			`\bqueryInterface\.(?:addColumn|removeColumn|createTable|dropTable|changeColumn|renameColumn|addIndex|addConstraint)\b|\bthis\.addSql\(`,
			"knex", "table", "t", "runner", "interface", "sql"), ".js", ".ts", ".mjs", ".cjs", ".tsx"),
		writtenIn(either("a migration of .NET, Elixir or the JVM", `\bmigrationBuilder\.\w+|^(?:create|alter|drop)\s+(?:if_(?:not_)?exists\s+)?(?:table|index|unique_index|constraint)\(|^(?:add|modify|remove)\s+:\w+,?|^(?:add|modify|remove)\(?:\w+,|<(?:addColumn|dropColumn|createTable|dropTable|createIndex|renameColumn|modifyDataType|addForeignKeyConstraint|addNotNullConstraint)\b|`+
			`\bSchemaUtils\.(?:create|createMissing)\w*|\.AutoMigrate\(|\bMigrator\(\)\.\w+`,
			"migration", "table", "index", "constraint", "add", "modify", "remove", "column", "utils", "auto", "automigrate", "migrator", "foreign", "null", "type"), ".cs", ".ex", ".exs", ".kt", ".java", ".go", ".xml", ".groovy", ".scala"),
	}
}

// writtenIn keeps a rule to the files of its language.
func writtenIn(r rule, exts ...string) rule {
	match := r.match
	r.match = func(l line, b block) string {
		if !slices.Contains(exts, l.ext) {
			return ""
		}
		return match(l, b)
	}
	return r
}
