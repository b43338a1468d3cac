package weekly

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

func monday() time.Time { return time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC) }

func week() Options {
	return Options{From: monday(), To: monday().AddDate(0, 0, 7), SampleSize: 3}
}

func dollars(n money.Nano) money.Cost { return money.Cost{State: money.Priced, Nano: n} }

// fact is the nth of a made-up ledger: 60 % efficient, one in eight of these
// escalated, one in fifty killed, one in forty without usage.
func fact(n int) ledger.Fact {
	f := ledger.Fact{
		Repository: fmt.Sprintf("acme/shop-%d", n%7), PullRequest: n % 500, Started: monday().Add(time.Duration(n%10_000) * time.Minute),
		Task: []string{"docs", "tests", "changelog", "code-review"}[n%4], Status: "clean", Decided: policy.Efficient, Used: policy.Efficient,
		Provider: "anthropic", Model: "claude-haiku-4-5", Cost: dollars(16_000_000), Baseline: dollars(80_000_000), Saved: dollars(64_000_000),
		Would: money.Cost{State: money.Unknown}, Bound: dollars(200_000_000), Avoided: money.Cost{State: money.Unknown},
		Expected: 1000, Most: 4000, Actual: int64(900 + n%300), Class: "docs", PricesAsOf: "2026-11-01", PolicyDigest: "sha256:ab", Attempts: 1,
	}
	binary.BigEndian.PutUint64(f.ID[:], uint64(n)+1)
	binary.BigEndian.PutUint64(f.Session[:], uint64(n/3)+1)
	f.First = ledger.Step{Tier: policy.Efficient, Provider: f.Provider, Model: f.Model, Cost: f.Cost}
	switch {
	case n%4 == 3:
		f.Decided, f.Used, f.Model, f.Locked = policy.Frontier, policy.Frontier, "claude-opus-4-8", true
		f.Cost, f.Baseline, f.Saved = dollars(510_000_000), dollars(510_000_000), dollars(0)
		f.First = ledger.Step{Tier: policy.Frontier, Provider: f.Provider, Model: f.Model, Cost: f.Cost}
	case n%50 == 1:
		f.Status, f.Cost, f.Baseline, f.Saved, f.First = ledger.Begun, money.Cost{State: money.Unknown}, money.Cost{State: money.Unknown}, money.Cost{State: money.Unknown}, ledger.Step{}
	case n%40 == 2:
		f.Cost, f.Saved = money.Cost{State: money.Unknown}, money.Cost{State: money.Unknown}
		f.First.Cost = f.Cost
	case n%8 == 0:
		f.Next, f.Refusals, f.Used = ledger.Step{Tier: policy.Mid, Provider: f.Provider, Model: "claude-sonnet-5", Cost: dollars(40_000_000)}, 1, policy.Mid
		f.Cost, f.Saved = dollars(56_000_000), dollars(24_000_000)
	}
	return f
}

func flagOf(f ledger.Fact, v ledger.Verdict, reference string, at time.Time) ledger.Flag {
	return ledger.NewFlag(ledger.Flag{
		Repository: f.Repository, Record: hex.EncodeToString(f.ID[:]), Task: f.Task, PullRequest: f.PullRequest, Verdict: v,
		Source: "comment", Reference: reference, At: at.Format(time.RFC3339),
	})
}

func TestTheOrderAndTheNumberOfEntriesDoNotMatter(t *testing.T) {
	t.Parallel()
	var facts []ledger.Fact
	var flags []ledger.Flag
	for n := range 2000 {
		f := fact(n)
		facts = append(facts, f)
		if n%5 == 0 {
			begun := f
			begun.Status, begun.Cost, begun.First = ledger.Begun, money.Cost{State: money.Unknown}, ledger.Step{}
			facts = append(facts, begun)
		}
		if n%97 == 0 { // two that differ and have one id
			other := f
			other.Model, other.Cost = "another", dollars(1)
			facts = append(facts, other)
		}
		if n%9 == 0 {
			flags = append(flags, flagOf(f, ledger.Verdicts()[n%3], "1", monday().Add(time.Hour)), flagOf(f, ledger.Verdicts()[n/9%3], "2", monday().Add(time.Hour)))
		}
	}
	want := counted(facts, flags)
	if want.Spend.Records == 0 || want.Efficiency.Right.Of == 0 || len(want.Escalations) == 0 || len(want.Sample) != 3 || want.Gaps.Unfinished == 0 {
		t.Fatalf("the ledger of the test says too little: %+v", want)
	}
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 1))
		again, marks := append([]ledger.Fact{}, facts...), append([]ledger.Flag{}, flags...)
		for range 500 {
			again = append(again, facts[random.IntN(len(facts))])
			marks = append(marks, flags[random.IntN(len(flags))])
		}
		random.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
		random.Shuffle(len(marks), func(i, j int) { marks[i], marks[j] = marks[j], marks[i] })
		if diff := cmp.Diff(want, counted(again, marks)); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
	}
}

func counted(facts []ledger.Fact, flags []ledger.Flag) Numbers {
	s := New(week())
	for i, f := range flags {
		if i%2 == 0 {
			s.AddFlag(f)
		}
	}
	for _, f := range facts {
		s.Add(f)
	}
	for i, f := range flags {
		if i%2 == 1 {
			s.AddFlag(f)
		}
	}
	return s.Numbers()
}

func TestASumThatNoIntegerHoldsIsExact(t *testing.T) {
	t.Parallel()
	s := New(week())
	for n := range 3 {
		f := fact(2 * n)
		f.Session[15] = byte(n)
		f.Cost, f.Baseline, f.Saved = dollars(math.MaxInt64), dollars(math.MaxInt64), dollars(0)
		s.Add(f)
	}
	n := s.Numbers()
	if n.Spend.Cost != "27670116110.564327421" || n.Sessions.Mean != "9223372036.854775807" {
		t.Errorf("spend %s, mean %s", n.Spend.Cost, n.Sessions.Mean)
	}
}

func TestAKilledRunIsNeverFree(t *testing.T) {
	t.Parallel()
	begun := fact(1)
	end := begun
	end.Status, end.Cost = "clean", dollars(5_000_000)
	n := counted([]ledger.Fact{begun}, nil)
	if n.Gaps.Unfinished != 1 || n.Gaps.UnfinishedBound != "0.2" || n.Spend.Unknown != 1 || n.Sessions.Priced != 0 || n.Sessions.Mean != "unknown" {
		t.Errorf("begun alone: %+v %+v %+v", n.Gaps, n.Spend, n.Sessions)
	}
	if n := counted([]ledger.Fact{end, begun}, nil); n.Gaps.Unfinished != 0 || n.Spend.Cost != "0.005" || n.Spend.Records != 1 {
		t.Errorf("begun and finished: %+v %+v", n.Gaps, n.Spend)
	}
}

func TestSilenceIsNotRight(t *testing.T) {
	t.Parallel()
	var facts []ledger.Fact
	for n := range 10 {
		facts = append(facts, fact(4*n+2)) // changelog: n = 0 without usage, none killed
	}
	none := counted(facts, nil)
	if none.Efficiency.Right.Of != 0 || none.Efficiency.Right.Hits != 0 || none.Efficiency.Coverage.Of != 10 || none.Efficiency.Right.High != 1 {
		t.Errorf("nobody flagged: %+v", none.Efficiency)
	}
	late := monday().Add(time.Hour)
	n := counted(facts, []ledger.Flag{
		flagOf(facts[1], ledger.Right, "1", late), flagOf(facts[2], ledger.Right, "2", late), flagOf(facts[2], ledger.Cheaper, "3", late.Add(time.Hour)),
		flagOf(fact(1_000_000), ledger.Right, "4", late),
	})
	e := n.Efficiency
	if e.Right.Hits != 1 || e.Right.Of != 2 || e.Cheaper != 1 || e.Coverage.Hits != 2 || e.RightUSD != "0.016" || e.ReviewedUSD != "0.032" || e.RightPart != 0.5 {
		t.Errorf("%+v", e)
	}
	if n.Gaps.FlagsAstray != 1 {
		t.Errorf("a flag that means no record: %d", n.Gaps.FlagsAstray)
	}
}

func TestNoRepositoryFlagsOrReplacesAnothersRecord(t *testing.T) {
	t.Parallel()
	ours, theirs := fact(2), fact(2)
	theirs.Repository, theirs.Cost = "evil/fork", dollars(1)
	flag := flagOf(theirs, ledger.Right, "1", monday())
	n := counted([]ledger.Fact{theirs, ours}, []ledger.Flag{flag})
	if n.Spend.Records != 2 || n.Efficiency.Right.Of != 1 {
		t.Errorf("%d records, %d reviewed", n.Spend.Records, n.Efficiency.Right.Of)
	}
}

func TestTheRestOfManyNamesIsSummedUp(t *testing.T) {
	t.Parallel()
	s := New(week())
	for n := range MaxGroups + 20 {
		f := fact(4 * n)
		f.ID[15], f.Task, f.Cost = 1, strings.Repeat("x", n+1), dollars(money.Nano(1000-n))
		s.Add(f)
	}
	list := s.Numbers().ByTask
	if last := list[len(list)-1]; len(list) != MaxGroups+1 || last.Rest != 20 || last.Records != 20 || list[0].Cost != "0.000001" {
		t.Errorf("%d groups, first %+v, last %+v", len(list), list[0], list[len(list)-1])
	}
}

func BenchmarkReport(b *testing.B) {
	const records = 1_000_000
	b.ReportAllocs()
	for b.Loop() {
		s := New(week())
		for n := range records {
			s.Add(fact(n))
		}
		if n := s.Numbers(); n.Spend.Records != records {
			b.Fatalf("%d records", n.Spend.Records)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/records, "ns/fact")
}
