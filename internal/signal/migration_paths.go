package signal

import (
	"slices"
	"strings"
)

// isMigration tells files that change the shape of stored data. Prose about a
// migration changes nothing, so only what a machine runs or reads counts.
func isMigration(p place) bool {
	switch {
	case schemaName(p), p.ext == ".sql" && flywayName(p.name):
		return true
	case !p.hasExt(migrationExts()...) || p.in("docs"):
		return false
	}
	return p.under("migrations", "migration", "migrate", "db_migrations", "flyway", "liquibase", "alembic", "evolutions") || ofTool(p) ||
		slices.ContainsFunc(p.dirs, func(dir string) bool {
			return strings.HasSuffix(dir, "_migrate") || strings.HasSuffix(dir, "_migrations")
		})
}

// schemaName tells the files that hold a whole schema, and single migrations
// by the names that their tools give.
func schemaName(p place) bool {
	switch {
	case p.named("structure.sql", "schema.sql", "sqitch.plan", "schema.hcl") || p.hasExt(".ddl", ".prisma", ".sqm", ".dacpac", ".xcdatamodel"):
		return true
	case p.under("db") && (p.name == "schema.rb" || p.ends("_schema.rb", "_structure.sql")):
		return true
	case p.ends(".up.sql", ".down.sql", ".up.fizz", ".down.fizz", "modelsnapshot.cs") || p.named("up.sql", "down.sql"):
		return true
	case p.begins("db.changelog") && p.hasExt(".xml", ".yml", ".yaml", ".json", ".sql"):
		return true
	}
	return slices.ContainsFunc(p.dirs, func(dir string) bool {
		return strings.HasSuffix(dir, ".xcdatamodeld") || strings.HasSuffix(dir, ".xcdatamodel")
	})
}

// ofTool tells folders that mean a migration for one tool alone: Liquibase,
// Drizzle, Sqitch, Hasura, and folders of table definitions.
func ofTool(p place) bool {
	switch {
	case p.under("changelog", "changelogs") && p.under("db", "resources", "database"):
		return p.hasExt(".xml", ".yml", ".yaml", ".json", ".sql", ".groovy")
	case p.under("drizzle"):
		return p.hasExt(".sql", ".json")
	case p.under("deploy", "revert", "verify", "schema", "schemas", "ddl"):
		return p.ext == ".sql"
	}
	return p.under("hasura", "metadata") && p.under("databases", "tables") && p.hasExt(".yml", ".yaml")
}

func migrationExts() []string {
	return []string{
		".sql", ".py", ".rb", ".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".php", ".go", ".java", ".kt", ".kts", ".scala", ".groovy", ".clj", ".cs", ".fs",
		".vb", ".ex", ".exs", ".erl", ".rs", ".swift", ".dart", ".lua", ".pl", ".cr", ".xml", ".yml", ".yaml", ".json", ".toml", ".prisma", ".edn", ".fizz",
		".hcl", ".cql", ".cypher", ".surql", ".psql", ".pgsql", ".up", ".down",
	}
}

// flywayName tells V12__add_users.sql, U12__… and R__…
// (https://documentation.red-gate.com/fd/migrations-184127470.html).
func flywayName(name string) bool {
	version, _, found := strings.Cut(name, "__")
	if !found || version == "" || !slices.Contains([]byte("vur"), version[0]) {
		return false
	}
	return strings.Trim(version[1:], "0123456789._") == ""
}
