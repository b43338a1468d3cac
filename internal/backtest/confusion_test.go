package backtest

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tierwise/tierwise/internal/task"
)

// confusionOf adds cells as {author's label, guess, weight}.
func confusionOf(cells ...[3]any) Confusion {
	var c Confusion
	for _, cell := range cells {
		c.Add(cell[0].(Kind), cell[1].(Kind), int64(cell[2].(int)))
	}
	return c
}

func TestScoresAreThoseOfTheTextbook(t *testing.T) {
	t.Parallel()
	c := confusionOf([3]any{Code, Code, 6}, [3]any{Code, Docs, 2}, [3]any{Docs, Docs, 3}, [3]any{Docs, Code, 1})
	want := []Score{
		{Kind: Code, Said: 8, Guessed: 7, Precision: 6.0 / 7, Recall: 0.75, F1: 12.0 / 15},
		{Kind: Docs, Said: 4, Guessed: 5, Precision: 0.6, Recall: 0.75, F1: 6.0 / 9},
	}
	if diff := cmp.Diff(want, c.Scores(), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
		t.Error(diff)
	}
	if got, want := c.MacroF1(), (12.0/15+6.0/9)/2; math.Abs(got-want) > 1e-12 {
		t.Errorf("macro-F1 %v, want %v", got, want)
	}
	if got := c.Accuracy(); got != 0.75 {
		t.Errorf("accuracy %v", got)
	}
}

func TestAKindThatWasOnlyGuessedHasNoShareInTheMean(t *testing.T) {
	t.Parallel()
	c := confusionOf([3]any{Code, Code, 1}, [3]any{Code, Tests, 1})
	if got := c.MacroF1(); math.Abs(got-2.0/3) > 1e-12 {
		t.Errorf("macro-F1 %v, want that of code alone", got)
	}
	if got := len(c.Scores()); got != 2 {
		t.Errorf("%d scores, want code and tests", got)
	}
}

func TestAKindThatIsNeverGuessedPullsTheMeanDown(t *testing.T) {
	t.Parallel()
	c := confusionOf([3]any{Code, Code, 3}, [3]any{Tests, Code, 1})
	if got, want := c.MacroF1(), (6.0/7)/2; math.Abs(got-want) > 1e-12 {
		t.Errorf("macro-F1 %v, want %v", got, want)
	}
}

func TestNothingHasNoScore(t *testing.T) {
	t.Parallel()
	var c Confusion
	if c.MacroF1() != 0 || c.Accuracy() != 0 || c.Scores() != nil || c.Total() != 0 {
		t.Errorf("scores of nothing: %v, %v, %v", c.MacroF1(), c.Accuracy(), c.Scores())
	}
}

func TestEveryDomainIsOneOfTheFourKinds(t *testing.T) {
	t.Parallel()
	want := map[task.Domain]Kind{
		task.Docs: Docs, task.Tests: Tests, task.Config: Config,
		task.Feature: Code, task.Security: Code, task.Schema: Code, task.Refactor: Code, "": Code,
	}
	for domain, kind := range want {
		if got := KindOf(domain); got != kind {
			t.Errorf("%q: %s, want %s", domain, got, kind)
		}
	}
}
