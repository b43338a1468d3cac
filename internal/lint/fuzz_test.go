package lint

import (
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// mutants is how many mutated texts TestMutants lints. make mutants takes
// 100,000.
var mutants = flag.Int("mutants", 2000, "how many mutated texts to lint")

// TestMutants lints texts that nobody wrote: the examples and the cases, cut,
// doubled, joined and sprinkled with what YAML minds. There is no panic, and
// every place is inside of the file. The same number gives the same texts.
func TestMutants(t *testing.T) {
	t.Parallel()
	corpus, w := corpusOf(t), mutantWorld(t)
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for worker := range workers {
		wait.Go(func() {
			for n := worker; n < *mutants; n += workers {
				random := rand.New(rand.NewPCG(uint64(n), 5))
				text := mutated(random, corpus)
				holdPlaces(t, text, CheckPolicy("f.yml", text, w))
				holdPlaces(t, text, CheckWorkflow("f.yml", text, w))
				if n%10 == 0 { // a brief is no YAML, and the dearest to read
					holdPlaces(t, text, CheckBrief(Brief{Source: NewSource("f.yml", text)}, w))
				}
			}
		})
	}
	wait.Wait()
}

func mutantWorld(t testing.TB) World {
	t.Helper()
	prices := prices(t)
	return World{
		Today: ExampleDay, Known: known(), Prices: prices, Tree: &Tree{Paths: []string{".github/workflows/ai.yml", "auth/login.go", "docs/a.md"}},
		Spend: &Spend{Weeks: 4}, Workflows: &[]Workflow{}, Platform: &Platform{Public: true},
	}
}

// holdPlaces holds everything that was found in a text to places in it.
func holdPlaces(t testing.TB, text []byte, r Report) {
	s := NewSource("f.yml", text)
	for _, f := range r.Suppressed {
		r.Findings = append(r.Findings, f.Finding)
	}
	for _, f := range r.Findings {
		if f.ID == "" || f.Message == "" || !inside(s, f.Line, f.Col) || f.End != 0 && (f.End < f.Col || !inside(s, f.Line, f.End)) {
			t.Errorf("%d:%d-%d is no place in %q: %s [%s]", f.Line, f.Col, f.End, text, f.Message, f.ID)
		}
		for _, e := range f.Edits {
			if !inside(s, e.Start.Line, e.Start.Col) || !inside(s, e.End.Line, e.End.Col) {
				t.Errorf("an edit of %s is outside of %q: %+v", f.ID, text, e)
			}
		}
	}
}

func inside(s Source, line, col int) bool {
	return line >= 1 && line <= s.Lines() && col >= 1 && col <= len(s.Line(line))+1
}

// corpusOf gathers every example and every case.
func corpusOf(t testing.TB) [][]byte {
	t.Helper()
	var corpus [][]byte
	for _, p := range Pages() {
		for _, e := range []Example{p.Bad, p.Good} {
			if len(e.Text) < 1<<14 {
				corpus = append(corpus, []byte(e.Text))
			}
		}
	}
	files, err := filepath.Glob(filepath.Join(casesFolder, "*", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range txtar.Parse(data).Files {
			if strings.HasSuffix(part.Name, ".yml") || strings.HasSuffix(part.Name, ".md") {
				corpus = append(corpus, part.Data)
			}
		}
	}
	return corpus
}

// mutated changes a text of the corpus in one to five ways.
func mutated(random *rand.Rand, corpus [][]byte) []byte {
	text := append([]byte{}, corpus[random.IntN(len(corpus))]...)
	for range 1 + random.IntN(5) {
		text = mutate(random, text, corpus[random.IntN(len(corpus))])
	}
	return text
}

func mutate(random *rand.Rand, text, other []byte) []byte {
	if len(text) == 0 {
		return append([]byte{}, other...)
	}
	at, to := random.IntN(len(text)), random.IntN(len(text))
	from, end := min(at, to), max(at, to)
	switch random.IntN(8) {
	case 0: // cut
		return append(append([]byte{}, text[:from]...), text[min(end, from+random.IntN(40)):]...)
	case 1: // double
		return append(append([]byte{}, text[:end]...), text[from:]...)
	case 2: // end early
		return text[:at]
	case 3: // another letter
		text[at] = byte(random.IntN(256))
		return text
	case 4: // what YAML minds
		return splice(text, at, []byte(tokens()[random.IntN(len(tokens()))]))
	case 5: // a piece of another text
		from := random.IntN(len(other) + 1)
		return splice(text, at, other[from:min(len(other), from+random.IntN(80))])
	case 6: // deeper
		return splice(text, at, []byte("\n"+strings.Repeat(" ", random.IntN(12))))
	default: // carriage returns
		return []byte(strings.ReplaceAll(string(text), "\n", "\r\n"))
	}
}

func splice(text []byte, at int, in []byte) []byte {
	return append(append(append([]byte{}, text[:at]...), in...), text[at:]...)
}

func tokens() []string {
	return []string{
		":", "- ", "? ", "|\n", ">-\n", "&a ", "*a", "<<: *a\n", "!!str ", "---\n", "...\n", "{", "}", "[", "]", ",", "'", "\"", "#", " # x\n", "\t", "\ufeff", "\u2028", "ä", "名", "\x00", "\xff",
		"${{ github.event.issue.title }}", "${{", "}}", "# tierwise: ignore owner-missing until 2027-01-31: x\n", "# tierwise: ignore", "on: pull_request_target\n", "uses: ", "run: |\n", "with:\n", "jobs:\n", "null", "~", "0x10", "1e9", "%60q",
	}
}

func FuzzCheck(f *testing.F) {
	for _, text := range corpusOf(f) {
		f.Add(text)
	}
	w := mutantWorld(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		holdPlaces(t, text, CheckPolicy("f.yml", text, w))
		holdPlaces(t, text, CheckWorkflow("f.yml", text, w))
		holdPlaces(t, text, CheckBrief(Brief{Source: NewSource("f.yml", text)}, w))
	})
}

// TestMutantsAreToldWhereTheyAreWrong keeps the check of places from passing
// everything.
func TestMutantsAreToldWhereTheyAreWrong(t *testing.T) {
	t.Parallel()
	s := NewSource("f", []byte("ab\r\nc"))
	for _, at := range [][2]int{{0, 1}, {1, 0}, {1, 4}, {2, 3}, {3, 1}} {
		if inside(s, at[0], at[1]) {
			t.Errorf("%v counts as inside", at)
		}
	}
	if !inside(s, 1, 3) || !inside(s, 2, 2) {
		t.Error("the end of a line is a place")
	}
}
