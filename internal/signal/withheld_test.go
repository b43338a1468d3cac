package signal

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
)

// TestWithholdingTakesNothingBack withholds patches of changes in which files
// import each other, declare names and carry what signals look for, with and
// without the counts of the row.
func TestWithholdingTakesNothingBack(t *testing.T) {
	t.Parallel()
	for seed := range uint64(1500) {
		r := rand.New(rand.NewPCG(seed, 5))
		in := withheldWorld(r)
		before := Measure(in)
		in.Change.Files = slices.Clone(in.Change.Files)
		f := &in.Change.Files[r.IntN(len(in.Change.Files))]
		f.Hunks, f.Withheld = nil, true
		if r.IntN(2) == 0 {
			f.Additions, f.Deletions = 0, 0
			in.Change.Incomplete = []string{"the sums differ"}
		}
		if problem := shrunk(before, Measure(in)); problem != "" {
			t.Fatalf("seed %d: withholding %s %s\n%+v\n%+v", seed, f.Path, problem, in.Change, before.Hits)
		}
	}
}

func withheldWorld(r *rand.Rand) Input {
	paths := []string{"services/pay/charge.go", "services/mail/mail.go", "lib/shop/order.rb", "web/src/page.ts", "README.md", "logo.png", "src/lib.rs", ".env.example", "go.mod"}
	lines := []string{
		"+import { x } from \"../../services/mail/mail\"", "-func ChargeCard(cents int) error {", "+	ChargeCard(4)", "-	if !user.IsAdmin() {", "+// a comment",
		"-class Refund", "+Refund.new", "+#[test]", "+	verify: false", "-expect(total).toEqual(4)", "+ALTER TABLE users ADD age int",
	}
	in := of()
	in.Users = map[string][]string{"ChargeCard": {"x.go"}}
	for range r.IntN(3) + 1 {
		f := file(pick(r, paths))
		f.Hunks = []change.Hunk{hunk(1, pick(r, lines), " kept", pick(r, lines))}
		if r.IntN(4) == 0 {
			f.Status, f.OldPath = change.Renamed, "old/"+f.Path
		}
		in.Change.Files = append(in.Change.Files, f)
	}
	return in
}
