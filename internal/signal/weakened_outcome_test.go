package signal

import "testing"

func TestOutcomesThatSayLess(t *testing.T) {
	t.Parallel()
	checkLines(t, weakenedTest(), []lineCase{
		{"a refusal that became a success", "tests/test_api.py", "-    assert answer.status_code == 403\n+    assert answer.status_code == 200"},
		{"a refusal in words", "spec/orders_spec.rb", "-    expect(response).to have_http_status(:forbidden)\n+    expect(response).to have_http_status(:ok)"},
		{"a value beside itself", "src/cart.test.ts", "-  expect(total).toBe(3)\n+  expect(total).toBe(total)"},
		{"a value beside itself in Python", "tests/test_cart.py", "+    assert total == total"},
		{"a value beside itself in Java", "src/test/java/CartTest.java", "+        assertEquals(total, total);"},
	}, []lineCase{
		{"another refusal", "tests/test_api.py", "-    assert answer.status_code == 401\n+    assert answer.status_code == 403"},
		{"a value beside another", "src/cart.test.ts", "+  expect(total).toBe(sum)"},
		{"a success that stays one", "tests/test_api.py", "-    assert answer.status_code == 201\n+    assert answer.status_code == 200"},
	})
}

func TestATestThatNoRunnerFinds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, from, to string
		want           bool
	}{
		{"Python", "tests/test_access.py", "tests/access_checks.py", true},
		{"Go", "access_test.go", "access_checks.go", true},
		{"Java", "src/test/java/AccessTest.java", "src/test/java/AccessChecks.java", true},
		{"a test that is found by its new name", "a.test.ts", "a.spec.ts", false},
		{"a test in another folder", "tests/test_access.py", "tests/unit/test_access.py", false},
		{"no test", "a.go", "b.go", false},
	} {
		if got := fires(weakenedTest(), of(renamed(tt.from, tt.to))); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
