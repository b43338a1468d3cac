package task

import (
	stdcmp "cmp"
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
		"cargo, one thread, where a signal ended a test": {
			"running 3 tests\ntest t::adds ... ok\ntest t::leaks ... error: test failed, to rerun pass `--lib`\n\nCaused by:\n  process didn't exit successfully: `/w/target/debug/deps/shop-5a6b --test-threads=1` (signal: 11, SIGSEGV: invalid memory reference)\n",
			"cargo test",
			[]FailedTest{{Name: "t::leaks", Error: "process didn't exit successfully: `/w/target/debug/deps/shop-5a6b --test-threads=1` (signal: 11, SIGSEGV: invalid memory reference)"}},
		},
		"cargo where a test overflowed its stack": {
			"running 2 tests\ntest t::adds ... ok\n\nthread 't::deep' has overflowed its stack\nfatal runtime error: stack overflow\nerror: test failed, to rerun pass `--lib`\n\nCaused by:\n  process didn't exit successfully: `/w/target/debug/deps/shop-5a6b` (signal: 6, SIGABRT: process abort signal)\n",
			"cargo test",
			[]FailedTest{{Name: "t::deep", Error: "thread 't::deep' has overflowed its stack"}},
		},
		"cargo where a test panicked twice": {
			"running 2 tests\nthread 't::drops' (12) panicked at src/a.rs:7:5:\nno\nthread 't::drops' (12) panicked at src/a.rs:9:5:\nnot again\nthread 't::drops' panicked while processing panic. aborting.\nerror: test failed, to rerun pass `--lib`\n\nCaused by:\n  process didn't exit successfully: `/w/target/debug/deps/shop-5a6b` (signal: 6, SIGABRT: process abort signal)\n",
			"cargo test",
			[]FailedTest{{Name: "t::drops", Error: "process didn't exit successfully: `/w/target/debug/deps/shop-5a6b` (signal: 6, SIGABRT: process abort signal)"}},
		},
		"cargo where nobody knows which test it was": {
			"running 962 tests\nerror: test failed, to rerun pass '-p shop'\n\nCaused by:\n  process didn't exit successfully: `C:\\w\\target\\debug\\deps\\shop-5a6b.exe` (exit code: 0xc0000005, STATUS_ACCESS_VIOLATION)\n",
			"cargo test",
			[]FailedTest{{Name: "shop-5a6b.exe", Error: "process didn't exit successfully: `C:\\w\\target\\debug\\deps\\shop-5a6b.exe` (exit code: 0xc0000005, STATUS_ACCESS_VIOLATION)"}},
		},
		"cargo where a second binary crashed": {
			"running 1 test\ntest a ... FAILED\n\nfailures:\n\n---- a stdout ----\nthread 'a' panicked at src/a.rs:7:5:\nno\n\nfailures:\n    a\n\ntest result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured\n\nrunning 1 test\nerror: test failed\n  process didn't exit successfully: `/w/deps/b-1` (signal: 9, SIGKILL: kill)\n",
			"cargo test",
			[]FailedTest{{Name: "a", File: "src/a.rs", Line: 7, Error: "no"}, {Name: "b-1", Error: "process didn't exit successfully: `/w/deps/b-1` (signal: 9, SIGKILL: kill)"}},
		},
		"cargo where tests failed as tests do": {
			"running 1 test\ntest a ... ok\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured\nerror: test failed\n  process didn't exit successfully: `/w/deps/b-1` (exit status: 101)\n", "cargo test", nil,
		},
		"a compiler that was killed": {"error: could not compile `shop`\n  process didn't exit successfully: `rustc --crate-name shop --out-dir /w/deps/x` (signal: 9, SIGKILL: kill)\n", "", nil},
		"pytest that crashed in a hook": {
			"===== test session starts =====\nINTERNALERROR> Traceback (most recent call last):\nINTERNALERROR>   File \"/usr/lib/python3.12/site-packages/_pytest/main.py\", line 283, in wrap_session\nINTERNALERROR>     session.exitstatus = doit(config, session) or 0\nINTERNALERROR>                          ^^^^^\nINTERNALERROR>   File \"/w/shop/conftest.py\", line 12, in pytest_collection_modifyitems\nINTERNALERROR>     items.sort(key=lambda i: i.order)\nINTERNALERROR>   File \"/usr/lib/python3.12/site-packages/pluggy/_callers.py\", line 9, in _multicall\nINTERNALERROR>     return 1\nINTERNALERROR> AttributeError: 'Function' object has no attribute 'order'\n\n===== no tests ran in 0.02s =====\n",
			"pytest",
			[]FailedTest{{Name: "INTERNALERROR", File: "/w/shop/conftest.py", Line: 12, Error: "AttributeError: 'Function' object has no attribute 'order'"}},
		},
		"pytest whose worker crashed": {
			"INTERNALERROR> def worker_internal_error(self, node, formatted_error):\nINTERNALERROR>     self._active_nodes.remove(node)\nINTERNALERROR> >       assert False, formatted_error\nINTERNALERROR> E       AssertionError: Traceback (most recent call last):\nINTERNALERROR> E           File \"/w/conftest.py\", line 3, in hook\n",
			"pytest",
			[]FailedTest{{Name: "INTERNALERROR", File: "/w/conftest.py", Line: 3, Error: "AssertionError: Traceback (most recent call last):"}},
		},
		"pytest that crashed after a test failed": {
			"===== FAILURES =====\n_____ test_a _____\nE   assert 1 == 2\n\na_test.py:3: AssertionError\n===== short test summary info =====\nFAILED a_test.py::test_a - assert 1 == 2\nINTERNALERROR> OSError: disk is full\n===== 1 failed in 0.02s =====\n",
			"pytest",
			[]FailedTest{{Name: "a_test.py::test_a", File: "a_test.py", Line: 3, Error: "assert 1 == 2"}, {Name: "INTERNALERROR", Error: "OSError: disk is full"}},
		},
		"prose that speaks of internal errors": {"INTERNALERROR is what pytest writes\nprocess didn't exit successfully\n", "", nil},
		"prose that speaks of tests":           {"test the waters ... maybe\nrspec is not installed\n3 failing builds\n", "", nil},
	} {
		found, err := ParseFailures([]byte(test.log))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, found.Failed); diff != "" || found.Format != test.format {
			t.Errorf("%s: %q %s", name, found.Format, diff)
		}
		answer := answerOf(found)
		for i := range answer.Failures {
			answer.Failures[i].FirstError = stdcmp.Or(answer.Failures[i].FirstError, "A adds")
		}
		if _, problems := verifyFailures(Input{Log: []byte(test.log)}, toJSON(t, answer)); len(problems) > 0 {
			t.Errorf("%s: the verifier refuses what the rules read: %v", name, problems)
		}
	}
}

func FuzzCargo(f *testing.F) { fuzzFormat(f, func() lineFormat { return newCargo() }) }

func FuzzMocha(f *testing.F) { fuzzFormat(f, func() lineFormat { return newMocha() }) }

func FuzzRSpec(f *testing.F) { fuzzFormat(f, func() lineFormat { return newRSpec() }) }
