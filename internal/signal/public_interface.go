package signal

import (
	"slices"

	"github.com/tierwise/tierwise/internal/change"
)

func publicInterface() Signal {
	return Signal{
		ID:      "public-interface",
		Summary: "something that others call or read was removed, or is declared otherwise",
		Why:     "callers outside of the change break without a word: signatures, routes, messages, flags and names of settings are promises",
		Example: "-func Open(name string) (*File, error) {\n+func Open(name string, mode Mode) (*File, error) {",
		Fix:     "keep what is not promised out of sight: unexported, internal, private",
		Needs:   []Need{NeedsDiff},
		Content: &content{reads: interfaceFiles, rules: publicRules},
	}
}

func newPublicInterface() Signal {
	return Signal{
		ID:      "new-public-interface",
		Summary: "something new is promised to others",
		Why:     "a public name has no precedent when it comes and cannot be taken back later",
		Example: "+export function openLedger(path: string): Ledger {",
		Fix:     "keep what is not promised out of sight: unexported, internal, private",
		Needs:   []Need{NeedsDiff},
		Content: &content{reads: interfaceFiles, rules: newPublicRules},
	}
}

// interfaceFiles leaves out tests and prose, which promise nothing, and what
// is generated or vendored, which follows its source.
func interfaceFiles(c Class) bool {
	return c == Code || c == Configuration || c == Migration || c == InterfaceFile || c == Workflow
}

func publicRules() []rule {
	return []rule{
		{words: publicWords(), on: change.Delete, match: unlessKept(alteredPublic)},
		{files: contractFiles(), on: change.Delete, match: unlessKept(alteredContract)},
	}
}

func newPublicRules() []rule {
	return []rule{
		{words: publicWords(), on: change.Add, match: unlessKept(addedPublic)},
		{files: contractFiles(), on: change.Add, match: unlessKept(addedContract)},
	}
}

func alteredPublic(l line, _ block) string {
	if name := publicName(l); name != "" {
		return "changed or removed: " + name
	}
	return ""
}

// addedPublic leaves out what stands under the same name in the removed
// lines: that is a change of something promised.
func addedPublic(l line, b block) string {
	name := publicName(l)
	if name == "" || slices.ContainsFunc(b.beside(l), func(was line) bool { return publicName(was) == name }) {
		return ""
	}
	return "promised: " + name
}

func alteredContract(l line, _ block) string {
	if name := contractName(l); name != "" {
		return "changed or removed: " + name
	}
	return ""
}

func addedContract(l line, b block) string {
	name := contractName(l)
	if name == "" || slices.ContainsFunc(b.beside(l), func(was line) bool { return contractName(was) == name }) {
		return ""
	}
	return "promised: " + name
}
