package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
)

// row is a record as both databases take it, one JSON object. Amounts are
// nano-dollars; nil is an amount that is not known, or has no price: then its
// bit in Unpriced tells. Unknown is never zero.
type row struct {
	RepoID        int64  `json:"repo_id"`
	RecordID      string `json:"record_id"`
	Finished      uint8  `json:"finished"` // 0: begun; the version of the row
	Session       string `json:"session"`
	StartedUS     int64  `json:"started_us"` // microseconds of Unix time
	Started       int64  `json:"started"`    // seconds of Unix time
	Repository    string `json:"repository"`
	PullRequest   int    `json:"pull_request"`
	Task          string `json:"task"`
	Agent         string `json:"agent"`
	Status        string `json:"status"`
	Decided       int    `json:"decided"` // 1 local … 4 frontier, 0 none
	Used          int    `json:"used"`
	Provider      string `json:"provider"`
	Model         string `json:"model"`
	Marks         int    `json:"marks"` // 1 locked, 2 observed, 4 reused
	PromptTokens  int64  `json:"prompt_tokens"`
	OutputTokens  int64  `json:"output_tokens"`
	Cost          *int64 `json:"cost_nano"`
	Baseline      *int64 `json:"baseline_nano"`
	Saved         *int64 `json:"saved_nano"`
	Would         *int64 `json:"would_nano"`
	Bound         *int64 `json:"bound_nano"`
	Avoided       *int64 `json:"avoided_nano"`
	FirstCost     *int64 `json:"first_cost_nano"`
	NextCost      *int64 `json:"next_cost_nano"`
	Unpriced      int    `json:"unpriced"` // bit by place in costs()
	Attempts      int    `json:"attempts"`
	Lowered       int    `json:"lowered"`
	Raised        int    `json:"raised"`
	Refused       int    `json:"refused"`
	Refusals      int    `json:"refusals"`
	FirstTier     int    `json:"first_tier"`
	FirstProvider string `json:"first_provider"`
	FirstModel    string `json:"first_model"`
	NextTier      int    `json:"next_tier"`
	NextProvider  string `json:"next_provider"`
	NextModel     string `json:"next_model"`
	Expected      int64  `json:"expected"`
	Most          int64  `json:"most"`
	Actual        int64  `json:"actual"`
	Class         string `json:"class"`
	PolicyDigest  string `json:"policy_digest"`
	PricesAsOf    string `json:"prices_as_of"`
	Body          string `json:"body"`
}

// costs lists the amounts of a fact in the order of their bits and columns.
func costs(f *ledger.Fact) [8]*money.Cost {
	return [8]*money.Cost{&f.Cost, &f.Baseline, &f.Saved, &f.Would, &f.Bound, &f.Avoided, &f.First.Cost, &f.Next.Cost}
}

// bodyOf is the record as its line in a ledger has it.
func bodyOf(rec ledger.Record) (string, error) {
	var body bytes.Buffer
	if err := ledger.EncodeEntry(&body, ledger.Entry{Record: &rec}); err != nil {
		return "", fmt.Errorf("make a row: %w", err)
	}
	return string(bytes.TrimSpace(body.Bytes())), nil
}

func newRow(rec ledger.Record) (row, error) {
	body, err := bodyOf(rec)
	if err != nil {
		return row{}, err
	}
	f := rec.Fact()
	r := row{
		RepoID: repoID(rec.RepositoryID, rec.Repository), RecordID: rec.ID, Session: hex.EncodeToString(f.Session[:]),
		StartedUS: f.Started.UnixMicro(), Started: f.Started.Unix(), Repository: f.Repository, PullRequest: f.PullRequest,
		Task: f.Task, Agent: f.Agent, Status: f.Status, Decided: int(f.Decided), Used: int(f.Used), Provider: f.Provider, Model: f.Model,
		Marks: marks(f), PromptTokens: f.PromptTokens, OutputTokens: f.OutputTokens, Attempts: f.Attempts,
		Lowered: f.Lowered, Raised: f.Raised, Refused: f.Refused, Refusals: f.Refusals,
		FirstTier: int(f.First.Tier), FirstProvider: f.First.Provider, FirstModel: f.First.Model,
		NextTier: int(f.Next.Tier), NextProvider: f.Next.Provider, NextModel: f.Next.Model,
		Expected: f.Expected, Most: f.Most, Actual: f.Actual, Class: f.Class, PolicyDigest: f.PolicyDigest, PricesAsOf: f.PricesAsOf,
		Body: body,
	}
	if rec.Status != ledger.Begun {
		r.Finished = 1
	}
	r.setCosts(&f)
	return r, nil
}

func (r *row) setCosts(f *ledger.Fact) {
	columns := [8]**int64{&r.Cost, &r.Baseline, &r.Saved, &r.Would, &r.Bound, &r.Avoided, &r.FirstCost, &r.NextCost}
	for i, c := range costs(f) {
		switch c.State {
		case money.Priced:
			n := int64(c.Nano)
			*columns[i] = &n
		case money.Unpriced:
			r.Unpriced |= 1 << i
		case money.Unknown:
		}
	}
}

func marks(f ledger.Fact) (m int) {
	for i, set := range []bool{f.Locked, f.Observed, f.Reused} {
		if set {
			m |= 1 << i
		}
	}
	return m
}

// repoID is the key that shards: the platform's number, or below zero a hash
// of the name where there is no platform, so that the two never meet.
func repoID(platform int64, name string) int64 {
	if platform > 0 {
		return platform
	}
	h := sha256.Sum256([]byte(name))
	return -1 - int64(binary.BigEndian.Uint64(h[:8])>>1) //nolint:gosec // 63 bits fit
}

// flagRow is a flag as both databases take it.
type flagRow struct {
	RepoID      int64  `json:"repo_id"`
	FlagID      string `json:"flag_id"`
	AtUS        int64  `json:"at_us"`
	At          int64  `json:"at"`
	Repository  string `json:"repository"`
	RecordID    string `json:"record_id"`
	Task        string `json:"task"`
	PullRequest int    `json:"pull_request"`
	Verdict     string `json:"verdict"`
	Source      string `json:"source"`
	Body        string `json:"body"`
}

func newFlagRow(f ledger.Flag) (flagRow, error) {
	body, err := json.Marshal(f)
	if err != nil {
		return flagRow{}, fmt.Errorf("make a row of a flag: %w", err)
	}
	at := startOf(ledger.Entry{Flag: &f})
	return flagRow{
		RepoID: repoID(f.RepositoryID, f.Repository), FlagID: f.ID, AtUS: at.UnixMicro(), At: at.Unix(), Repository: f.Repository,
		RecordID: f.Record, Task: f.Task, PullRequest: f.PullRequest, Verdict: string(f.Verdict), Source: f.Source, Body: string(body),
	}, nil
}

func ofMicro(us int64) time.Time { return time.UnixMicro(us).UTC() }
