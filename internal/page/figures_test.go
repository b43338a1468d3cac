package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/weekly"
)

// shown is a figure as it stands on the page.
type shown struct{ Path, Value, Text string }

// figuresOf reads the figures of a page: numbers in words, and shapes of charts.
func figuresOf(document *html.Node) []shown {
	var list []shown
	for n := range document.Descendants() {
		var one shown
		for _, a := range n.Attr {
			switch a.Key {
			case "data-figure":
				one.Path = a.Val
			case "value", "data-value":
				one.Value = a.Val
			}
		}
		if n.Type == html.ElementNode && one.Path != "" {
			if n.Data == "data" {
				one.Text = n.FirstChild.Data
			}
			list = append(list, one)
		}
	}
	return list
}

// leaves gives every number and amount of the JSON form by its place.
func leaves(t *testing.T, n weekly.Numbers) map[string]string {
	t.Helper()
	var buffer bytes.Buffer
	if err := report.WeeklyJSON(&buffer, n); err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(&buffer)
	dec.UseNumber()
	var all any
	if err := dec.Decode(&all); err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	walk("", all, found)
	return found
}

func walk(path string, value any, found map[string]string) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			walk(strings.TrimPrefix(path+"."+key, "."), inner, found)
		}
	case []any:
		for i, inner := range v {
			walk(fmt.Sprintf("%s.%d", path, i), inner, found)
		}
	case json.Number:
		found[path] = v.String()
	case string:
		if strings.HasSuffix(path, "_usd") {
			found[path] = v
		}
	}
}

// wrong says what is wrong with the figures of a page.
func wrong(figures []shown, want map[string]string) []string {
	var list []string
	for _, f := range figures {
		switch value, known := want[f.Path]; {
		case !known:
			list = append(list, f.Path+" is not in the JSON")
		case value != f.Value:
			list = append(list, fmt.Sprintf("%s is %s, the JSON has %s", f.Path, f.Value, value))
		case f.Text != "" && !reads(f.Text, value):
			list = append(list, fmt.Sprintf("%s reads %q, the JSON has %s", f.Path, f.Text, value))
		}
	}
	return list
}

// reads reports whether words mean a value, to the last place that they show.
func reads(text, value string) bool {
	if text == value {
		return true
	}
	digits := strings.NewReplacer("$", "", ",", "", "#", "", "+", "", " %", "").Replace(text)
	got, err := strconv.ParseFloat(digits, 64)
	want, wantErr := strconv.ParseFloat(value, 64)
	if err != nil || wantErr != nil {
		return false
	}
	if strings.HasSuffix(text, " %") {
		want *= 100
	}
	_, fraction, _ := strings.Cut(digits, ".")
	return math.Abs(math.Abs(got)-math.Abs(want)) <= 0.5*math.Pow(10, -float64(len(fraction)))+1e-9 && (want < 0 || got >= 0)
}

// elsewhere matches figures that the page gives in another way, or not at all
// where they are nothing.
func elsewhere() *regexp.Regexp {
	return regexp.MustCompile(`^(` + strings.Join([]string{
		`suggestions\.\d+\.share\..*`,                            // in the suggestion's sentence
		`by_day\.\d+\.by_tier\.\d+\.records`,                     // the day's number is there
		`by_day\.\d+\.saved_share`,                               // saved and all-frontier are
		`by_\w+\.\d+\.compared`, `model_costs\.\d+\.success\.of`, // the number of records is
		`model_costs\.\d+\.success\.hits`, // the share of these is
	}, "|") + `)$`)
}

func TestEveryFigureOfThePageIsInTheJSON(t *testing.T) {
	t.Parallel()
	for name, n := range map[string]weekly.Numbers{
		"full": fullWeek(), "empty": week(0, 7, honest), "one": week(1, 7, honest), "quarter": week(900, 92, honest), "many": manyRepositories(), "hostile": hostileWeek(),
	} {
		want := leaves(t, n)
		got := figuresOf(parsed(t, written(t, n)))
		if len(got) == 0 {
			t.Errorf("%s: no figure", name)
		}
		if list := wrong(got, want); len(list) > 0 && name != "hostile" {
			t.Errorf("%s:\n%s", name, strings.Join(list[:min(len(list), 20)], "\n"))
		}
	}
}

func TestEveryNumberOfTheJSONIsOnThePage(t *testing.T) {
	t.Parallel()
	n := fullWeek()
	on := map[string]bool{}
	for _, f := range figuresOf(parsed(t, written(t, n))) {
		on[f.Path] = true
	}
	for path, value := range leaves(t, n) {
		if !on[path] && value != "0" && !elsewhere().MatchString(path) {
			t.Errorf("%s = %s is not on the page", path, value)
		}
	}
}

func TestTheComparisonFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	want := map[string]string{"a": "0.582", "b": "0.9318", "c": "unknown", "d": "1234.5"}
	for _, good := range []shown{{"a", "0.582", "$0.5820"}, {"b", "0.9318", "93.2 %"}, {"c", "unknown", "unknown"}, {"d", "1234.5", "$1,234.50"}} {
		if list := wrong([]shown{good}, want); len(list) != 0 {
			t.Errorf("%v: %v", good, list)
		}
	}
	for _, bad := range []shown{
		{"a", "0.582", "$0.5830"},
		{"a", "0.583", "$0.5830"},
		{"b", "0.9318", "9.3 %"},
		{"c", "unknown", "$0"},
		{"c", "0", "unknown"},
		{"d", "1234.5", "$1.23"},
		{"e", "1", "1"},
		{"a", "0.582", "-$0.5820"},
	} {
		if list := wrong([]shown{bad}, want); len(list) != 1 {
			t.Errorf("%v: %v", bad, list)
		}
	}
}

func manyRepositories() weekly.Numbers {
	return week(3000, 7, func(n int) names {
		called := honest(n)
		called.repository = fmt.Sprintf("acme/service-%04d", n%1000)
		return called
	})
}
