package signal

func reachCases() map[string]examples {
	return map[string]examples{
		"co-change":         {[]Input{withCompanions("mail/receipt.go")}, []Input{withCompanions(), paths("pay/charge.go")}},
		"coupled-modules":   {[]Input{sharedField("services/pay/model.go"), sharedField("services/pay/model.py")}, []Input{sharedField("services/pay/order.proto"), sharedField("services/mail/model.go")}},
		"implicit-contract": {[]Input{usedBy("mail/receipt.go")}, []Input{usedBy("pay/charge.go"), usedBy()}},
		"new-data-model": {
			[]Input{of(newWith("app/models/refund.py", "+class Refund(Base):"))},
			[]Input{of(diff("app/models/refund.py", "+class Refund(Base):")), of(newWith("app/views/refund.py", "+class Refund:"))},
		},
		"new-module": {
			[]Input{withTree(paths("services/refunds/main.go"), "services/pay/main.go")},
			[]Input{withTree(paths("services/pay/x.go"), "services/pay/main.go"), paths("services/refunds/main.go")},
		},
	}
}

// sharedField is a field that this file declares and services/mail reads.
func sharedField(path string) Input {
	return of(
		diff(path, "+  string order_total = 3;", "+\t\"order_total\": 1,", "+	OrderTotal int `json:\"order_total\"`"),
		diff("services/mail/receipt.ts", "+send(order.orderTotal)"),
	)
}

func usedBy(users ...string) Input {
	in := withTree(of(diff("pay/charge.go", "-func Charge(cents int) error {", "+func Charge(cents int64) error {")))
	in.Users = map[string][]string{"Charge": users}
	return in
}

func withCompanions(companions ...string) Input {
	in := paths("pay/charge.go")
	in.Together = map[string][]string{"pay/charge.go": companions}
	return in
}
