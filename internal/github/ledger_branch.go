package github

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/ledger"
)

// LedgerBranch is a ledger on a branch of its own, which has no history in
// common with the code: DAY/record-ID.jsonl, as in a folder. A write takes
// seven requests, six on a new day and four on the first day of all, and each
// lost race takes as many again. It never forces: who comes second reads again.
type LedgerBranch struct {
	c      *Client
	repo   Repo
	branch string
	absent bool // the last reading found no branch
	others int  // files that it left out, for their names
	kept   keptObjects
	// sparing says that readings are bounded, asked counts what they asked for.
	sparing bool
	asked   int
}

// LedgerBranch gives the ledger on a branch. The name was checked by
// ledger.ParseAddress.
func (c *Client) LedgerBranch(repo Repo, branch string) *LedgerBranch {
	return &LedgerBranch{c: c, repo: repo, branch: branch}
}

const (
	// maxRaces bounds how often a write starts again.
	maxRaces = 60
	// firstWait and longestWait bound the bound of the wait after a lost race.
	firstWait   = 250 * time.Millisecond
	longestWait = 20 * time.Second
	// maxLedgerFile bounds one file of a ledger, in bytes.
	maxLedgerFile = 8 << 20
)

// errRace says that somebody else wrote first.
var errRace = errors.New("another writer was first")

// Append adds entries in one commit, whole or not at all.
func (l *LedgerBranch) Append(ctx context.Context, entries []ledger.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	var wait time.Duration
	for range maxRaces {
		began := l.c.now()
		rest, err := l.once(ctx, entries)
		switch {
		case err == nil && len(rest) == 0:
			return nil
		case err == nil:
			entries = rest // its name is taken, by another run's
			continue
		case !errors.Is(err, errRace):
			return err
		}
		wait = waitBound(wait, l.c.now().Sub(began))
		if err := l.c.sleep(ctx, l.c.draw(wait)); err != nil {
			return fmt.Errorf("%s: %w", writeLedger, err)
		}
	}
	return fmt.Errorf("%s: %d times %w", writeLedger, maxRaces, errRace)
}

// waitBound says below what the wait after a lost race is drawn. It is twice
// what the try took: a try takes long where many writers queue, and writers
// that start again faster than the platform answers would only ever lose. It
// grows by a half with each loss and never shrinks: a try that was quick
// because the others waited says nothing of how many they are.
func waitBound(last, took time.Duration) time.Duration {
	return min(max(firstWait, last+last/2, 2*took), longestWait)
}

// draw gives a time from 0 up to below a bound.
func draw(below time.Duration) time.Duration {
	return time.Duration(rand.Int64N(int64(max(below, 1)))) //nolint:gosec // no secret: who waits how long
}

// once adds entries to what the branch holds now, or gives those that the file
// of their name does not hold.
func (l *LedgerBranch) once(ctx context.Context, entries []ledger.Entry) ([]ledger.Entry, error) {
	day, name, err := ledger.Place(entries)
	if err != nil {
		return nil, err
	}
	text, err := ledger.EncodeEntries(entries)
	if err != nil {
		return nil, err
	}
	tip, err := l.tip(ctx)
	if err != nil {
		return nil, err
	}
	if tip.commit != "" {
		there, found, err := l.fileAt(ctx, tip, day, name)
		if err != nil {
			return nil, err
		}
		if found {
			return ledger.Unsent(entries, there)
		}
	}
	return nil, l.commit(ctx, tip, day+"/"+name, text)
}

// tip is where the branch stands; both are "" where there is none.
type tip struct{ commit, tree string }

type shaAnswer struct {
	Object struct {
		SHA string `json:"sha"`
	} `json:"object"`
	Tree struct {
		SHA string `json:"sha"`
	} `json:"tree"`
}

func (l *LedgerBranch) tip(ctx context.Context) (tip, error) {
	var ref, commit shaAnswer
	_, err := l.c.get(ctx, readLedger, l.refPath("ref"), &ref)
	if isNotFound(err) {
		return tip{}, nil // or hidden, which the write will tell
	}
	if err != nil {
		return tip{}, err
	}
	if !isSHA(ref.Object.SHA) {
		return tip{}, fmt.Errorf("%s: the answer is no branch", readLedger)
	}
	if _, err := l.c.get(ctx, readLedger, l.repo.path("/git/commits/%s", ref.Object.SHA), &commit); err != nil {
		return tip{}, err
	}
	if !isSHA(commit.Tree.SHA) {
		return tip{}, fmt.Errorf("%s: the answer is no commit", readLedger)
	}
	return tip{commit: ref.Object.SHA, tree: commit.Tree.SHA}, nil
}

// refPath leaves the slashes of a branch as they are, as the platform wants.
func (l *LedgerBranch) refPath(what string) string {
	parts := strings.Split(l.branch, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	return l.repo.path("/git/"+what+"/heads/") + strings.Join(parts, "/")
}

func isSHA(s string) bool {
	return (len(s) == 40 || len(s) == 64) && strings.Trim(s, "0123456789abcdef") == ""
}

// commit makes tree, commit and reference. No reference is ever forced.
func (l *LedgerBranch) commit(ctx context.Context, at tip, path string, text []byte) error {
	tree := map[string]any{"tree": []map[string]string{{"path": path, "mode": "100644", "type": "blob", "content": string(text)}}}
	commit := map[string]any{"message": "Record " + path}
	if at.commit != "" {
		tree["base_tree"], commit["parents"] = at.tree, []string{at.commit}
	}
	sha, err := l.post(ctx, "trees", tree)
	if err != nil {
		return err
	}
	commit["tree"] = sha
	if sha, err = l.post(ctx, "commits", commit); err != nil {
		return err
	}
	if at.commit == "" {
		_, _, err = l.c.send(ctx, writeLedger, http.MethodPost, l.repo.path("/git/refs"), map[string]any{"ref": "refs/heads/" + l.branch, "sha": sha})
	} else {
		_, _, err = l.c.send(ctx, writeLedger, http.MethodPatch, l.refPath("refs"), map[string]any{"sha": sha, "force": false})
	}
	return raced(err)
}

func (l *LedgerBranch) post(ctx context.Context, what string, body any) (string, error) {
	data, _, err := l.c.send(ctx, writeLedger, http.MethodPost, l.repo.path("/git/"+what), body)
	if err != nil {
		return "", raced(err)
	}
	var answer struct {
		SHA string `json:"sha"`
	}
	if err := decode(writeLedger, data, &answer); err != nil {
		return "", err
	}
	if !isSHA(answer.SHA) {
		return "", fmt.Errorf("%s: the answer names no object", writeLedger)
	}
	return answer.SHA, nil
}

// raced tells a lost race from a refusal. 409 and these words of 422 are the
// platform's for a reference that moved, or came, in between
// (https://docs.github.com/en/rest/git/refs#update-a-reference).
func raced(err error) error {
	var answer *APIError
	if !errors.As(err, &answer) {
		return err
	}
	words := strings.ToLower(answer.Message)
	lost := answer.Status == http.StatusConflict || answer.Status == http.StatusUnprocessableEntity &&
		(strings.Contains(words, "not a fast forward") || strings.Contains(words, "reference already exists"))
	if lost {
		return fmt.Errorf("%w: %w", errRace, err)
	}
	return err
}

type treeEntry struct {
	Path string `json:"path"`
	Mode string `json:"mode"`
	Type string `json:"type"`
	SHA  string `json:"sha"`
	Size int64  `json:"size"`
}

// list reads one level of a tree. One that the platform cut is an error: what
// is missing would count as not there.
func (l *LedgerBranch) list(ctx context.Context, sha string) ([]treeEntry, error) {
	if list, found := l.kept.tree(sha); found {
		return list, nil
	}
	var answer struct {
		Tree      []treeEntry `json:"tree"`
		Truncated *bool       `json:"truncated"`
	}
	if _, err := l.c.get(ctx, readLedger, l.repo.path("/git/trees/%s", sha), &answer); err != nil {
		return nil, err
	}
	if answer.Truncated == nil || *answer.Truncated {
		return nil, fmt.Errorf("%s: the platform gave only a part of a tree; begin a new branch", readLedger)
	}
	l.kept.keepTree(sha, answer.Tree)
	return answer.Tree, nil
}

// fileAt reads the entries of the file that has a name. One that cannot be read
// whole is an error: nobody can say what of it is there already.
func (l *LedgerBranch) fileAt(ctx context.Context, at tip, day, name string) (entries []ledger.Entry, found bool, err error) {
	days, err := l.list(ctx, at.tree)
	if err != nil {
		return nil, false, err
	}
	for _, d := range days {
		if d.Path != day || d.Type != "tree" || !isSHA(d.SHA) {
			continue
		}
		files, err := l.list(ctx, d.SHA)
		if err != nil {
			return nil, false, err
		}
		for _, f := range files {
			if f.Path == name {
				entries, problems, err := l.blob(ctx, day+"/"+name, f)
				if err == nil && len(problems) > 0 {
					err = fmt.Errorf("%s: a file that has the name cannot be read: %w", readLedger, problems[0])
				}
				return entries, true, err
			}
		}
	}
	return nil, false, nil
}

// blob reads one file. Its size is the platform's word, and is checked.
func (l *LedgerBranch) blob(ctx context.Context, path string, f treeEntry) ([]ledger.Entry, []ledger.UnreadError, error) {
	if f.Type != "blob" || f.Mode != "100644" || f.Size > maxLedgerFile || !isSHA(f.SHA) {
		return nil, nil, fmt.Errorf("%s: %.100q is no plain file of at most %d MiB", readLedger, path, maxLedgerFile>>20)
	}
	text, err := l.text(ctx, path, f.SHA)
	if err != nil {
		return nil, nil, err
	}
	entries, problems := ledger.DecodeEntries(path, bytes.NewReader(text))
	return entries, problems, nil
}

// text gives a file as it is kept, or asks for it.
func (l *LedgerBranch) text(ctx context.Context, path, sha string) ([]byte, error) {
	if text, found := l.kept.file(sha); found {
		return text, nil
	}
	var answer struct {
		Content  string `json:"content"`
		Encoding string `json:"encoding"`
	}
	if _, err := l.c.get(ctx, readLedger, l.repo.path("/git/blobs/%s", sha), &answer); err != nil {
		return nil, err
	}
	if answer.Encoding != "base64" {
		return nil, fmt.Errorf("%s: %.100q comes as %.20q, expected base64", readLedger, path, answer.Encoding)
	}
	text, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(answer.Content, "\n", ""))
	if err != nil || len(text) > maxLedgerFile {
		return nil, fmt.Errorf("%s: %.100q cannot be decoded, or is too large", readLedger, path)
	}
	l.kept.keepFile(sha, text)
	return text, nil
}
