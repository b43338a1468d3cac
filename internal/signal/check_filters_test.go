package signal

import "testing"

func TestAPipelineThatStartsOnLess(t *testing.T) {
	t.Parallel()
	checkLines(t, checkDisabled(), startsOnLess(), startsAlike())
}

func startsOnLess() []lineCase {
	return []lineCase{
		{"another branch", ".github/workflows/ci.yml", "   pull_request:\n-    branches: [main]\n+    branches: [never]"},
		{"another branch as an item", ".github/workflows/ci.yml", "   pull_request:\n     branches:\n-      - main\n+      - nothing"},
		{"fewer branches", ".github/workflows/ci.yml", "   pull_request:\n-    branches: [main, release]\n+    branches: [release]"},
		{"a filter of branches where none was", ".github/workflows/ci.yml", "   pull_request:\n+    branches: [develop]"},
		{"a filter of paths where none was", ".github/workflows/ci.yml", "   pull_request:\n+    paths: ['docs/**']"},
		{"fewer paths", ".github/workflows/ci.yml", "   pull_request:\n-    paths: ['src/**', 'lib/**']\n+    paths: ['lib/**']"},
		{"a path goes from the list", ".github/workflows/ci.yml", "   pull_request:\n     paths:\n-      - 'src/**'\n       - 'lib/**'"},
		{"sources are ignored", ".github/workflows/ci.yml", "   pull_request:\n-    paths-ignore: ['docs/**']\n+    paths-ignore: ['docs/**', 'src/**']"},
		{"sources are ignored by an item", ".github/workflows/ci.yml", "   pull_request:\n     paths-ignore:\n       - 'docs/**'\n+      - 'src/**'"},
		{"the branch is ignored", ".github/workflows/ci.yml", "   pull_request:\n+    branches-ignore: [main]"},
		{"requests start it when they are closed", ".github/workflows/ci.yml", "   pull_request:\n+    types: [closed]"},
		{"new commits start nothing", ".github/workflows/ci.yml", "   pull_request:\n-    types: [opened, synchronize, reopened]\n+    types: [opened]"},
		{"another branch in another system", ".gitlab-ci.yml", " test:\n   only:\n-    - main\n+    - never"},
	}
}

func startsAlike() []lineCase {
	return []lineCase{
		{"one branch more", ".github/workflows/ci.yml", "   pull_request:\n-    branches: [main]\n+    branches: [main, release]"},
		{"one branch more as an item", ".github/workflows/ci.yml", "   pull_request:\n     branches:\n       - main\n+      - next"},
		{"the branch of the next release", ".github/workflows/ci.yml", "   push:\n-    branches: [main, release-1.2]\n+    branches: [main, release-1.3]"},
		{"documents are ignored", ".github/workflows/ci.yml", "   pull_request:\n     paths-ignore:\n       - 'docs/**'\n+      - '**.md'"},
		{"another pattern of tags", ".github/workflows/ci.yml", "   push:\n-    tags: ['v*']\n+    tags: ['v*.*.*']"},
		{"fewer branches of a push", ".github/workflows/ci.yml", "   push:\n-    branches: [main, next]\n+    branches: [main]"},
		{"a folder in place of its files", ".github/workflows/ci.yml", "   pull_request:\n     paths:\n-      - src/a.go\n-      - src/b.go\n+      - src/**"},
		{"documents that a push leaves out", ".github/workflows/ci.yml", "   push:\n     branches: [main]\n+    paths-ignore:\n+      - .github/workflows/a.yml"},
		{"a filter of a new trigger", ".github/workflows/ci.yml", " on:\n+  push:\n+    branches: [main]"},
		{"branches outside of a pipeline", "config/app.yml", "-branches: [main, next]\n+branches: [main]"},
		{"every branch", ".github/workflows/ci.yml", "   pull_request:\n-    branches: [main]\n+    branches: ['**']"},
	}
}
