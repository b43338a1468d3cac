package fakegithub

import (
	"net/http"
	"net/url"
	"strings"
)

func getPull(c *call) reply {
	p := c.repo.Pulls[c.number("pull_number")]
	if p == nil {
		return notFound()
	}
	return ok(c.s.spec.fill("pull-request", c.pull(p)))
}

func (c *call) pull(p *Pull) object {
	t := p.totals()
	v := c.simplePull(p)
	v["additions"], v["deletions"], v["changed_files"] = t.Additions, t.Deletions, t.Files
	v["commits"], v["comments"] = len(p.Commits), len(c.repo.Comments[p.Number])
	return v
}

// simplePull has what a list of pull requests shows: no counts.
func (c *call) simplePull(p *Pull) object {
	labels := make([]any, 0, len(p.Labels))
	for _, l := range p.Labels {
		labels = append(labels, object{"name": l, "description": ""})
	}
	v := object{
		"number": p.Number, "title": p.Title, "body": p.Body, "draft": p.Draft, "state": "open", "user": account(p.Author),
		"labels": labels, "base": c.ref(p.Base), "head": c.ref(p.Head),
	}
	if p.NullBody {
		v["body"] = nil
	}
	return v
}

func (c *call) ref(r Ref) object {
	v := object{"sha": r.SHA, "ref": r.Name, "label": r.Repo + ":" + r.Name, "repo": nil, "user": object{"login": "acme"}}
	if r.Repo != "" {
		owner, name, _ := strings.Cut(r.Repo, "/")
		id := c.repo.ID
		if r.Repo != c.repo.FullName() {
			id++
		}
		v["repo"] = object{"id": id, "full_name": r.Repo, "name": name, "owner": object{"login": owner}}
	}
	return v
}

func account(p Person) any {
	if p.Login == "" {
		return nil
	}
	kind := "User"
	if p.Bot {
		kind = "Bot"
	}
	return object{"login": p.Login, "type": kind}
}

func listFiles(c *call) reply {
	p := c.repo.Pulls[c.number("pull_number")]
	if p == nil {
		return notFound()
	}
	rows, header := page(c, p.Files[:min(len(p.Files), 3000)])
	if p.PatchLines > 0 {
		rows = dropLate(rows, p.PatchLines)
	}
	return reply{status: http.StatusOK, header: header, body: fillAll(c.s.spec, "diff-entry", rows, entryAt(p.Head.SHA))}
}

// dropLate empties the rows after those whose patches reach lines, unmarked,
// as https://github.com/orgs/community/discussions/213491 reports.
func dropLate(rows []Row, lines int) []Row {
	out := append([]Row(nil), rows...)
	seen := 0
	for i := range out {
		if seen >= lines {
			out[i].Patch, out[i].Additions, out[i].Deletions = "", 0, 0
		}
		seen += strings.Count(out[i].Patch, "\n")
	}
	return out
}

// entryAt gives rows that name the head that they are of.
func entryAt(head string) func(Row) object {
	return func(row Row) object {
		v := entry(row)
		v["contents_url"] = "https://api.github.example/repos/acme/widgets/contents/" + url.PathEscape(row.Path) + "?ref=" + head
		return v
	}
}

func entry(row Row) object {
	v := object{
		"filename": row.Path, "status": row.Status, "sha": strings.Repeat("e", 40),
		"additions": row.Additions, "deletions": row.Deletions, "changes": row.Additions + row.Deletions,
	}
	if row.Status == "" {
		v["status"] = "modified"
	}
	if row.Patch != "" {
		v["patch"] = row.Patch
	}
	if row.OldPath != "" {
		v["previous_filename"] = row.OldPath
	}
	return v
}

func listCommits(c *call) reply {
	p := c.repo.Pulls[c.number("pull_number")]
	if p == nil {
		return notFound()
	}
	commits, header := page(c, p.Commits[:min(len(p.Commits), 250)])
	return reply{status: http.StatusOK, header: header, body: fillAll(c.s.spec, "commit", commits, commit)}
}

func commit(k Commit) object {
	parents := make([]any, k.Parents)
	for i := range parents {
		parents[i] = object{"sha": strings.Repeat("f", 40)}
	}
	return object{
		"sha": k.SHA, "parents": parents, "author": nil, "committer": nil,
		"commit": object{"message": k.Message, "author": object{"name": k.Author, "email": "a@github.example", "date": "1970-01-01T00:00:00Z"}},
	}
}

func compare(c *call) reply {
	v, there := c.repo.Comparisons[c.params["basehead"]]
	if !there {
		return notFound()
	}
	total := v.TotalCommits
	if total == 0 {
		total = len(v.Commits)
	}
	status := v.Status
	if status == "" {
		status = "ahead"
	}
	base, head, _ := strings.Cut(c.params["basehead"], "...")
	mergeBase := v.MergeBase
	if mergeBase == "" {
		mergeBase = base
	}
	commits, header := page(c, v.Commits)
	body := object{
		"status": status, "total_commits": total, "ahead_by": total, "behind_by": 0,
		"base_commit": commit(Commit{SHA: mergeBase}), "merge_base_commit": commit(Commit{SHA: mergeBase}),
		"commits": fillAll(c.s.spec, "commit", commits, commit),
	}
	if c.query("page", 1) == 1 {
		body["files"] = fillAll(c.s.spec, "diff-entry", v.Files[:min(len(v.Files), 300)], entryAt(head))
	}
	return reply{status: http.StatusOK, header: header, body: c.s.spec.fill("commit-comparison", body)}
}

func listCommitPulls(c *call) reply {
	var pulls []*Pull
	for _, n := range c.repo.CommitPulls[c.params["commit_sha"]] {
		pulls = append(pulls, c.repo.Pulls[n])
	}
	pulls, header := page(c, pulls)
	return reply{status: http.StatusOK, header: header, body: fillAll(c.s.spec, "pull-request-simple", pulls, c.simplePull)}
}
