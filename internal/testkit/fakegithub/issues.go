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
	comments, header := page(c, c.repo.Comments[c.number("issue_number")])
	return reply{status: http.StatusOK, header: header, body: fillAll(c.s.spec, "issue-comment", comments, comment)}
}

func comment(k Comment) object {
	v := object{"id": k.ID, "body": k.Body, "user": account(k.Author), "author_association": "NONE"}
	if k.App != "" {
		v["performed_via_github_app"] = object{"slug": k.App, "name": k.App, "owner": object{"login": "github"}}
	}
	return v
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
	a := reply{status: http.StatusCreated, body: c.s.spec.fill("issue-comment", comment(k)), header: http.Header{}}
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
	for _, comments := range c.repo.Comments {
		if i := slices.IndexFunc(comments, func(k Comment) bool { return k.ID == id }); i >= 0 {
			comments[i].Body = body
			return ok(c.s.spec.fill("issue-comment", comment(comments[i])))
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
