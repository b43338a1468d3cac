package github

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/ledger"
)

// ArtifactPrefix begins the name of an artifact that holds records.
const ArtifactPrefix = "tierwise-record-"

const (
	// artifactPages times 100 artifacts are looked through.
	artifactPages = 100
	// maxArtifacts of ours are read by one reading, a request each: the newest.
	maxArtifacts = 400
	// maxZip bounds an artifact as it comes, maxZipText all that is in it, and
	// maxZipFiles how many files.
	maxZip      = 4 << 20
	maxZipText  = 32 << 20
	maxZipFiles = 200
)

// LedgerArtifacts is the ledger that a workflow uploads. It is only read:
// uploading is the workflow's.
type LedgerArtifacts struct {
	c    *Client
	repo Repo
	// Expired and Strange count what was left out: artifacts that the platform
	// no longer has, and those of another repository's runs, which anybody can
	// make by opening a pull request from a fork.
	Expired, Strange int

	asked    int  // downloads of this reading
	older    bool // there are more of ours than were read
	unlisted bool // there are more of any name than were listed
}

// LedgerArtifacts gives the ledger of a repository's artifacts.
func (c *Client) LedgerArtifacts(repo Repo) *LedgerArtifacts {
	return &LedgerArtifacts{c: c, repo: repo}
}

// LeftOut says what the last reading left out, a sentence each.
func (l *LedgerArtifacts) LeftOut() []string {
	var all []string
	if l.Expired > 0 {
		all = append(all, fmt.Sprintf("Artifacts with records that have expired, and are missing here: %d.", l.Expired))
	}
	if l.Strange > 0 {
		all = append(all, fmt.Sprintf("Artifacts with records that were left out, because their runs are of another repository or of none known: %d.", l.Strange))
	}
	if l.older {
		all = append(all, fmt.Sprintf("There are more artifacts with records than the %d newest, which were read: what the older ones hold is missing here.", maxArtifacts))
	}
	if l.unlisted {
		all = append(all, fmt.Sprintf("There are more artifacts than the %d newest, which were listed: records in older ones are missing here.", artifactPages*100))
	}
	return all
}

type artifact struct {
	ID      int64  `json:"id"`
	Name    string `json:"name"`
	Size    int64  `json:"size_in_bytes"`
	Expired bool   `json:"expired"`
	Created string `json:"created_at"`
	Run     *struct {
		Repository     int64 `json:"repository_id"`
		HeadRepository int64 `json:"head_repository_id"`
	} `json:"workflow_run"`
}

// Entries gives the entries of the artifacts that were made since a day. It
// takes a request for 100 artifacts of any name, and two for each of ours.
func (l *LedgerArtifacts) Entries(ctx context.Context, since time.Time) iter.Seq2[ledger.Entry, error] {
	return func(yield func(ledger.Entry, error) bool) {
		g := &gathering{merger: ledger.NewMerger(since), yield: yield}
		l.Expired, l.Strange, l.asked, l.older, l.unlisted = 0, 0, 0, false, false
		next := 1
		for range artifactPages {
			list, after, err := l.page(ctx, next)
			if err != nil {
				yield(ledger.Entry{}, err)
				return
			}
			more, old := l.each(ctx, list, since, g)
			if !more {
				return
			}
			if after == 0 || old || l.older {
				g.end()
				return
			}
			next = after
		}
		l.unlisted = true
		g.end()
	}
}

func (l *LedgerArtifacts) page(ctx context.Context, n int) ([]artifact, int, error) {
	var answer struct {
		Artifacts *[]artifact `json:"artifacts"`
	}
	resp, err := l.c.get(ctx, listArtifacts, withPage(l.repo.path("/actions/artifacts"), 100, n), &answer)
	if err != nil {
		return nil, 0, err
	}
	if answer.Artifacts == nil {
		return nil, 0, fmt.Errorf("%s: the answer lists none", listArtifacts)
	}
	return *answer.Artifacts, resp.NextPage, nil
}

// each reads the artifacts of a page, newest first as the platform lists them;
// old says that the rest is from before.
func (l *LedgerArtifacts) each(ctx context.Context, list []artifact, since time.Time, g *gathering) (more, old bool) {
	day := since.UTC().Truncate(24 * time.Hour)
	for _, a := range list {
		made, err := time.Parse(time.RFC3339, a.Created)
		if err == nil && made.Before(day) {
			old = true
			continue
		}
		if !strings.HasPrefix(a.Name, ArtifactPrefix) {
			continue
		}
		switch {
		case a.Expired:
			l.Expired++
			continue
		case a.Run == nil || a.Run.Repository == 0 || a.Run.Repository != a.Run.HeadRepository:
			l.Strange++
			continue
		}
		if l.asked == maxArtifacts {
			l.older = true
			return true, old
		}
		l.asked++
		name := "artifact " + strconv.FormatInt(a.ID, 10)
		data, err := l.download(ctx, a)
		if err == nil {
			if !unzip(name, data, g) {
				return false, old
			}
			continue
		}
		if gone := (*APIError)(nil); errors.As(err, &gone) && gone.Status == http.StatusGone {
			l.Expired++
			continue
		}
		if ctx.Err() != nil || !g.yield(ledger.Entry{}, ledger.UnreadError{File: name, Err: err}) {
			return false, old
		}
	}
	return true, old
}

// download follows the one redirect to the storage, without the token.
func (l *LedgerArtifacts) download(ctx context.Context, a artifact) ([]byte, error) {
	if a.Size > maxZip {
		return nil, fmt.Errorf("%s: it has %d bytes, the bound is %d MiB", readArtifact, a.Size, maxZip>>20)
	}
	_, resp, err := l.c.send(ctx, readArtifact, http.MethodGet, l.repo.path("/actions/artifacts/%s/zip", strconv.FormatInt(a.ID, 10)), nil)
	var answer *APIError
	switch {
	case err == nil:
		return nil, fmt.Errorf("%s: the platform did not redirect to it", readArtifact)
	case strings.Contains(err.Error(), "Location header"): // with the whole address, signature and all
		return nil, fmt.Errorf("%s: the redirect's address cannot be read", readArtifact)
	case !errors.As(err, &answer) || answer.Status != http.StatusFound || resp == nil:
		return nil, err
	}
	return l.c.fetchStored(ctx, readArtifact, resp.Header.Get("Location"), maxZip)
}

// unzip gives the entries of every file of records in an archive that anybody
// may have made. Nothing is written anywhere, so that names lead nowhere; one
// that tries is refused with the archive.
func unzip(name string, data []byte, g *gathering) bool {
	refuse := func(err error) bool { return g.yield(ledger.Entry{}, ledger.UnreadError{File: name, Err: err}) }
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return refuse(err)
	}
	if len(archive.File) > maxZipFiles {
		return refuse(fmt.Errorf("%d files, the bound is %d", len(archive.File), maxZipFiles))
	}
	left := int64(maxZipText)
	for _, f := range archive.File {
		if strings.Contains(f.Name, "\\") || strings.HasPrefix(f.Name, "/") || path.Clean("/"+f.Name) != "/"+strings.TrimSuffix(f.Name, "/") {
			return refuse(fmt.Errorf("%.100q is no name of a file", f.Name))
		}
	}
	for _, f := range archive.File {
		if !strings.HasSuffix(f.Name, ".jsonl") || !f.Mode().IsRegular() {
			continue
		}
		text, err := unpack(f, left)
		if err != nil {
			return refuse(err)
		}
		left -= int64(len(text))
		entries, problems := ledger.DecodeEntries(name+"/"+path.Base(f.Name), bytes.NewReader(text))
		if !g.take(name, entries, problems) {
			return false
		}
	}
	return true
}

// unpack reads at most limit bytes: what the archive says of a size is not
// believed.
func unpack(f *zip.File, limit int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close() //nolint:errcheck // it was only read
	text, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(text)) > limit {
		return nil, fmt.Errorf("over %d MiB of text", maxZipText>>20)
	}
	return text, nil
}
