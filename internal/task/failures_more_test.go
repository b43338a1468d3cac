package task

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOtherRunnersAreReadInTheirForms(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		log    string
		format string
		want   []FailedTest
	}{
		"cargo before Rust 1.73": {
			"test a::b ... FAILED\n\nfailures:\n\n---- a::b stdout ----\nthread 'a::b' panicked at 'no: 3', src/a.rs:7:5\n\ntest result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured\n",
			"cargo test",
			[]FailedTest{{Name: "a::b", File: "src/a.rs", Line: 7, Error: "no: 3"}},
		},
		"cargo with thread numbers": {
			"test a::b ... FAILED\n---- a::b stdout ----\nthread 'a::b' (4711) panicked at src/a.rs:7:5:\nno: 3\n",
			"cargo test",
			[]FailedTest{{Name: "a::b", File: "src/a.rs", Line: 7, Error: "no: 3"}},
		},
		"a documentation test of cargo": {
			"test src/lib.rs - open (line 12) ... FAILED\n",
			"cargo test",
			[]FailedTest{{Name: "src/lib.rs - open (line 12)", Error: "FAILED"}},
		},
		"cargo where all passed": {
			"test a::b ... ok\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured\n", "cargo test", nil,
		},
		"the list of RSpec alone": {
			"2 examples, 1 failure\n\nFailed examples:\n\nrspec ./spec/a_spec.rb:3 # A adds\n",
			"RSpec",
			[]FailedTest{{Name: "A adds", File: "./spec/a_spec.rb", Line: 3}},
		},
		"RSpec where all passed": {"2 examples, 0 failures\n", "RSpec", nil},
		"mocha where all passed": {"  2 passing (3ms)\n  1 pending\n", "mocha", nil},
		"mocha in nested groups": {
			"  1 passing\n  1 failing\n\n  1) queue\n       when full\n         drops:\n     Error: no\n      at Context.<anonymous> (test/q.js:3:9)\n",
			"mocha",
			[]FailedTest{{Name: "queue when full drops", File: "test/q.js", Line: 3, Error: "Error: no"}},
		},
		"prose that speaks of tests": {"test the waters ... maybe\nrspec is not installed\n3 failing builds\n", "", nil},
	} {
		found, err := ParseFailures([]byte(test.log))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, found.Failed); diff != "" || found.Format != test.format {
			t.Errorf("%s: %q %s", name, found.Format, diff)
		}
	}
}

func FuzzCargo(f *testing.F) { fuzzFormat(f, func() lineFormat { return newCargo() }) }

func FuzzMocha(f *testing.F) { fuzzFormat(f, func() lineFormat { return newMocha() }) }

func FuzzRSpec(f *testing.F) { fuzzFormat(f, func() lineFormat { return newRSpec() }) }
