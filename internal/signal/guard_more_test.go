package signal

import (
	"strings"
	"testing"
)

func moreLostGuards() []sample {
	noise := strings.Repeat("+\tlog(step)\n", 40)
	return []sample{
		{"Ruby: a look-up by owner", "a.rb", "-    bill = current_user.bills.find(params[:id])\n+    bill = Bill.find(params[:id])"},
		{"Ruby: every field may be set", "a.rb", "-    params.require(:bill).permit(:name)\n+    params.require(:bill).permit!"},
		{"Ruby: an answer that always holds", "a.rb", "-    user.admin?\n+    user.admin? || true"},
		{"Ruby: what may be stored", "a.rb", "-  validates :email, presence: true, uniqueness: true"},
		{"PHP: every field may be set", "a.php", "+    protected $guarded = [];"},
		{"PHP: the middleware of a route", "routes/a.php", "-Route::put('/bills/{bill}', 'Bills@put')->middleware('can:update,bill');\n+Route::put('/bills/{bill}', 'Bills@put');"},
		{"Python: a decision became yes", "a.py", " def can_edit(user, doc):\n-    return doc.owner == user\n+    return True"},
		{"Go: the default became yes", "a.go", "@@ func canRead(u User) bool {\n \tswitch u.Kind {\n-\tdefault: return false\n+\tdefault: return true"},
		{"Python: a way out of a folder", "a.py", "-    if '..' in name:\n-        raise ValueError(name)"},
		{"Go: a way out of a folder", "a.go", "-\tif !strings.HasPrefix(p, root) {\n-\t\treturn errPath\n-\t}"},
		{"TS: a part of a condition", "a.ts", "-  const open = user && user.isStaff\n+  const open = !!user"},
		{"JS: a name as it came", "a.js", "-  const file = path.basename(name)\n+  const file = path(name)"},
		{"TS: a pattern of a part", "a.ts", "-  return /^[a-z]+$/.test(host)\n+  return /[a-z]+/.test(host)"},
		{"Go: what is random", "a.go", "-\t\"crypto/rand\"\n+\t\"math/rand\""},
		{"Go: less work", "a.go", "-\tbcrypt.GenerateFromPassword(p, 14)\n+\tbcrypt.GenerateFromPassword(p, 4)"},
		{"SQL: a condition by tenant", "a.sql", "-SELECT total FROM bills WHERE id = $1 AND tenant_id = $2\n+SELECT total FROM bills WHERE id = $1"},
		{"HTML: a checksum", "a.html", "-<script src=\"/x.js\" integrity=\"sha384-abc\"></script>\n+<script src=\"/x.js\"></script>"},
		{"Kotlin: a condition of a call", "a.kt", "-    require(amount > 0) { \"amount\" }"},
		{"TS: types of a check", "a.ts", "+  // @ts-ignore\n   if (session.role) {"},
		{"behind noise", "a.go", "-\tif u.Verified && u.Owner == doc.Owner {\n" + noise + "+\tif u.Verified || u.Owner == doc.Owner {"},
		{"a way past before noise", "a.go", " func authorize(u *User) error {\n+\treturn nil\n" + strings.TrimSuffix(noise, "\n")},
	}
}

func likeMoreLostGuards() []sample {
	return []sample{
		{"a bound of a loop", "a.go", "-\tif i > maxItems {\n+\tif i >= maxItems {"},
		{"more tries of a call", "a.yml", "-max_retries: 3\n+max_retries: 5"},
		{"a state of a page", "a.tsx", "-  const [open, setOpen] = useState(false)\n+  const [open, setOpen] = useState(true)"},
		{"an age of a cache", "a.py", "-    if age > 1:\n+    if age >= 1:"},
		{"a width that is held", "a.ts", "-  if (width > maxWidth) width = maxWidth"},
		{"a pattern that grew", "a.ts", "-  return /^[a-z]+$/.test(host)\n+  return /^[a-z0-9]+$/.test(host)"},
		{"a name that is looked up otherwise", "a.rb", "-    bill = current_user.bills.find(params[:id])\n+    bill = current_user.bills.find_by(id: params[:id])"},
		{"a constant answer", "a.py", " def colour(self):\n-    return self.shade\n+    return True"},
		{"types of a page", "a.ts", "+  // @ts-ignore\n   chart.draw()"},
		{"random colours", "a.js", "-  const hue = 12\n+  const hue = Math.random()"},
	}
}

func TestAGuardOfAnotherKindThatGoesFires(t *testing.T) {
	fireAll(t, guardRemoved(), moreLostGuards())
}

func TestArithmeticIsNoGuard(t *testing.T) { quietAll(t, guardRemoved(), likeMoreLostGuards()) }

func TestALockThatGoesFires(t *testing.T) {
	fireAll(t, concurrency(), []sample{
		{"Go", "a.go", "-\ts.mu.Lock()"},
		{"Go, with its end", "a.go", "-\tmu.Lock()\n-\tdefer mu.Unlock()\n \tn++"},
		{"Java, a block", "A.java", "-    synchronized (this) {\n-      n++;\n-    }\n+    n++;"},
		{"Java, a method", "A.java", "-  public synchronized void add() {\n+  public void add() {"},
	})
}

func TestAnErrorThatIsSwallowedFires(t *testing.T) {
	fireAll(t, errorHandling(), []sample{
		{"it is not passed on", "a.ts", " } catch (e) {\n-    throw e;\n+    log(e);"},
		{"it is thrown away", "a.go", "-\treturn err\n+\t_ = err"},
		{"it is no longer raised again", "a.py", " except OSError:\n-    raise\n+    log()"},
	})
}
