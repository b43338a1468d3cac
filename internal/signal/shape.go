package signal

// Shape is a shape of work that the whole of a change has: every file of it,
// or the words that a trusted brief describes it with. It may place work lower
// by a row of the table, and more diff can only take it away.
type Shape string

// The shapes.
const (
	CommentsOnly     Shape = "comments-only"     // no code changed, in files whose language is known
	FormattingOnly   Shape = "formatting-only"   // the same code with other space and line breaks
	ImportsReordered Shape = "imports-reordered" // the same imports in another order
	RenameOnly       Shape = "rename-only"       // files moved, not a line changed
	Scaffolding      Shape = "scaffolding"       // new files that repeat a pattern of the repository
	OnePlaceFix      Shape = "one-place-fix"     // a trusted brief gives the error message, the place and the cure
	PureTests        Shape = "pure-tests"        // tests of functions with clear inputs and outputs
	ExampleSettings  Shape = "example-settings"  // .env.example and the like
	ContextSummary   Shape = "context-summary"   // a trusted brief asks to sum up what went before
)

// Shapes lists them in alphabetical order.
func Shapes() []Shape {
	return []Shape{
		CommentsOnly, ContextSummary, ExampleSettings, FormattingOnly, ImportsReordered, OnePlaceFix, PureTests, RenameOnly, Scaffolding,
	}
}
