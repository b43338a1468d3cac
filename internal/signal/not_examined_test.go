package signal

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNotExamined(t *testing.T) {
	t.Parallel()
	const (
		history = "co-change: the history is read only in a checkout, and where the policy names the signal"
		paths   = "new-module: the paths at the base are not known"
		users   = "implicit-contract: the users of what is altered are not known"
	)
	altered := of(diff("pay/charge.go", "-func Charge(cents int) error {", "+func Charge(cents int64) error {"))
	tests := []struct {
		name string
		set  func(*Input)
		want []string
	}{
		{"nothing at hand", func(*Input) {}, []string{noTree, history, users, paths}},
		{"an empty tree is known", func(in *Input) { in.Tree = []string{} }, []string{history, users}},
		{"services need no tree, other signals do", func(in *Input) { in.Services = compile(t, "svc/*") }, []string{history, users, paths}},
		{"somebody looked, and found no users", func(in *Input) { in.Tree, in.Users = []string{}, map[string][]string{} }, []string{history}},
		{"a history without companions", func(in *Input) { in.Together = map[string][]string{} }, []string{noTree, users, paths}},
		{"what fired was examined", func(in *Input) { in.Together = map[string][]string{"pay/charge.go": {"x"}} }, []string{noTree, users, paths}},
		{"nothing is altered: nobody has to be looked for", func(in *Input) { in.Change.Files = nil }, []string{noTree, history, paths}},
		{"a brief before any change", func(in *Input) { in.HasChange = false }, nil},
	}
	for _, tt := range tests {
		in := altered
		tt.set(&in)
		if diff := cmp.Diff(tt.want, Measure(in).NotExamined); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
	}
}
