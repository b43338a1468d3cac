package signal

import "testing"

func TestSettingsOfChecksThatLeaveOutMore(t *testing.T) {
	t.Parallel()
	checkLines(t, checkDisabled(), leftOutMore(), leftOutAlike())
}

func leftOutMore() []lineCase {
	return []lineCase{
		{"a rule of ruff", "ruff.toml", "-ignore = [\"E501\"]\n+ignore = [\"E501\", \"S608\"]"},
		{"a family of rules in pyproject.toml", "pyproject.toml", "-ignore = [\"E501\"]\n+ignore = [\"E501\", \"S\"]"},
		{"a rule on a line of its own", "ruff.toml", " ignore = [\n   \"E501\",\n+  \"S608\",\n ]"},
		{"a family for some files", "ruff.toml", " [lint.per-file-ignores]\n+\"app/*\" = [\"S\"]"},
		{"every rule for some files", "pyproject.toml", " [tool.ruff.lint.per-file-ignores]\n+\"app/**\" = [\"ALL\"]"},
		{"fewer rules are selected", "ruff.toml", "-select = [\"E\", \"F\", \"S\"]\n+select = [\"E\", \"F\"]"},
		{"a message of pylint", "pylintrc", "-disable=C0114\n+disable=C0114,W0123"},
		{"every message of pylint", ".pylintrc", "-disable=missing-docstring\n+disable=all"},
		{"a rule in setup.cfg", "setup.cfg", "-ignore = E501\n+ignore = E501,S608"},
		{"a family of rules in .flake8", ".flake8", "-extend-ignore = E203\n+extend-ignore = E203,S"},
		{"fewer places of tests", "pytest.ini", "-testpaths = tests integration\n+testpaths = tests"},
		{"tests with a mark", "pytest.ini", "-addopts = -q\n+addopts = -q -m \"not slow\""},
		{"tests by another name", "pytest.ini", "-python_files = test_*.py\n+python_files = nothing_*.py"},
		{"a rule of ESLint", "eslint.config.js", "-      'no-unused-vars': 'error',\n+      'no-unused-vars': 'off',"},
		{"a rule about promises that was not named", ".eslintrc.json", "+    \"@typescript-eslint/no-floating-promises\": \"off\","},
		{"a rule without a prefix", ".eslintrc.json", "-    \"eqeqeq\": \"error\",\n+    \"eqeqeq\": \"off\","},
		{"a rule that only warns", ".eslintrc.json", "-    \"no-eval\": \"error\",\n+    \"no-eval\": \"warn\","},
		{"a folder of sources for ESLint", "eslint.config.js", "-  ignores: ['dist/**'],\n+  ignores: ['dist/**', 'src/**'],"},
		{"a folder of sources in .eslintignore", ".eslintignore", "+src/"},
		{"a folder for golangci-lint", ".golangci.yml", "   exclusions:\n     paths:\n+      - internal/auth"},
		{"all errors of mypy", "mypy.ini", "-ignore_errors = False\n+ignore_errors = True"},
		{"a folder of tests for Jest", "jest.config.js", "-  testPathIgnorePatterns: ['/dist/'],\n+  testPathIgnorePatterns: ['/dist/', '/auth/'],"},
		{"a folder of tests for Vitest", "vitest.config.ts", "-    exclude: ['dist'],\n+    exclude: ['dist', 'src/auth/**'],"},
		{"a folder for coverage", ".coveragerc", "-omit = tests/*\n+omit = tests/*, app/auth/*"},
		{"a folder for the compiler", "tsconfig.json", "-  \"exclude\": [\"dist\"]\n+  \"exclude\": [\"dist\", \"src/auth\"]"},
	}
}

func leftOutAlike() []lineCase {
	return []lineCase{
		{"a rule about style", "ruff.toml", "-ignore = [\"E501\"]\n+ignore = [\"E501\", \"D203\"]"},
		{"fewer rules are ignored", "ruff.toml", "-ignore = [\"E501\", \"S608\"]\n+ignore = [\"E501\"]"},
		{"assertions in tests", "ruff.toml", " [lint.per-file-ignores]\n+\"tests/*\" = [\"S101\"]"},
		{"more rules are selected", "ruff.toml", "-select = [\"E\", \"F\"]\n+select = [\"E\", \"F\", \"S\"]"},
		{"a folder of what is built", ".eslintignore", "+dist/"},
		{"a rule about quotes", ".eslintrc.json", "   \"rules\": {\n+    \"quotes\": \"off\","},
		{"a rule that is on again", ".eslintrc.json", "-    \"eqeqeq\": \"off\",\n+    \"eqeqeq\": \"error\","},
		{"what is built for the compiler", "tsconfig.json", "-  \"exclude\": [\"node_modules\"]\n+  \"exclude\": [\"node_modules\", \"dist\"]"},
		{"a dependency in the same file", "pyproject.toml", " dependencies = [\n   \"httpx\",\n+  \"rich>=13\",\n ]"},
		{"more places of tests", "pytest.ini", "-testpaths = tests\n+testpaths = tests integration"},
	}
}
