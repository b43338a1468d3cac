package signal

import "testing"

func TestNewDependency(t *testing.T) {
	t.Parallel()
	checkLines(t, newDependency(), []lineCase{
		{"Go", "go.mod", "+	example.com/clock v1.0.0"},
		{"npm", "package.json", "+    \"@shop/clock\": \"workspace:*\","},
		{"Composer", "composer.json", "+        \"shop/clock\": \"^1.0\","},
		{"Cargo", "Cargo.toml", "+clock = { version = \"1\", features = [\"std\"] }"},
		{"a project of Python", "pyproject.toml", "+  \"clock>=1.0\","},
		{"requirements", "requirements.txt", "+clock==1.0"},
		{"Maven", "pom.xml", "+      <artifactId>clock</artifactId>"},
		{"Gradle", "app/build.gradle.kts", "+    implementation(\"shop.clock:clock:1.0\")"},
		{"Ruby", "Gemfile", "+gem \"clock\""},
		{".NET", "src/Shop.csproj", "+    <PackageReference Include=\"Clock\" Version=\"1.0\" />"},
		{"Elixir", "mix.exs", "+      {:clock, \"~> 1.0\"},"},
		{"Dart", "pubspec.yaml", "+  clock: ^1.0.0"},
		{"Swift", "Package.swift", "+    .package(url: \"https://shop.example/clock\", from: \"1.0.0\"),"},
		{"CocoaPods", "Podfile", "+  pod 'Clock', '~> 1.0'"},
		{"Scala", "build.sbt", "+  \"shop\" %% \"clock\" % \"1.0\","},
		{"one in place of another", "package.json", "-    \"a\": \"^1.0.0\",\n+    \"b\": \"^1.0.0\","},
	}, []lineCase{
		{"a bump in Go", "go.mod", "-	example.com/clock v1.0.0\n+	example.com/clock v1.1.0"},
		{"an indirect module", "go.mod", "+	example.com/clock v1.0.0 // indirect"},
		{"a version of the package", "package.json", "-  \"version\": \"1.0.0\",\n+  \"version\": \"1.1.0\","},
		{"an engine", "package.json", "+    \"node\": \">=22\","},
		{"a script", "package.json", "+    \"build\": \"tsc -b\","},
		{"a bump in Cargo", "Cargo.toml", "-clock = \"1.0\"\n+clock = \"1.1\""},
		{"a version of a crate", "Cargo.toml", "+rust-version = \"1.80\""},
		{"a bump in requirements", "requirements.txt", "-clock==1.0\n+clock==1.1"},
		{"a marker of tests", "pyproject.toml", "+  \"slow\","},
		{"a dependency that goes", "Gemfile", "-gem \"clock\""},
		{"a line of code", "src/a.rb", "+gem \"clock\""},
		{"a lock file", "yarn.lock", "+clock@^1.0.0:"},
	})
}
