package signal

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/task"
)

func TestOutline(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, words string
		want        Outline
	}{
		{
			"a clear brief with its end", "Return 404 for unknown users in api/users.go.",
			Outline{Asks: []Ask{{Verb: "return", Object: "404"}}, Files: []string{"api/users.go"}, Scope: task.SingleFile, Domains: []task.Domain{task.Feature}, Clear: true},
		},
		{
			"words that leave something open have places", "Fix the importer somehow.",
			Outline{
				Asks: []Ask{{Verb: "fix", Object: "the importer somehow", Work: true}}, Open: []Phrase{{Signal: "vague-words", Words: "somehow", Start: 17, End: 24}},
				Ambiguity: task.High, Domains: []task.Domain{task.Feature},
			},
		},
		{
			"a pasted log leaves nothing open", "Rename the flag to --dry-run; it should print the plan.\n```\nsomething went wrong\n```\n",
			Outline{Asks: []Ask{{Verb: "rename", Object: "the flag", Work: true}, {Verb: "print", Object: "the plan", At: 40}}, Domains: []task.Domain{task.Feature, task.Refactor}, Clear: true, Ends: true},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, OutlineOf(tt.words)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestOutlineOfAHostileText(t *testing.T) {
	t.Parallel()
	words := strings.Repeat("fix something somehow \xff ", 20_000)
	o := OutlineOf(words)
	if len(o.Open) != maxOpen {
		t.Errorf("%d phrases, want %d", len(o.Open), maxOpen)
	}
	for _, p := range o.Open {
		if words[p.Start:p.End] != p.Words {
			t.Errorf("%q stands at %d:%d, where there is %q", p.Words, p.Start, p.End, words[p.Start:p.End])
		}
	}
}
