package lex

import "testing"

func TestEveryTableCompiles(t *testing.T) {
	t.Parallel()
	for name, lang := range languages() {
		if m := lang.rows(); m.def == nil {
			t.Errorf("%s has no rules", name)
		}
	}
}
