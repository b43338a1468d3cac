package dispatch

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"maps"
	"slices"
	"strconv"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// Terms are what holds for every task of a step, and what an earlier answer
// must have been given under to be taken again. PolicyDigest names the policy
// at the base, Version is this program's.
type Terms struct {
	Repository   string
	PullNumber   int
	PolicyDigest string
	Version      string
}

// keyForm is part of every key: whoever changes what goes into keys changes it.
const keyForm = "tierwise-answer/1"

// names are what an answer is kept under. Key is the same only for the same
// task on the same patch with the same words under the same terms. Lineage is
// the same for every patch of one pull request.
type names struct{ key, lineage string }

// namesOf names the answer to come; false where none may be taken from
// earlier: what judges reads the whole change every time, and of a change that
// is not known whole nobody can say that it is the same.
func (d *Dispatcher) namesOf(t task.Task, m policy.Model, p plan, in task.Input) (names, bool) {
	if d.Memory == nil || t.Judges() || t.NeedsChange && !wholly(in.Change) {
		return names{}, false
	}
	terms := d.keyed(t, m)
	terms.text("lineage")
	terms.text(strconv.Itoa(d.Terms.PullNumber))
	return names{key: d.key(t, m, p, in), lineage: terms.name()}, true
}

// wholly says that every line of a change is known. Images and fonts have
// none that anybody is shown.
func wholly(ch change.Change) bool {
	return ch.Complete() && !slices.ContainsFunc(ch.Files, func(f change.File) bool { return f.Withheld && !signal.Inert(f) })
}

// key hashes everything that the answer depends on. The words and the log
// count as they are sent. Ids of commits and line numbers do not count: a
// rebase changes them, and not the work.
func (d *Dispatcher) key(t task.Task, m policy.Model, p plan, in task.Input) string {
	k := d.keyed(t, m)
	for _, b := range p.blocks {
		if !b.ofChange() {
			k.text("block")
			k.text(b.label)
			k.text(b.text)
		}
	}
	for _, c := range told(in.Change.Commits) {
		k.text("commit")
		k.text(c.Subject)
		k.text(c.Body)
	}
	if t.NeedsChange {
		k.sorted("file", patches(in.Change.Files))
		k.sorted("left out", leftOutWords(p.leftOut))
	}
	if t.NeedsFiles {
		for _, path := range slices.Sorted(maps.Keys(in.Head)) {
			k.text("head")
			k.text(path)
			k.text(in.Head[path])
		}
	}
	return k.name()
}

// keyed begins a key with the terms: the task and its prompt, the model that
// is asked, the policy, the program.
func (d *Dispatcher) keyed(t task.Task, m policy.Model) keyHash {
	k := keyHash{sha256.New()}
	for _, part := range []string{
		keyForm, d.Terms.Repository, d.Terms.PolicyDigest, d.Terms.Version, t.ID, string(t.Kind), t.Instructions, string(t.Schema),
		m.Provider, m.Model, m.Effort, strconv.FormatInt(m.MaxOutputTokens, 10),
	} {
		k.text(part)
	}
	return k
}

// keyHash takes parts in, each with its length, so that no two lists of parts
// run together into the same bytes.
type keyHash struct{ sum hash.Hash }

func (k keyHash) text(s string) {
	_, _ = k.sum.Write([]byte(strconv.Itoa(len(s)) + ":" + s)) // a hash never fails to write
}

func (k keyHash) sorted(kind string, parts []string) {
	slices.Sort(parts)
	k.text(kind)
	k.text(strconv.Itoa(len(parts)))
	for _, p := range parts {
		k.text(p)
	}
}

func (k keyHash) name() string { return hex.EncodeToString(k.sum.Sum(nil)) }

func patches(files []change.File) []string {
	digests := make([]string, len(files))
	for i, f := range files {
		digests[i] = change.PatchDigest(f)
	}
	return digests
}

func leftOutWords(left []LeftOut) []string {
	words := make([]string, len(left))
	for i, l := range left {
		words[i] = l.Path + "\x00" + l.Why
	}
	return words
}

// told are the commits that a prompt tells of: merges are not among them.
func told(commits []change.Commit) []change.Commit {
	return slices.DeleteFunc(slices.Clone(commits), func(c change.Commit) bool { return c.Parents > 1 })
}
