package github

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	gh "github.com/google/go-github/v62/github"
)

// maxAnnotations is how many a request carries (REST API, checks/create).
const maxAnnotations = 50

// CheckRun is one finished check of a commit.
type CheckRun struct {
	Name        string
	HeadSHA     string
	Conclusion  string // success, failure, neutral, skipped
	Title       string
	Summary     string // markdown
	Annotations []CheckAnnotation
}

// CheckAnnotation is a remark on lines of a file. Lines are 1-based; Level is
// notice, warning or failure.
type CheckAnnotation struct {
	Path               string
	StartLine, EndLine int
	Level              string
	Title, Message     string
}

// CreateCheckRun writes a finished check, with its annotations in as many
// requests as they need. Its conclusion stands from the first request on, so
// a later one that fails loses annotations and never the verdict.
func (c *Client) CreateCheckRun(ctx context.Context, repo Repo, check CheckRun) error {
	first, rest := cut(check.Annotations, maxAnnotations)
	completed := "completed"
	data, _, err := c.send(ctx, writeCheck, http.MethodPost, repo.path("/check-runs"), gh.CreateCheckRunOptions{
		Name: check.Name, HeadSHA: check.HeadSHA, Status: &completed, Conclusion: &check.Conclusion, Output: check.output(first),
	})
	if err != nil {
		return err
	}
	var made struct {
		ID int64 `json:"id"`
	}
	if err := decode(writeCheck, data, &made); err != nil {
		return err
	}
	path := repo.path("/check-runs/%s", strconv.FormatInt(made.ID, 10))
	for sent := len(first); len(rest) > 0; sent += len(first) {
		first, rest = cut(rest, maxAnnotations)
		_, _, err := c.send(ctx, writeCheck, http.MethodPatch, path, gh.UpdateCheckRunOptions{Name: check.Name, Output: check.output(first)})
		if err != nil {
			return fmt.Errorf("%d of %d annotations were written: %w", sent, len(check.Annotations), err)
		}
	}
	return nil
}

func cut[T any](list []T, most int) (first, rest []T) {
	n := min(len(list), most)
	return list[:n], list[n:]
}

func (k CheckRun) output(annotations []CheckAnnotation) *gh.CheckRunOutput {
	out := &gh.CheckRunOutput{Title: &k.Title, Summary: &k.Summary}
	for _, a := range annotations {
		out.Annotations = append(out.Annotations, &gh.CheckRunAnnotation{
			Path: &a.Path, StartLine: &a.StartLine, EndLine: &a.EndLine, AnnotationLevel: &a.Level, Title: &a.Title, Message: &a.Message,
		})
	}
	return out
}
