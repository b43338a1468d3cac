package signal

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tierwise/tierwise/internal/change"
)

func TestSharedNames(t *testing.T) {
	t.Parallel()
	moved := change.File{Path: "new/charge.go", OldPath: "old/charge.go", Hunks: []change.Hunk{hunk(1, "-func Charge() {", "+func charge() {")}}
	tests := []struct {
		name  string
		files []change.File
		want  []string
	}{
		{"removed and altered, sorted, once", []change.File{diff("a.go", "-func Refund() {", "-func Charge(a int) {", "+func Charge(b int) {"), diff("b.go", "-func Charge() {")}, []string{"Charge", "Refund"}},
		{"a moved file", []change.File{moved}, []string{"Charge"}},
		{"moved in by one step", []change.File{diff("a.py", "-class Charge:", "+  class Charge:")}, []string{}},
		{"the same text in another block excuses nothing", []change.File{diff("a.py", "-class Charge:", " x", "+class Charge:")}, []string{"Charge"}},
		{"only added", []change.File{diff("a.go", "+func Charge() {")}, []string{}},
		{"short names", []change.File{diff("a.go", "-func Run() {")}, []string{}},
		{"members with a common word", []change.File{diff("a.py", "-    def save(self):", "-    def save_all(self):", "-    def serialize(self):")}, []string{"save_all", "serialize"}},
		{"tests and documentation", []change.File{diff("a_test.go", "-func Charge() {"), diff("a.md", "-func Charge() {")}, []string{}},
		{"a message of an interface", []change.File{diff("a.proto", "-  string order_total = 3;")}, []string{"order_total"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, SharedNames(of(tt.files...))); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
	}
}

func TestNamesBeyondTheBoundCountAsUsed(t *testing.T) {
	t.Parallel()
	var lines []string
	for i := range maxSharedNames + 5 {
		lines = append(lines, fmt.Sprintf("-func Charge%02d() {", i))
	}
	in := withTree(of(diff("a.go", lines...)))
	if names := SharedNames(in); len(names) != maxSharedNames || !slices.IsSorted(names) {
		t.Errorf("%v", names)
	}
	if fires(implicitContract(), in) {
		t.Error("fires where nobody looked")
	}
	in.Users = map[string][]string{}
	hits := implicitContract().Hits(in)
	if len(hits) != 1 || !strings.Contains(hits[0].Text, "Charge20 was not looked up") {
		t.Errorf("%+v", hits)
	}
}

func TestAnImplicitContractNamesItsUsers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		users []string
		more  []change.File
		want  string
	}{
		{"one outside", []string{"pay/charge.go", "mail/a.go"}, nil, "1 file outside the change uses Charge: mail/a.go"},
		{"several", []string{"e", "d", "c", "b"}, nil, "4 files outside the change use Charge: b, c, d, …"},
		{"those in the change come last", []string{"b", "c"}, []change.File{file("b")}, "1 file outside the change uses Charge: c"},
		{"touching all of them silences nothing", []string{"b", "c"}, []change.File{file("b"), file("c")}, "2 files of the change use Charge: b, c"},
		{"two that declare it use each other's", []string{"pay/charge.go", "b.go"}, []change.File{diff("b.go", "-func Charge() {")}, "2 files of the change use Charge: b.go, pay/charge.go"},
		{"its own file alone", []string{"pay/charge.go"}, nil, ""},
	}
	for _, tt := range tests {
		in := usedBy(tt.users...)
		in.Change.Files = append(in.Change.Files, tt.more...)
		var want []Hit
		if tt.want != "" {
			want = []Hit{{Signal: "implicit-contract", File: "pay/charge.go", Line: 1, Text: tt.want}}
		}
		if diff := cmp.Diff(want, implicitContract().Hits(in)); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
	}
}
