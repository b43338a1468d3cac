package fakegithub

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
)

func getRun(c *call) reply {
	run := c.repo.Runs[int64(c.number("run_id"))]
	if run == nil {
		return notFound()
	}
	pulls := []any{}
	for _, n := range run.PullNumbers {
		pulls = append(pulls, object{"number": n, "base": object{"repo": object{"id": c.repo.ID}}})
	}
	v := object{
		"id": run.ID, "run_attempt": run.Attempt, "name": run.Name, "event": run.Event, "status": "completed", "conclusion": run.Conclusion,
		"head_sha": run.HeadSHA, "head_branch": run.HeadBranch, "pull_requests": pulls,
		"repository": object{"id": c.repo.ID, "full_name": c.repo.FullName(), "name": c.repo.Name},
	}
	if run.HeadRepo != "" {
		v["head_repository"] = object{"full_name": run.HeadRepo}
	}
	return ok(c.s.spec.fill("workflow-run", v))
}

func listJobs(c *call) reply {
	run := c.repo.Runs[int64(c.number("run_id"))]
	if run == nil {
		return notFound()
	}
	attempt := run.Attempt
	if c.params["attempt_number"] != "" {
		attempt = c.number("attempt_number")
	}
	all := run.Jobs[attempt]
	jobs, header := page(c, all)
	fill := func(j Job) object {
		return object{"id": j.ID, "run_id": run.ID, "name": j.Name, "status": "completed", "conclusion": j.Conclusion, "run_attempt": attempt}
	}
	return reply{status: http.StatusOK, header: header, body: object{"total_count": len(all), "jobs": fillAll(c.s.spec, "job", jobs, fill)}}
}

func getJobLog(c *call) reply {
	j := c.repo.job(int64(c.number("job_id")))
	switch {
	case j == nil:
		return notFound()
	case j.LogStatus != 0:
		return failed(j.LogStatus, "the log is not there")
	}
	to := j.Redirect
	if to == "" {
		to = fmt.Sprintf("%s/logs/%d?sig=secret", c.s.storeURL, j.ID)
	}
	return reply{status: http.StatusFound, header: http.Header{"Location": {to}}}
}

func (r *Repo) job(id int64) *Job {
	for _, run := range r.Runs {
		for _, jobs := range run.Jobs {
			for i := range jobs {
				if jobs[i].ID == id {
					return &jobs[i]
				}
			}
		}
	}
	return nil
}

// serveStorage is where logs lie: another host, which must not see the token.
func (s *Server) serveStorage(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stored = append(s.stored, record(r, nil))
	if r.Header.Get("Authorization") != "" {
		s.fail(r, "the token was sent to the storage of logs")
	}
	var id int64
	if _, err := fmt.Sscanf(r.URL.Path, "/artifacts/%d", &id); err == nil {
		for _, repo := range s.repos {
			if a := repo.artifact(id); a != nil {
				http.ServeContent(w, r, "", s.Rate.Reset, bytes.NewReader(a.Zip))
				return
			}
		}
	}
	if _, err := fmt.Sscanf(r.URL.Path, "/logs/%d", &id); err != nil {
		http.NotFound(w, r)
		return
	}
	for _, repo := range s.repos {
		if j := repo.job(id); j != nil {
			http.ServeContent(w, r, "", s.Rate.Reset, strings.NewReader(j.Log))
			return
		}
	}
	http.NotFound(w, r)
}
