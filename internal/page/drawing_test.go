package page

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/tierwise/tierwise/internal/weekly"
)

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func length(t *testing.T, n *html.Node, key string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(strings.TrimSuffix(attribute(n, key), "%"), 64)
	if err != nil {
		t.Fatalf("%s: %v", key, err)
	}
	return f
}

// TestShapesAreAsLongAsTheirFigures measures the drawings: within a chart every
// shape has the same length a dollar, or a place by its share.
func TestShapesAreAsLongAsTheirFigures(t *testing.T) {
	t.Parallel()
	dollar := map[string]float64{} // pixels or percent, by chart
	seen := map[string]int{}
	for n := range parsed(t, written(t, fullWeek())).Descendants() {
		path := attribute(n, "data-figure")
		if n.Type != html.ElementNode || path == "" || n.Data == "data" {
			continue
		}
		chart, _, _ := strings.Cut(path, ".")
		value, err := strconv.ParseFloat(attribute(n, "data-value"), 64)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		var got float64
		switch {
		case chart == "by_day" && n.Data == "rect":
			got = length(t, n, "height") / value
		case chart == "by_day":
			got = (plotTop + plotHeight - length(t, n, "cy")) / value
		case n.Data == "rect":
			got = length(t, n, "width") / value
		case n.Data == "circle":
			got, dollar[chart] = length(t, n, "cx")/value, 100
		default:
			got, dollar[chart] = length(t, n, "x1")/value, 100
		}
		seen[chart+" "+n.Data]++
		if dollar[chart] == 0 {
			dollar[chart] = got
		}
		if math.Abs(got/dollar[chart]-1) > 0.02 {
			t.Errorf("%s: %g a unit, others have %g", path, got, dollar[chart])
		}
	}
	for _, shape := range []string{"by_day rect", "by_day circle", "model_costs rect", "efficiency circle", "placement circle", "escalations circle", "escalations line", "overrides rect"} {
		if seen[shape] == 0 {
			t.Errorf("no %s: %v", shape, seen)
		}
	}
}

func TestScalesEndAtARoundNumber(t *testing.T) {
	t.Parallel()
	for largest, want := range map[float64]string{
		0: "$0 $1", 0.3117: "$0 $0.10 $0.20 $0.30 $0.40", 9.7: "$0 $2.50 $5.00 $7.50 $10.00", 19.5: "$0 $5 $10 $15 $20", 20: "$0 $5 $10 $15 $20",
		0.000_3: "$0 $0.0001 $0.0002 $0.0003", 0.07: "$0 $0.02 $0.04 $0.06 $0.08", 0.009: "$0 $0.0025 $0.0050 $0.0075 $0.0100", 1234: "$0 $500 $1,000 $1,500",
		27_670_116_110.5: "$0 $10,000,000,000 $20,000,000,000 $30,000,000,000", math.Inf(1): "$0 $1",
	} {
		axis := amounts(largest)
		var got []string
		for _, tick := range axis.ticks() {
			got = append(got, axis.label(tick))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%g: %s, want %s", largest, strings.Join(got, " "), want)
		}
	}
	for largest, want := range map[int]string{0: "0 1", 1: "0 1", 3: "0 1 2 3", 15: "0 5 10 15", 4000: "0 1,000 2,000 3,000 4,000"} {
		axis := counts(largest)
		var got []string
		for _, tick := range axis.ticks() {
			got = append(got, axis.label(tick))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%d: %s, want %s", largest, strings.Join(got, " "), want)
		}
	}
}

func TestManyDaysShareBars(t *testing.T) {
	t.Parallel()
	d := newDays(week(900, 92, honest).ByDay)
	if d.span != 2 || d.count() != 46 {
		t.Errorf("%d days a bar, %d bars", d.span, d.count())
	}
	sum := 0.0
	for bar := range d.count() {
		spent, _ := d.spent(bar)
		sum += spent
	}
	want, _ := size(week(900, 92, honest).Spend.Cost)
	if math.Abs(sum-want) > 1e-6 {
		t.Errorf("the bars have %g of %g", sum, want)
	}
}

func TestTheLineBreaksWhereNothingWasCompared(t *testing.T) {
	t.Parallel()
	all := []weekly.Day{}
	for i := range 5 {
		compared := 1
		if i == 2 {
			compared = 0
		}
		all = append(all, weekly.Day{Day: fmt.Sprintf("2026-11-%d", 16+i), Total: weekly.Total{Records: 1, Cost: "1", Baseline: "2", Compared: compared}})
	}
	lines, points := 0, 0
	for n := range newDays(all).node().Descendants() {
		if attribute(n, "class") == "all-frontier" && n.Data == "line" {
			lines++
		} else if attribute(n, "class") == "all-frontier" {
			points++
		}
	}
	if lines != 2 || points != 4 {
		t.Errorf("%d lines, %d points", lines, points)
	}
}

// colours reads the colours of a scheme from the styles.
func colours(t *testing.T, of string) map[string][3]float64 {
	t.Helper()
	found := map[string][3]float64{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6});`).FindAllStringSubmatch(of, -1) {
		rgb, err := strconv.ParseUint(m[2], 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		found[m[1]] = [3]float64{linear(rgb >> 16), linear(rgb >> 8 & 255), linear(rgb & 255)}
	}
	return found
}

func linear(byte8 uint64) float64 {
	c := float64(byte8) / 255
	if c <= 0.04045 {
		return c / 12.92
	}
	return math.Pow((c+0.055)/1.055, 2.4)
}

func luminance(c [3]float64) float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

// contrast is that of https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
func contrast(a, b [3]float64) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// asSeen are linear colours as people with dichromacy see them: Machado,
// Oliveira and Fernandes 2009, severity 1.
func asSeen() map[string][3][3]float64 {
	return map[string][3][3]float64{
		"all colours":  {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
		"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
		"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
		"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
	}
}

// lab is CIELAB under D65.
func lab(c [3]float64) [3]float64 {
	f := func(v float64) float64 {
		if v > 0.008856 {
			return math.Cbrt(v)
		}
		return 7.787*v + 16.0/116
	}
	x := f((0.4124*c[0] + 0.3576*c[1] + 0.1805*c[2]) / 0.95047)
	y := f(luminance(c))
	z := f((0.0193*c[0] + 0.1192*c[1] + 0.9505*c[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func apart(matrix [3][3]float64, a, b [3]float64) float64 {
	seen := func(c [3]float64) [3]float64 {
		var out [3]float64
		for i := range out {
			out[i] = min(1, max(0, matrix[i][0]*c[0]+matrix[i][1]*c[1]+matrix[i][2]*c[2]))
		}
		return lab(out)
	}
	p, q := seen(a), seen(b)
	return math.Hypot(math.Hypot(p[0]-q[0], p[1]-q[1]), p[2]-q[2])
}

// TestColoursCanBeTold holds both schemes to WCAG's contrasts, 4.5 for words
// and 3 for shapes, and the tiers apart for those who see fewer colours.
func TestColoursCanBeTold(t *testing.T) {
	t.Parallel()
	light, dark, _ := strings.Cut(styles, "@media screen and (prefers-color-scheme: dark)")
	dark, _, _ = strings.Cut(dark, "* {")
	for scheme, c := range map[string]map[string][3]float64{"light": colours(t, light), "dark": colours(t, dark)} {
		for _, words := range []string{"ink", "quiet", "warn"} {
			for _, ground := range []string{"ground", "panel"} {
				if got := contrast(c[words], c[ground]); got < 4.5 {
					t.Errorf("%s: %s on %s has %.2f", scheme, words, ground, got)
				}
			}
		}
		if got := contrast(c["ink"], c["warn-ground"]); got < 4.5 {
			t.Errorf("%s: a note has %.2f", scheme, got)
		}
		tiers := []string{"local", "efficient", "mid", "frontier", "none"}
		for i, shape := range append(tiers, "dot") {
			if got := contrast(c[shape], c["ground"]); got < 3 {
				t.Errorf("%s: %s has %.2f", scheme, shape, got)
			}
			for _, other := range tiers[min(i+1, len(tiers)):] {
				for eye, matrix := range asSeen() {
					if got := apart(matrix, c[shape], c[other]); got < 20 {
						t.Errorf("%s: %s and %s are %.1f apart with %s", scheme, shape, other, got, eye)
					}
				}
			}
		}
	}
}
