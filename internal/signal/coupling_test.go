package signal

import (
	"testing"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

// couplings are pairs of files in two modules, and how they hang together.
func TestWhatHangsTogether(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name        string
		one, other  change.File
		want, plain bool
	}{
		{"a field under two spellings", diff("pay/m.go", "+	T int `json:\"order_total\"`"), diff("web/a.ts", "+show(o.orderTotal)"), true, true},
		{"a symbol that one side alters", diff("pay/m.py", "-def charge_card(x):"), diff("mail/m.py", "-charge_card(1)"), true, true},
		{"a name of one word with a capital", diff("pay/m.go", "+type Invoice struct {"), diff("mail/m.go", "+var x pay.Invoice"), true, true},
		{"a name of one word that is everywhere", diff("pay/m.go", "+type Config struct {"), diff("mail/m.go", "+var x Config"), false, false},
		{"a name on a line that did not change", diff("pay/m.go", " func ChargeCard() {", "+x"), diff("mail/m.go", "+ChargeCard()"), false, false},
		{"a route", diff("server/r.go", `+mux.Handle("/v1/orders", h)`), diff("web/a.ts", "+fetch('/v1/orders')"), true, true},
		{"an event", diff("pay/e.py", `+emit("order.created")`), diff("mail/e.rb", "+on 'order.created' do"), true, true},
		{"an import of the module", diff("services/pay/m.go", "+x"), diff("services/mail/m.go", `+	"example.org/shop/services/pay"`), true, true},
		{"an import that was there", diff("services/pay/m.go", "+x"), diff("services/mail/m.go", ` 	"example.org/shop/services/pay"`, "+y"), true, true},
		{"a relative import", diff("server/x.ts", "+x"), diff("web/src/a.ts", `+import x from "../../server/x"`), true, true},
		{"a scoped package", diff("packages/pay-core/x.ts", "+x"), diff("apps/web/a.ts", `+import x from "@acme/pay-core"`), true, true},
		{"a crate", diff("crates/pay-core/src/x.rs", "+x"), diff("crates/web/src/a.rs", "+use pay_core::Invoice;"), true, true},
		{"a file by its package", diff("pay-service/src/pay/Invoices.java", "+x"), diff("mail-service/src/Mail.java", "+import com.acme.pay.Invoices;"), true, true},
		{"an import of something else", diff("server/x.ts", "+x"), diff("web/a.ts", `+import x from "react/server"`), false, false},
		{"an interface file", diff("pay/order.proto", "+  string order_total = 3;"), diff("web/a.ts", "+show(o.orderTotal)"), true, false},
		{"an import through an interface", diff("services/pay/m.go", "+x"), diff("services/mail/m.go", `+	"example.org/shop/services/pay/api"`), true, false},
		{"one module", diff("pay/m.go", "+type OrderTotal int"), diff("pay/n.go", "+var x OrderTotal"), false, false},
		{"documentation", diff("pay/m.go", "+type OrderTotal int"), diff("web/README.md", "+OrderTotal"), false, false},
		{"nothing in common", diff("pay/m.go", "+type OrderTotal int"), diff("web/a.ts", "+show(1)"), false, false},
	}
	for _, tt := range tests {
		for _, in := range []Input{of(tt.one, tt.other), of(tt.other, tt.one)} {
			if got := Measure(in).Scope == task.CrossService; got != tt.want {
				t.Errorf("%s: cross-service %v, want %v: %+v", tt.name, got, tt.want, in.coupled())
			}
			if got := fires(coupledModules(), in); got != tt.plain {
				t.Errorf("%s: coupled-modules %v, want %v: %+v", tt.name, got, tt.plain, in.coupled())
			}
		}
	}
}

func TestTheScopeOfABareDiff(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		tree []string
		list []string
		want task.Scope
	}{
		{"three files in two modules", nil, []string{"services/a/x.go", "services/a/y.go", "services/b/z.go"}, task.CrossService},
		{"three files in two folders at the root", nil, []string{"frontend/x.ts", "frontend/y.ts", "backend/z.py"}, task.CrossService},
		{"two files in two modules", nil, []string{"services/a/x.go", "services/b/z.go"}, task.MultiFile},
		{"the third is documentation", nil, []string{"services/a/x.go", "services/b/z.go", "services/b/README.md"}, task.MultiFile},
		{"tests in many modules", nil, []string{"services/a/x_test.go", "services/b/x_test.go", "services/c/x_test.go"}, task.MultiFile},
		{"one module", nil, []string{"services/a/x.go", "services/a/y.go", "services/a/z/z.go"}, task.MultiFile},
		{"a tree without manifests says no more", []string{"services/a/x.go"}, []string{"services/a/x.go", "services/a/y.go", "services/b/z.go"}, task.CrossService},
		{"one service by its manifest", []string{"go.mod"}, []string{"services/a/x.go", "services/a/y.go", "services/b/z.go"}, task.MultiFile},
		{"a manifest of the change makes it no smaller", nil, []string{"go.mod", "services/a/x.go", "services/a/y.go", "services/b/z.go"}, task.CrossService},
		{"documentation in two services", []string{"a/go.mod", "b/go.mod"}, []string{"a/README.md", "b/README.md"}, task.MultiFile},
	}
	for _, tt := range tests {
		in := paths(tt.list...)
		in.Tree = tt.tree
		if got := Measure(in).Scope; got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestACouplingSaysWhere(t *testing.T) {
	t.Parallel()
	hits := coupledModules().Hits(sharedField("services/pay/model.go"))
	want := Hit{Signal: "coupled-modules", File: "services/mail/receipt.ts", Line: 1, Text: "uses orderTotal, which services/pay/model.go declares"}
	if len(hits) != 1 || hits[0] != want {
		t.Errorf("%+v", hits)
	}
}
