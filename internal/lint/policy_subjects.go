package lint

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/glob"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// subject is something that nearly every list of must_frontier: should speak
// of, with what shows that it does.
type subject struct {
	name    string
	about   signal.Subject // what paths tell of it
	words   []string       // parts of an entry's id
	signals []string
	domains []task.Domain
	probes  []string // paths and lines, one of which an entry about it hits
	entry   string   // what to add
}

func subjects() []subject {
	return []subject{
		{
			"authentication", signal.Authentication,
			[]string{"auth", "authn", "authz", "authentication", "authorization", "login", "access", "identity", "security", "sso", "oauth", "permissions"},
			[]string{"auth", "session"},
			[]task.Domain{task.Security},
			[]string{"src/auth/login.ts", "app/auth/permission.rb", "internal/auth/auth.go", "auth.py", "src/middleware/auth.ts", "jwt.verify(token)", "oauth"},
			"{ id: auth, why: a wrong check lets people in, signals: [auth, session] }",
		},
		{
			"payments", signal.Payments,
			[]string{"pay", "payment", "payments", "billing", "invoice", "invoices", "invoicing", "money", "checkout", "finance"},
			[]string{"payment", "payment-words"},
			nil,
			[]string{"src/billing/invoice.ts", "app/payments/charge.rb", "payment.go", "billing/plan.py", "src/payments/refund.ts", "stripe.Charge.create(amount)"},
			"{ id: payments, why: money moves, signals: [payment] }",
		},
		{
			"schema", signal.Migrations,
			[]string{"schema", "migration", "migrations", "database", "db"},
			[]string{"migration", "schema-change"},
			[]task.Domain{task.Schema},
			[]string{"db/migrations/001_add_users.sql", "migrations/0001_initial.py", "prisma/schema.prisma", "db/schema.rb", "db/migrate/20260101_add.rb", "ALTER TABLE users DROP COLUMN age;"},
			"{ id: schema, why: there is no way back on production data, signals: [migration, schema-change] }",
		},
	}
}

// spokenOf says that an entry is about the subject.
func (s subject) spokenOf(e policy.MustFrontier) bool {
	switch {
	case slices.ContainsFunc(strings.Split(e.ID, "-"), func(w string) bool { return slices.Contains(s.words, w) }),
		slices.ContainsFunc(e.Signals, func(id string) bool { return slices.Contains(s.signals, id) }),
		slices.ContainsFunc(e.Domains, func(d task.Domain) bool { return slices.Contains(s.domains, d) }):
		return true
	}
	return slices.ContainsFunc(s.probes, func(probe string) bool { return hitsProbe(e, probe) })
}

func hitsProbe(e policy.MustFrontier, probe string) bool {
	if slices.ContainsFunc(e.Paths, func(g glob.Pattern) bool { return g.MatchFold(probe) }) {
		return true
	}
	for _, x := range e.Content {
		if x.MatchString(probe) {
			return true
		}
	}
	return false
}

// openFiles sorts the files of the repository that look like a subject and
// that no entry covers.
func (w World) openFiles(entries []policy.MustFrontier) map[signal.Subject][]string {
	if w.Tree == nil {
		return nil
	}
	open := map[signal.Subject][]string{}
	for subject, files := range w.Tree.about() {
		for _, path := range files {
			if !covered(entries, path) {
				open[subject] = append(open[subject], path)
			}
		}
	}
	return open
}
