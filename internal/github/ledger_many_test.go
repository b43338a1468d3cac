package github

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

func TestAReportDownloadsTheNewestArtifacts(t *testing.T) {
	t.Parallel()
	for _, many := range []int{maxArtifacts, maxArtifacts + 1} {
		w := newWorld(t)
		w.Do(func() {
			w.repo.Artifacts, w.Rate = nil, fakegithub.Rate{}
			for i := range many {
				w.repo.Artifacts = append(w.repo.Artifacts, fakegithub.Artifact{
					ID: int64(i + 1), Name: "tierwise-record-x", Created: "2026-11-24T12:00:00Z", Zip: zipOf(t, "record-a.jsonl", lineOf(t, fmt.Sprint(i))),
				})
			}
		})
		l := w.client.LedgerArtifacts(widgets)
		ids, problems := readAllOf(t, l.Entries(t.Context(), time.Time{}))
		said := strings.Join(l.LeftOut(), "")
		if len(ids) != maxArtifacts || len(problems) > 0 || strings.Contains(said, "more artifacts with records than the 400 newest") != (many > maxArtifacts) {
			t.Errorf("%d: %d read, %q, %q", many, len(ids), problems, said)
		}
	}
}

func TestMoreArtifactsThanAreListedAreSaidAndFailNothing(t *testing.T) {
	t.Parallel()
	for _, many := range []int{artifactPages * 100, artifactPages*100 + 1} {
		w := newWorld(t)
		w.Do(func() {
			w.repo.Artifacts, w.Rate = nil, fakegithub.Rate{}
			for i := range many {
				w.repo.Artifacts = append(w.repo.Artifacts, fakegithub.Artifact{ID: int64(i + 1), Name: "other", Created: "2026-11-24T12:00:00Z"})
			}
		})
		l := w.client.LedgerArtifacts(widgets)
		_, problems := readAllOf(t, l.Entries(t.Context(), time.Time{}))
		if said := strings.Join(l.LeftOut(), ""); len(problems) > 0 || strings.Contains(said, "than the 10000 newest") != (many > artifactPages*100) {
			t.Errorf("%d: %q, %q", many, problems, said)
		}
	}
}
