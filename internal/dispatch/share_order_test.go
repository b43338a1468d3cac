package dispatch

import (
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
)

func on(m policy.Model) route.Decision { return route.Decision{Tier: m.Tier, Model: &m} }

// withHead is a large change with a whole file and an earlier step's words.
func withHead() task.Input {
	in := largeInput()
	in.Head, in.HeadOrder = map[string]string{"a.go": "package a\n"}, []string{"a.go"}
	in.Handoff = &task.Handoff{}
	return in
}

func TestWhatOneTaskNeedsBesideTheChangeComesAfterIt(t *testing.T) {
	t.Parallel()
	d, s := dispatcher(t, "", good(1, 1), good(1, 1))
	var seen map[string]string
	runBoth(t, d, Job{judge(), on(opus), withHead()}, Job{writes(&seen), on(opus), withHead()})
	review, docs := s.asked[0], s.asked[1]
	if review.SharedPrefix == 0 || docs.SharedPrefix != review.SharedPrefix || docs.Prompt[:docs.SharedPrefix] != review.Prompt[:review.SharedPrefix] {
		t.Fatalf("shared: %d bytes of the review, %d of the docs", review.SharedPrefix, docs.SharedPrefix)
	}
	if at := strings.Index(docs.Prompt, "path: a.go\npackage a\n"); at < docs.SharedPrefix {
		t.Errorf("the whole file stands at %d", at)
	}
}

func TestTheLogOfAFailureComesAfterTheChange(t *testing.T) {
	t.Parallel()
	reads := tell()
	reads.NeedsLog = true
	in := oneFile()
	in.Log = []byte("--- FAIL: TestA\n")
	d, s := dispatcher(t, "", good(1, 1))
	d.Run(t.Context(), reads, efficient(), in)
	prompt := s.asked[0].Prompt
	if diff, log := strings.Index(prompt, "begin diff"), strings.Index(prompt, "begin log"); diff < 0 || log < diff {
		t.Errorf("the diff stands at %d, the log at %d", diff, log)
	}
}

// A model keeps a beginning from its own minimum on.
func TestWhatAModelKeepsIsShared(t *testing.T) {
	t.Parallel()
	small := oneFile()
	small.Change.Files = []change.File{textFile("a.go", strings.Split(strings.Repeat("package a // a line of some length\n", 150), "\n")...)}
	newer := policy.Model{Tier: policy.Frontier, Provider: "anthropic", Model: "claude-opus-5-5", MaxOutputTokens: 1000}
	for name, c := range map[string]struct {
		model policy.Model
		input task.Input
		want  int
	}{
		"one that keeps 512 tokens and more":     {newer, small, 1},
		"one that keeps 4,096 tokens and more":   {haiku, small, 0},
		"a beginning that saves next to nothing": {newer, oneFile(), 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, _ := dispatcher(t, "")
			if err := d.Share(t.Context(), []Job{{tell(), on(c.model), c.input}, {second(), on(c.model), c.input}}); err != nil || len(d.shared) != c.want {
				t.Errorf("%v: %d beginnings are shared", err, len(d.shared))
			}
		})
	}
}

func TestAnEscalationReadsWhatOthersKeep(t *testing.T) {
	t.Parallel()
	d, s := dispatcher(t, "", good(1, 1), good(1, 1), bad(1, 1), bad(1, 1), bad(1, 1))
	scan := judge()
	scan.ID, scan.Instructions = "security-scan", "Look for holes."
	runBoth(t, d, Job{judge(), on(opus), largeInput()}, Job{scan, on(opus), largeInput()}, Job{tell(), efficient(), largeInput()})
	review, last := s.asked[0], s.asked[4]
	if last.Model != opus.Model || last.SharedPrefix == 0 || last.Prompt[:last.SharedPrefix] != review.Prompt[:review.SharedPrefix] {
		t.Fatalf("%s, shared %d", last.Model, last.SharedPrefix)
	}
	if s.asked[2].SharedPrefix+s.asked[3].SharedPrefix != 0 {
		t.Error("an attempt on a model that nobody else asks shares a beginning")
	}
	if !strings.Contains(last.Prompt[last.SharedPrefix:], "handoff from an earlier attempt") {
		t.Error("the handoff is not behind what is shared")
	}
}

// The word of a step is known to a model that was sent it: what it wrote does
// not go between lines of that word.
func TestASecondRequestToOneModelHasAWordOfItsOwn(t *testing.T) {
	t.Parallel()
	d, s := dispatcher(t, "", bad(1, 1), good(1, 1), good(1, 1))
	only := on(opus)
	runBoth(t, d, Job{tell(), only, largeInput()}, Job{second(), only, largeInput()})
	if s.asked[0].SharedPrefix == 0 || s.asked[1].SharedPrefix != 0 || s.asked[2].SharedPrefix == 0 {
		t.Errorf("shared %d, %d and %d", s.asked[0].SharedPrefix, s.asked[1].SharedPrefix, s.asked[2].SharedPrefix)
	}
	if word := s.asked[0].Prompt[4:36]; strings.Contains(s.asked[1].Prompt, word) {
		t.Error("the word of the step was used again")
	}
}

// Only what judges is sent what programs wrote; up to there the others are
// sent the same, and read it.
func TestWhatOnlyJudgesReadStandsBehindWhatAllRead(t *testing.T) {
	t.Parallel()
	d, s := dispatcher(t, "", good(1, 1), good(1, 1), good(1, 1))
	in := largeInput()
	in.Change.Files = append(in.Change.Files, textFile("api.pb.go", "the generated line"), textFile("package-lock.json", "the locked line"))
	scan := judge()
	scan.ID, scan.Instructions = "security-scan", "Look for holes."
	runBoth(t, d, Job{judge(), on(opus), in}, Job{scan, on(opus), in}, Job{tell(), on(opus), in})
	review, other, tells := s.asked[0], s.asked[1], s.asked[2]
	if tells.SharedPrefix == 0 || tells.InnerPrefix != 0 || review.InnerPrefix != tells.SharedPrefix || review.SharedPrefix <= review.InnerPrefix {
		t.Fatalf("the review shares %d and %d, what tells %d and %d", review.InnerPrefix, review.SharedPrefix, tells.InnerPrefix, tells.SharedPrefix)
	}
	if tells.Prompt[:tells.SharedPrefix] != review.Prompt[:review.InnerPrefix] || other.Prompt[:other.SharedPrefix] != review.Prompt[:review.SharedPrefix] {
		t.Error("the beginnings differ")
	}
	for _, line := range []string{"the generated line", "the locked line"} {
		if !strings.Contains(review.Prompt[review.InnerPrefix:review.SharedPrefix], line) || strings.Contains(tells.Prompt, line) {
			t.Errorf("%s does not stand in the rest of the diff, and there alone", line)
		}
	}
}

// A header that the author wrote moves no file behind another.
func TestAHeaderMovesNothingOutOfSight(t *testing.T) {
	t.Parallel()
	in := oneFile()
	in.Change.Files = []change.File{textFile("a.go", "first"), textFile("b.go", "// Code generated by hand. DO NOT EDIT.", "second"), textFile("c.go", "third")}
	d, s := dispatcher(t, "", good(1, 1))
	d.Run(t.Context(), judge(), frontier(), in)
	prompt := s.asked[0].Prompt
	if at := strings.Index(prompt, "second"); at < 0 || at < strings.Index(prompt, "first") || at > strings.Index(prompt, "third") {
		t.Errorf("the order of the files is another:\n%s", prompt)
	}
}
