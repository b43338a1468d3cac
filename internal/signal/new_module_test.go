package signal

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tierwise/tierwise/internal/change"
)

func TestNewModules(t *testing.T) {
	t.Parallel()
	tree := []string{"go.mod", "internal/x.go", "services/pay/main.go", "web/package.json", "src/App/App.cs"}
	tests := []struct {
		name  string
		files []change.File
		want  bool
	}{
		{"a new member", []change.File{file("services/mail/main.go")}, true},
		{"a new folder at the root", []change.File{file("worker/main.py")}, true},
		{"a package in a folder that is known", []change.File{newWith("internal/tool/go.mod", "+module x")}, true},
		{"code moved to a new folder", []change.File{renamed("internal/x.go", "worker/x.go")}, true},
		{"a new file in a known folder", []change.File{file("internal/deep/new/y.go")}, false},
		{"settings beside projects that are known", []change.File{file("src/appsettings.cs")}, false},
		{"a second manifest", []change.File{newWith("web/deno.json", "+{}")}, false},
		{"only documentation", []change.File{file("guides/README.md")}, false},
		{"only settings", []change.File{file("deploy/values.yaml")}, false},
		{"an example", []change.File{newWith("examples/shop/go.mod", "+module x")}, false},
		{"tests", []change.File{file("tests/x_test.go")}, false},
	}
	for _, tt := range tests {
		if got := fires(newModule(), withTree(of(tt.files...), tree...)); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestANewModuleIsToldOnce(t *testing.T) {
	t.Parallel()
	in := withTree(of(file("services/mail/main.go"), file("services/mail/send.go"), newWith("services/mail/go.mod", "+module mail")), "go.mod")
	want := []Hit{{Signal: "new-module", File: "services/mail/main.go", Text: "services/mail is new: the base has no such folder"}}
	if diff := cmp.Diff(want, newModule().Hits(in)); diff != "" {
		t.Error(diff)
	}
}
