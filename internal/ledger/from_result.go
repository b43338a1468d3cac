package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
)

// Meta is what a record needs beside the result. RunID is the platform's id
// of the workflow run; where there is no platform the caller gives something
// unique, such as the start time, or two runs would count as one. Step is the
// platform's id of the step in the job, Leg the place of the job in its matrix
// (0 is the first, or no matrix), and Sequence tells two runs of one task in one step apart. Started and Finished are RFC 3339.
type Meta struct {
	Repository        string
	PullRequest       int
	RunID             string
	RunAttempt        int
	Job, Step         string
	Leg               int
	Workflow          string
	Event             string
	Sequence          int
	PricesAsOf        string
	Started, Finished string
	PolicyName        string
	PolicyDigest      string
	Version           string
	RepositoryID      int64  // the platform's; 0 where there is none
	Actor             string // by ActorDigest; "" where the policy sets no ceiling of a person
	// Would is what the same tokens cost at the model that the policy leads to,
	// where another ran; the zero value where nothing was observed.
	Would money.Cost
}

// FromResult gives the record of one result. Text that a stranger may have
// written is cut to its bound and freed of control characters.
func FromResult(meta Meta, r dispatch.Result) Record {
	rec := fromMeta(meta)
	rec.Task = clean(r.Task.ID)
	rec.ID = rec.hash()
	rec.TierDecided, rec.TierUsed = tierName(decided(r.Decision)), tierName(r.Tier)
	asked := askedModel(r)
	rec.Provider, rec.ModelAsked = clean(asked.Provider), clean(asked.Model)
	rec.Locked, rec.Observed = r.Decision.Locked, r.Decision.Observed
	rec.Status = string(r.Status)
	rec.Reasons = ruleIDs(r.Decision.Reasons)
	rec.Overrides = audits(r.Decision.Override)
	rec.Cost, rec.Baseline, rec.Saved = amount(r.Cost), amount(r.Baseline), amount(r.Saved)
	var all []money.Usage
	rec.Attempts = make([]Attempt, 0, len(r.Attempts))
	for _, a := range r.Attempts {
		rec.Attempts = append(rec.Attempts, fromAttempt(a))
		all = append(all, usages(a)...)
		if a.Released {
			rec.ModelServed = clean(a.ServedModel)
		}
	}
	rec.Tokens = sumTokens(all)
	if e := r.Estimate; e != nil {
		rec.Estimate = &Estimate{Expected: e.Expected, Most: e.Most, Class: e.Class, Calibrated: e.Calibrated}
	}
	if r.Bound.State != "" {
		rec.Bound = amount(r.Bound)
	}
	if meta.Would.State != "" {
		rec.Would = amount(meta.Would)
	}
	if r.Reused != nil {
		rec.Reused = &Reused{Key: r.Reused.Key, From: r.Reused.From, Avoided: amount(r.Reused.Avoided)}
	}
	return rec
}

// askedModel is the result's model; where none gave the result and some were
// called all the same, the last of them, so that what they cost has a name.
func askedModel(r dispatch.Result) policy.Model {
	if r.Model.Model != "" {
		return r.Model
	}
	for _, a := range slices.Backward(r.Attempts) {
		if len(a.Tries) > 0 {
			return a.Model
		}
	}
	return r.Model
}

func fromMeta(m Meta) Record {
	return Record{
		Schema:       Schema,
		Repository:   clean(m.Repository),
		PullRequest:  m.PullRequest,
		RunID:        clean(m.RunID),
		RunAttempt:   m.RunAttempt,
		Job:          clean(m.Job),
		Step:         clean(m.Step),
		Leg:          m.Leg,
		Workflow:     clean(m.Workflow),
		Event:        clean(m.Event),
		Sequence:     m.Sequence,
		PricesAsOf:   clean(m.PricesAsOf),
		Started:      clean(m.Started),
		Finished:     clean(m.Finished),
		PolicyName:   clean(m.PolicyName),
		PolicyDigest: clean(m.PolicyDigest),
		Version:      clean(m.Version),
		RepositoryID: m.RepositoryID,
		Actor:        m.Actor,
	}
}

func decided(d route.Decision) policy.Tier {
	if d.Observed {
		return d.Would
	}
	return d.Tier
}

func tierName(t policy.Tier) string {
	if t == 0 {
		return ""
	}
	return t.String()
}

// hash names the record by what it is about, each part with its length, so
// that no two different lists of parts give the same bytes.
func (r *Record) hash() string {
	var buf [512]byte // most records need no more
	text := appendPart(buf[:0], r.Repository)
	text = appendPart(text, r.RunID)
	text = appendPart(text, strconv.Itoa(r.RunAttempt))
	text = appendPart(text, r.Job)
	text = appendPart(text, r.Task)
	text = appendPart(text, strconv.Itoa(r.Sequence))
	if r.Step != "" { // one without is named as before records had steps
		text = appendPart(text, r.Step)
	}
	if r.Leg > 0 { // no id of a step has such a sign in it
		text = appendPart(text, "leg="+strconv.Itoa(r.Leg))
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}

// appendPart adds a text in such a way that no two lists of texts give the
// same bytes.
func appendPart(to []byte, part string) []byte {
	to = strconv.AppendInt(to, int64(len(part)), 10)
	to = append(to, ':')
	to = append(to, part...)
	return append(to, ';')
}

func fromAttempt(a dispatch.Attempt) Attempt {
	problems := make([]string, 0, len(a.Problems))
	for _, p := range a.Problems[:min(len(a.Problems), maxItems)] {
		problems = append(problems, clean(p.ID))
	}
	return Attempt{
		Tier:     tierName(a.Model.Tier),
		Provider: clean(a.Model.Provider),
		Model:    clean(a.Model.Model),
		Served:   clean(a.ServedModel),
		Tokens:   sumTokens(usages(a)),
		Cost:     amount(a.Cost),
		Tries:    len(a.Tries),
		Problems: problems,
		Released: a.Released,
	}
}

func usages(a dispatch.Attempt) []money.Usage {
	all := make([]money.Usage, len(a.Tries))
	for i, t := range a.Tries {
		all[i] = t.Usage
	}
	return all
}

func ruleIDs(reasons []route.Reason) []string {
	ids := make([]string, 0, len(reasons))
	seen := map[string]bool{}
	for _, r := range reasons {
		id := clean(r.Rule)
		if !seen[id] && len(ids) < maxItems {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}

func audits(all []route.Audit) []Audit {
	kept := make([]Audit, 0, len(all))
	for _, a := range all[:min(len(all), maxItems)] {
		kept = append(kept, Audit{Direction: a.Direction, Accepted: a.Accepted, Permission: clean(a.Permission)})
	}
	return kept
}

// clean gives text that fits a field: valid UTF-8, printable, at most
// maxText bytes.
func clean(s string) string {
	if isPlain(s) { // most texts, and most of the time of a check
		return s
	}
	s = strings.Map(func(r rune) rune {
		if !strconv.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	for len(s) > maxText {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return s
}

// isPlain says that clean leaves a text as it is because it is short, printable
// ASCII.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return len(s) <= maxText
}
