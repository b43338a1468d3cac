package signal

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
)

func reachPaths() []string {
	return []string{
		"services/pay/charge.go", "services/pay/models/refund.py", "services/mail/receipt.ts", "services/mail/api/mail.proto", "web/src/page.tsx", "web/package.json",
		"src/Shop.Api/Order.cs", "crates/pay-core/src/lib.rs", "lib/shop/order.rb", "go.mod", "main.go", "docs/guide.md", "web/page.test.ts", "go.sum",
		".github/workflows/ci.yml", "services/new/main.go", "services/new/go.mod", "examples/a/main.go", "db/migrations/1.sql", "components/x/a.tsx", "api/types/order.ts",
	}
}

func reachLines() []string {
	return []string{
		"func ChargeCard() {", "type Invoice struct {", "	OrderTotal int `json:\"order_total\"`", "  string order_total = 3;", "show(order.orderTotal)", "ChargeCard()",
		`	"example.org/shop/services/pay"`, `import { x } from "../../services/mail/receipt"`, `import y from "@acme/mail"`, "use pay_core::Invoice;", "class Refund(Base):",
		"def charge_card(x):", `emit("order.created")`, `fetch("/v1/orders")`, `  "left-pad": "^1.2.3",`, `  "left-pad": "^1.3.0",`, "export const orderTotal = 1", "x",
		"    public int OrderTotal(int x)", "using Shop.Api;", "import services.pay.models", "create table invoices (", "interface OrderTotal {",
	}
}

func reachHunk(r *rand.Rand) change.Hunk {
	var lines []string
	for range 1 + r.IntN(4) {
		lines = append(lines, pick(r, []string{"+", "-", " "})+pick(r, reachLines()))
	}
	return hunk(1+r.IntN(90), lines...)
}

func reachFile(r *rand.Rand) change.File {
	f := file(pick(r, reachPaths()))
	f.Status = []change.Status{change.Added, change.Modified, change.Removed}[r.IntN(3)]
	f.Withheld = r.IntN(12) == 0
	for range r.IntN(3) {
		f.Hunks = append(f.Hunks, reachHunk(r))
	}
	return f
}

func reachInput(r *rand.Rand) Input {
	in := of()
	for range 2 + r.IntN(7) {
		in.Change.Files = append(in.Change.Files, reachFile(r))
	}
	if r.IntN(2) == 0 {
		in.Tree = slices.DeleteFunc(reachPaths(), func(string) bool { return r.IntN(3) == 0 })
	}
	if r.IntN(2) == 0 {
		in.Users, in.Together = map[string][]string{}, map[string][]string{}
		for _, name := range []string{"ChargeCard", "Invoice", "order_total", "OrderTotal", "Refund"} {
			in.Users[name] = []string{pick(r, reachPaths()), pick(r, reachPaths())}
		}
		in.Together[pick(r, reachPaths())] = []string{pick(r, reachPaths())}
	}
	return in
}

func growReach(r *rand.Rand, in *Input) string {
	f := &in.Change.Files[r.IntN(len(in.Change.Files))]
	switch r.IntN(4) {
	case 0:
		if f.OldPath == "" {
			f.OldPath, f.Path = f.Path, pick(r, reachPaths())
		}
		return "a rename"
	case 1:
		f.Hunks = append(slices.Clone(f.Hunks), reachHunk(r))
		return "a hunk"
	case 2:
		f.Withheld = true
		return "a withheld patch"
	}
	in.Change.Files = slices.Insert(slices.Clone(in.Change.Files), r.IntN(len(in.Change.Files)+1), reachFile(r))
	return "a file"
}

// TestReachOnlyGrows adds files, hunks, second paths and manifests to changes
// of several modules and languages. No scope, domain or signal may be lost.
func TestReachOnlyGrows(t *testing.T) {
	t.Parallel()
	fired := map[string]int{}
	for seed := range uint64(4000) {
		r := rand.New(rand.NewPCG(seed, 7))
		in := reachInput(r)
		before := Measure(in)
		for range 5 {
			what := growReach(r, &in)
			after := Measure(in)
			if h, ok := toldTwice(after); ok {
				t.Fatalf("seed %d: %s: a second hit of %s at %q", seed, what, h.Signal, h.File)
			}
			if problem := shrunk(before, after); problem != "" {
				t.Fatalf("seed %d: %s %s\n%+v\n%+v\n%+v", seed, what, problem, in.Change, before.Hits, after.Hits)
			}
			before = after
		}
		for _, id := range signalsOf(before) {
			fired[id]++
		}
	}
	for _, id := range []string{"coupled-modules", "new-module", "new-data-model", "implicit-contract", "co-change"} {
		if fired[id] == 0 || fired[id] == 4000 {
			t.Errorf("%s fires %d times of 4000: the changes do not try it", id, fired[id])
		}
	}
}

// tangled makes a change whose files all declare, import and use each other.
func tangled(files int) Input {
	in := of()
	for i := range files {
		f := file(fmt.Sprintf("services/s%d/file%d.go", i%40, i))
		var lines []string
		for l := range 60 {
			lines = append(lines, fmt.Sprintf("-func ChargeCard%dOf%d() {", l, i), fmt.Sprintf("+	ChargeCard%dOf%d()", l, i+1))
		}
		f.Hunks = []change.Hunk{hunk(1, lines...)}
		in.Change.Files, in.Tree = append(in.Change.Files, f), append(in.Tree, f.Path)
	}
	return in
}

// BenchmarkReach measures the part of a change that ties modules together.
func BenchmarkReach(b *testing.B) {
	for _, files := range []int{30, 300, 3000} {
		in := tangled(files)
		b.Run(fmt.Sprintf("files=%d", files), func(b *testing.B) {
			for b.Loop() {
				in.tie()
				in.altered()
			}
		})
	}
}
