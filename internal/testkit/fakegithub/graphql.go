package fakegithub

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// GraphQLPath is where GitHub Enterprise Server answers GraphQL, beside its
// REST API and not below it.
const GraphQLPath = "/api/graphql"

// The four operations that the fake knows, word for word but for white space.
// Another word, a variable more or less, is a failure: no description is held
// against them.
const (
	queryThreads = `query($owner: String!, $name: String!, $number: Int!, $after: String) {
		repository(owner: $owner, name: $name) { pullRequest(number: $number) { author { login } reviewThreads(first: 100, after: $after) {
			pageInfo { hasNextPage endCursor }
			nodes { id isResolved resolvedBy { login } isOutdated viewerCanResolve comments(first: 1) { totalCount nodes { id isMinimized } } }
		} } } }`
	queryMerged = `query($owner: String!, $name: String!, $base: String!, $count: Int!) {
		repository(owner: $owner, name: $name) { pullRequests(states: MERGED, baseRefName: $base, first: $count, orderBy: {field: UPDATED_AT, direction: DESC}) {
			nodes { number title mergedAt changedFiles additions deletions baseRefOid headRefOid }
		} } }`
	mutateResolve  = `mutation($thread: ID!) { resolveReviewThread(input: {threadId: $thread}) { thread { id isResolved } } }`
	mutateMinimize = `mutation($subject: ID!) { minimizeComment(input: {subjectId: $subject, classifier: OUTDATED}) { minimizedComment { isMinimized } } }`
)

func (s *Server) graphQL(r *http.Request, body []byte) reply {
	var b struct {
		Query     string         `json:"query"`
		Variables map[string]any `json:"variables"`
	}
	switch err := json.Unmarshal(body, &b); {
	case r.Method != http.MethodPost || err != nil:
		s.fail(r, "GraphQL takes a POST with JSON: %v", err)
		return failed(http.StatusBadRequest, "Problems parsing JSON")
	case s.Token != "" && r.Header.Get("Authorization") != "Bearer "+s.Token:
		return failed(http.StatusUnauthorized, "Bad credentials")
	}
	if f := s.takeFault(r); f != nil {
		return f.reply()
	}
	switch words(b.Query) {
	case words(queryThreads):
		return s.threads(r, b.Variables)
	case words(queryMerged):
		return s.merged(r, b.Variables)
	case words(mutateResolve):
		return s.mutate(r, b.Variables, "thread", (*Remark).threadID, s.resolve)
	case words(mutateMinimize):
		return s.mutate(r, b.Variables, "subject", (*Remark).nodeID, minimize)
	}
	s.fail(r, "unknown GraphQL: %s", b.Query)
	return graphQLError("undefinedField", "unknown operation")
}

func words(query string) string { return strings.Join(strings.Fields(query), " ") }

func graphQLError(kind, message string) reply {
	return ok(object{"data": nil, "errors": []any{object{"type": kind, "message": message}}})
}

// threadsPage is how many threads one answer has: fewer than the platform's
// hundred, so that paging is met.
const threadsPage = 10

func (s *Server) threads(r *http.Request, v map[string]any) reply {
	owner, name, number, after := v["owner"], v["name"], v["number"], v["after"]
	repo := s.repos[fmt.Sprintf("%v/%v", owner, name)]
	n, isNumber := number.(float64)
	if len(v) != 4 || repo == nil || !isNumber || repo.Pulls[int(n)] == nil {
		s.fail(r, "the threads of %v are asked for", v)
		return graphQLError("NOT_FOUND", "Could not resolve to a PullRequest")
	}
	from := 0
	if cursor, there := after.(string); there {
		if _, err := fmt.Sscanf(cursor, "cursor-%d", &from); err != nil {
			s.fail(r, "unknown cursor %q", cursor)
		}
	}
	all := repo.threadsOf(repo.Pulls[int(n)])
	to := min(from+threadsPage, len(all))
	author := loginOf(repo.Pulls[int(n)].Author.Login)
	return ok(object{"data": object{"repository": object{"pullRequest": object{"author": author, "reviewThreads": object{
		"pageInfo": object{"hasNextPage": to < len(all), "endCursor": fmt.Sprintf("cursor-%d", to)}, "nodes": all[from:to],
	}}}}})
}

func (r *Repo) threadsOf(p *Pull) []any {
	all := []any{}
	for _, k := range r.Remarks[p.Number] {
		if k.ReplyTo != 0 {
			continue
		}
		total := 1
		for _, other := range r.Remarks[p.Number] {
			if other.ReplyTo == k.ID {
				total++
			}
		}
		all = append(all, object{
			"id": k.threadID(), "isResolved": k.Resolved, "resolvedBy": loginOf(k.ResolvedBy), "isOutdated": k.position(p) == 0, "viewerCanResolve": r.MayResolve,
			"comments": object{"totalCount": total, "nodes": []any{object{"id": k.nodeID(), "isMinimized": k.Minimized}}},
		})
	}
	return all
}

// loginOf is null where nobody is known.
func loginOf(login string) any {
	if login == "" {
		return nil
	}
	return object{"login": strings.TrimSuffix(login, "[bot]")}
}

// mutate finds the remark that a variable names and changes it.
func (s *Server) mutate(r *http.Request, v map[string]any, name string, id func(*Remark) string, change func(*Repo, *Remark) reply) reply {
	wanted, named := v[name].(string)
	if len(v) != 1 || !named {
		s.fail(r, "the variables are %v, want %q alone", v, name)
		return graphQLError("undefinedField", "wrong variables")
	}
	for _, repo := range s.repos {
		for _, remarks := range repo.Remarks {
			for _, k := range remarks {
				if id(k) == wanted {
					if k.Author != ourselves() {
						s.fail(r, "somebody else's comment %d is touched", k.ID)
					}
					return change(repo, k)
				}
			}
		}
	}
	return graphQLError("NOT_FOUND", "Could not resolve to a node")
}

func (s *Server) resolve(repo *Repo, k *Remark) reply {
	if !repo.MayResolve {
		return graphQLError("FORBIDDEN", "Resource not accessible by integration")
	}
	k.Resolved, k.ResolvedBy = true, ourselves().Login
	return ok(object{"data": object{"resolveReviewThread": object{"thread": object{"id": k.threadID(), "isResolved": true}}}})
}

func minimize(_ *Repo, k *Remark) reply {
	k.Minimized = true
	return ok(object{"data": object{"minimizeComment": object{"minimizedComment": object{"isMinimized": true}}}})
}
