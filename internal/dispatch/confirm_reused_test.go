package dispatch

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/task"
)

// reusing is a dispatcher of a job whose store has an answer to everything.
func reusing(t *testing.T, answers ...answer) *Dispatcher {
	t.Helper()
	d, _ := dispatcher(t, "", answers...)
	d.Memory = &anyKey{kept: []Kept{{Task: "changelog", From: "ledger", Answer: []byte("good")}}}
	d.Terms = Terms{Repository: "acme/shop", PullNumber: 7, PolicyDigest: "p", Version: "1"}
	return d
}

// naming is one that looks for nothing, under the same terms.
func naming(t *testing.T) *Dispatcher {
	t.Helper()
	d := keyless(reusing(t))
	d.Memory = &anyKey{}
	return d
}

// reusedClaim is what the first job says of a reused answer.
func reusedClaim(t *testing.T) (Result, Claim) {
	t.Helper()
	want := reusing(t).Run(t.Context(), tell(), efficient(), oneFile())
	if want.Reused == nil {
		t.Fatalf("nothing was reused: %+v", want)
	}
	c := claimed(want)
	c.Reused = want.Reused.From
	return want, c
}

func TestConfirmMakesAReusedResultAgain(t *testing.T) {
	t.Parallel()
	want, claim := reusedClaim(t)
	got, err := naming(t).Confirm(t.Context(), tell(), efficient(), oneFile(), claim)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Result{}, "Task")); diff != "" {
		t.Error(diff)
	}
}

// TestConfirmTellsThatAPartStands: only where the task builds, and at the first
// attempt alone.
func TestConfirmTellsThatAPartStands(t *testing.T) {
	t.Parallel()
	d, _ := dispatcher(t, "", answer{text: "a.go;", usage: used(1, 1)})
	claim := claimed(d.Run(t.Context(), building(), efficient(), oneFile()))
	claim.Built = "ledger"
	if got, err := naming(t).Confirm(t.Context(), building(), efficient(), oneFile(), claim); err != nil || got.Built != "ledger" {
		t.Errorf("%q, %v", got.Built, err)
	}
	if _, err := naming(t).Confirm(t.Context(), tell(), efficient(), oneFile(), claim); err == nil {
		t.Error("a task that builds on nothing is taken to")
	}
}

// An answer of a model is kept as where it was given, so that the job that
// writes the comment can keep it there.
func TestConfirmKeepsWhatWasAnswered(t *testing.T) {
	t.Parallel()
	d := reusing(t, good(1000, 3000))
	d.Memory = &anyKey{}
	want := d.Run(t.Context(), tell(), efficient(), oneFile())
	got, err := naming(t).Confirm(t.Context(), tell(), efficient(), oneFile(), claimed(want))
	if err != nil || want.Keep == nil {
		t.Fatal(err, want.Keep)
	}
	if diff := cmp.Diff(want.Keep, got.Keep); diff != "" {
		t.Error(diff)
	}
}

func TestConfirmRefusesAReusedAnswer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		task task.Task
		edit func(d *Dispatcher, in *task.Input, c *Claim)
		text string
	}{
		"that its verifier refuses":            {tell(), func(_ *Dispatcher, _ *task.Input, c *Claim) { c.Answer = []byte("bad") }, "does not pass its verifier"},
		"that is none":                         {tell(), func(_ *Dispatcher, _ *task.Input, c *Claim) { c.Answer = nil }, "does not pass its verifier"},
		"with attempts beside it":              {tell(), func(_ *Dispatcher, _ *task.Input, c *Claim) { c.Attempts = []Attempt{{Model: haiku}} }, "attempts beside it"},
		"of what judges":                       {judge(), func(*Dispatcher, *task.Input, *Claim) {}, "none may stand for it"},
		"where reuse is off":                   {tell(), func(d *Dispatcher, _ *task.Input, _ *Claim) { d.Memory = nil }, "none may stand for it"},
		"on a change that is not known whole":  {tell(), func(_ *Dispatcher, in *task.Input, _ *Claim) { in.Change.Incomplete = []string{"cut"} }, "none may stand for it"},
		"that is said to be none after all":    {tell(), func(_ *Dispatcher, _ *task.Input, c *Claim) { c.Reused = "" }, "no model's answer stands behind it"},
		"of a judging task without an attempt": {judge(), func(_ *Dispatcher, _ *task.Input, c *Claim) { c.Reused, c.Attempts = "", nil }, "no model's answer stands behind it"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, claim := reusedClaim(t)
			d, in, dec := naming(t), oneFile(), efficient()
			if c.task.Judges() {
				dec = frontier()
			}
			c.edit(d, &in, &claim)
			r, err := d.Confirm(t.Context(), c.task, dec, in, claim)
			if err == nil || !strings.Contains(err.Error(), c.text) {
				t.Errorf("status %q, error %v; want one with %q", r.Status, err, c.text)
			}
		})
	}
}

// Without its log nobody knows the question: nothing is kept, and nothing is
// said of what was avoided.
func TestConfirmOfAReusedAnswerWithoutItsLog(t *testing.T) {
	t.Parallel()
	_, claim := reusedClaim(t)
	onLog := tell()
	onLog.NeedsLog = true
	claim.Text = "words of a stranger"
	r, err := naming(t).Confirm(t.Context(), onLog, efficient(), oneFile(), claim)
	if err != nil {
		t.Fatal(err)
	}
	if r.Keep != nil || r.Reused.Key != "" || r.Reused.Avoided.State != money.Unknown || r.Output.Markdown != claim.Text || r.Cost.Nano != 0 {
		t.Errorf("%+v, reused %+v", r, r.Reused)
	}
}
