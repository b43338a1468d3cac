package dispatch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/task"
)

// standsLabel names the block with what an earlier answer says of the rest.
const standsLabel = "what stands"

// built is a first attempt that asks only about what changed since an earlier
// answer.
type built struct {
	plan  plan
	merge func(fresh []byte) ([]byte, error)
	note  string
	from  string // where the earlier answer was kept
}

// stands says where a part of the answer of a released attempt was kept: only
// the first one builds on an earlier answer.
func (b *built) stands(attempts int) string {
	if b == nil || attempts != 1 {
		return ""
	}
	return b.from
}

// build looks for an earlier answer of the same pull request under the same
// terms, and for what of it stands; nil where the whole is asked for. What is
// kept is untrusted: its lines are checked before they are sent as data, and
// the joined answer is verified on the whole input.
func (d *Dispatcher) build(ctx context.Context, t task.Task, n names, whole plan, in task.Input) *built {
	if t.Building == nil {
		return nil
	}
	now := t.Building.Sources(in)
	for _, k := range d.Memory.Recall(ctx, n.key, n.lineage) {
		if k.Lineage != n.lineage || k.Task != t.ID || k.Key == n.key {
			continue
		}
		if b := d.buildOn(t, k, now, whole, in); b != nil {
			return b
		}
	}
	return nil
}

func (d *Dispatcher) buildOn(t task.Task, k Kept, now map[string]string, whole plan, in task.Input) *built {
	same := func(source string) bool {
		digest, there := now[source]
		return there && slices.Contains(k.Sources, sourceName(source, digest))
	}
	stands, ok := t.Building.Stand(in, k.Answer, same)
	if !ok {
		return nil
	}
	alike := 0
	for source := range now {
		if same(source) {
			alike++
		}
	}
	p := d.plan(t, t.Building.Rest(in, same))
	p.system += "\n\n" + t.Building.Instructions
	p.blocks = append(p.blocks, block{standsLabel, d.withoutSecrets(string(stands))})
	if p.tokens() >= whole.tokens() {
		return nil
	}
	p.read, p.leftOut = whole.read, whole.leftOut // what stands was read when it was written
	return &built{
		plan:  p,
		from:  k.From,
		merge: func(fresh []byte) ([]byte, error) { return t.Building.Merge(stands, fresh) },
		note:  fmt.Sprintf("built on an earlier answer kept in the %s: %d of %d parts are the same and were not sent again", k.From, alike, len(now)),
	}
}

// sourcesOf names what an answer rests on by digests alone, so that no name of
// a file or a test is kept where the answer does not have it. More than the
// bound is nothing: then a later answer does not build on this one.
func sourcesOf(t task.Task, in task.Input) []string {
	if t.Building == nil {
		return nil
	}
	var list []string
	for source, digest := range t.Building.Sources(in) {
		list = append(list, sourceName(source, digest))
	}
	if len(list) > MaxKeptSources {
		return nil
	}
	slices.Sort(list)
	return list
}

func sourceName(source, digest string) string {
	sum := sha256.Sum256([]byte(digest + "\x00" + source))
	return hex.EncodeToString(sum[:16])
}
