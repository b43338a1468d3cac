package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/testkit/guessfit"
)

type row struct {
	Repo, SHA, Subject, Stratum, Label4 string
	Weight                             float64
	rawSubject                         string
}

func f1(rows []row, pred []int, weighted bool) (float64, string) {
	names := []string{"code", "tests", "config", "docs"}
	text, sum := "", 0.0
	for c := range 4 {
		var tp, fp, fn float64
		for i, r := range rows {
			w := 1.0
			if weighted {
				w = r.Weight
			}
			y := slices.Index(names, r.Label4)
			switch {
			case y == c && pred[i] == c:
				tp += w
			case y == c:
				fn += w
			case pred[i] == c:
				fp += w
			}
		}
		f := 2 * tp / (2*tp + fp + fn)
		text += fmt.Sprintf(" %s R%.3f F%.3f", names[c], tp/(tp+fn), f)
		sum += f
	}
	return sum / 4, text
}

func main() {
	f, _ := os.Open("/work/shared/corpora/dev.jsonl")
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 64<<20)
	names := []string{"code", "tests", "config", "docs"}
	var rows []row
	var with, without []guessfit.Sample
	counts := map[string]float64{}
	mean := 0.0
	for sc.Scan() {
		var r row
		json.Unmarshal(sc.Bytes(), &r)
		if r.Stratum != "label" || r.Label4 == "" {
			continue
		}
		text, _ := os.ReadFile("/tmp/diffs/" + r.SHA + ".diff")
		files, err := change.Parse(bytes.NewReader(text))
		if err != nil {
			continue
		}
		in := signal.Input{Change: change.Change{Files: files}, HasChange: true}
		a := signal.Features(in)
		in.Brief = task.Brief{Title: r.Subject}
		b := signal.Features(in)
		y := slices.Index(names, r.Label4)
		without = append(without, guessfit.Sample{Group: r.Repo, Features: a, Label: y})
		with = append(with, guessfit.Sample{Group: r.Repo, Features: b, Label: y})
		rows = append(rows, r)
		counts[r.Label4]++
		mean += r.Weight
	}
	mean /= float64(len(rows))
	for i, r := range rows {
		w := math.Pow(400/counts[r.Label4], .25) * math.Pow(r.Weight/mean, .25)
		with[i].Weight = w
		without[i].Weight = w * .5
	}
	all := append(slices.Clone(with), without...)
	full := guessfit.Fit(all)
	fmt.Println("features", len(full))
	show := func(name string, fit func(repo string) guessfit.Weights) {
		cache := map[string]guessfit.Weights{}
		p1, p0 := make([]int, len(rows)), make([]int, len(rows))
		for i, r := range rows {
			if cache[r.Repo] == nil {
				cache[r.Repo] = fit(r.Repo)
			}
			p1[i] = cache[r.Repo].Guess(with[i].Features)
			p0[i] = cache[r.Repo].Guess(without[i].Features)
		}
		for _, w := range []bool{false, true} {
			a, at := f1(rows, p1, w)
			b, bt := f1(rows, p0, w)
			fmt.Printf("%s natural=%v with %.3f%s | without %.3f%s\n", name, w, a, at, b, bt)
		}
	}
	show("fit", func(string) guessfit.Weights { return full })
	if len(os.Args) > 1 {
		return
	}
	show("cv", func(repo string) guessfit.Weights {
		return guessfit.Fit(slices.DeleteFunc(slices.Clone(all), func(s guessfit.Sample) bool { return s.Group == repo }))
	})
}
