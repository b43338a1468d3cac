package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
)

func meta() Meta {
	return Meta{
		Repository: "acme/shop", PullRequest: 7, RunID: "991", RunAttempt: 2, Job: "ai", Workflow: "AI", Event: "pull_request",
		PricesAsOf: "2026-11-23", Started: "2026-11-24T10:00:00Z", Finished: "2026-11-24T10:00:09Z",
		PolicyName: "routing-policy.yml", PolicyDigest: "sha256:ab", Version: "1.0.0",
	}
}

func escalated() dispatch.Result {
	cheap := policy.Model{Tier: policy.Efficient, Provider: "anthropic", Model: "claude-haiku-4-5"}
	dear := policy.Model{Tier: policy.Frontier, Provider: "anthropic", Model: "claude-opus-4-8"}
	spent := money.Usage{Known: true, InputTokens: 1000, CacheReadInputTokens: 10, OutputTokens: 3000, ReasoningOutputTokens: 500}
	return dispatch.Result{
		Task:   task.Task{ID: "changelog"},
		Status: dispatch.Clean,
		Tier:   policy.Frontier,
		Model:  dear,
		Decision: route.Decision{
			Tier: policy.Efficient,
			Reasons: []route.Reason{
				{Rule: "place", Text: "secret path auth/login.go", File: "auth/login.go"},
				{Rule: "place"},
				{Rule: "must-frontier/auth"},
			},
			Override: []route.Audit{{Direction: "down", Accepted: true, Permission: "write", Actor: "octocat", Reason: "because", Label: "tier:efficient"}},
		},
		Attempts: []dispatch.Attempt{
			{
				Model: cheap, ServedModel: "claude-haiku-4-5-20251001",
				Tries:    []dispatch.Try{{Usage: spent, Cost: money.Cost{State: money.Priced, Nano: 16_000_000}}},
				Problems: []task.Problem{{ID: "invented", Text: "names a commit that is not there"}},
				Cost:     money.Cost{State: money.Priced, Nano: 16_000_000},
			},
			{
				Model: dear, ServedModel: "claude-opus-4-8", Released: true,
				Tries: []dispatch.Try{{Usage: spent, Cost: money.Cost{State: money.Priced, Nano: 80_000_000}}},
				Cost:  money.Cost{State: money.Priced, Nano: 80_000_000},
			},
		},
		Output:   task.Output{Markdown: "model text about auth/login.go"},
		Cost:     money.Cost{State: money.Priced, Nano: 96_000_000},
		Baseline: money.Cost{State: money.Priced, Nano: 80_000_000},
		Saved:    money.Cost{State: money.Priced, Nano: -16_000_000},
	}
}

func TestFromResultCountsEveryAttempt(t *testing.T) {
	t.Parallel()
	rec := FromResult(meta(), escalated())
	if want := (Tokens{Known: true, Input: 2000, CacheRead: 20, Output: 6000, Reasoning: 1000}); rec.Tokens != want {
		t.Errorf("tokens = %+v, want %+v", rec.Tokens, want)
	}
	if rec.Cost != "0.096" || rec.Baseline != "0.08" || rec.Saved != "-0.016" {
		t.Errorf("cost %s, baseline %s, saved %s", rec.Cost, rec.Baseline, rec.Saved)
	}
	if rec.TierDecided != "efficient" || rec.TierUsed != "frontier" || rec.ModelServed != "claude-opus-4-8" {
		t.Errorf("tiers %s, %s, served %s", rec.TierDecided, rec.TierUsed, rec.ModelServed)
	}
	if diff := cmp.Diff([]string{"place", "must-frontier/auth"}, rec.Reasons); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
}

func TestRecordHoldsNoPersonNoTextAndNoPath(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := Encode(&out, []Record{FromResult(meta(), escalated())}); err != nil {
		t.Fatal(err)
	}
	for _, forbidden := range []string{"octocat", "auth/login.go", "because", "model text", "names a commit"} {
		if strings.Contains(out.String(), forbidden) {
			t.Errorf("the record holds %q: %s", forbidden, out.String())
		}
	}
}

func TestUsageThatIsNotKnownIsNeverZero(t *testing.T) {
	t.Parallel()
	r := escalated()
	r.Attempts[0].Tries = append(r.Attempts[0].Tries, dispatch.Try{Error: "cut off", Cost: money.Cost{State: money.Unknown}})
	r.Cost, r.Baseline, r.Saved = money.Cost{State: money.Unknown}, money.Cost{}, money.Cost{State: money.Unpriced}
	line, err := json.Marshal(FromResult(meta(), r))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"tokens":"unknown"`, `"cost_usd":"unknown"`, `"baseline_usd":"unknown"`, `"saved_usd":"unpriced"`} {
		if !strings.Contains(string(line), want) {
			t.Errorf("no %s in %s", want, line)
		}
	}
}

func TestIDsDifferWhereAnyPartDiffers(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	add := func(name string, change func(*Meta, *dispatch.Result)) {
		m, r := meta(), escalated()
		change(&m, &r)
		id := FromResult(m, r).ID
		if other, ok := seen[id]; ok {
			t.Errorf("%s and %s have the same id", name, other)
		}
		seen[id] = name
	}
	add("as it is", func(*Meta, *dispatch.Result) {})
	add("another repository", func(m *Meta, _ *dispatch.Result) { m.Repository = "acme/shop9" })
	add("a digit moved over the border", func(m *Meta, _ *dispatch.Result) { m.Repository, m.RunID = "acme/sho", "p991" })
	add("another run", func(m *Meta, _ *dispatch.Result) { m.RunID = "992" })
	add("another attempt", func(m *Meta, _ *dispatch.Result) { m.RunAttempt = 3 })
	add("another job", func(m *Meta, _ *dispatch.Result) { m.Job = "ai2" })
	add("a step", func(m *Meta, _ *dispatch.Result) { m.Step = "tierwise" })
	add("another step", func(m *Meta, _ *dispatch.Result) { m.Step = "tierwise_2" })
	add("another leg of a matrix", func(m *Meta, _ *dispatch.Result) { m.Leg = 1 })
	add("a leg of a step", func(m *Meta, _ *dispatch.Result) { m.Step, m.Leg = "tierwise", 1 })
	add("a step called like a leg", func(m *Meta, _ *dispatch.Result) { m.Step = "1" })
	add("another task", func(_ *Meta, r *dispatch.Result) { r.Task.ID = "docs" })
	add("another sequence", func(m *Meta, _ *dispatch.Result) { m.Sequence = 1 })
	m := meta()
	m.Finished = "2026-11-24T11:00:00Z"
	if _, ok := seen[FromResult(m, escalated()).ID]; !ok {
		t.Error("the end of the run is part of the id: sending twice would count twice")
	}
}

func TestRecordsComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	var records []Record
	for i := range 200 {
		m, r := meta(), escalated()
		m.Sequence = i
		m.Job = hostile(rng)
		r.Task.ID = "t" + hostile(rng)
		r.Attempts[0].ServedModel = hostile(rng)
		r.Decision.Reasons[0].Rule = hostile(rng)
		r.Attempts[0].Problems[0].ID = hostile(rng)
		if rng.IntN(3) == 0 {
			r.Attempts[1].Tries[0].Usage = money.Usage{}
		}
		records = append(records, FromResult(m, r))
	}
	var out bytes.Buffer
	if err := Encode(&out, records); err != nil {
		t.Fatal(err)
	}
	got, err := Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(records, got); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
}

func hostile(rng *rand.Rand) string {
	pieces := []string{"a|b", "\n::error::", "\x00", "\xff", "\u202e", strings.Repeat("é", 200), "@everyone", `"}`}
	var s strings.Builder
	for range rng.IntN(4) {
		s.WriteString(pieces[rng.IntN(len(pieces))])
	}
	return s.String()
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	good, err := json.Marshal(FromResult(meta(), escalated()))
	if err != nil {
		t.Fatal(err)
	}
	swap := func(old, new string) string {
		if !strings.Contains(string(good), old) {
			t.Fatalf("no %s in %s", old, good)
		}
		return strings.Replace(string(good), old, new, 1)
	}
	for name, tc := range map[string]struct{ line, want string }{
		"another schema":              {swap("tierwise-record/1", "tierwise-record/2"), "expected"},
		"an unknown key":              {swap(`{"schema"`, `{"x":1,"schema"`), "unknown field"},
		"two values on a line":        {string(good) + string(good), "more than one value"},
		"a negative token count":      {swap(`"input":1000`, `"input":-1`), "-1 tokens"},
		"tokens beyond reason":        {swap(`"output":3000`, `"output":9000000000000`), "tokens"},
		"tokens as a fraction":        {swap(`"output":3000`, `"output":0.5`), "tokens"},
		"tokens as null":              {swap(`"tokens":{"input":2000,"cache_read":20,"cache_write":0,"cache_write_1h":0,"output":6000,"reasoning":1000}`, `"tokens":null`), "null"},
		"more reasoning than output":  {swap(`"reasoning":500`, `"reasoning":5000`), "reasoning"},
		"a negative cost":             {swap(`"cost_usd":"0.016"`, `"cost_usd":"-0.016"`), "negative"},
		"a cost with an exponent":     {swap(`"cost_usd":"0.096"`, `"cost_usd":"1e9"`), "read amount"},
		"a saving that does not add":  {swap(`"saved_usd":"-0.016"`, `"saved_usd":"5"`), "less the cost"},
		"a saving without a baseline": {swap(`"baseline_usd":"0.08"`, `"baseline_usd":"unknown"`), "less the cost"},
		"an id of another record":     {swap(`"task":"changelog"`, `"task":"docs"`), "id"},
		"an unknown status":           {swap(`"status":"clean"`, `"status":"green"`), "status"},
		"an unknown tier":             {swap(`"tier_used":"frontier"`, `"tier_used":"best"`), "tier"},
		"a time that is none":         {swap("2026-11-24T10:00:00Z", "yesterday"), "started"},
		"an end before the start":     {swap("2026-11-24T10:00:09Z", "2026-11-24T09:00:00Z"), "before"},
		"a control character":         {swap(`"version":"1.0.0"`, `"version":"1\n.0"`), "control"},
		"a very long text":            {swap(`"version":"1.0.0"`, `"version":"`+strings.Repeat("1", 300)+`"`), "256 bytes"},
		"a line beyond its bound":     {strings.Repeat(" ", maxLine) + string(good), "too long"},
		"a null":                      {"null", "schema"},
		"half a record":               {string(good[:len(good)/2]), "EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			records, err := Decode(strings.NewReader("\n" + tc.line + "\n"))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v, want one with %q", err, tc.want)
			}
			if records != nil {
				t.Errorf("gave %d records beside the error", len(records))
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	var out bytes.Buffer
	if err := Encode(&out, []Record{FromResult(meta(), escalated())}); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes())
	f.Add([]byte(`{"schema":"tierwise-record/1","tokens":"unknown"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		records, err := Decode(bytes.NewReader(data))
		if err != nil {
			return
		}
		var again bytes.Buffer
		if err := Encode(&again, records); err != nil {
			t.Fatal(err)
		}
		back, err := Decode(&again)
		if err != nil {
			t.Fatalf("what was accepted does not come back: %v", err)
		}
		for _, r := range back {
			if r.Tokens.Known && (r.Tokens.Input < 0 || r.Tokens.Output < 0) {
				t.Fatalf("negative tokens accepted: %+v", r.Tokens)
			}
		}
	})
}

func TestWriteFileIsWholeAndReadable(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new", ".tierwise")
	records := []Record{FromResult(meta(), escalated())}
	for range 2 {
		path, err := WriteFile(dir, records)
		if err != nil {
			t.Fatal(err)
		}
		if want := filepath.Join(dir, "record-"+records[0].ID+".jsonl"); path != want {
			t.Errorf("path %s, want %s", path, want)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(records, got); diff != "" {
			t.Error(diff)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o644 {
			t.Errorf("mode %v: another user's step could not read it", info.Mode())
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(left) != 1 {
		t.Errorf("%d files left, want the one record", len(left))
	}
}

func TestWriteFileReplacesNoRecordOfAnotherRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	legs := [][]Record{}
	for _, finished := range []string{"2026-11-24T11:00:00Z", "2026-11-24T11:00:05Z", "2026-11-24T11:00:09Z"} {
		m, other := meta(), escalated()
		m.Finished, other.Task.ID = finished, "docs"
		first := FromResult(m, escalated())
		m.Sequence = 1
		legs = append(legs, []Record{first, FromResult(m, other)})
	}
	for _, leg := range append(legs, legs...) { // each is written twice
		if _, err := WriteFile(dir, leg); err != nil {
			t.Fatal(err)
		}
	}
	got, problems := ReadDir(t.Context(), dir, time.Time{})
	if len(problems) > 0 || len(got) != 6 {
		t.Fatalf("%d records, want 6; %v", len(got), problems)
	}
	finished := map[string]int{}
	for _, r := range got {
		finished[r.Finished+" "+r.Task]++
	}
	if len(finished) != 6 {
		t.Errorf("%v", finished)
	}
}

func TestWriteFileNamesWhatItCouldNotWrite(t *testing.T) {
	t.Parallel()
	records := []Record{FromResult(meta(), escalated())}
	base := t.TempDir()
	blocked := filepath.Join(base, "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(base, "link")
	if err := os.Symlink(t.TempDir(), link); err != nil {
		t.Fatal(err)
	}
	taken := filepath.Join(base, "taken")
	if err := os.MkdirAll(filepath.Join(taken, "record-"+records[0].ID+".jsonl", "x"), 0o750); err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]string{"a file where the folder should be": blocked, "a symbolic link": link, "a folder where the file should be": taken} {
		path, err := WriteFile(dir, records)
		if err == nil || !strings.Contains(err.Error(), dir) {
			t.Errorf("%s: path %q, error %v", name, path, err)
		}
	}
	if left, err := os.ReadDir(taken); err != nil || len(left) != 1 {
		t.Errorf("a temporary file stayed: %v %v", left, err)
	}
	if _, err := WriteFile(base, nil); err == nil {
		t.Error("no records, no error")
	}
}

// fullDisk takes everything until somebody asks whether it is really there.
type fullDisk struct {
	io.Writer
	closed bool
}

func (d *fullDisk) Chmod(os.FileMode) error { return nil }
func (d *fullDisk) Sync() error             { return errors.New("no space left on device") }
func (d *fullDisk) Close() error            { d.closed = true; return nil }

func TestAFullDiskIsAnError(t *testing.T) {
	t.Parallel()
	disk := &fullDisk{Writer: io.Discard}
	err := fill(disk, Entries([]Record{FromResult(meta(), escalated())}))
	if err == nil || !strings.Contains(err.Error(), "no space left") {
		t.Errorf("error %v", err)
	}
	if !disk.closed {
		t.Error("the file stayed open")
	}
}
