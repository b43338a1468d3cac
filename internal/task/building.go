package task

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// Building says how an answer builds on an earlier one of the same task: what
// rests only on what did not change stands, and only the rest is asked for.
// The answer that comes of both is verified on the whole.
type Building struct {
	// Sources names what lines of an answer rest on, each with a digest.
	Sources func(Input) map[string]string
	// Stand gives of an earlier answer, which is untrusted, the lines that
	// rest on sources that are the same and that pass the verifier's checks;
	// false where there is none.
	Stand func(in Input, earlier []byte, same func(source string) bool) (stands []byte, ok bool)
	// Rest is the input without what did not change.
	Rest func(in Input, same func(source string) bool) Input
	// Merge joins what stands with the answer about the rest.
	Merge func(stands, fresh []byte) ([]byte, error)
	// Instructions follow the task's own.
	Instructions string
}

// summaryBuilding: a line rests on the files that it names.
func summaryBuilding() *Building {
	return &Building{
		Sources: summarySources, Stand: standingPoints, Rest: changedFiles, Merge: mergeSummaries,
		Instructions: `A part of this change was summarized before and is the same as then. Of it you get no diff: the block "what stands" has the points that were written about it, and they will be printed as they are. Write points and "attention" only about the diff that you see, and do not repeat what stands. The one field "summary" is about the whole change, what stands included; where what stands is enough to say it, use its words. Where the diff that you see is empty, "points" and "attention" are empty.`,
	}
}

func summarySources(in Input) map[string]string {
	sources := map[string]string{}
	for _, f := range in.Change.Files {
		sources[f.Path] = change.PatchDigest(f)
	}
	return sources
}

func standingPoints(in Input, earlier []byte, same func(string) bool) ([]byte, bool) {
	var a summaryAnswer
	if readAnswer(earlier, []byte(summarySchema), &a) != nil {
		return nil, false
	}
	e := gather(in)
	stands := func(p summaryPoint) bool {
		return e.rests(p, same) && len(e.checkPoints("point", []summaryPoint{p})) == 0
	}
	a.Summary = ""
	a.Points, a.Attention = only(a.Points, stands), only(a.Attention, stands)
	if len(a.Points)+len(a.Attention) == 0 {
		return nil, false
	}
	data, err := json.Marshal(a)
	return data, err == nil
}

// rests says that a point names files, and that all it names is the same. A
// commit is: by its id, it is what it was.
func (e *evidence) rests(p summaryPoint, same func(string) bool) bool {
	files := 0
	for _, s := range p.Sources {
		name := strings.TrimPrefix(strings.Trim(strings.TrimSpace(s), "`"), "./")
		switch {
		case same(name):
			files++
		case e.hasPath(name) || !e.source(s):
			return false
		}
	}
	return files > 0
}

func only[T any](all []T, keep func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(all), func(v T) bool { return !keep(v) })
}

func changedFiles(in Input, same func(string) bool) Input {
	in.Change.Files = only(in.Change.Files, func(f change.File) bool { return !same(f.Path) })
	return in
}

func mergeSummaries(stands, fresh []byte) ([]byte, error) {
	var a, b summaryAnswer
	if err := errors.Join(readStanding(stands, &a), readFresh(fresh, summarySchema, &b)); err != nil {
		return nil, err
	}
	b.Points = joined(a.Points, only(b.Points, func(p summaryPoint) bool { return !told(a.Points, p) }))
	b.Attention = joined(a.Attention, only(b.Attention, func(p summaryPoint) bool { return !told(a.Attention, p) }))
	return json.Marshal(b)
}

// joined is never nil: the schema asks for a list.
func joined[T any](a, b []T) []T { return append(append([]T{}, a...), b...) }

func told(points []summaryPoint, p summaryPoint) bool {
	return slices.ContainsFunc(points, func(q summaryPoint) bool { return sameWords(p.Text, q.Text) })
}

// readStanding reads what Stand wrote.
func readStanding(stands []byte, into any) error { return json.Unmarshal(stands, into) }

func readFresh(answer []byte, schema string, into any) error {
	if problems := readAnswer(answer, []byte(schema), into); len(problems) > 0 {
		return errors.New(problems[0].Text)
	}
	return nil
}
