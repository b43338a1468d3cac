package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/glob"
	"github.com/tierwise/tierwise/internal/signal"
)

const attributesFile = ".gitattributes"

type treeReader interface {
	Tree(ctx context.Context, rev string) ([]string, error)
}

// trail knows, for each commit of a walk from new to old, what stood at its
// base: it undoes one commit after the other, and reads anew only where the
// walk jumps.
type trail struct {
	trees      treeReader
	contents   Reader
	at         string   // the commit whose tree is known; "" for none
	paths      []string // of that tree, sorted; never changed in place
	manifests  []string // among them, the same
	attributes glob.Attributes
	policyPath string
}

// base adds to the input what stood at the base of its commit: the paths and
// the marks. Where the
// commit itself could not be read whole, its base may not be there either:
// nothing is known of it then, and the next one is read anew.
func (t *trail) base(ctx context.Context, in *signal.Input) error {
	in.Marks.PolicyPath = t.policyPath
	ch := in.Change
	if !ch.Complete() {
		t.at = ""
		return nil
	}
	var err error
	if t.at == "" || t.at != ch.Head {
		err = t.read(ctx, ch.Base)
	} else {
		err = t.undo(ch)
	}
	t.at = ch.Base
	in.Tree, in.Manifests, in.Marks.Attributes = t.paths, t.manifests, t.attributes
	return err
}

func (t *trail) read(ctx context.Context, rev string) error {
	paths, err := t.trees.Tree(ctx, rev)
	if err != nil {
		return fmt.Errorf("list the files at %.12s: %w", rev, err)
	}
	// Known to hold nothing is not unknown: neither list is nil.
	t.paths, t.manifests = append([]string{}, paths...), []string{}
	slices.Sort(t.paths)
	for _, path := range t.paths {
		if signal.IsManifest(path) {
			t.manifests = append(t.manifests, path)
		}
	}
	return t.readMarks(rev)
}

func (t *trail) readMarks(rev string) error {
	data, _, err := t.contents.Read(rev, attributesFile)
	if err != nil {
		return fmt.Errorf("read %s at %.12s: %w", attributesFile, rev, err)
	}
	t.attributes = glob.ParseAttributes(string(data))
	return nil
}

// undo takes a commit back: what it added goes, what it removed comes back.
func (t *trail) undo(ch change.Change) error {
	var gone, back []string
	marks := false
	for _, f := range ch.Files {
		switch f.Status {
		case change.Added, change.Copied:
			gone = append(gone, f.Path)
		case change.Removed:
			back = append(back, f.Path)
		case change.Renamed:
			gone, back = append(gone, f.Path), append(back, f.OldPath)
		}
		marks = marks || slices.Contains(f.Paths(), attributesFile)
	}
	t.paths = edited(t.paths, gone, back)
	t.manifests = edited(t.manifests, only(gone), only(back))
	if !marks {
		return nil
	}
	return t.readMarks(ch.Base)
}

func only(paths []string) []string {
	return slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return !signal.IsManifest(path) })
}

// edited gives a sorted list without some paths and with others. The list
// itself is left as it is: earlier commits are still looked at with it.
func edited(list, without, with []string) []string {
	if len(without)+len(with) == 0 {
		return list
	}
	slices.Sort(without)
	kept := make([]string, 0, len(list)+len(with))
	for _, path := range list {
		if _, found := slices.BinarySearch(without, path); !found {
			kept = append(kept, path)
		}
	}
	for _, path := range with {
		if at, found := slices.BinarySearch(kept, path); !found {
			kept = slices.Insert(kept, at, strings.Clone(path))
		}
	}
	return kept
}
