package signal

import "testing"

func TestTestsThatAreCutShort(t *testing.T) {
	t.Parallel()
	checkLines(t, weakenedTest(), cutShort(), likeCutShort())
}

func cutShort() []lineCase {
	return []lineCase{
		{"a refusal became nothing", "tests/test_a.py", " def test_refuses():\n-    with pytest.raises(Denied):\n+    if True:\n         pay(order)"},
		{"a refusal is suppressed", "tests/test_a.py", " def test_refuses():\n-    with pytest.raises(Denied):\n+    with contextlib.suppress(Denied):\n         pay(order)"},
		{"a refusal goes and its call stays", "tests/test_a.py", " def test_refuses():\n-    with pytest.raises(Denied):\n-        pay(order)\n+    pay(order)"},
		{"a test in Python returns at once", "tests/test_a.py", " def test_total():\n+    return\n     assert total(cart) == 100"},
		{"a test in Go returns at once", "a_test.go", " func TestTotal(t *testing.T) {\n+\treturn\n \tif total(cart) != 100 {"},
		{"a test in TypeScript returns at once", "a.spec.ts", "   it('adds up', () => {\n+    return;\n     expect(total).toBe(100);"},
		{"a file of tests that is never built", "a_test.go", "+//go:build never\n+\n package a"},
		{"a file of tests that is ignored", "a_test.go", "+//go:build ignore\n package a"},
		{"a test in Go with a small letter", "a_test.go", "-func TestTotal(t *testing.T) {\n+func testTotal(t *testing.T) {\n \tif total() != 3 {"},
		{"a test in Go behind another prefix", "a_test.go", "-func TestTotal(t *testing.T) {\n+func XTestTotal(t *testing.T) {\n \tif total() != 3 {"},
		{"a test in Python without its prefix", "tests/test_a.py", "-def test_total():\n+def total():\n     assert total(cart) == 100"},
		{"a method behind another prefix", "tests/test_a.py", "-    def test_total(self):\n+    def xtest_total(self):\n         assert total(cart) == 100"},
		{"a class of tests without its prefix", "tests/test_a.py", "-class TestTotal:\n+class Total:\n     def test_a(self):"},
	}
}

func likeCutShort() []lineCase {
	return []lineCase{
		{"a refusal that is stricter", "tests/test_a.py", " def test_refuses():\n-    with pytest.raises(Denied):\n+    with pytest.raises(Denied, match=\"no\"):\n         pay(order)"},
		{"a helper returns at once", "a_test.go", " func newCart() *Cart {\n+\treturn nil\n }"},
		{"a test returns on one system", "a_test.go", " func TestTotal(t *testing.T) {\n \tif runtime.GOOS == \"plan9\" {\n+\t\treturn\n \t}"},
		{"a file for one system", "a_test.go", "+//go:build linux\n package a"},
		{"another name of a test in Go", "a_test.go", "-func TestTotal(t *testing.T) {\n+func TestSum(t *testing.T) {\n \tif total() != 3 {"},
		{"another name of a helper", "a_test.go", "-func testTotal(t *testing.T) {\n+func testSum(t *testing.T) {\n \tt.Helper()"},
		{"another name of a class of tests", "tests/test_a.py", "-class TestTotal:\n+class TestSum:\n     def test_a(self):"},
		{"a new test for another build", "b_test.go", "+//go:build ignore\n+\n+package b"},
		{"a test that returns at its end", "a_test.go", " \tcheck(t, total)\n+\treturn\n }"},
		{"a test that asks for a refusal now", "tests/test_a.py", "-    if True:\n+    with pytest.raises(Denied):\n         pay(order)"},
	}
}
