package workflow

import (
	"strings"
	"testing"
)

// TestANameThatOthersHaveTooCountsBesideWhatTellsIt: agent is Cursor's command
// where the job installs it or holds its key.
func TestANameThatOthersHaveTooCountsBesideWhatTellsIt(t *testing.T) {
	t.Parallel()
	env := func(text string) string {
		return strings.Replace(run("agent -p 'Fix it' --model gpt-5"), "      - run", "      - env: {"+text+"}\n        run", 1)
	}
	for name, tt := range map[string]struct{ text, want string }{
		"beside its installer": {run("curl https://cursor.com/install -fsS | bash\nagent -p 'Fix it' --model gpt-5"), "8:11-16 cursor-agent gpt-5@8:37-42 elsewhere\n"},
		"beside its key":       {env("CURSOR_API_KEY: x"), "8:11-16 cursor-agent gpt-5@8:37-42 elsewhere\n"},
		"beside another key":   {env("OTHER_API_KEY: x"), ""},
		"alone":                {run("agent -p 'Fix it'"), ""},
		"of an older name":     {run("cursor-agent -p 'Fix it'"), "7:11-23 cursor-agent elsewhere\n"},
		"asked of itself":      {run("curl https://cursor.com/install -fsS | bash\nagent --version\nagent login\nagent --list-models"), ""},
		"in another word":      {run("curl https://cursor.com/install -fsS | bash\n./ssh-agent -p x\nssh-agent -p x"), ""},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); wantCalls(t, tt.text, tt.want) })
	}
}
