package signal

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/change"
)

// TestByPathSaysWhatMeasureSays holds the short way to the long one: a file of
// which no line is shown or withheld fires what its path fires.
func TestByPathSaysWhatMeasureSays(t *testing.T) {
	t.Parallel()
	words := map[string]bool{}
	for _, s := range All() {
		words[s.ID] = slices.Contains(s.Needs, NeedsWords)
	}
	marks := Marks{PolicyPath: "routing-policy.yml"}
	for _, path := range []string{
		"README.md", "src/middleware/auth.ts", "app/billing/invoice.rb", "db/migrations/001_add.sql", "routing-policy.yml", ".github/workflows/ci.yml",
		"web/session/store.go", "docs/oauth.md", "pkg/author/name.go", "tests/login_test.go", "Dockerfile", "deploy/roles/nginx/main.yml", "go.sum", "CODEOWNERS",
	} {
		var want []string
		facts := Measure(Input{HasChange: true, Marks: marks, Change: change.Change{Files: []change.File{{Path: path, Status: change.Modified}}}})
		for _, h := range facts.Hits {
			if !words[h.Signal] {
				want = append(want, h.Signal)
			}
		}
		slices.Sort(want)
		if diff := cmp.Diff(slices.Compact(want), ByPath(path, marks)); diff != "" {
			t.Errorf("%s (-Measure +ByPath):\n%s", path, diff)
		}
	}
}

func TestSubjectOf(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]Subject{
		"src/middleware/auth.ts": Authentication, "api/userLogin.go": Authentication, "app/models/permission.rb": Authentication,
		"billing/plan.go": Payments, "lib/stripe_client.py": Payments,
		"db/migrations/001_add.sql": Migrations, "prisma/schema.prisma": Migrations,
		"pkg/author/name.go": "", "docs/oauth.md": "", "tests/login_test.go": "", "roles/nginx/tasks/main.yml": "", "README.md": "",
		"com/example/app/presentation/auth/LoginController.java": Authentication, "manifests/cluster-rbac/server/clusterrole.yaml": Authentication,
		"app/.well-known/openid-configuration/route.ts": Authentication, "config/oauth.yml": Authentication, "src/authors/login.ts": Authentication,
		"src/permissions/board.ts": Authentication, ".github/scripts/check-permission.js": Authentication,
		"internal/lint/bot_login.go": "", "internal/bots/bot_login.go": "", "src/chat/resolveMentionLogin.ts": "", "src/loginName.ts": "", "lib/login_detection.py": "",
		"tools/fix-file-permissions.sh": "", "init.d/gpu_permissions.py": "", "src/notification-permission.ts": "", "app/ui/permission/State.kt": "",
		"packages/auth/tsconfig.json": "", "assets/icons/logout.svg": "", "src/login.css": "", "patches/auth-bypass.patch": "", ".agents/references/csrf.html": "",
		"examples/auth/login.ts": "", "demo/nextjs/lib/auth.ts": "", "include/vendor/csrf.js": "", "conf/auth.conf.example": "", "skills/auth/server.py": "",
		"clients/Payouts/PayoutRow.tsx": Payments, "apps/web/billing/metadata.rb": Payments, "src/cloudBilling.ts": "",
		"scripts/fetch-github-billing.js": "", "icons/paypal.svg": "", "mon/grafana-dashboards/payments.json": "", "src/analytics/BillingChart.tsx": "",
		"src/migrations/versions/91ff431c832e_count.py": Migrations, "core/migration/MenuItemHierarchyMigration.java": Migrations,
		"store/migration/mysql/0.17/00__inbox.sql": Migrations, "database/migrations/2014_10_12_000000_create_users_table.php": Migrations,
		"cli/migrate/parser.ts": "", "src/config/migration/versions/v1-to-v2.ts": "", "app/datastore/migration/PreferenceStoreV1Migration.kt": "",
		"services/migrations/chowdown.py": "", "docs/content/migrations/meta.json": "",
		".github/workflows/login.yml": "", "pkg/migrate/testdata/01.yml": "", "tests/migrations/0001.py": "", "src/policies/read.go": "",
	} {
		if got := SubjectOf(path, Marks{}); got != want {
			t.Errorf("%s is about %q, want %q", path, got, want)
		}
	}
}
