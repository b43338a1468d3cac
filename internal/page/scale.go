package page

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/tierwise/tierwise/internal/weekly"
)

// scale is an axis from nothing to a round number.
type scale struct {
	most  float64
	step  float64
	label func(float64) string
}

// newScale ends at the first round number that is not below the largest value.
func newScale(largest float64, label func(float64) string) scale {
	const steps = 4
	if largest <= 0 || math.IsInf(largest, 0) || math.IsNaN(largest) {
		return scale{most: 1, step: 1, label: label}
	}
	power := math.Pow(10, math.Floor(math.Log10(largest/steps)))
	step := 10 * power
	for _, round := range []float64{1, 2, 2.5, 5} {
		if steps*round*power >= largest {
			step = round * power
			break
		}
	}
	step = clean(step)
	return scale{most: clean(step * math.Ceil(largest/step-1e-9)), step: step, label: label}
}

// clean takes the dust of binary fractions off a round number.
func clean(f float64) float64 {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 6, 64), 64)
	if err != nil {
		return f
	}
	return rounded
}

func shares() scale {
	return scale{most: 1, step: 0.25, label: func(f float64) string { return fmt.Sprintf("%.0f %%", 100*f) }}
}

func amounts(largest float64) scale {
	s := newScale(largest, nil)
	places := 0
	if s.step != math.Trunc(s.step) {
		places = max(2, decimals(s.step))
	}
	s.label = func(f float64) string {
		if f == 0 {
			return "$0"
		}
		return grouped(fmt.Sprintf("$%.*f", places, f))
	}
	return s
}

// decimals is how many of them write a round step exactly: 0.025 takes three.
func decimals(step float64) int {
	_, fraction, _ := strings.Cut(strconv.FormatFloat(step, 'f', -1, 64), ".")
	return min(len(fraction), 9)
}

func counts(largest int) scale {
	s := newScale(float64(largest), func(f float64) string { return thousands(int(f)) })
	if s.step < 1 {
		s.step = 1
		s.most = max(1, float64(largest))
	}
	return s
}

func (s scale) ticks() []float64 {
	var ticks []float64
	for i := 0; float64(i)*s.step <= s.most*(1+1e-9); i++ {
		ticks = append(ticks, float64(i)*s.step)
	}
	return ticks
}

// at is a place along the axis, in percent of its length: what lies beyond an
// end stands at the end.
func (s scale) at(value float64) string { return percents(s.of(value)) }

func (s scale) of(value float64) float64 { return min(1, max(0, value/s.most)) }

func percents(part float64) string { return places(100*part, 3) + "%" }

func places(f float64, most int) string {
	power := math.Pow(10, float64(most))
	return strconv.FormatFloat(math.Round(f*power)/power, 'f', -1, 64)
}

// size is an amount as a length; ok is false where it is not known.
func size(amount string) (dollars float64, ok bool) {
	dollars, err := strconv.ParseFloat(amount, 64)
	return dollars, err == nil
}

// shape is an element of a drawing.
func shape(tag, class string, pairs ...string) *html.Node { return with(element(tag, class), pairs...) }

func bar(s scale, from, to float64, class string) *html.Node {
	return shape("rect", class, "x", s.at(from), "y", "3", "width", percents(s.of(to)-s.of(from)), "height", "12")
}

// whisker is an interval with its ends.
func whisker(s scale, low, high float64) *html.Node {
	g := element("g", "whisker", shape("line", "", "x1", s.at(low), "x2", s.at(high), "y1", "9", "y2", "9"))
	for _, end := range []float64{low, high} {
		g.AppendChild(shape("line", "", "x1", s.at(end), "x2", s.at(end), "y1", "4", "y2", "14"))
	}
	return g
}

func dot(s scale, at float64, class string) *html.Node {
	return shape("circle", class, "cx", s.at(at), "cy", "9", "r", "5")
}

// shareMarks draws a share with its interval. Of nothing there is nothing to
// draw but that everything is possible.
func shareMarks(path string, s weekly.Share) []*html.Node {
	axis := shares()
	marks := []*html.Node{whisker(axis, s.Low, s.High)}
	if s.Of > 0 {
		words := fmt.Sprintf("%.1f %%, 95 %% interval %.0f to %.0f %%", 100*s.Share, 100*s.Low, 100*s.High)
		marks = append(marks, mark(dot(axis, s.Share, "dot"), path+".share", exact(s.Share), words))
	}
	return marks
}
