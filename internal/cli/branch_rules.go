package cli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/route"
)

// platformToken is what lets the platform be asked from a checkout.
func platformToken(p Process) string {
	if token := p.Getenv("GITHUB_TOKEN"); token != "" {
		return token
	}
	return p.Getenv("GH_TOKEN")
}

// branchRules asks the platform where there is a token, nil where there is
// none or nothing to ask about. A repository of the same name on another host
// is another one: its rules say nothing, and its host gets no token.
func branchRules(ctx context.Context, p Process, at pipeline.Hosted) (*lint.Platform, error) {
	owner, name, ok := strings.Cut(at.Name, "/")
	if platformToken(p) == "" || !ok || at.Branch == "" {
		return nil, nil
	}
	if host := platformHost(p); at.Host != host && at.Host != "ssh."+host {
		return nil, fmt.Errorf("origin is at %.100q, and the token is for %s", at.Host, host)
	}
	client, err := checkoutClient(p)
	if err != nil {
		return nil, err
	}
	repo := github.Repo{Owner: owner, Name: name}
	e, err := client.Evidence(ctx, repo, at.Branch)
	if err != nil {
		return nil, fmt.Errorf("ask for the rules of the branch: %w", err)
	}
	if e.RequiredReview == route.Unseen && e.ChecksProof == route.Unseen {
		return nil, errors.New(strings.Join(append(e.Notes, "nothing was shown"), "; "))
	}
	private, err := client.Private(ctx, repo)
	if err != nil {
		return nil, fmt.Errorf("ask for the repository: %w", err)
	}
	return &lint.Platform{Evidence: e, Public: !private}, nil
}

// platformHost is where people see what the API speaks of. Where only the API
// is named it is the host of that: a token of one platform must not be asked
// about a repository of another that has the same name.
func platformHost(p Process) string {
	if host := hostOf(p.Getenv("GITHUB_SERVER_URL")); host != "" {
		return host
	}
	if api := hostOf(p.Getenv("GITHUB_API_URL")); api != "" {
		return strings.TrimPrefix(api, "api.")
	}
	return "github.com"
}

// apiURL is the platform's, of which a token is.
// https://docs.github.com/en/enterprise-server/rest/using-the-rest-api/getting-started-with-the-rest-api
func apiURL(p Process) string {
	if api := p.Getenv("GITHUB_API_URL"); api != "" {
		return api
	}
	server := p.Getenv("GITHUB_SERVER_URL")
	switch host := hostOf(server); {
	case host == "", host == "github.com":
		return "https://api.github.com"
	case strings.HasSuffix(host, ".ghe.com"):
		return "https://api." + host
	default:
		return strings.TrimSuffix(server, "/") + "/api/v3"
	}
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

func checkoutClient(p Process) (*github.Client, error) {
	client, err := github.New(github.Options{
		Token: platformToken(p), APIURL: apiURL(p), Now: p.Now,
		HTTP: &http.Client{Timeout: 60 * time.Second, Transport: &http.Transport{Proxy: p.Proxy, ForceAttemptHTTP2: true}},
	})
	if err != nil {
		return nil, fmt.Errorf("reach the platform: %w", err)
	}
	return client, nil
}
