package signal

import "testing"

func TestOtherBytesUnderAnOldVersion(t *testing.T) {
	t.Parallel()
	checkLines(t, supplyChain(), otherBytesCases(), otherBytesAlike())
}

func otherBytesCases() []lineCase {
	return []lineCase{
		{"a checksum of npm", "package-lock.json", "       \"version\": \"1.3.0\",\n       \"resolved\": \"https://npmjs.org/left-pad/-/left-pad-1.3.0.tgz\",\n-      \"integrity\": \"sha512-aaa\",\n+      \"integrity\": \"sha512-bbb\","},
		{"a checksum of yarn", "yarn.lock", " ms@^2.1.3:\n   version \"2.1.3\"\n   resolved \"https://yarnpkg.com/ms/-/ms-2.1.3.tgz#aa\"\n-  integrity sha512-aaa\n+  integrity sha512-bbb"},
		{"a checksum of pnpm", "pnpm-lock.yaml", "   ms@2.1.3:\n-    resolution: {integrity: sha512-aaa==}\n+    resolution: {integrity: sha512-bbb==}"},
		{"another package under an old version", "package-lock.json", "       \"version\": \"1.3.0\",\n-      \"resolved\": \"https://npmjs.org/left-pad/-/left-pad-1.3.0.tgz\",\n+      \"resolved\": \"https://npmjs.org/evil/-/evil-1.3.0.tgz\","},
		{"a checksum of Cargo", "Cargo.lock", " name = \"serde\"\n version = \"1.0.1\"\n source = \"registry+https://github.com/rust-lang/crates.io-index\"\n-checksum = \"aa\"\n+checksum = \"bb\""},
		{"a checksum of Poetry", "poetry.lock", " files = [\n-    {file = \"a-1.0-py3-none-any.whl\", hash = \"sha256:aa\"},\n+    {file = \"a-1.0-py3-none-any.whl\", hash = \"sha256:bb\"},"},
		{"a checksum of pip", "requirements.txt", " requests==2.32.0 \\\n-    --hash=sha256:aa\n+    --hash=sha256:bb"},
		{"a commit of Composer", "composer.lock", "             \"version\": \"1.0.0\",\n             \"source\": {\n-                \"reference\": \"aaaa\"\n+                \"reference\": \"bbbb\""},
		{"a checksum of Bundler", "Gemfile.lock", "-    rails (7.0.1) sha256=aa\n+    rails (7.0.1) sha256=bb"},
		{"a checksum of Go", "go.sum", "-github.com/pkg/errors v0.9.1 h1:FEBL=\n+github.com/pkg/errors v0.9.1 h1:AAAA="},
		{"scripts run again with npm ci", "Dockerfile", "-RUN npm ci --ignore-scripts\n+RUN npm ci"},
		{"scripts are not ignored", ".npmrc", "-ignore-scripts=true\n+ignore-scripts=false"},
		{"the setting goes", ".npmrc", "-ignore-scripts=true"},
		{"scripts run again in a script", "package.json", "-    \"setup\": \"npm ci --ignore-scripts\",\n+    \"setup\": \"npm ci\","},
		{"scripts run again in a pipeline", ".github/workflows/ci.yml", "-      - run: npm ci --ignore-scripts\n+      - run: npm ci"},
		{"scripts of yarn", ".yarnrc.yml", "-enableScripts: false\n+enableScripts: true"},
		{"a package whose scripts may run", "package.json", "     \"onlyBuiltDependencies\": [\n+      \"left-pad\","},
	}
}

func otherBytesAlike() []lineCase {
	return []lineCase{
		{"a bump of npm", "package-lock.json", "     \"node_modules/a\": {\n-      \"version\": \"1.0.0\",\n-      \"resolved\": \"https://npmjs.org/a/-/a-1.0.0.tgz\",\n-      \"integrity\": \"sha512-aaa\",\n+      \"version\": \"1.0.1\",\n+      \"resolved\": \"https://npmjs.org/a/-/a-1.0.1.tgz\",\n+      \"integrity\": \"sha512-bbb\","},
		{"a bump of Cargo", "Cargo.lock", " name = \"serde\"\n-version = \"1.0.1\"\n+version = \"1.0.2\"\n source = \"registry+https://github.com/rust-lang/crates.io-index\"\n-checksum = \"aa\"\n+checksum = \"bb\""},
		{"a bump of Poetry", "poetry.lock", " files = [\n-    {file = \"a-1.0-py3-none-any.whl\", hash = \"sha256:aa\"},\n+    {file = \"a-1.1-py3-none-any.whl\", hash = \"sha256:bb\"},"},
		{"a bump of uv", "uv.lock", " name = \"a\"\n-version = \"1.0.0\"\n+version = \"1.1.0\"\n source = { registry = \"https://pypi.org/simple\" }\n-sdist = { url = \"https://files.pythonhosted.org/packages/aa/bb/a-1.0.0.tar.gz\", hash = \"sha256:aaa\", size = 1 }\n+sdist = { url = \"https://files.pythonhosted.org/packages/cc/dd/a-1.1.0.tar.gz\", hash = \"sha256:bbb\", size = 2 }"},
		{"a bump of Composer", "composer.lock", "             \"name\": \"a/b\",\n-            \"version\": \"1.0.0\",\n+            \"version\": \"1.0.1\",\n             \"source\": {\n                 \"type\": \"git\",\n                 \"url\": \"https://github.com/a/b.git\",\n-                \"reference\": \"aaaa\"\n+                \"reference\": \"bbbb\"\n             },\n             \"dist\": {\n                 \"type\": \"zip\",\n-                \"url\": \"https://api.github.com/repos/a/b/zipball/aaaa\",\n-                \"reference\": \"aaaa\",\n+                \"url\": \"https://api.github.com/repos/a/b/zipball/bbbb\",\n+                \"reference\": \"bbbb\",\n                 \"shasum\": \"\""},
		{"another package with the same version", "package-lock.json", "-    \"node_modules/a\": {\n+    \"node_modules/b\": {\n       \"version\": \"1.0.0\",\n-      \"resolved\": \"https://npmjs.org/a/-/a-1.0.0.tgz\",\n-      \"integrity\": \"sha512-aaa\",\n+      \"resolved\": \"https://npmjs.org/b/-/b-1.0.0.tgz\",\n+      \"integrity\": \"sha512-bbb\","},
		{"a stronger checksum", "package-lock.json", "       \"version\": \"1.3.0\",\n       \"resolved\": \"https://npmjs.org/left-pad/-/left-pad-1.3.0.tgz\",\n-      \"integrity\": \"sha1-aaa\",\n+      \"integrity\": \"sha512-bbb\","},
		{"one more checksum of pip", "requirements.txt", " requests==2.32.0 \\\n     --hash=sha256:aa \\\n+    --hash=sha256:bb"},
		{"a bump of pip", "requirements.txt", "-requests==2.32.0 \\\n-    --hash=sha256:aa\n+requests==2.32.1 \\\n+    --hash=sha256:bb"},
		{"a bump of yarn", "yarn.lock", "-ms@^2.1.3:\n-  version \"2.1.3\"\n-  resolved \"https://yarnpkg.com/ms/-/ms-2.1.3.tgz#aa\"\n-  integrity sha512-aaa\n+ms@^2.1.4:\n+  version \"2.1.4\"\n+  resolved \"https://yarnpkg.com/ms/-/ms-2.1.4.tgz#bb\"\n+  integrity sha512-bbb"},
		{"a bump of pnpm", "pnpm-lock.yaml", "-  ms@2.1.3:\n-    resolution: {integrity: sha512-aaa==}\n+  ms@2.1.4:\n+    resolution: {integrity: sha512-bbb==}"},
		{"scripts are ignored now", "Dockerfile", "-RUN yarn install --frozen-lockfile\n+RUN yarn install --frozen-lockfile --ignore-scripts"},
		{"what is asked for by Poetry", "poetry.lock", " lock-version = \"2.0\"\n-content-hash = \"aa\"\n+content-hash = \"bb\""},
		{"a branch of Composer", "composer.lock", "             \"version\": \"dev-main\",\n             \"source\": {\n-                \"reference\": \"aaaa\"\n+                \"reference\": \"bbbb\""},
	}
}
