package cli

import "testing"

func TestARemoteIsReadOnlyWhereItIsTheOnlyOne(t *testing.T) {
	t.Parallel()
	for config, want := range map[string]string{
		"[remote \"origin\"]\n\turl = https://github.com/acme/.github\n":                       "acme/.github",
		"[remote \"origin\"]\n\tURL=https://ghe.example/acme/policies.git\n":                   "acme/policies",
		"[remote \"origin\"]\n\turl = git@github.com:acme/.github.git\n\tfetch = +refs/*\n":    "acme/.github",
		"[remote \"a\"]\n\turl = https://x/acme/a\n[remote \"b\"]\n\turl = https://x/acme/b\n": "/",
		"[core]\n\tbare = false\n": "/",
		"url = nothing\n":          "/",
		"":                         "/",
	} {
		if owner, name := remoteOf(config); owner+"/"+name != want {
			t.Errorf("%q names %s/%s, want %s", config, owner, name, want)
		}
	}
}
