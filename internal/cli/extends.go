package cli

import (
	"fmt"
	"net/http"
	"time"

	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/pipeline"
)

const extendsUsage = "policy file of the organisation on disk: it stands in for what extends: names, and tightens a policy without it"

// extending reads --extends, and lets the platform be asked where the
// environment has a token: only for what a policy extends, and only there.
func extending(p Process, name string) (pipeline.Extending, error) {
	var e pipeline.Extending
	var err error
	if e.File, err = policyFile("extends", name, p.Stdin); err != nil || e.File != nil {
		return e, err
	}
	token := p.Getenv("GITHUB_TOKEN")
	if token == "" {
		return e, nil
	}
	client, err := platformClient(p, token)
	if err != nil {
		return e, err
	}
	e.Fetch = pipeline.FetchBy(client).Once()
	return e, nil
}

// platformClient reaches the platform from a checkout.
func platformClient(p Process, token string) (*github.Client, error) {
	client, err := github.New(github.Options{
		Token: token, APIURL: p.Getenv("GITHUB_API_URL"), Now: p.Now,
		HTTP: &http.Client{Timeout: 60 * time.Second, Transport: &http.Transport{Proxy: p.Proxy, ForceAttemptHTTP2: true}},
	})
	if err != nil {
		return nil, fmt.Errorf("reach the platform: %w", err)
	}
	return client, nil
}
