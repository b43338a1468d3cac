package fakegithub

import (
	"fmt"
	"net/http"
)

func (r *Repo) artifact(id int64) *Artifact {
	for i := range r.Artifacts {
		if r.Artifacts[i].ID == id {
			return &r.Artifacts[i]
		}
	}
	return nil
}

func listArtifacts(c *call) reply {
	all, header := page(c, c.repo.Artifacts)
	fill := func(a Artifact) object {
		head := c.repo.ID
		if a.Fork {
			head++
		}
		return object{
			"id": a.ID, "name": a.Name, "size_in_bytes": len(a.Zip), "expired": a.Expired, "created_at": a.Created,
			"workflow_run": object{"id": a.ID, "repository_id": c.repo.ID, "head_repository_id": head},
		}
	}
	return reply{status: http.StatusOK, header: header, body: object{
		"total_count": len(c.repo.Artifacts), "artifacts": fillAll(c.s.spec, "artifact", all, fill),
	}}
}

func getArtifact(c *call) reply {
	a := c.repo.artifact(int64(c.number("artifact_id")))
	switch {
	case a == nil || c.params["archive_format"] != "zip":
		return notFound()
	case a.Expired:
		return failed(http.StatusGone, "Artifact has expired")
	}
	to := a.Redirect
	if to == "" {
		to = fmt.Sprintf("%s/artifacts/%d?sig=secret", c.s.storeURL, a.ID)
	}
	return reply{status: http.StatusFound, header: http.Header{"Location": {to}}}
}
