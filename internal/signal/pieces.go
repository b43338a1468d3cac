package signal

// longLine is where a line is no longer read as a whole: a script in one line
// may be megabytes, and what stands far apart in it says nothing together.
const longLine = 2000

// overlap is what two pieces share, so that nothing is lost at a cut.
const overlap = 200

// pieces cuts a long text; together they are little longer than the text.
func pieces(text string) []string {
	var cut []string
	for len(text) > longLine {
		cut = append(cut, text[:longLine])
		text = text[longLine-overlap:]
	}
	return append(cut, text)
}
