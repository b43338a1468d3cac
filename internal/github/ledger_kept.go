package github

import (
	"fmt"
	"sync"
)

const (
	// maxSpared is how many objects of a branch one run asks for to hold its
	// ceilings: half of what a workflow's token has an hour
	// (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api).
	maxSpared = 500
	// sparedPart is the part of the hour's requests that such a reading leaves,
	// one in so many. Other calls leave a tenth: a review still has its requests
	// where the ledger got none.
	sparedPart = 4
	// maxKept bounds what is kept of a branch, in bytes of text; keptName is what
	// one name in a tree is counted as.
	maxKept  = 32 << 20
	keptName = 200
)

// keptObjects are files and trees by their SHA, by which they never change.
type keptObjects struct {
	mu    sync.Mutex
	files map[string][]byte
	trees map[string][]treeEntry
	bytes int
}

func (k *keptObjects) file(sha string) ([]byte, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	text, found := k.files[sha]
	return text, found
}

func (k *keptObjects) tree(sha string) ([]treeEntry, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	list, found := k.trees[sha]
	return list, found
}

func (k *keptObjects) has(sha string) bool {
	_, file := k.file(sha)
	_, tree := k.tree(sha)
	return file || tree
}

func (k *keptObjects) keepFile(sha string, text []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.fits(len(text)) {
		return
	}
	if k.files == nil {
		k.files = map[string][]byte{}
	}
	k.files[sha] = text
}

func (k *keptObjects) keepTree(sha string, list []treeEntry) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.fits(len(list) * keptName) {
		return
	}
	if k.trees == nil {
		k.trees = map[string][]treeEntry{}
	}
	k.trees[sha] = list
}

// fits counts what is to be kept; what does not fit is asked for again.
func (k *keptObjects) fits(size int) bool {
	if k.bytes+size > maxKept {
		return false
	}
	k.bytes += size
	return true
}

// Sparing gives the ledger as a run reads it, which has other work to do with
// the same requests: it asks for at most 500 objects over all its readings, and
// leaves a quarter of the hour's requests. A reading that would pass either
// ends with an error, so that its part is not taken for the whole.
func (l *LedgerBranch) Sparing() *LedgerBranch {
	return &LedgerBranch{c: l.c, repo: l.repo, branch: l.branch, sparing: true}
}

// spare says whether a reading may ask for an object that is not kept.
func (l *LedgerBranch) spare(sha string) error {
	if !l.sparing || l.kept.has(sha) {
		return nil
	}
	if l.asked >= maxSpared {
		return fmt.Errorf("%s: the branch has more than the %d files and days that a run reads; begin a new branch, or leave out pull_request_usd, for which days before today are read", readLedger, maxSpared)
	}
	l.asked++
	return l.c.checkShare(readLedger, sparedPart)
}
