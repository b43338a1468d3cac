package signal

import (
	"slices"
	"strings"
)

// isMigration tells files that change the shape of stored data. Prose about a
// migration changes nothing, so only what a machine runs or reads counts.
func isMigration(p place) bool {
	switch {
	case p.named("schema.prisma", "structure.sql", "schema.sql") || p.hasExt(".ddl"):
		return true
	case p.name == "schema.rb" && p.under("db"):
		return true
	case p.ext == ".sql" && flywayName(p.name):
		return true
	case !p.hasExt(migrationExts()...):
		return false
	}
	return p.under("migrations", "migration", "migrate", "db_migrations", "flyway", "liquibase", "alembic") && !p.in("docs")
}

func migrationExts() []string {
	return []string{
		".sql", ".py", ".rb", ".ts", ".js", ".mjs", ".cjs", ".php", ".go", ".java", ".kt", ".cs", ".ex", ".exs", ".rs", ".xml",
		".yml", ".yaml", ".json", ".toml", ".prisma", ".edn", ".fizz",
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
