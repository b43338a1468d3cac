package fakegithub

import (
	"net/http"
	"slices"
	"strconv"
	"unicode/utf16"
)

// maxComment is where the platform refuses a comment's body.
const maxComment = 65536

func listComments(c *call) reply {
	n := c.number("issue_number")
	comments, header := page(c, changedSince(c.repo.Comments[n], c.r.URL.Query().Get("since")))
	return reply{status: http.StatusOK, header: header, body: fillAll(c.s.spec, "issue-comment", comments, func(k Comment) object { return comment(c, n, k) })}
}

// changedSince leaves out what was last edited before a moment, as the platform
// does.
func changedSince(comments []Comment, since string) []Comment {
	if since == "" {
		return comments
	}
	var kept []Comment
	for _, k := range comments {
		if k.updated() >= since {
			kept = append(kept, k)
		}
	}
	return kept
}

func (k Comment) created() string {
	if k.Created == "" {
		return plainestString("date-time")
	}
	return k.Created
}

func (k Comment) updated() string {
	if k.Updated == "" {
		return k.created()
	}
	return k.Updated
}

func comment(c *call, number int, k Comment) object {
	v := object{
		"id": k.ID, "body": k.Body, "user": account(k.Author), "author_association": "NONE", "created_at": k.created(), "updated_at": k.updated(),
		"issue_url": c.s.URL() + "/repos/" + c.repo.FullName() + "/issues/" + strconv.Itoa(number), "reactions": rollup(k.Reactions),
	}
	if k.App != "" {
		v["performed_via_github_app"] = object{"slug": k.App, "name": k.App, "owner": object{"login": "github"}}
	}
	return v
}

func rollup(all []Reaction) object {
	v := object{"total_count": len(all)}
	for _, word := range []string{"+1", "-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket"} {
		n := 0
		for _, r := range all {
			if r.Content == word {
				n++
			}
		}
		v[word] = n
	}
	return v
}

// findComment gives a comment and the number of its issue.
func findComment(c *call) (Comment, int, bool) {
	id := int64(c.number("comment_id"))
	for n, comments := range c.repo.Comments {
		for _, k := range comments {
			if k.ID == id {
				return k, n, true
			}
		}
	}
	return Comment{}, 0, false
}

func getComment(c *call) reply {
	k, n, found := findComment(c)
	if !found {
		return notFound()
	}
	return ok(c.s.spec.fill("issue-comment", comment(c, n, k)))
}

func listReactions(c *call) reply {
	k, _, found := findComment(c)
	if !found {
		return notFound()
	}
	reactions, header := page(c, k.Reactions)
	return reply{status: http.StatusOK, header: header, body: fillAll(c.s.spec, "reaction", reactions, func(r Reaction) object {
		return object{"id": r.ID, "user": account(r.Author), "content": r.Content, "created_at": r.Created}
	})}
}

// listIssues lists the newest first, and pull requests among them, as the
// platform does.
func listIssues(c *call) reply {
	q := c.r.URL.Query()
	var all []object
	for _, i := range slices.Backward(c.repo.Issues) {
		if state := q.Get("state"); state == "all" || (state == "closed") == i.Closed {
			all = append(all, issue(i))
		}
	}
	for n, p := range c.repo.Pulls {
		v := issue(Issue{Number: n, Title: p.Title, Author: p.Author})
		v["pull_request"] = object{"url": "https://github.example/pulls", "html_url": nil, "diff_url": nil, "patch_url": nil}
		all = append(all, v)
	}
	if by := q.Get("creator"); by != "" {
		all = slices.DeleteFunc(all, func(v object) bool {
			user, known := v["user"].(object)
			return !known || user["login"] != by
		})
	}
	issues, header := page(c, all)
	return reply{status: http.StatusOK, header: header, body: fillAll(c.s.spec, "issue", issues, func(v object) object { return v })}
}

func issue(i Issue) object {
	state := "open"
	if i.Closed {
		state = "closed"
	}
	return object{"number": i.Number, "title": i.Title, "user": account(i.Author), "state": state, "labels": []any{}}
}

func createIssue(c *call) reply {
	var v struct{ Title, Body string }
	if !c.decode(&v) {
		return failed(http.StatusBadRequest, "Problems parsing JSON")
	}
	c.s.nextID++
	i := Issue{Number: int(c.s.nextID), Title: v.Title, Author: ourselves()}
	c.repo.Issues = append(c.repo.Issues, i)
	return reply{status: http.StatusCreated, header: http.Header{"Location": {"https://github.example/issues"}}, body: c.s.spec.fill("issue", issue(i))}
}

// ourselves is who a GITHUB_TOKEN writes as.
func ourselves() Person { return Person{Login: "github-actions[bot]", Bot: true} }

func createComment(c *call) reply {
	body, refused := c.commentBody()
	if refused != nil {
		return *refused
	}
	n := c.number("issue_number")
	c.s.nextID++
	k := Comment{ID: c.s.nextID, Author: ourselves(), App: "github-actions", Body: body}
	c.repo.Comments[n] = append(c.repo.Comments[n], k)
	a := reply{status: http.StatusCreated, body: c.s.spec.fill("issue-comment", comment(c, n, k)), header: http.Header{}}
	a.header.Set("Location", "https://github.example/comments/"+strconv.FormatInt(k.ID, 10))
	return a
}

// updateComment edits any comment, as the platform lets a token with write
// permission do: nothing but the client keeps others' comments whole.
func updateComment(c *call) reply {
	body, refused := c.commentBody()
	if refused != nil {
		return *refused
	}
	id := int64(c.number("comment_id"))
	for n, comments := range c.repo.Comments {
		if i := slices.IndexFunc(comments, func(k Comment) bool { return k.ID == id }); i >= 0 {
			comments[i].Body = body
			return ok(c.s.spec.fill("issue-comment", comment(c, n, comments[i])))
		}
	}
	return notFound()
}

func (c *call) commentBody() (string, *reply) {
	var v struct{ Body string }
	if !c.decode(&v) {
		a := failed(http.StatusBadRequest, "Problems parsing JSON")
		return "", &a
	}
	if len(utf16.Encode([]rune(v.Body))) > maxComment {
		a := failed(http.StatusUnprocessableEntity, "Validation Failed: Body is too long (maximum is 65536 characters)")
		return "", &a
	}
	return v.Body, nil
}

func listLabels(c *call) reply {
	p := c.repo.Pulls[c.number("issue_number")]
	if p == nil {
		return notFound()
	}
	labels, header := page(c, p.Labels)
	return reply{status: http.StatusOK, header: header, body: fillAll(c.s.spec, "label", labels, func(l string) object { return object{"name": l} })}
}

func getPermission(c *call) reply {
	p, there := c.repo.People[c.params["username"]]
	if !there {
		return failed(http.StatusNotFound, c.params["username"]+" is not a user")
	}
	role := p.Role
	if role == "" {
		role = p.Permission
	}
	user := object{"login": p.Login, "type": "User", "role_name": role}
	if p.Bot {
		user["type"] = "Bot"
	}
	return ok(c.s.spec.fill("repository-collaborator-permission", object{"permission": p.Permission, "role_name": role, "user": user}))
}

func listRules(c *call) reply {
	rules, header := page(c, c.repo.Rules[c.params["branch"]])
	fill := func(rule map[string]any) object {
		v := object{"ruleset_id": 1, "ruleset_source": c.repo.FullName(), "ruleset_source_type": "Repository"}
		for name, field := range rule {
			v[name] = field
		}
		return v
	}
	return reply{status: http.StatusOK, header: header, body: fillAll(c.s.spec, "repository-rule-detailed", rules, fill)}
}

func getBranch(c *call) reply {
	b, there := c.repo.Branches[c.params["branch"]]
	if !there {
		return failed(http.StatusNotFound, "Branch not found")
	}
	protection := object{"enabled": b.Protected}
	if b.Protected {
		contexts, checks := []any{}, []any{}
		for _, name := range b.Checks {
			contexts = append(contexts, name)
			checks = append(checks, object{"context": name, "app_id": nil})
		}
		protection["required_status_checks"] = object{"enforcement_level": "non_admins", "contexts": contexts, "checks": checks}
	}
	return ok(c.s.spec.fill("branch-with-protection", object{"name": c.params["branch"], "protected": b.Protected, "protection": protection}))
}
