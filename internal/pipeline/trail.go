package pipeline

import (
	"context"
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/gitrepo"
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
	manifests  []string // of that tree, sorted; never changed in place
	attributes glob.Attributes
	policyPath string
}

// base gives the manifests and the marks at the base of a commit. Where the
// commit itself could not be read whole, its base may not be there either:
// nothing is known of it then, and the next one is read anew.
func (t *trail) base(ctx context.Context, p gitrepo.Past) ([]string, signal.Marks, error) {
	ch := p.Change
	if !ch.Complete() {
		t.at = ""
		return nil, signal.Marks{PolicyPath: t.policyPath}, nil
	}
	var err error
	if t.at == "" || t.at != ch.Head {
		err = t.read(ctx, ch.Base)
	} else {
		err = t.undo(ch)
	}
	t.at = ch.Base
	return t.manifests, signal.Marks{Attributes: t.attributes, PolicyPath: t.policyPath}, err
}

func (t *trail) read(ctx context.Context, rev string) error {
	paths, err := t.trees.Tree(ctx, rev)
	if err != nil {
		return fmt.Errorf("list the files at %.12s: %w", rev, err)
	}
	t.manifests = []string{} // known to be none, which is not unknown
	for _, path := range paths {
		if signal.IsManifest(path) {
			t.manifests = append(t.manifests, path)
		}
	}
	slices.Sort(t.manifests)
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
	for _, f := range ch.Files {
		for _, path := range f.Paths() {
			if path != attributesFile {
				continue
			}
			if err := t.readMarks(ch.Base); err != nil {
				return err
			}
		}
		t.undoFile(f)
	}
	return nil
}

func (t *trail) undoFile(f change.File) {
	switch f.Status {
	case change.Added, change.Copied:
		t.remove(f.Path)
	case change.Removed:
		t.insert(f.Path)
	case change.Renamed:
		t.remove(f.Path)
		t.insert(f.OldPath)
	}
}

func (t *trail) insert(path string) {
	if at, found := slices.BinarySearch(t.manifests, path); !found && signal.IsManifest(path) {
		t.manifests = slices.Insert(slices.Clone(t.manifests), at, path)
	}
}

func (t *trail) remove(path string) {
	if at, found := slices.BinarySearch(t.manifests, path); found {
		t.manifests = slices.Delete(slices.Clone(t.manifests), at, at+1)
	}
}
