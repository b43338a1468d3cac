package signal

import "github.com/tierwise/tierwise/internal/task"

func testSignal() Signal {
	return Signal{
		ID:      string(Test),
		Summary: "a file is a test, a fixture or a snapshot",
		Why:     "a test that is wrong fails or proves nothing; it does not run in production",
		Example: "list_test.go, src/test/java/ListTest.java, spec/list_spec.rb",
		Fix:     "keep code that ships out of folders named like tests",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Tests},
		Fire:    func(in Input) []Hit { return append(classFire(Test)(in), inlineTests(in)...) },
	}
}
