package signal

import (
	"slices"
	"strings"
)

// Subject is what a path alone says a file is about.
type Subject string

// The subjects that are dear to get wrong.
const (
	Authentication Subject = "authentication"
	Payments       Subject = "payments"
	Migrations     Subject = "migrations"
)

// SubjectOf gives the subject that the path of a file tells, "" for none. It
// is for advice, and asks less than the signals do, which the decision stands
// on: words such as roles stand in many paths that let nobody in, and a
// picture of a card moves no money.
func SubjectOf(path string, m Marks) Subject {
	words := wordsOf(path, nil)
	auth, money := slices.ContainsFunc(words, authWords().holds), slices.ContainsFunc(words, moneyWords().holds)
	p := splitPath(path)
	if !auth && !money && !isMigration(p) {
		return "" // of most paths, and cheaper to find out than the class
	}
	class := classOf(path, m)
	switch {
	case isTest(p) || aside(p):
		return "" // a fixture of a migration is of its class, and reaches no data
	case class == Migration && ofData(p):
		return Migrations
	case class == Migration || !carries(class, p):
		return ""
	}
	if class != Code && class != Infrastructure && (class != Deployment || !p.yaml()) {
		// What surrounds code shares its folder; by its own name it counts.
		words = wordsOf(p.spelled, nil)
		auth, money = slices.ContainsFunc(words, authWords().holds), slices.ContainsFunc(words, moneyWords().holds)
	}
	switch {
	case auth && acting(class) && letsIn(words, p):
		return Authentication
	case money && movesMoney(words):
		return Payments
	}
	return ""
}

var (
	authWords  = setOfWords(authNames)
	moneyWords = setOfWords(moneyNames + " billing")
)

// aside says that a file stands where nothing of the product runs: what tells
// agents what to do, examples, what others wrote, checks of other code.
func aside(p place) bool {
	if slices.ContainsFunc(p.dirs, func(dir string) bool {
		return len(dir) > 1 && dir[0] == '.' && dir != ".github" && dir != ".well-known"
	}) {
		return true
	}
	return exampled(p) || p.under("docs", "doc", "documentation", "examples", "samples", "demos", "vendor", "third_party", "third-party", "skills",
		"mock", "mocks", "mock_credentials", "mockups", "storybook", "stories", "test-pages", "type-tests", "lint", "lints", "linter", "linters", "diagnostics",
		"locales", "i18n", "design", "public", "vcr", "discussion_template", "issue_template") && !p.hasExt(".sql", ".php") ||
		p.begins("demo", "example") || p.ends(".example", ".sample")
}

// exampled says that a folder is an example: com/example is a name in Java.
func exampled(p place) bool {
	for i, dir := range p.dirs {
		if slices.Contains([]string{"example", "sample", "demo"}, dir) && (i == 0 || !slices.Contains([]string{"com", "org", "net", "io"}, p.dirs[i-1])) {
			return true
		}
	}
	return false
}

// carries says that a file of a class does something, and is not only seen.
func carries(c Class, p place) bool {
	switch c {
	case Code, InterfaceFile, Infrastructure, Configuration, Deployment, Generated:
	default:
		return false
	}
	return p.name[0] != '.' && !p.hasExt(".svg", ".css", ".scss", ".sass", ".less", ".styl", ".pdf", ".patch", ".diff", ".txt", ".plist", ".csv", ".lottie", ".strings",
		".storyboard", ".xib", ".snap") && !monitors(p)
}

// monitors tells the pictures and alarms of what runs elsewhere.
func monitors(p place) bool {
	return slices.ContainsFunc(p.dirs, func(dir string) bool {
		return strings.Contains(dir, "grafana") || strings.Contains(dir, "prometheus") || slices.Contains([]string{"analytics", "telemetry", "sentry", "metrics"}, dir)
	})
}

// ofData says that a migration is one of stored data: a program's settings
// move from form to form as well.
func ofData(p place) bool {
	switch {
	case p.name[0] == '.' || p.under("config", "settings", "datastore", "preferences", "content", "static"):
		return p.hasExt(".sql")
	case schemaName(p), ofTool(p), p.hasExt(".sql"), p.named("env.py"):
		return true
	}
	return numbered(p.name) || strings.HasSuffix(p.stem, "migration") || slices.ContainsFunc(p.dirs, func(dir string) bool {
		return slices.Contains([]string{
			"db", "database", "databases", "sql", "postgres", "postgresql", "mysql", "sqlite", "persistence", "alembic", "flyway", "liquibase", "prisma",
			"drizzle", "supabase", "typeorm", "knex", "ecto", "versions", "storage", "store", "db_migrations", "models",
		}, dir) || strings.HasSuffix(dir, "_migrate") || strings.HasSuffix(dir, "_migrations")
	})
}

// numbered says that three digits stand together in a name: tools order their
// migrations by number or by day.
func numbered(name string) bool {
	run := 0
	for i := range len(name) {
		if name[i] < '0' || name[i] > '9' {
			run = 0
			continue
		}
		if run++; run == 3 {
			return true
		}
	}
	return false
}
