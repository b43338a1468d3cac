package signal

import "testing"

func TestAStarAsAnItem(t *testing.T) {
	t.Parallel()
	checkLines(t, accessWidened(), starItems(), starsAlike())
}

func starItems() []lineCase {
	return []lineCase{
		{"every verb", "k8s/app.yaml", " rules:\n - apiGroups: [\"\"]\n   resources: [\"pods\"]\n   verbs:\n-  - get\n+  - '*'"},
		{"every verb beside others", "k8s/app.yaml", "   verbs:\n     - get\n+    - \"*\""},
		{"every kind", "k8s/app.yaml", "   resources:\n+  - '*'\n   verbs:\n   - get"},
		{"every group of kinds", "k8s/app.yaml", " - apiGroups:\n+  - '*'\n   resources:"},
		{"secrets of a cluster", "k8s/app.yaml", "   resources:\n   - pods\n+  - secrets"},
		{"a right to take more rights", "k8s/app.yaml", "   verbs:\n   - get\n+  - escalate"},
		{"every action in Terraform", "iam.tf", "     actions = [\n-      \"s3:GetObject\",\n+      \"*\",\n     ]"},
		{"every action of a service in Terraform", "iam.tf", "     actions = [\n       \"s3:GetObject\",\n+      \"s3:*\",\n     ]"},
		{"every resource in Terraform", "iam.tf", "     resources = [\n-      aws_s3_bucket.a.arn,\n+      \"*\",\n     ]"},
		{"every address in Terraform", "net.tf", "   cidr_blocks = [\n-    \"10.0.0.0/8\",\n+    \"0.0.0.0/0\",\n   ]"},
		{"every action in a template", "stack.yaml", "           Action:\n-            - s3:GetObject\n+            - '*'"},
		{"every action of a service in a template", "stack.yaml", "           Action:\n-            - s3:GetObject\n+            - s3:*"},
		{"everybody in a template", "stack.yaml", "           Principal:\n-            AWS: arn:aws:iam::1:root\n+            AWS: '*'"},
		{"every action in JSON", "policy.json", "       \"Action\": [\n-        \"s3:GetObject\"\n+        \"*\"\n       ]"},
		{"every origin", "config/app.yml", " cors:\n   allowed_origins:\n-    - https://shop.example\n+    - '*'"},
		{"every host", "settings.py", " ALLOWED_HOSTS = [\n+    '*',\n ]"},
	}
}

func starsAlike() []lineCase {
	return []lineCase{
		{"a schedule", "config/app.yml", " schedule:\n+  - '*/5'"},
		{"a pattern of paths", "config/app.yml", " paths:\n+  - '*'"},
		{"one verb more that only reads", "k8s/app.yaml", "   verbs:\n   - get\n+  - list"},
		{"a star in a list of names", "k8s/app.yaml", " names:\n+  - '*'"},
		{"every resource of a new statement", "iam.tf", "+    actions = [\"s3:ListBucket\"]\n+    resources = [\n+      \"*\",\n+    ]"},
		{"a user called secrets", "config/app.yml", " menus:\n+  - secrets"},
	}
}
