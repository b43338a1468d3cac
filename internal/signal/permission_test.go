package signal

import "testing"

func TestPermission(t *testing.T) {
	t.Parallel()
	checkLines(t, permissionSignal(), []lineCase{
		{"rights of a workflow that go", ".github/workflows/a.yml", "-permissions:\n-  contents: read"},
		{"a right to write", ".github/workflows/a.yml", "+  packages: write"},
		{"a trigger after another workflow", ".github/workflows/a.yml", "+  workflow_run:"},
		{"credentials that stay", ".github/workflows/a.yml", "-          persist-credentials: false"},
		{"a role of a cloud", "iam/a.tf", "+resource \"aws_iam_role\" \"reader\" {"},
		{"who may take a role", "iam/a.json", "+      \"Action\": \"sts:AssumeRole\","},
		{"a group of a network", "net/a.tf", "+resource \"aws_security_group\" \"web\" {"},
		{"a role of a cluster", "k8s/a.yaml", "+kind: ClusterRole"},
		{"a user of an image", "Dockerfile", "-USER app\n+USER api"},
		{"a right of an app", "ios/Info.plist", "+	<key>NSCameraUsageDescription</key>"},
		{"an origin", "api/a.ts", "+app.use(cors({ origin: site }))"},
		{"a right of a database", "db/a.sql", "+GRANT SELECT ON notes TO app;"},
		{"an owner of files", ".github/CODEOWNERS", "+/search/ @shop/search"},
		{"a server of an agent", ".mcp.json", "+  \"mcpServers\": {"},
		{"scopes of a token", "auth/a.py", "+scopes = [\"repo\", \"user\"]"},
	}, []lineCase{
		{"permissions of another file", "src/a.yml", "+permissions:"},
		{"rights that are written down and only read", ".github/workflows/a.yml", "+permissions:\n+  contents: read"},
		{"a right that became narrower", ".github/workflows/a.yml", "-  contents: write\n+  contents: read"},
		{"a trigger that goes", ".github/workflows/a.yml", "-  pull_request_target:"},
		{"credentials that no longer stay", ".github/workflows/a.yml", "+          persist-credentials: false"},
		{"a class of a framework", "src/main/java/A.java", "+        SecurityContext context = holder.get();"},
		{"a script that may run", "install.sh", "+./run.sh"},
		{"a variable of a shell", "tools/a.sh", "+ACTION=list"},
		{"documentation", "docs/a.md", "+permissions: write-all"},
		{"a scope of a block", "src/a.js", "+  const scope = make()"},
		{"a comment that changes", "k8s/a.yaml", "+# kind: ClusterRole"},
	})
}
