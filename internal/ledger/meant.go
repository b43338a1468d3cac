package ledger

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Ref is what a flag needs to know of the record that it is about.
type Ref struct {
	ID           string
	Repository   string
	RepositoryID int64
	PullRequest  int
	Task         string
	Tier         string // that served
	Model        string // provider/model; "" where none ran
	Finished     time.Time
}

// Runs finds the record that a flag means. It keeps the records of finished
// runs that a tier served: of the others there is nothing to say.
type Runs struct {
	byTask map[runKey][]Ref
}

type runKey struct {
	repository string
	pull       int
	task       string
}

// NewRuns gives a list of none.
func NewRuns() *Runs { return &Runs{byTask: map[runKey][]Ref{}} }

// Add takes a record, which must have been checked.
func (x *Runs) Add(r Record) {
	if r.Status == Begun || r.TierUsed == "" {
		return
	}
	finished, err := time.Parse(time.RFC3339, r.Finished)
	if err != nil {
		return
	}
	model := r.ModelServed
	if model == "" {
		model = r.ModelAsked
	}
	if r.Provider != "" {
		model = r.Provider + "/" + model
	}
	k := runKey{r.Repository, r.PullRequest, r.Task}
	x.byTask[k] = append(x.byTask[k], Ref{
		ID: r.ID, Repository: r.Repository, RepositoryID: r.RepositoryID, PullRequest: r.PullRequest, Task: r.Task,
		Tier: r.TierUsed, Model: model, Finished: finished,
	})
}

// Latest gives the last run of a task on a pull request that had ended at a
// moment: whoever speaks later of the task means that one.
func (x *Runs) Latest(repository string, pull int, task string, at time.Time) (Ref, bool) {
	var found Ref
	for _, r := range x.byTask[runKey{repository, pull, task}] {
		if !r.Finished.After(at) && (found.ID == "" || r.compare(found) > 0) {
			found = r
		}
	}
	return found, found.ID != ""
}

func (r Ref) compare(o Ref) int {
	return cmp.Or(r.Finished.Compare(o.Finished), cmp.Compare(r.ID, o.ID))
}

// Pulls lists the pull requests of a repository that runs were about.
func (x *Runs) Pulls(repository string) []int {
	var pulls []int
	for k := range x.byTask {
		if k.repository == repository && k.pull > 0 {
			pulls = append(pulls, k.pull)
		}
	}
	slices.Sort(pulls)
	return slices.Compact(pulls)
}

// Tasks lists the tasks that ran on a pull request.
func (x *Runs) Tasks(repository string, pull int) []string {
	var tasks []string
	for k := range x.byTask {
		if k.repository == repository && k.pull == pull {
			tasks = append(tasks, k.task)
		}
	}
	slices.Sort(tasks)
	return tasks
}

// leastOfID is how many digits of an id name a record.
const leastOfID = 8

// ErrNoRun says that nothing is known of what was named.
var ErrNoRun = errors.New("no finished run of it is in the ledger")

// Find gives the one record that is meant by an id, by the beginning of one, or
// by a task: then its last run, on a pull request or, where that is 0, on any.
func (x *Runs) Find(name, repository string, pull int) (Ref, error) {
	var byID, byTask []Ref
	for k, all := range x.byTask {
		if repository != "" && k.repository != repository || pull != 0 && k.pull != pull {
			continue
		}
		for _, r := range all {
			if len(name) >= leastOfID && isHex(name) && strings.HasPrefix(r.ID, name) {
				byID = append(byID, r)
			}
			if k.task == name {
				byTask = append(byTask, r)
			}
		}
	}
	switch {
	case len(byID) == 1:
		return byID[0], nil
	case len(byID) > 1:
		return Ref{}, fmt.Errorf("%d records have an id that begins with %s: give more of it", len(byID), name)
	case len(byTask) == 0:
		return Ref{}, ErrNoRun
	}
	return slices.MaxFunc(byTask, Ref.compare), nil
}

// Flag gives a verdict on the record.
func (r Ref) Flag(verdict Verdict, source, reference, permission string, at time.Time) Flag {
	return NewFlag(Flag{
		Repository: r.Repository, RepositoryID: r.RepositoryID, Record: r.ID, Task: r.Task, PullRequest: r.PullRequest, Verdict: verdict,
		Permission: permission, Source: source, Reference: reference, At: at.UTC().Format(time.RFC3339Nano),
	})
}
