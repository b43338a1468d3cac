package route

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// rounds is how many worlds each invariant is held against. Every failure
// prints its seed: seeded(seed).world() is the case by itself.
const rounds = 2000

func forWorlds(t *testing.T, check func(m maker, w world) string) {
	t.Helper()
	n := uint64(rounds)
	if testing.Short() {
		n /= 10
	}
	for seed := range n {
		m := seeded(seed)
		if problem := check(m, m.world()); problem != "" {
			t.Fatalf("seed %d: %s", seed, problem)
		}
	}
}

// least says whether a is at least b, in tier and in lock.
func least(a, b want) bool { return a.tier >= b.tier && (a.locked || !b.locked) }

func sink(what string, before, after Decision) string {
	if least(after.got(), before.got()) {
		return ""
	}
	return fmt.Sprintf("%s lowered %s (locked %v) to %s (locked %v)\nbefore: %+v %+v\nafter: %+v %+v", what,
		before.Tier, before.Locked, after.Tier, after.Locked, before.Reasons, before.Override, after.Reasons, after.Override)
}

// TestOnlyUp: no untrusted addition lowers, through the facts and the decision
// together.
func TestOnlyUp(t *testing.T) {
	t.Parallel()
	forWorlds(t, func(m maker, w world) string {
		before := w.decide()
		for range 4 {
			what, bigger := m.add(w)
			after := bigger.decide()
			if problem := sink(what, before, after); problem != "" {
				return problem
			}
			w, before = bigger, after
		}
		return ""
	})
}

// add makes one untrusted addition and names it.
func (m maker) add(w world) (string, world) {
	w.change.Files, w.change.Commits = slices.Clone(w.change.Files), slices.Clone(w.change.Commits)
	said := pick(m, sentences())
	kind := m.IntN(12)
	if !w.hasChange {
		// A brief before any change has words and labels alone, and at most a
		// change that was not read.
		kind = pick(m, []int{3, 5, 6, 7, 8, 9, 10, 11})
	}
	switch kind {
	case 0:
		w.change.Files = slices.Insert(w.change.Files, m.IntN(len(w.change.Files)+1), m.file())
		return "a file", w
	case 1:
		i := m.IntN(len(w.change.Files))
		w.change.Files[i] = m.grow(w.change.Files[i])
		return "a hunk", w
	case 2:
		w.change.Commits = append(w.change.Commits, change.Commit{Subject: said, Body: pick(m, sentences())})
		return "a commit", w
	case 3:
		w.change.Incomplete = append(slices.Clone(w.change.Incomplete), said)
		return "a cut", w
	case 4:
		i := m.IntN(len(w.change.Files))
		w.change.Files[i] = m.move(w.change.Files[i])
		return "a rename", w
	case 5:
		w.brief.Title = m.beside(w.brief.Title, said)
		return fmt.Sprintf("the title's %q", said), w
	case 6:
		w.brief.Body = m.beside(w.brief.Body, said)
		return fmt.Sprintf("the body's %q", said), w
	case 7:
		if !w.brief.Trusted {
			w.brief.Text = m.beside(w.brief.Text, said)
		}
		return fmt.Sprintf("the brief's %q", said), w
	case 8:
		return "a label", w.labelled(pick(m, labelVocabulary()))
	case 9:
		if w.handoff.Tokens == 0 && len(w.told.Domains)+len(w.told.Signals)+int(w.told.Scope)+int(w.told.Ambiguity) == 0 && m.chance(50) {
			w.handoff.Refused = true
			return "a handoff that is refused", w
		}
		w.handoff.Tokens += m.Int64N(3000)
		return "a longer handoff", w
	case 10:
		w.told = m.told(w, w.told)
		return fmt.Sprintf("a handoff that says %+v", w.told), w
	}
	return "a labelling without permission", m.labelWithoutRight(w)
}

// told adds to what a handoff says, as anybody who can write its file may.
func (m maker) told(w world, f task.HandoffFacts) task.HandoffFacts {
	f.Scope, f.Ambiguity = max(f.Scope, task.Scope(m.IntN(4))), max(f.Ambiguity, task.Ambiguity(m.IntN(4)))
	f.Domains = slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(f.Domains), some(m, 20, task.Domains())...))))
	s := task.HandoffSignal{ID: pick(m, signal.All()).ID, Line: m.IntN(5)}
	if len(w.change.Files) > 0 && m.chance(80) {
		s.File = pick(m, w.change.Files).Path
	}
	f.Signals = append(slices.Clone(f.Signals), s)
	return f
}

// move renames a file on top of what it is. A second rename would not add: it
// takes the path between back.
func (m maker) move(f change.File) change.File {
	if f.OldPath != "" {
		return f
	}
	f.OldPath = f.Path
	f.Path, f.Status = pick(m, filePaths()), change.Renamed
	if f.Path == f.OldPath {
		f.Path = "moved/" + f.Path
	}
	return f
}

func (m maker) beside(text, said string) string {
	return pick(m, []string{said + "\n" + text, text + "\n" + said, said + " " + text, text + ". " + said})
}

// labelWithoutRight sets a label by somebody who may not lower. It starts a
// run of its own, so it does not stand beside another labelling.
func (m maker) labelWithoutRight(w world) world {
	if w.override.Lower != nil {
		return w
	}
	e := m.event()
	e.Permission, e.Bot, e.Actor = pick(m, []string{"read", "triage", "none", ""}), false, "mallory"
	w.override.Lower = e
	return w.labelled(e.Label)
}

// TestLockedIsLocked: with a lock the tier is frontier, whatever labels, keys,
// skip: and evidence say.
func TestLockedIsLocked(t *testing.T) {
	t.Parallel()
	seen := 0
	forWorlds(t, func(m maker, w world) string {
		if !w.decide().Locked {
			return ""
		}
		seen++
		for range 4 {
			other := m.world()
			w.override, w.available, w.skip, w.evidence = other.override, other.available, other.skip, other.evidence
			w.policy.Override, w.policy.Skip, w.policy.Enforce = other.policy.Override, other.policy.Skip, other.policy.Enforce
			if problem := brokenLock(w.decide()); problem != "" {
				return problem
			}
		}
		return ""
	})
	if seen < rounds/20 && !testing.Short() {
		t.Errorf("only %d of %d worlds had a lock", seen, rounds)
	}
}

func brokenLock(d Decision) string {
	switch {
	case !d.Locked || d.Tier != policy.Frontier || d.Would != policy.Frontier:
		return fmt.Sprintf("the lock is gone: %s, locked %v, %+v", d.Tier, d.Locked, d.Override)
	case d.LocalForWantOfKey:
		return "a locked task runs as local"
	case d.Model != nil && d.Model.Tier != policy.Frontier:
		return fmt.Sprintf("a locked task runs on %s", d.Model.Tier)
	case slices.ContainsFunc(d.Fallbacks, func(m policy.Model) bool { return m.Tier != policy.Frontier }):
		return fmt.Sprintf("a locked task falls back to %+v", d.Fallbacks)
	case slices.ContainsFunc(d.Override, func(a Audit) bool { return a.Direction == "down" && a.Accepted }):
		return fmt.Sprintf("a label lowered a lock: %+v", d.Override)
	}
	return ""
}

// TestSameInSameOut: byte-identical JSON, and the input is left as it was.
func TestSameInSameOut(t *testing.T) {
	t.Parallel()
	forWorlds(t, func(_ maker, w world) string {
		in := w.input()
		before := encode(t, in.Facts)
		first, second, third := encode(t, Decide(in)), encode(t, Decide(in)), encode(t, w.decide())
		if !bytes.Equal(first, second) || !bytes.Equal(first, third) {
			return fmt.Sprintf("two decisions:\n%s\n%s\n%s", first, second, third)
		}
		if !bytes.Equal(before, encode(t, in.Facts)) {
			return "Decide changed the facts that it was given"
		}
		return ""
	})
}

func encode(t *testing.T, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("encode: %v", err)
	}
	return data
}

// TestReasonsAreCauses: through steps 1 to 3, without all decisive reasons the
// tier is lower, and with only them it is the same. Both are decided again,
// the catch test included.
func TestReasonsAreCauses(t *testing.T) {
	t.Parallel()
	forWorlds(t, func(_ maker, w world) string { return brokenCause(w.input()) })
}

func brokenCause(in Input) string {
	all := slices.Concat(place(in), raises(in))
	out := climb(in, all, nil)
	decisive := map[Reason]bool{}
	for _, r := range out.reasons {
		if r.Decisive {
			r.Decisive = false
			decisive[r] = true
		}
	}
	without := climb(in, all, func(r Reason) bool { return decisive[unmarked(r)] })
	if len(decisive) == 0 || without.tier >= out.tier {
		return fmt.Sprintf("without its decisive reasons it is %s, with them %s\n%+v\n%+v", without.tier, out.tier, out.reasons, without.reasons)
	}
	alone := climb(in, all, func(r Reason) bool { return !decisive[unmarked(r)] })
	if alone.tier != out.tier || alone.locked != out.locked {
		return fmt.Sprintf("with only its decisive reasons it is %s, with all %s\n%+v", alone.tier, out.tier, out.reasons)
	}
	return ""
}

func unmarked(r Reason) Reason {
	r.Decisive = false
	return r
}

// TestCutShortIsNotSmall: withholding patches never lowers, whether the
// platform keeps the counts of a row or drops them with the patch. In the
// second case the sums of the pull request differ, and the change says so.
func TestCutShortIsNotSmall(t *testing.T) {
	t.Parallel()
	forWorlds(t, func(m maker, w world) string {
		before := w.decide()
		w.change.Files = slices.Clone(w.change.Files)
		what := []string{"withholding"}
		for i, f := range w.change.Files {
			if m.chance(50) && len(f.Hunks) > 0 {
				f.Hunks, f.Withheld = nil, true
				if m.chance(50) {
					f.Additions, f.Deletions, f.Withheld = 0, 0, f.OldPath == ""
					w.change.Incomplete = append(slices.Clone(w.change.Incomplete), "the sums differ")
				}
				w.change.Files[i] = f
				what = append(what, f.Path)
			}
		}
		return sink(strings.Join(what, " "), before, w.decide())
	})
}

// TestCheapNeverGatesDear: nothing below the task's tier carries it out, but
// for a task that tells and is not locked; and skip: never keeps a task of the
// critical path from running.
func TestCheapNeverGatesDear(t *testing.T) {
	t.Parallel()
	forWorlds(t, func(_ maker, w world) string {
		d, in := w.decide(), w.input()
		switch {
		case d.Model != nil && d.Model.Tier < d.Tier:
			return fmt.Sprintf("%s runs on %+v", d.Tier, d.Model)
		case slices.ContainsFunc(d.Fallbacks, func(m policy.Model) bool { return m.Tier < d.Tier }):
			return fmt.Sprintf("%s falls back to %+v", d.Tier, d.Fallbacks)
		case d.LocalForWantOfKey && (d.Locked || w.task.Kind != task.Tells || judges(in)):
			return fmt.Sprintf("%s runs as local, locked %v", w.task.ID, d.Locked)
		case d.Skipped != "" && (in.TaskID == "" || judges(in)):
			return fmt.Sprintf("a task of the critical path is skipped: %s", d.Skipped)
		case d.MissingKey && d.Unavailable == "" || d.Refused != "":
			return fmt.Sprintf("missing key %v, refused %q, unavailable %q", d.MissingKey, d.Refused, d.Unavailable)
		case d.MissingKey && everyKey(w).Unavailable != "":
			return "a key is said to be missing, and with every key nothing runs"
		case d.Model == nil && d.Unavailable == "" && !d.LocalForWantOfKey && d.Tier != policy.Local:
			return "nothing runs and nobody says so"
		}
		return ""
	})
}

func everyKey(w world) Decision {
	w.available = providers()
	return w.decide()
}

// TestTheWorldsAreVaried guards the properties against worlds in which
// nothing ever happens.
func TestTheWorldsAreVaried(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	forWorlds(t, func(_ maker, w world) string {
		d := w.decide()
		seen["tier "+d.Tier.String()]++
		for _, r := range d.Reasons {
			rule, _, _ := bytes.Cut([]byte(r.Rule), []byte("/"))
			seen["rule "+string(rule)]++
		}
		for _, a := range d.Override {
			seen[fmt.Sprintf("%s accepted %v", a.Direction, a.Accepted)]++
		}
		seen[fmt.Sprintf("skipped %v", d.Skipped != "")]++
		seen[fmt.Sprintf("unavailable %v", d.Unavailable != "")]++
		seen[fmt.Sprintf("missing key %v", d.MissingKey)]++
		return ""
	})
	for _, key := range []string{
		"tier local", "tier efficient", "tier mid", "tier frontier", "rule place", "rule table", "rule default", "rule critical-path", "rule must-frontier",
		"rule declared-high-ambiguity", "rule inferred-high-ambiguity", "rule incomplete-change", "rule handoff-near-bound", "rule handoff-refused", "rule uncaught", "rule override", "rule annotation-differs",
		"rule local-for-want-of-key", "up accepted true", "down accepted true", "down accepted false", "skipped true", "unavailable true", "missing key true",
	} {
		if seen[key] < rounds/200 && !testing.Short() {
			t.Errorf("%q was seen %d times in %d worlds", key, seen[key], rounds)
		}
	}
}
