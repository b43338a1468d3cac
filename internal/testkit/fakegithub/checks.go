package fakegithub

import (
	"net/http"
	"slices"
)

// CheckRun is a check on a commit, as it was written.
type CheckRun struct {
	ID                   int64
	Name, HeadSHA        string
	Status, Conclusion   string
	Title, Summary       string
	Annotations          []CheckAnnotation
	AnnotationsByRequest []int
}

// CheckAnnotation is one remark of a check.
type CheckAnnotation struct {
	Path            string `json:"path"`
	StartLine       int    `json:"start_line"`
	EndLine         int    `json:"end_line"`
	AnnotationLevel string `json:"annotation_level"`
	Title           string `json:"title"`
	Message         string `json:"message"`
	RawDetails      string `json:"raw_details"`
}

// checkBody is what both calls send.
type checkBody struct {
	Name       string `json:"name"`
	HeadSHA    string `json:"head_sha"`
	Status     string `json:"status"`
	Conclusion string `json:"conclusion"`
	Output     struct {
		Title       string            `json:"title"`
		Summary     string            `json:"summary"`
		Annotations []CheckAnnotation `json:"annotations"`
	} `json:"output"`
}

func createCheckRun(c *call) reply {
	var b checkBody
	switch {
	case !c.decode(&b):
		return failed(http.StatusBadRequest, "Problems parsing JSON")
	case !c.repo.hasCommit(b.HeadSHA):
		return failed(http.StatusUnprocessableEntity, "No commit found for SHA: "+b.HeadSHA)
	case (b.Conclusion != "") != (b.Status == "completed"):
		c.s.fail(c.r, "a check is %q with the conclusion %q", b.Status, b.Conclusion)
	}
	c.s.nextID++
	k := &CheckRun{ID: c.s.nextID, Name: b.Name, HeadSHA: b.HeadSHA, Status: b.Status, Conclusion: b.Conclusion}
	if refused := k.take(b); refused != "" {
		return failed(http.StatusUnprocessableEntity, refused)
	}
	c.repo.CheckRuns = append(c.repo.CheckRuns, k)
	return reply{status: http.StatusCreated, body: c.checkRun(k)}
}

// updateCheckRun adds annotations: those that are there stay.
func updateCheckRun(c *call) reply {
	id := int64(c.number("check_run_id"))
	i := slices.IndexFunc(c.repo.CheckRuns, func(k *CheckRun) bool { return k.ID == id })
	var b checkBody
	switch {
	case i < 0:
		return notFound()
	case !c.decode(&b):
		return failed(http.StatusBadRequest, "Problems parsing JSON")
	}
	k := c.repo.CheckRuns[i]
	if b.Conclusion != "" && b.Conclusion != k.Conclusion {
		c.s.fail(c.r, "the conclusion %q became %q", k.Conclusion, b.Conclusion)
	}
	if refused := k.take(b); refused != "" {
		return failed(http.StatusUnprocessableEntity, refused)
	}
	return ok(c.checkRun(k))
}

// take adds an output. Bounds are those that the description has no words for.
func (k *CheckRun) take(b checkBody) (refused string) {
	for _, a := range b.Output.Annotations {
		switch {
		case a.Path == "" || a.StartLine < 1 || a.EndLine < a.StartLine:
			return "Invalid request: an annotation points nowhere"
		case len(a.Title) > 4*255 || len(a.Message) > 64<<10 || len(a.RawDetails) > 64<<10:
			return "Invalid request: an annotation is too long"
		}
	}
	k.Title, k.Summary = b.Output.Title, b.Output.Summary
	k.Annotations = append(k.Annotations, b.Output.Annotations...)
	k.AnnotationsByRequest = append(k.AnnotationsByRequest, len(b.Output.Annotations))
	return ""
}

func (c *call) checkRun(k *CheckRun) any {
	return c.s.spec.fill("check-run", object{
		"id": k.ID, "name": k.Name, "head_sha": k.HeadSHA, "status": k.Status, "conclusion": k.Conclusion,
		"output": object{"title": k.Title, "summary": k.Summary, "text": nil, "annotations_count": len(k.Annotations), "annotations_url": "https://github.example/annotations"},
	})
}

// hasCommit knows the commits that the state names.
func (r *Repo) hasCommit(sha string) bool {
	for _, p := range r.Pulls {
		if p.Head.SHA == sha || slices.ContainsFunc(p.Commits, func(k Commit) bool { return k.SHA == sha }) {
			return true
		}
	}
	for _, v := range r.Comparisons {
		if slices.ContainsFunc(v.Commits, func(k Commit) bool { return k.SHA == sha }) {
			return true
		}
	}
	_, there := r.Files[sha]
	return there
}
