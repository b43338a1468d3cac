package cli

import (
	"testing"

	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/github"
)

func TestFlagsOfAnEventAreItsAuthors(t *testing.T) {
	t.Parallel()
	const flag = "/flag docs right"
	for name, c := range map[string]struct {
		action, sender, then, now string
		another                   bool
	}{
		"written by its author":               {"created", "ada", flag, flag, false},
		"edited by its author":                {"edited", "Ada", flag, flag, false},
		"edited by somebody else":             {"edited", "bob", flag, flag, true},
		"edited by nobody knows whom":         {"edited", "", flag, flag, true},
		"words about it changed since":        {"created", "ada", flag, "Thanks\n" + flag, false},
		"written, and flagging another since": {"created", "ada", flag, "/flag docs cheaper", true},
		"written, and flagging only since":    {"created", "ada", "hello", flag, true},
		"edited, and flagging another since":  {"edited", "ada", flag, "/flag tests right", true},
	} {
		ev := event.Event{Action: c.action, Sender: event.Account{Login: c.sender}, Comment: &event.Comment{Body: c.then}}
		if got := editedByAnother(ev, github.Comment{Body: c.now, Author: event.Account{Login: "ada"}}); got != c.another {
			t.Errorf("%s: %v", name, got)
		}
	}
}
