package github

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// maxLog bounds one job's log, in bytes.
const maxLog = 20 << 20

// jobLog asks for a job's log, which redirects to a storage elsewhere
// (https://docs.github.com/en/rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run).
// A log that is gone, after 90 days or with a cancelled job, is a note.
func (c *Client) jobLog(ctx context.Context, repo Repo, id int64) (log []byte, note string, err error) {
	_, resp, err := c.send(ctx, readLog, http.MethodGet, repo.path("/actions/jobs/%s/logs", strconv.FormatInt(id, 10)), nil)
	var answer *APIError
	switch {
	case err == nil:
		return nil, "", fmt.Errorf("%s: the platform did not redirect to it", readLog)
	case isNotFound(err), errors.As(err, &answer) && answer.Status == http.StatusGone:
		return nil, "the platform has no log of it", nil
	case strings.Contains(err.Error(), "Location header"):
		// net/http puts the whole address into its message, signature and all.
		return nil, "", fmt.Errorf("%s: the redirect's address cannot be read", readLog)
	case !errors.As(err, &answer) || answer.Status != http.StatusFound || resp == nil:
		return nil, "", err
	}
	log, err = c.fetchStored(ctx, readLog, resp.Header.Get("Location"), maxLog)
	if errors.Is(err, errTooLarge) {
		return log, fmt.Sprintf("cut after %d MiB", maxLog>>20), nil
	}
	return log, "", err
}

// fetchStored follows that one redirect, without the token and no further: the
// address carries its own signature, and the token is not the storage's.
func (c *Client) fetchStored(ctx context.Context, what call, location string, limit int64) ([]byte, error) {
	if err := checkStorage(location); err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, location, nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, withoutURL(err))
	}
	resp, err := c.plain.Do(req)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, withoutURL(err))
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		words := "from the storage of artifacts"
		if what == readLog {
			words = "from the storage of logs"
		}
		return nil, &APIError{Call: string(what), Status: resp.StatusCode, Message: words}
	}
	log, err := readAll(resp.Body, limit)
	if err != nil {
		return log, fmt.Errorf("%s: %w", what, err)
	}
	return log, nil
}

// checkStorage permits https, and http on this machine for tests.
func checkStorage(location string) error {
	u, err := url.Parse(location)
	if err != nil {
		return errors.New("the redirect's address cannot be read")
	}
	local := u.Hostname() == "localhost"
	if ip := net.ParseIP(u.Hostname()); ip != nil {
		local = ip.IsLoopback()
	}
	switch {
	case u.Host == "", u.User != nil:
		return errors.New("the redirect's address is not a plain host")
	case u.Scheme == "https", u.Scheme == "http" && local:
		return nil
	}
	return fmt.Errorf("the redirect goes to %.100q, expected https", u.Scheme+"://"+u.Host)
}

// withoutURL drops the address of a failed request: it carries a signature
// that opens the log.
func withoutURL(err error) error {
	var failed *url.Error
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}
