package weekly

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAReviewIsDueOrOverdue(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		by, today string
		want      Review
	}{
		"the policy names no day": {"", "2026-11-23", Review{State: "none"}},
		"a quarter ahead":         {"2027-02-15", "2026-11-23", Review{Due: "2027-02-15", State: "later", Days: 84}},
		"15 days ahead":           {"2026-12-08", "2026-11-23", Review{Due: "2026-12-08", State: "later", Days: 15}},
		"14 days ahead":           {"2026-12-07", "2026-11-23", Review{Due: "2026-12-07", State: "due", Days: 14}},
		"today":                   {"2026-11-23", "2026-11-23", Review{Due: "2026-11-23", State: "due"}},
		"yesterday":               {"2026-11-22", "2026-11-23", Review{Due: "2026-11-22", State: "overdue", Days: -1}},
		"a day that is none":      {"soon", "2026-11-23", Review{State: "none"}},
	} {
		o := week()
		o.Review = ReviewFacts{By: c.by, Today: c.today, Changes: []string{"a price fell"}}
		c.want.Changes = []string{"a price fell"}
		if diff := cmp.Diff(c.want, New(o).Numbers().Review); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestAReviewSaysWhichPoliciesDecided(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		digests []string // of the runs of days one to three
		now     string
		want    []string
	}{
		"one, and it stands":          {[]string{"a", "a", "a"}, "a", []string{}},
		"it changed in the window":    {[]string{"a", "b", "b"}, "b", []string{"policy: 2 versions decided in this window, the newest from 2026-11-17 on"}},
		"it changed after the window": {[]string{"a", "a", "a"}, "b", []string{"policy: it has changed since the last run of this window"}},
		"nobody knows what it is now": {[]string{"a", "a", "a"}, "", []string{}},
		"records of before digests":   {[]string{"", "", ""}, "b", []string{}},
	} {
		o := week()
		o.Review = ReviewFacts{By: "2026-12-01", Today: "2026-11-23", Digest: c.now}
		s := New(o)
		for i, digest := range c.digests {
			f := fact(4*i + 1)
			f.Started, f.PolicyDigest, f.Status = monday().AddDate(0, 0, i), digest, "clean"
			s.Add(f)
		}
		if diff := cmp.Diff(c.want, s.Numbers().Review.Changes); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
