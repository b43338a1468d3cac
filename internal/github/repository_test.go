package github

import (
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

func TestWhoMaySeeARepositoryIsAskedAndNotAssumed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		private bool
		fault   *fakegithub.Fault
		want    string // in the error, "" for none
	}{
		{"a public one", false, nil, ""},
		{"a private one", true, nil, ""},
		{"one that is not shown", true, &fakegithub.Fault{Path: "/repos/acme/widgets", Status: 404}, "read the repository"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.Repo("acme", "widgets").Private = tt.private
			if tt.fault != nil {
				w.Inject(*tt.fault)
			}
			private, err := w.client.Private(t.Context(), widgets)
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("error %v, want %q", err, tt.want)
			}
			if err == nil && private != tt.private {
				t.Errorf("private = %t", private)
			}
		})
	}
}
