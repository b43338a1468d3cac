package fakegithub

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// Spec is the OpenAPI description, parsed once however many servers share it.
type Spec struct {
	file string
	once sync.Once
	doc  *openapi3.T
	err  error
}

// NewSpec names the description's file. It is read when first needed.
func NewSpec(file string) *Spec { return &Spec{file: file} }

// FindSpec gives the description in testdata/openapi of the module that the
// working directory belongs to.
func FindSpec() (*Spec, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("find the OpenAPI description: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return NewSpec(filepath.Join(dir, "testdata", "openapi", "openapi-subset.json")), nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return nil, errors.New("find the OpenAPI description: no go.mod above the working directory")
		}
		dir = parent
	}
}

func (s *Spec) load() (*openapi3.T, error) {
	s.once.Do(func() {
		if s.doc, s.err = openapi3.NewLoader().LoadFromFile(s.file); s.err != nil {
			s.err = fmt.Errorf("load the OpenAPI description: %w", s.err)
			return
		}
		permitDeletedForks(s.doc)
		permitOutdatedComments(s.doc)
	})
	return s.doc, s.err
}

// permitDeletedForks lets the head of a pull request have no repository. The
// platform answers null there once the fork is gone, which the description
// does not know.
func permitDeletedForks(doc *openapi3.T) {
	for _, name := range []string{"pull-request", "pull-request-simple"} {
		head := doc.Components.Schemas[name].Value.Properties["head"].Value
		repo := *head.Properties["repo"].Value
		repo.Nullable = true
		head.Properties["repo"] = &openapi3.SchemaRef{Value: &repo}
	}
}

// permitOutdatedComments lets a review comment have no line. The platform
// answers null there once the diff no longer shows it
// (https://github.com/vitali87/croft/pull/454), which the description does not
// know.
func permitOutdatedComments(doc *openapi3.T) {
	properties := doc.Components.Schemas["pull-request-review-comment"].Value.Properties
	for _, name := range []string{"line", "position"} {
		place := *properties[name].Value
		place.Nullable = true
		properties[name] = &openapi3.SchemaRef{Value: &place}
	}
}

// operation is one request matched to the description.
type operation struct {
	route  *routers.Route
	params map[string]string
}

// key is "GET /repos/{owner}/{repo}": how handlers are named.
func (o operation) key() string { return o.route.Method + " " + o.route.Path }

// match finds the operation of a request. Of several templates the one with
// the most literal segments wins, as in pulls/{n}/files over pulls/{n}.
func (s *Spec) match(method, escapedPath string) (operation, bool) {
	var best operation
	literals := -1
	for template, item := range s.doc.Paths.Map() {
		op := item.GetOperation(method)
		if op == nil {
			continue
		}
		params, n, ok := matchTemplate(template, escapedPath)
		if !ok || n <= literals {
			continue
		}
		literals = n
		best = operation{params: params, route: &routers.Route{Spec: s.doc, Path: template, PathItem: item, Method: method, Operation: op}}
	}
	return best, literals >= 0
}

// matchTemplate matches segment by segment, on the escaped path: a branch
// named "a/b" must come as one segment. Only {path} and a last {ref} of git/
// take the rest of the path with its slashes.
func matchTemplate(template, escapedPath string) (params map[string]string, literals int, ok bool) {
	want, have := strings.Split(template, "/"), strings.Split(escapedPath, "/")
	params = map[string]string{}
	for i, w := range want {
		if i >= len(have) {
			return nil, 0, false
		}
		name, isParam := strings.CutPrefix(w, "{")
		if !isParam {
			if w != have[i] {
				return nil, 0, false
			}
			literals++
			continue
		}
		name = strings.TrimSuffix(name, "}")
		value := have[i]
		greedy := i == len(want)-1 && (name == "path" || name == "ref" && strings.Contains(template, "/git/"))
		if greedy {
			value = strings.Join(have[i:], "/")
		}
		unescaped, err := url.PathUnescape(value)
		if err != nil || unescaped == "" {
			return nil, 0, false
		}
		params[name] = unescaped
		if greedy {
			return params, literals, true
		}
	}
	return params, literals, len(want) == len(have)
}

func (o operation) input(r *http.Request) *openapi3filter.RequestValidationInput {
	return &openapi3filter.RequestValidationInput{
		Request: r, PathParams: o.params, Route: o.route,
		Options: shortly(&openapi3filter.Options{RejectWhenRequestBodyNotSpecified: true, SkipSettingDefaults: true}),
	}
}

// checkRequest holds path, query and body against the description. The
// library lets unknown query parameters pass; the platform ignores them, which
// a test must not.
func (o operation) checkRequest(r *http.Request) error {
	known := map[string]bool{}
	for _, list := range []openapi3.Parameters{o.route.PathItem.Parameters, o.route.Operation.Parameters} {
		for _, p := range list {
			known[p.Value.In+" "+p.Value.Name] = true
		}
	}
	for name := range r.URL.Query() {
		if !known["query "+name] {
			return fmt.Errorf("unknown query parameter %q", name)
		}
	}
	return openapi3filter.ValidateRequest(context.Background(), o.input(r))
}

// checkAnswer holds an answer against the description. Statuses that it does
// not list (429, 502, 404 of some calls) pass: the platform has them everywhere.
func (o operation) checkAnswer(r *http.Request, status int, header http.Header, body []byte) error {
	if o.route.Operation.Responses.Status(status) == nil {
		if status < 400 {
			return fmt.Errorf("status %d is not described", status)
		}
		return nil
	}
	in := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: o.input(r), Status: status, Header: header,
		Options: shortly(&openapi3filter.Options{IncludeResponseStatus: true}),
	}
	in.SetBodyBytes(body)
	return openapi3filter.ValidateResponse(context.Background(), in)
}

// shortly makes a failure one line: the library prints whole schemas.
func shortly(o *openapi3filter.Options) *openapi3filter.Options {
	o.WithCustomSchemaErrorFunc(func(err *openapi3.SchemaError) string {
		return fmt.Sprintf("at /%s: %s", strings.Join(err.JSONPointer(), "/"), err.Reason)
	})
	return o
}
