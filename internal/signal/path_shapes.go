package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// pathShapes are the shapes that paths, line counts and plain words show. None
// fits a change that is known to be cut short.
func pathShapes() []fileShape {
	whole := func(fits func(Input, int) bool) func(Input, int) bool {
		return func(in Input, i int) bool { return in.HasChange && in.Change.Complete() && fits(in, i) }
	}
	return []fileShape{
		{ExampleSettings, whole(exampleSettings)},
		{PureTests, whole(pureTest)},
		{RenameOnly, whole(renamedOnly)},
		{Scaffolding, whole(scaffolded)},
	}
}

// renamedOnly says that a file has another path and nothing else. It stays of
// one class and one extension: text that becomes code is new code, though no
// line of it is shown.
func renamedOnly(in Input, i int) bool {
	f := in.Change.Files[i]
	if f.Status != change.Renamed || f.OldPath == "" || f.OldPath == f.Path || f.Withheld || f.OldMode != f.NewMode || hasLines(f) {
		return false
	}
	now, before := splitPath(f.Path), splitPath(f.OldPath)
	return now.ext == before.ext && len(in.classesOf(i)) == 1 && !steers(in.classesOf(i)[0]) && !runByPlace(now) && !runByPlace(before)
}

// steers says that a class holds what machines obey or cannot take back.
func steers(c Class) bool {
	return slices.Contains([]Class{PolicyFile, Workflow, Owners, AgentInstructions, Migration, Infrastructure, Deployment}, c)
}

// runByPlace tells folders and names that make a program run a file.
func runByPlace(p place) bool {
	return p.under(".husky", ".githooks", "githooks", "git-hooks", "hooks", ".hooks", "lefthook", ".lefthook", "cron.d", "cron.daily", "cron.hourly",
		"init.d", "rc.d", "conf.d",
		"profile.d", "initializers", "docker-entrypoint-initdb.d", "autostart", "launchd", "systemd", "plugins", ".yarn") ||
		p.named("pre-commit", "pre-push", "post-merge", "post-checkout", "post-commit", "commit-msg", "prepare-commit-msg", "postinst", "preinst",
			"sitecustomize.py",
			"conftest.py", "__init__.py", "setup.py", "build.rs", ".gitattributes")
}

// exampleSettings says that a file shows settings and sets none. Whatever a
// signal finds in it still counts by itself.
func exampleSettings(in Input, i int) bool {
	f := in.Change.Files[i]
	if f.Withheld || steers(in.classesOf(i)[0]) {
		return false
	}
	return !slices.ContainsFunc(f.Paths(), func(path string) bool { return !exampleName(splitPath(path)) })
}

// exampleName tells .env.example, config.sample.yml and phpcs.xml.dist.
func exampleName(p place) bool {
	words := []string{".example", ".sample", ".dist", ".template"}
	if p.begins(".env") {
		return slices.Contains(words, p.ext) || slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(p.name, ".env"+w) })
	}
	if p.hasExt(".example", ".sample", ".dist") {
		return !splitPath(p.stem).source()
	}
	_, inner := splitExt(p.stem)
	return slices.Contains([]string{".example", ".sample"}, inner) && p.hasExt(".yml", ".yaml", ".toml", ".ini", ".cfg", ".conf", ".properties", ".json", ".env")
}
