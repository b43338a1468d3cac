package signal

import "testing"

func TestSchemaChange(t *testing.T) {
	t.Parallel()
	checkLines(t, schemaChange(), []lineCase{
		{"a statement in SQL", "db/up.sql", "+create unique index on notes (owner);"},
		{"the first line of a statement", "db/up.sql", "+ALTER TABLE notes"},
		{"a statement in a string of Go", "store/init.go", "+	db.Exec(`CREATE TABLE notes (id int)`)"},
		{"a small statement that begins a string", "store/init.py", "+    run(\"alter table notes add column a int\")"},
		{"a column of Rails", "app/up.rb", "+    add_column :notes, :due, :date"},
		{"a field of a Django model that goes", "shop/models.py", "-    due = models.DateField(null=True)"},
		{"an operation of Alembic", "versions/a.py", "+    op.drop_column(\"notes\", \"due\")"},
		{"a column of Laravel", "database/a.php", "+            $table->string('due');"},
		{"a column of Knex", "db/a.js", "+    table.dropColumn('due')"},
		{"a query of TypeORM", "src/a.ts", "+    await queryRunner.query(`UPDATE notes SET a = 1`)"},
		{"a field of Prisma", "db/schema.prisma", "+  dueAt DateTime?"},
		{"a value of an enum of Prisma", "db/schema.prisma", "-  ARCHIVED"},
		{"a table of Drizzle", "src/schema.ts", "+export const notes = pgTable('notes', {"},
		{"a step of .NET", "Data/Up.cs", "+            migrationBuilder.DropColumn(name: \"Due\", table: \"Notes\");"},
		{"a column of Ecto", "repo/a.exs", "+      add :due, :date"},
		{"a tag of Go", "store/note.go", "+	Due time.Time `gorm:\"column:due\"`"},
		{"a column of SQLAlchemy", "shop/note.py", "+    due = Column(Date)"},
		{"an entity of Java", "src/main/java/Note.java", "+    @Column(name = \"due\")"},
		{"a table of Diesel", "src/schema.rs", "+diesel::table! {"},
		{"a schema of Mongoose", "src/note.js", "+const note = new mongoose.Schema({"},
		{"keys of a store", "infra/table.yml", "+      KeySchema:"},
		{"rows that all go", "jobs/clean.sql", "+DELETE FROM notes;"},
		{"a database that goes", "jobs/clean.sh", "+psql -c \"DROP DATABASE notes\""},
	}, []lineCase{
		{"prose in a string", "src/a.go", "+	return errors.New(\"cannot create table of notes\")"},
		{"a comment", "src/a.py", "+# CREATE TABLE is done elsewhere"},
		{"documentation", "docs/a.md", "+CREATE TABLE notes (id int);"},
		{"a test", "store/a_test.go", "+	db.Exec(`CREATE TABLE notes (id int)`)"},
		{"rows that go by a condition", "jobs/clean.sql", "+DELETE FROM notes WHERE due < now();"},
		{"a condition on the next line", "jobs/clean.sql", "+DELETE FROM notes\n+WHERE due < now();"},
		{"a query", "store/a.go", "+	db.Query(`SELECT id FROM notes`)"},
		{"a tag for JSON", "api/note.go", "+	Due time.Time `json:\"due\"`"},
		{"a table on a page", "web/a.tsx", "+      <table className=\"notes\">"},
		{"a statement that moves in", "db/up.sql", "-ALTER TABLE notes ADD a int;\n+  ALTER TABLE notes ADD a int;"},
	})
}
