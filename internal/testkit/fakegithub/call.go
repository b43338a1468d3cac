package fakegithub

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// call is one matched request on its way to a handler.
type call struct {
	s      *Server
	r      *http.Request
	body   []byte
	repo   *Repo
	params map[string]string
}

type handler func(*call) reply

// handlers are named as the description names its operations.
func handlers() map[string]handler {
	const repo = "/repos/{owner}/{repo}"
	return map[string]handler{
		"GET /rate_limit":                                                       getRateLimit,
		"GET " + repo:                                                           getRepo,
		"GET " + repo + "/pulls/{pull_number}":                                  getPull,
		"GET " + repo + "/pulls/{pull_number}/files":                            listFiles,
		"GET " + repo + "/pulls/{pull_number}/commits":                          listCommits,
		"GET " + repo + "/commits/{commit_sha}/pulls":                           listCommitPulls,
		"GET " + repo + "/compare/{basehead}":                                   compare,
		"GET " + repo + "/contents/{path}":                                      getContent,
		"GET " + repo + "/git/trees/{tree_sha}":                                 getTree,
		"GET " + repo + "/rules/branches/{branch}":                              listRules,
		"GET " + repo + "/branches/{branch}":                                    getBranch,
		"GET " + repo + "/collaborators/{username}/permission":                  getPermission,
		"GET " + repo + "/issues/{issue_number}/comments":                       listComments,
		"POST " + repo + "/issues/{issue_number}/comments":                      createComment,
		"PATCH " + repo + "/issues/comments/{comment_id}":                       updateComment,
		"GET " + repo + "/issues/comments/{comment_id}":                         getComment,
		"GET " + repo + "/issues/comments/{comment_id}/reactions":               listReactions,
		"GET " + repo + "/issues":                                               listIssues,
		"POST " + repo + "/issues":                                              createIssue,
		"GET " + repo + "/issues/{issue_number}/labels":                         listLabels,
		"POST " + repo + "/check-runs":                                          createCheckRun,
		"PATCH " + repo + "/check-runs/{check_run_id}":                          updateCheckRun,
		"GET " + repo + "/pulls/{pull_number}/comments":                         listRemarks,
		"POST " + repo + "/pulls/{pull_number}/reviews":                         createReview,
		"GET " + repo + "/actions/runs/{run_id}":                                getRun,
		"GET " + repo + "/actions/runs/{run_id}/jobs":                           listJobs,
		"GET " + repo + "/actions/runs/{run_id}/attempts/{attempt_number}/jobs": listJobs,
		"GET " + repo + "/actions/jobs/{job_id}/logs":                           getJobLog,
		"GET " + repo + "/actions/artifacts":                                    listArtifacts,
		"GET " + repo + "/actions/artifacts/{artifact_id}/{archive_format}":     getArtifact,
		"GET " + repo + "/git/ref/{ref}":                                        getGitRef,
		"GET " + repo + "/git/commits/{commit_sha}":                             getGitCommit,
		"GET " + repo + "/git/blobs/{file_sha}":                                 getGitBlob,
		"POST " + repo + "/git/trees":                                           createGitTree,
		"POST " + repo + "/git/commits":                                         createGitCommit,
		"POST " + repo + "/git/refs":                                            createGitRef,
		"PATCH " + repo + "/git/refs/{ref}":                                     updateGitRef,
	}
}

func (c *call) number(name string) int {
	n, _ := strconv.Atoi(c.params[name]) // the description has it an integer
	return n
}

func (c *call) query(name string, fallback int) int {
	if n, err := strconv.Atoi(c.r.URL.Query().Get(name)); err == nil {
		return n
	}
	return fallback
}

func (c *call) decode(v any) bool { return json.Unmarshal(c.body, v) == nil }

// page cuts a list as the platform does: 30 a page, at most 100, with links.
func page[T any](c *call, list []T) ([]T, http.Header) {
	size := min(max(c.query("per_page", 30), 1), 100)
	number := max(c.query("page", 1), 1)
	last := max((len(list)+size-1)/size, 1)
	var links []string
	link := func(n int, rel string) {
		q := c.r.URL.Query()
		q.Set("page", strconv.Itoa(n))
		links = append(links, fmt.Sprintf(`<%s%s%s?%s>; rel="%s"`, c.s.apiAddr, BasePath, c.r.URL.EscapedPath(), q.Encode(), rel))
	}
	if number > 1 {
		link(number-1, "prev")
	}
	if number < last {
		link(number+1, "next")
		link(last, "last")
	}
	header := http.Header{}
	if len(links) > 0 {
		header.Set("Link", strings.Join(links, ", "))
	}
	from := min((number-1)*size, len(list))
	return list[from:min(from+size, len(list))], header
}
