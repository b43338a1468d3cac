package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/weekly"
)

var update = flag.Bool("update", false, "write the golden files again")

func TestPages(t *testing.T) {
	t.Parallel()
	for name, n := range map[string]weekly.Numbers{
		"week": fullWeek(), "empty": week(0, 7, honest), "one": week(1, 7, honest),
	} {
		file := filepath.Join("testdata", name+".html")
		got := written(t, n)
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if again := written(t, n); again != got {
			t.Errorf("%s: the same numbers give other bytes", name)
		}
	}
}

func TestAWeekWithoutARecordSaysSo(t *testing.T) {
	t.Parallel()
	page := written(t, week(0, 7, honest))
	for _, words := range []string{
		"No record in this window", `<p class="big"><data data-figure="spend.cost_usd" value="0">$0</data></p>`,
		`<p class="big"><data data-figure="sessions.mean_usd" value="unknown" class="unknown">unknown</data></p>`,
		`<p class="big"><span class="unknown">unknown</span></p>`, "No label moved a tier", "No task of this window went up a tier",
	} {
		if !strings.Contains(page, words) {
			t.Errorf("%q is not on the page", words)
		}
	}
}

func TestWhatIsNotKnownIsNeverNothing(t *testing.T) {
	t.Parallel()
	n := week(1, 7, func(int) names { return names{"acme/shop", "docs", "house-model", ""} })
	s := weekly.New(weekly.Options{From: monday(), To: monday().AddDate(0, 0, 7)})
	f := fact(1, honest(1))
	f.Status, f.Cost, f.Saved, f.Baseline, f.Bound = ledger.Begun, money.Cost{State: money.Unknown}, money.Cost{State: money.Unknown}, money.Cost{State: money.Unknown}, money.Cost{State: money.Unknown}
	s.Add(f)
	for name, n := range map[string]weekly.Numbers{"killed": s.Numbers(), "unpriced": unpriced(n)} {
		page := written(t, n)
		for _, f := range figuresOf(parsed(t, page)) {
			var at int
			_, err := fmt.Sscanf(f.Path, "by_day.%d.cost_usd", &at)
			if f.Text == "$0" && (err != nil || n.ByDay[at].Records > 0) {
				t.Errorf("%s: %s is $0", name, f.Path)
			}
		}
		if !strings.Contains(page, `<p class="big"><span class="unknown">unknown</span></p>`) {
			t.Errorf("%s: total spend is not unknown", name)
		}
	}
	if page := written(t, week(1, 7, honest)); !strings.Contains(page, `<p class="big"><data data-figure="spend.cost_usd"`) {
		t.Error("what is known is unknown")
	}
}

// unpriced makes all of a week's costs unpriced.
func unpriced(n weekly.Numbers) weekly.Numbers {
	lose := func(t *weekly.Total) {
		t.Cost, t.Unpriced, t.Compared, t.Baseline, t.Saved, t.SavedPart = "0", t.Records, 0, "0", "0", 0
	}
	lose(&n.Spend)
	for _, list := range [][]weekly.Group{n.ByTier, n.ByTask, n.ByModel, n.ByRepository, n.ByAgent} {
		for i := range list {
			lose(&list[i].Total)
		}
	}
	for i := range n.ByDay {
		lose(&n.ByDay[i].Total)
		for j := range n.ByDay[i].ByTier {
			n.ByDay[i].ByTier[j].Cost = "0"
		}
	}
	n.Sessions = weekly.Sessions{Sessions: 1, Mean: "unknown", Median: "unknown", P95: "unknown"}
	n.ModelCosts, n.Sample = nil, nil
	return n
}

// TestThePolicyLetsTheseStylesAlone holds the page's own policy to its styles.
func TestThePolicyLetsTheseStylesAlone(t *testing.T) {
	t.Parallel()
	page := written(t, week(1, 7, honest))
	_, rest, _ := strings.Cut(page, "<style>")
	style, _, _ := strings.Cut(rest, "</style>")
	hash := sha256.Sum256([]byte(style))
	want := "default-src &#39;none&#39;; style-src &#39;sha256-" + strings.ReplaceAll(base64.StdEncoding.EncodeToString(hash[:]), "+", "&#43;")
	if !strings.Contains(strings.ReplaceAll(page, "+", "&#43;"), want) {
		t.Errorf("the policy does not name the page's styles: %s", want)
	}
	for _, outside := range []string{"http:", "https:", "//", "@import", "url("} {
		if strings.Contains(page, outside) {
			t.Errorf("%q is on the page", outside)
		}
	}
}

func TestManyRepositoriesAreBounded(t *testing.T) {
	t.Parallel()
	page := written(t, manyRepositories())
	if !strings.Contains(page, `data-figure="by_repository.100.rest" value="900">900</data> more`) {
		t.Error("the rest is not summed up")
	}
	if len(page) > 400_000 {
		t.Errorf("%d bytes", len(page))
	}
}

type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errors.New("no room")
	}
	return len(p), nil
}

func TestAPageThatCannotBeWrittenIsAnError(t *testing.T) {
	t.Parallel()
	n := week(20, 7, honest)
	whole := len(written(t, n))
	for _, room := range []int{0, 5000, whole - 1} {
		if err := Write(&full{room}, n); err == nil {
			t.Errorf("%d of %d bytes were enough", room, whole)
		}
	}
	if err := Write(&full{whole}, n); err != nil {
		t.Error(err)
	}
}

func BenchmarkWrite(b *testing.B) {
	n := manyRepositories()
	var page bytes.Buffer
	for b.Loop() {
		page.Reset()
		if err := Write(&page, n); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(page.Len()))
}
