package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// The benchmarks, each one kind of task.
const (
	fixing  = "swe-bench"
	writing = "swt-bench"
)

// row is one task with what each model made of it.
type row struct {
	Bench string             `json:"bench"`
	Task  string             `json:"task"`
	Title string             `json:"title"`
	M     map[string]outcome `json:"m"`
	text  string
}

// outcome is one run of a model: 1 where it solved the task, else 0, and what
// it cost in dollars.
type outcome struct{ solved, dollars float64 }

// UnmarshalJSON reads [solved, dollars].
func (o *outcome) UnmarshalJSON(data []byte) error {
	var pair []float64
	if err := json.Unmarshal(data, &pair); err != nil {
		return err
	}
	if len(pair) != 2 || pair[0] != 0 && pair[0] != 1 || pair[1] < 0 {
		return fmt.Errorf("outcome %s, expected [0 or 1, dollars]", data)
	}
	o.solved, o.dollars = pair[0], pair[1]
	return nil
}

// price is what a model lists, in dollars for a million tokens of output.
type price struct {
	Output float64 `json:"output_price"`
}

// recorded is everything that was read.
type recorded struct {
	rows   []row
	prices map[string]price
}

func read(dir string) (recorded, error) {
	var r recorded
	texts := map[string]string{}
	err := eachLine(filepath.Join(dir, "texts.jsonl"), func(line []byte) error {
		var t struct{ Task, Text string }
		if err := json.Unmarshal(line, &t); err != nil {
			return err
		}
		texts[t.Task] = t.Text
		return nil
	})
	if err != nil {
		return r, err
	}
	err = eachLine(filepath.Join(dir, "outcomes.jsonl"), func(line []byte) error {
		var one row
		if err := json.Unmarshal(line, &one); err != nil {
			return err
		}
		if one.Bench != fixing && one.Bench != writing {
			return fmt.Errorf("benchmark %q, expected %s or %s", one.Bench, fixing, writing)
		}
		one.text = texts[one.Task]
		if one.text == "" {
			return fmt.Errorf("task %s has no text", one.Task)
		}
		r.rows = append(r.rows, one)
		return nil
	})
	if err != nil {
		return r, err
	}
	data, err := os.ReadFile(filepath.Join(dir, "models.json"))
	if err == nil {
		err = json.Unmarshal(data, &r.prices)
	}
	if err != nil {
		return r, fmt.Errorf("read the list prices: %w", err)
	}
	return r, nil
}

func eachLine(name string, use func([]byte) error) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read the outcomes: %w", err)
	}
	for i, line := range bytes.Split(bytes.TrimSpace(data), []byte("\n")) {
		if err := use(line); err != nil {
			return fmt.Errorf("read line %d of %s: %w", i+1, filepath.Base(name), err)
		}
	}
	return nil
}
