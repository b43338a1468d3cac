package signal

import "testing"

func guardDangers() []sample {
	return []sample{
		{"Go: an if with its refusal", "api/delete.go", "-\tif !user.IsAdmin() {\n-\t\treturn ErrForbidden\n-\t}"},
		{"Go: a check as a call", "api/doc.go", "-\tif err := s.checkPermission(ctx, doc); err != nil {\n-\t\treturn err\n-\t}"},
		{"Go: the middleware of a route", "api/routes.go", "-\tr.With(requireAdmin).Delete(\"/users/{id}\", h.remove)\n+\tr.Delete(\"/users/{id}\", h.remove)"},
		{"Go: a signature", "hook/hook.go", "-\tif !hmac.Equal(want, got) {\n-\t\treturn errBadSignature\n-\t}"},
		{"Go: both became either", "api/a.go", "-\tif u.Verified && u.Owner == doc.Owner {\n+\tif u.Verified || u.Owner == doc.Owner {"},
		{"Go: turned around", "api/a.go", "-\tif !allowed {\n+\tif allowed {"},
		{"Go: a way past, by the function that git names", "api/a.go", "@@ func (s *Server) isAllowed(u User) bool {\n \tx := 1\n+\treturn true"},
		{"Go: an added yes in an authorizer", "api/a.go", " func authorize(u *User) error {\n+\treturn nil\n \tif u.Banned {"},
		{"Go: a rate limit", "api/a.go", "-\tmux.Use(rateLimit(5, time.Minute))"},
		{"Go: a bound on size", "api/a.go", "-\tif n > maxUpload {\n-\t\treturn errTooLarge\n-\t}"},
		{"Go: vendored code too", "vendor/x/y.go", "-\tif !token.Verified() {\n-\t\treturn nil, ErrUnauthorized\n-\t}"},
		{"TS: the middleware of a route", "src/routes.ts", "-router.post('/pay', requireAuth, pay)\n+router.post('/pay', pay)"},
		{"TS: an unauthenticated caller", "src/a.ts", "-  if (!session?.user) throw new UnauthorizedError()"},
		{"TS: an owner in a query", "src/a.ts", "-  where: { id, userId: session.user.id },\n+  where: { id },"},
		{"TS: a Nest guard", "src/a.controller.ts", "-  @UseGuards(JwtAuthGuard)"},
		{"TS: a tenant", "src/a.ts", "-    if (doc.tenantId !== req.user.tenantId) return res.sendStatus(403)"},
		{"TS: next in a guard", "src/a.ts", " export async function requireSession(req, res, next) {\n+  return next()"},
		{"TS: a token is only decoded", "src/a.ts", "-  const claims = jwt.verify(token, key)\n+  const claims = jwt_decode(token)"},
		{"TS: a role by name", "src/a.ts", "-  if (user.role !== 'admin') return deny()\n+  if (user.role !== 'user') return deny()"},
		{"JS: a password is not compared", "lib/a.js", "-  if (!(await bcrypt.compare(password, user.hash))) return fail()"},
		{"Python: a decorator", "app/views.py", "-@login_required\n def export(request):"},
		{"Python: permission classes", "app/views.py", "-    permission_classes = [IsAuthenticated, IsOwner]"},
		{"Python: an owner in a filter", "app/views.py", "-    qs = qs.filter(owner=request.user)"},
		{"Python: a dependency of FastAPI", "app/api.py", "-async def rm(id: int, user: User = Depends(require_admin)):\n+async def rm(id: int):"},
		{"Python: a refusal", "app/api.py", "-    raise PermissionDenied()"},
		{"Python: and became or", "app/api.py", "-    if user.is_active and user.is_staff:\n+    if user.is_active or user.is_staff:"},
		{"Python: a digest", "app/hook.py", "-    if not hmac.compare_digest(sig, expected):\n-        abort(401)"},
		{"Java: an annotation", "src/A.java", "-    @PreAuthorize(\"hasRole('ADMIN')\")\n     public void purge() {"},
		{"Java: a role in the chain", "src/Sec.java", "-            .requestMatchers(\"/admin/**\").hasRole(\"ADMIN\")"},
		{"Java: an owner compared", "src/A.java", "-        if (!doc.getOwnerId().equals(user.getId())) {\n-            throw new AccessDeniedException(\"no\");\n-        }"},
		{"Java: a role became another", "src/A.java", "-    @RolesAllowed(\"admin\")\n+    @RolesAllowed(\"user\")"},
		{"Kotlin: an annotation", "src/A.kt", "-    @Secured(\"ROLE_ADMIN\")\n     fun purge() {"},
		{"Kotlin: a require", "src/A.kt", "-    require(principal.hasPermission(\"write\"))"},
		{"Ruby: a before action", "app/a_controller.rb", "-  before_action :authenticate_user!"},
		{"Ruby: a policy", "app/a_controller.rb", "-    authorize @post"},
		{"Ruby: through the user", "app/a_controller.rb", "-    @post = Post.find_by!(id: id, user_id: current_user.id)\n+    @post = Post.find(id)"},
		{"Ruby: a refusal", "app/a_controller.rb", "-    head :forbidden unless current_user.admin?"},
		{"PHP: a gate", "app/A.php", "-        Gate::authorize('update', $post);"},
		{"PHP: a call of authorize", "app/A.php", "-        $this->authorize('delete', $server);"},
		{"PHP: a middleware", "routes/web.php", "-Route::get('/admin', 'A@b')->middleware('auth');\n+Route::get('/admin', 'A@b');"},
		{"PHP: a refusal", "app/A.php", "-        abort(403);"},
		{"PHP: an attribute", "src/A.php", "-    #[IsGranted('ROLE_ADMIN')]\n     public function purge()"},
		{"C#: an attribute", "src/A.cs", "-    [Authorize(Roles = \"Admin\")]\n     public IActionResult Purge()"},
		{"C#: an endpoint", "src/Program.cs", "-app.MapDelete(\"/x\", Remove).RequireAuthorization();\n+app.MapDelete(\"/x\", Remove);"},
		{"C#: a refusal", "src/A.cs", "-        if (!User.IsInRole(\"Admin\")) return Forbid();"},
		{"Rust: an early refusal", "src/a.rs", "-    if !claims.is_admin() {\n-        return Err(ApiError::Forbidden);\n-    }"},
		{"Rust: a yes in a check", "src/a.rs", "@@ fn verify_signature(sig: &[u8]) -> bool {\n let a = 1;\n+    return true;"},
		{"Rust: a condition that always holds", "src/a.rs", "-    if user.is_owner(&doc) {\n+    if user.is_owner(&doc) || true {"},
		{"YAML: an access rule", "config/acl.yml", "-  default: deny\n+  default: allow"},
		{"YAML: a public interface", "config/app.yml", "-  requireLogin: true\n+  requireLogin: false"},
		{"YAML: an authorizer", "serverless.yml", "-          authorizer: aws_iam"},
		{"SQL: row level security", "db/1.sql", "+ALTER TABLE notes DISABLE ROW LEVEL SECURITY;"},
		{"SQL: a policy for all", "db/1.sql", "+CREATE POLICY p ON notes USING (true);"},
		{"SQL: a tenant in a query", "db/q.sql", "-  AND tenant_id = $1"},
		{"SQL: a right for everybody", "db/1.sql", "+GRANT SELECT ON users TO public;"},
		{"Terraform: a public flag", "main.tf", "-  allow_anonymous = false\n+  allow_anonymous = true"},
		{"Terraform: authorization of an endpoint", "main.tf", "-  authorization = \"AWS_IAM\""},
		{"nginx: deny all", "nginx/site.conf", "-    deny all;"},
		{"nginx: no password", "nginx/site.conf", "-    auth_basic \"staff only\";"},
		{"TS in a test's helper: a guard", "test/support/server.ts", "-  if (!isAuthorized(req)) return res.status(401).end()"},
		{"an agent's brake", "AGENTS.md", "-Never push to main without approval."},
		{"an agent's limit", "CLAUDE.md", "-- Ask before you delete production data."},
		{"attempts of a login", "config/login.yml", "-max_login_attempts: 5\n+max_login_attempts: 5000"},
		{"Go: a bound was moved", "api/a.go", "-\tif attempts >= maxAttempts {\n+\tif attempts > maxAttempts {"},
	}
}

func guardLookAlikes() []sample {
	return []sample{
		{"a guard that was indented", "a.go", "-if !user.IsAdmin() {\n-return ErrForbidden\n-}\n+\tif !user.IsAdmin() {\n+\t\treturn ErrForbidden\n+\t}"},
		{"a guard that takes a context now", "a.go", "-\tif !s.isAdmin(user) {\n+\tif !s.isAdmin(ctx, user) {"},
		{"a guard that was added", "a.go", "+\tif !user.IsAdmin() {\n+\t\treturn ErrForbidden\n+\t}"},
		{"a whole function that went", "a.go", "-func purge(u User) error {\n-\tif !u.IsAdmin() {\n-\t\treturn ErrForbidden\n-\t}\n-\treturn wipe()\n-}"},
		{"a whole route that went", "src/a.ts", "-router.post('/pay', async (req, res) => {\n-  if (!req.user.isAdmin) return res.sendStatus(403)\n-})"},
		{"a comment about admins", "a.go", "-\t// only an admin may do this"},
		{"an author is no auth", "a.go", "-\tif author.Name == \"\" {\n-\t\treturn nil\n-\t}"},
		{"an error that is returned", "a.go", "-\tif err != nil {\n-\t\treturn err\n-\t}"},
		{"a plain return", "a.go", "+\treturn nil"},
		{"a yes in a function of strings", "a.go", "@@ func isBlank(s string) bool {\n \tx := 1\n+\treturn true"},
		{"or instead of and, on words", "a.go", "-\tif a.Title == b.Title && a.Body == b.Body {\n+\tif a.Title == b.Title || a.Body == b.Body {"},
		{"a constant was renamed", "a.go", "-const pageSize = 10\n+const pageSize = 20"},
		{"a timeout of an animation", "a.ts", "-  duration: 200,\n+  duration: 300,"},
		{"a visible panel", "a.ts", "-  open: false,\n+  opened: true,"},
		{"a log level", "a.yml", "-  level: info\n+  level: debug"},
		{"a feature was switched on", "a.yml", "-  darkMode: false\n+  darkMode: true"},
		{"a feature was switched off", "a.yml", "-  darkMode: true\n+  darkMode: false"},
		{"a role of ARIA", "a.tsx", "-<div role=\"button\">\n+<div role=\"link\">"},
		{"an import of a guard", "a.ts", "-import { requireAuth } from './auth'"},
		{"a Python import", "a.py", "-from app.auth import login_required"},
		{"a type of a user", "a.ts", "-  name: string\n+  name: string | null"},
		{"a field", "a.ts", "-  isAdmin: boolean"},
		{"a label of a button", "a.tsx", "-  <Button>Sign in</Button>\n+  <Button>Continue</Button>"},
		{"prose of a guide", "docs/auth.md", "-You must be an admin: if (!isAdmin) return 403"},
		{"a lock file", "yarn.lock", "-passport-auth@1.0.0:"},
		{"a changelog", "CHANGELOG.md", "-- require admin to delete"},
		{"a test of a status", "a_test.go", "-\tif got != 200 {\n-\t\tt.Fatal(got)\n-\t}"},
		{"a test's name", "a.test.ts", "-  it('returns a list', () => {"},
		{"a loop's bound", "a.go", "-\tfor i := 0; i < n; i++ {\n+\tfor i := range n {"},
		{"a sum", "a.py", "-    total = a + b\n+    total = a - b"},
		{"a guard that was extracted and is called", "a.py", "-    if not user.is_admin: abort(403)\n+    if not user.is_admin(): abort(403)"},
		{"Ruby: a callback of a model", "a.rb", "-  before_save :trim_name"},
		{"Ruby: a scope of a query", "a.rb", "-  Post.where(published: true)"},
		{"Java: an override", "A.java", "-    @Override"},
		{"Java: a test's annotation", "A.java", "-    @Deprecated"},
		{"C#: an attribute of JSON", "A.cs", "-    [JsonIgnore]"},
		{"Rust: a derive", "a.rs", "-#[derive(Debug)]\n+#[derive(Debug, Clone)]"},
		{"Rust: an early return of a parser", "a.rs", "-    if line.is_empty() {\n-        return None;\n-    }"},
		{"PHP: a view", "a.php", "-        return view('posts.index');"},
		{"PHP: a middleware of a locale", "a.php", "-        ->middleware('locale')"},
		{"Kotlin: a log", "A.kt", "-    log.info(\"done\")"},
		{"SQL: a plain column", "q.sql", "-  AND deleted_at IS NULL"},
		{"SQL: a sort", "q.sql", "-ORDER BY id\n+ORDER BY created_at"},
		{"Terraform: a tag", "main.tf", "-  Name = \"web\"\n+  Name = \"api\""},
		{"Terraform: a size", "main.tf", "-  instance_type = \"t3.small\"\n+  instance_type = \"t3.large\""},
		{"YAML: replicas", "k8s/app.yml", "-  replicas: 2\n+  replicas: 3"},
		{"YAML: an image", "k8s/app.yml", "-  image: web:1\n+  image: web:2"},
		{"nginx: a root", "nginx/site.conf", "-    root /srv/a;\n+    root /srv/b;"},
		{"an agent's style", "AGENTS.md", "-Write short sentences."},
		{"an agent's layout", "CLAUDE.md", "-The server lives in cmd/server."},
		{"an agent's brake with other words", "AGENTS.md", "-Never push to main without approval.\n+You must never push to main without approval of an owner."},
		{"CSS: a member", "a.css", "-.member { color: red }\n+.member { color: blue }"},
		{"HTML: a class", "a.html", "-<p class=\"owner\">\n+<p class=\"lead\">"},
		{"a stricter bound", "a.yml", "-max_login_attempts: 10\n+max_login_attempts: 5"},
		{"a longer password", "a.yml", "-min_password_length: 8\n+min_password_length: 12"},
		{"a stricter default", "a.yml", "-  default: allow\n+  default: deny"},
		{"a stricter flag", "a.yml", "-  requireLogin: false\n+  requireLogin: true"},
		{"next in a list", "a.ts", "+  return next()"},
		{"a string of a message", "a.ts", "-  toast('Saved')\n+  toast('Done')"},
		{"a slice of a list", "a.go", "-\treturn list[:10]\n+\treturn list[:20]"},
		{"a cache that is looked at", "a.go", "-\tif v, ok := cache[key]; ok {\n-\t\treturn v\n-\t}"},
	}
}

func TestAGuardThatGoesFires(t *testing.T)            { fireAll(t, guardRemoved(), guardDangers()) }
func TestWhatLooksLikeALostGuardIsQuiet(t *testing.T) { quietAll(t, guardRemoved(), guardLookAlikes()) }

func fireAll(t *testing.T, s Signal, samples []sample) {
	t.Parallel()
	for _, tt := range samples {
		if len(s.Hits(edit(tt.path, tt.text))) == 0 {
			t.Errorf("%s: %s stays quiet", tt.name, s.ID)
		}
	}
}

func quietAll(t *testing.T, s Signal, samples []sample) {
	t.Parallel()
	for _, tt := range samples {
		if hits := s.Hits(edit(tt.path, tt.text)); len(hits) > 0 {
			t.Errorf("%s: %s fires: %+v", tt.name, s.ID, hits)
		}
	}
}
