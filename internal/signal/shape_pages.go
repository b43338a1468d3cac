package signal

// ShapePage is what a person reads of a shape.
type ShapePage struct {
	Shape   Shape
	Summary string // one line
	Why     string // why a row may lower by it
	Example string // a change or a brief that has it
	Fix     string // how to get it, or to do without it
}

// ShapePages gives a page for each of Shapes, in the same order.
func ShapePages() []ShapePage {
	return []ShapePage{
		{
			CommentsOnly, "only comments and space changed, in files whose language is known",
			"nothing that runs has changed; a directive such as //go:build is code",
			"-// Parse reads a date in eihter order.\n+// Parse reads a date in either order.",
			"it needs a checkout, where both versions of a file are at hand; with a bare diff it is never said",
		},
		{
			ContextSummary, "a trusted brief asks to sum up what went before, and for nothing else",
			"its source stands beside it, and no file is changed",
			"sum up the thread above for the person who takes over",
			"ask for the summary in a brief of its own",
		},
		{
			ExampleSettings, "files that show settings and set none",
			"nobody runs with them before they have copied and read them",
			".env.example, config.sample.yml",
			"name the file so; a secret in it still counts by itself",
		},
		{
			FormattingOnly, "the same code and comments with other space and line breaks",
			"what runs is the same, and a formatter proves it again",
			"-return  a+b\n+return a + b",
			"it needs a checkout, where both versions of a file are at hand; leave each other edit to another change",
		},
		{
			ImportsReordered, "the same imports in another order",
			"a compiler or a sorter proves it again",
			"-import \"strings\"\n import \"fmt\"\n+import \"strings\"",
			"it needs a checkout; an import that comes or goes takes it away, and so do languages where the order means something",
		},
		{
			OnePlaceFix, "a trusted brief names one file, the error message and the cure",
			"nothing is left to find out, and the message says whether it is gone",
			"dates/parse.go fails with \"index out of range\": return an empty date for an empty text",
			"a change of another file takes it away",
		},
		{
			PureTests, "lines added to tests of functions with clear inputs and outputs",
			"the test runs, and a result stands beside its input",
			"+{\"2026-01-02\", date(2026, 1, 2)},",
			"a removed line, a mock, a clock, a file or the network takes it away",
		},
		{
			RenameOnly, "files that moved, not a line of them changed",
			"what is lost is missed at once by whatever looks for it",
			"dates/parse.go -> dates/read.go",
			"move first, and edit in another change; workflows, hooks and the like never have it, since their place makes them run",
		},
		{
			Scaffolding, "short new files that repeat a pattern of the repository",
			"three others of the kind show what it has to look like",
			"users/handler.go, orders/handler.go and mail/handler.go stand at the base; billing/handler.go is new",
			"it needs the paths at the base; a file that is not new takes it away",
		},
	}
}
