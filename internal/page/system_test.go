//go:build system

package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/testkit/browser"
	"github.com/tierwise/tierwise/internal/weekly"
)

// measured is what a page says of itself once it is laid out.
type measured struct {
	Width   int // of all of it
	Beyond  []string
	Overlap []string
	Figures []shown
}

// look opens what is folded, and measures: shapes and words beyond the edge,
// labels over labels, and every figure as the browser shows it.
const look = `(width => {
	document.querySelectorAll('details').forEach(d => d.open = true);
	const beyond = [], overlap = [];
	for (const e of document.querySelectorAll('main *')) {
		const r = e.getBoundingClientRect();
		const scrolls = e.closest('.scroll, pre');
		if ((!scrolls || scrolls === e) && (r.right > width + 0.5 || r.left < -0.5)) beyond.push(e.tagName + ' ' + e.textContent.slice(0, 40));
	}
	for (const chart of document.querySelectorAll('svg')) {
		const labels = [...chart.querySelectorAll('text')].map(e => [e.textContent, e.getBoundingClientRect()]);
		labels.forEach(([a, p], i) => labels.slice(i + 1).forEach(([b, q]) => {
			if (p.left < q.right && q.left < p.right && p.top + 3 < q.bottom && q.top + 3 < p.bottom) overlap.push(a + ' over ' + b);
		}));
	}
	const figures = [...document.querySelectorAll('[data-figure]')].map(e => ({
		Path: e.dataset.figure, Value: e.getAttribute('value') ?? e.dataset.value, Text: e.tagName === 'DATA' ? e.innerText : '',
	}));
	return {Width: document.documentElement.scrollWidth, Beyond: beyond, Overlap: overlap, Figures: figures};
})`

// trouble says what is wrong with a page as a browser shows it.
func trouble(b *browser.Browser, address string, width int, want map[string]string) []string {
	var list []string
	b.Open(address)
	var m measured
	b.Eval(fmt.Sprintf("%s(%d)", look, width), &m)
	if m.Width > width {
		list = append(list, fmt.Sprintf("the page is %d pixels wide", m.Width))
	}
	for _, e := range m.Beyond {
		list = append(list, "beyond the edge: "+e)
	}
	for _, e := range m.Overlap {
		list = append(list, "label over label: "+e)
	}
	if len(m.Figures) == 0 {
		list = append(list, "no figure")
	}
	list = append(list, wrong(m.Figures, want)...)
	return append(list, spoken(b.Events(), address)...)
}

// spoken are the errors, the words on the console and the requests of a page.
func spoken(events []browser.Event, address string) []string {
	var list []string
	for _, e := range events {
		switch e.Method {
		case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded":
			list = append(list, e.Method+": "+string(e.Params))
		case "Network.requestWillBeSent":
			var r struct{ Request struct{ URL string } }
			if err := json.Unmarshal(e.Params, &r); err != nil || r.Request.URL != address && !strings.HasPrefix(r.Request.URL, "data:") {
				list = append(list, "a request: "+r.Request.URL)
			}
		}
	}
	return list
}

func save(t *testing.T, file, page string) string {
	t.Helper()
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	return "file://" + file
}

// TestSystemPage opens pages in Chromium: at the width of a phone and of a
// desktop, light and dark. Pictures of them stay in a folder to look at.
func TestSystemPage(t *testing.T) {
	folder, err := os.MkdirTemp("", "tierwise-page-") //nolint:usetesting // pictures stay, to be looked at
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("pictures: %s", folder)
	b := browser.Start(t, "chromium")
	for name, n := range map[string]weekly.Numbers{
		"week": fullWeek(), "empty": week(0, 7, honest), "one": week(1, 7, honest), "quarter": week(2000, 92, honest), "many": manyRepositories(),
		"names": week(400, 7, func(n int) names {
			evil := attacks()
			return names{evil[n%len(evil)], evil[(n+1)%len(evil)], evil[(n+2)%len(evil)], evil[(n+3)%len(evil)]}
		}),
	} {
		address := save(t, filepath.Join(folder, name+".html"), written(t, n))
		for _, width := range []int{320, 375, 1280} {
			for scheme, dark := range map[string]bool{"light": false, "dark": true} {
				b.Look(width, 800, dark)
				if list := trouble(b, address, width, leaves(t, n)); len(list) > 0 {
					t.Errorf("%s at %d, %s:\n%s", name, width, scheme, strings.Join(list[:min(len(list), 10)], "\n"))
				}
				if width == 320 {
					continue // the narrowest phone: measured, not painted
				}
				picture := filepath.Join(folder, fmt.Sprintf("%s-%d-%s.png", name, width, scheme))
				b.Screenshot(picture)
				checkPicture(t, picture, width, dark)
			}
		}
		checkPrint(t, b, filepath.Join(folder, name+".pdf"))
	}
}

// checkPicture looks whether the picture is that wide, of its scheme, and not
// blank.
func checkPicture(t *testing.T, file string, width int, dark bool) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if got := picture.Bounds().Dx(); got != width {
		t.Errorf("%s is %d pixels wide", file, got)
	}
	ground, _ := color.GrayModel.Convert(picture.At(1, 1)).(color.Gray)
	if (ground.Y < 128) != dark {
		t.Errorf("%s: the ground is %d of 255", file, ground.Y)
	}
	tones := map[color.Color]bool{}
	for y := 0; y < picture.Bounds().Dy(); y += 3 {
		for x := 0; x < width; x += 3 {
			tones[picture.At(x, y)] = true
		}
	}
	if len(tones) < 8 {
		t.Errorf("%s has %d colours", file, len(tones))
	}
}

// checkPrint prints the page, and looks whether paper is wide enough for it.
func checkPrint(t *testing.T, b *browser.Browser, file string) {
	t.Helper()
	const paper = 688 // A4 without the margins, in CSS pixels
	b.Look(paper, 1000, false)
	b.Media("print")
	defer b.Media("")
	var width int
	b.Eval("document.documentElement.scrollWidth", &width)
	if width > paper {
		t.Errorf("%s: %d pixels wide on a paper of %d", file, width, paper)
	}
	b.PDF(file)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if pages := bytes.Count(text, []byte("/Type /Page\n")); !bytes.HasPrefix(text, []byte("%PDF-")) || pages < 1 {
		t.Errorf("%s: %d pages in %d bytes", file, pages, len(text))
	}
}

// TestSystemPageChecksFindTrouble breaks a page in each way that the test
// above looks for.
func TestSystemPageChecksFindTrouble(t *testing.T) {
	n := fullWeek()
	good, want := written(t, n), leaves(t, n)
	open := strings.Replace(good, "Content-Security-Policy", "X-No-Policy", 1)
	b := browser.Start(t, "chromium")
	b.Look(375, 800, false)
	file := filepath.Join(t.TempDir(), "page.html")
	if list := trouble(b, save(t, file, good), 375, want); len(list) > 0 {
		t.Errorf("a good page: %q", list)
	}
	for name, broken := range map[string]struct{ page, old, new, found string }{
		"a script speaks":              {open, "<main>", "<main><script>console.error('x')</script>", "Runtime.consoleAPICalled"},
		"a script fails":               {open, "<main>", "<main><script>nothing()</script>", "Runtime.exceptionThrown"},
		"the policy stops a script":    {good, "<main>", "<main><script>console.error('x')</script>", "Log.entryAdded"},
		"a picture is asked for":       {open, "<main>", "<main><img src='http://127.0.0.1:9/x.png' alt=''>", "a request: http://127.0.0.1:9/x.png"},
		"the policy stops a picture":   {good, "<main>", "<main><img src='http://127.0.0.1:9/x.png' alt=''>", "Log.entryAdded"},
		"something is too wide":        {open, "<main>", "<main><svg width='900' height='9'></svg>", "the page is"},
		"a figure is another":          {good, `value="420">420<`, `value="420">421<`, `spend.records reads "421"`},
		"a figure has another value":   {good, `value="420">`, `value="42">`, "spend.records is 42"},
		"a figure is of no number":     {good, `data-figure="spend.records"`, `data-figure="spend.recorded"`, "is not in the JSON"},
		"two labels are on each other": {good, ">17</text>", ">17 November 2026</text>", "label over label"},
	} {
		page := strings.Replace(broken.page, broken.old, broken.new, 1)
		if page == broken.page {
			t.Errorf("%s: nothing was changed", name)
		}
		if list := trouble(b, save(t, file, page), 375, want); !strings.Contains(strings.Join(list, "\n"), broken.found) {
			t.Errorf("%s: not found among %q", name, list)
		}
	}
}
