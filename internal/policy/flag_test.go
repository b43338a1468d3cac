package policy

import "testing"

func TestAllWhoMayWriteMayFlag(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		allow []string
		want  bool
	}{
		"all of them":            {[]string{"write", "admin", "maintain"}, true},
		"writers, and no owners": {[]string{"write", "maintain"}, false},
		"owners alone":           {[]string{"admin"}, false},
		"nobody":                 {nil, false},
	} {
		if got := (FlagRule{Allow: c.allow}).PermitsAllWriters(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
