package signal

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// Feature is one thing that the guess of a domain weighs. Amount is in
// thousandths: a share, or 1000 for what is there.
type Feature struct {
	Name   string
	Amount int
}

const whole = 1000

// Features gives what the guess weighs, sorted by name. The weights are
// learned from labelled commits (make guess); the features are chosen by hand.
func Features(in Input) []Feature {
	t := tallyOf(in)
	amounts := map[string]int{"bias": whole}
	t.describe(amounts)
	describeWords(headline(in), t.most(), amounts)
	features := make([]Feature, 0, len(amounts))
	for name, amount := range amounts {
		if amount != 0 {
			features = append(features, Feature{name, amount})
		}
	}
	slices.SortFunc(features, func(a, b Feature) int { return cmp.Compare(a.Name, b.Name) })
	return features
}

// tally counts lines and files by kind.
type tally struct {
	lines, files       map[string]int
	allLines, allFiles int
	comments, code     int // parts of the lines of kind code
}

// maxGuessLines bounds the lines that one file weighs, and fileLines is what a
// file weighs by being there.
const (
	maxGuessLines = 100
	fileLines     = 3
)

func tallyOf(in Input) tally {
	t := tally{lines: map[string]int{}, files: map[string]int{}}
	for i, f := range in.Change.Files {
		if !isChangeNote(f.Path) {
			t.add(f, guessKind(in.classesOf(i)[0], f.Path))
		}
	}
	if t.allFiles == 0 {
		for _, f := range in.Change.Files {
			t.add(f, "docs")
		}
	}
	return t
}

func (t *tally) add(f change.File, kind string) {
	weight := fileLines + min(f.Additions+f.Deletions, maxGuessLines)
	t.lines[kind] += weight
	t.files[kind]++
	t.allLines += weight
	t.allFiles++
	if kind != "code" && kind != "script" && kind != "site" {
		return
	}
	comments, code := commentLines(f)
	if all := comments + code; all > 0 {
		t.comments += weight * comments / all
		t.code += weight * code / all
	}
}

// commentLines counts changed lines that look like comments, and the others.
func commentLines(f change.File) (comments, code int) {
	ext := splitPath(f.Path).ext
	for h := range f.Hunks {
		for _, l := range f.Hunks[h].Lines {
			text := strings.TrimSpace(l.Text)
			switch {
			case l.Op == change.Context || text == "":
			case commentStart(ext, text):
				comments++
			default:
				code++
			}
		}
	}
	return comments, code
}

// fewLines is how little code may be an aside to something else.
const fewLines = 20

func (t *tally) describe(amounts map[string]int) {
	if t.allFiles == 0 {
		return
	}
	for kind, files := range t.files {
		amounts["lines:"+kind] = whole * t.lines[kind] / t.allLines
		amounts["files:"+kind] = whole * files / t.allFiles
		amounts["any:"+kind] = whole
		if files == t.allFiles {
			amounts["only:"+kind] = whole
		}
	}
	settings := t.files["settings"] + t.files["workflow"] + t.files["lock"] + t.files["manifest"] + t.files["container"]
	amounts["only settings"] = flag(settings == t.allFiles)
	amounts["comments"] = whole * t.comments / t.allLines
	amounts["only comments"] = flag(t.files["code"] > 0 && t.code == 0)
	amounts["few lines of code"] = flag(t.lines["code"] > 0 && t.lines["code"] < fewLines)
}

// most gives the kind with most lines; of several the first by name.
func (t *tally) most() string {
	best := ""
	for _, kind := range slices.Sorted(maps.Keys(t.lines)) {
		if t.lines[kind] > t.lines[best] {
			best = kind
		}
	}
	return best
}

func flag(is bool) int {
	if is {
		return whole
	}
	return 0
}
