package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
)

// Store takes entries of a ledger. Sending an entry twice counts once.
type Store interface {
	Append(ctx context.Context, entries []ledger.Entry) error
}

// Memory finds answers of earlier runs in our own comment and in a ledger, and
// keeps those of this run. A place that cannot be read or written is a
// warning and never an error: the model is called instead.
type Memory struct {
	// Comment reads the text of our own comment; nil where none is written.
	Comment func(ctx context.Context) (string, error)
	// Ledger is the folder; nil where there is none.
	Ledger *ledger.Dir
	// Store takes the records; nil is Ledger.
	Store Store
	// Spool takes what the store did not, and says where it lies; nil where
	// there is no such place.
	Spool func([]ledger.Entry) (string, error)
	// LastResort shows a line of a record that could be kept nowhere.
	LastResort func(line string)
	// Version is this program's.
	Version string
	// Warnings collects what went wrong.
	Warnings []string
	// Denied says why the folder may not be used, "" where it may or there is
	// none.
	Denied string

	asked     bool
	commented []dispatch.Kept
}

// hasPlace says that there is anywhere to look and to keep.
func (m *Memory) hasPlace() bool { return m != nil && (m.Comment != nil || m.Ledger != nil) }

// Distrust leaves the ledger alone where the change may have brought it: then
// its words are the author's. folder is its place in the repository, with
// slashes. Of a change that is not known whole nobody can say.
func (m *Memory) Distrust(folder string, ch change.Change) {
	if m.Ledger == nil {
		return
	}
	for _, f := range ch.Files {
		for _, path := range f.Paths() {
			if mayBring(path, folder) {
				m.Ledger, m.Denied = nil, "the change touches its folder"
				m.warn("the ledger was neither read nor written: ", fmt.Errorf("the change touches %q, in the ledger's folder; keep that folder out of the repository", path))
				return
			}
		}
	}
	if !ch.Complete() {
		m.Ledger, m.Denied = nil, "the change is known to be incomplete"
		m.warn("the ledger was neither read nor written: ", errors.New("the change is known to be incomplete, so nobody knows whether it brings the ledger's folder"))
	}
}

// mayBring says that a path of the change is the folder, lies in it, or has it
// inside, as a submodule may. The repository may lie in a folder of the
// workspace, so that every end of the folder's name counts, and a file system
// may not tell cases apart.
func mayBring(changed, folder string) bool {
	if folder == "." {
		return true
	}
	changed = strings.ToLower(changed) + "/"
	for at := strings.ToLower(folder); at != ""; _, at, _ = strings.Cut(at, "/") {
		if strings.HasPrefix(changed, at+"/") || strings.HasPrefix(at+"/", changed) {
			return true
		}
	}
	return false
}

// Recall gives what is kept, the comment's before the ledger's.
func (m *Memory) Recall(ctx context.Context, key, lineage string) []dispatch.Kept {
	kept := slices.DeleteFunc(slices.Clone(m.inComment(ctx)), func(k dispatch.Kept) bool { return k.Key != key && k.Lineage != lineage })
	if m.Ledger == nil {
		return kept
	}
	found, err := m.Ledger.Answers(key, lineage)
	if err != nil {
		m.warn("what the ledger keeps was not taken: ", err)
	}
	return append(kept, found...)
}

// inComment reads the comment when it is first asked for: most steps have no
// task that could take an answer from it.
func (m *Memory) inComment(ctx context.Context) []dispatch.Kept {
	if m.Comment == nil || m.asked {
		return m.commented
	}
	m.asked = true
	body, err := m.Comment(ctx)
	if err == nil {
		m.commented, err = ledger.ReadAnswersLine(body)
	}
	if err != nil {
		m.warn("what the comment keeps was not taken: ", err)
	}
	return m.commented
}

// pastDays is how far back the ledger is read for what a task usually does: a
// quarter, in which a policy is looked at again.
const pastDays = 90

// Past gives the ledger's records of the last quarter. What cannot be read is
// a warning.
func (m *Memory) Past(ctx context.Context, now time.Time) []ledger.Record {
	if m.Ledger == nil {
		return nil
	}
	records, problems := ledger.ReadDir(ctx, m.Ledger.Path(), now.AddDate(0, 0, -pastDays))
	if len(problems) > 0 {
		m.warn(fmt.Sprintf("%d places of the ledger were not read, the first: ", len(problems)), problems[0])
	}
	return records
}

// warn says the same only once: several tasks may meet it.
func (m *Memory) warn(what string, err error) {
	text := what + strings.ReplaceAll(err.Error(), "\n", "; ")
	if !slices.Contains(m.Warnings, text) {
		m.Warnings = append(m.Warnings, text)
	}
}

// AnswersLine is the line of the comment that keeps this run's answers, and
// those of tasks that this run did not do. What does not fit is said.
func (m *Memory) AnswersLine(ctx context.Context, results []dispatch.Result, redact func(string) string) string {
	kept := keptOf(results, redact)
	for _, k := range m.inComment(ctx) {
		if !slices.ContainsFunc(kept, func(now dispatch.Kept) bool { return now.Task == k.Task }) {
			kept = append(kept, k)
		}
	}
	line, dropped := ledger.AnswersLine(kept)
	if len(dropped) > 0 {
		m.warn("too long to be kept in the comment: ", errors.New(strings.Join(dropped, ", ")))
	}
	return line
}

// Append writes this run's records and answers to the ledger. Records that the
// ledger does not take are spooled, and never lost in silence.
func (m *Memory) Append(ctx context.Context, records []ledger.Record, results []dispatch.Result, redact func(string) string) {
	m.Send(ctx, ledger.Entries(records))
	if m.Ledger == nil {
		return
	}
	for _, k := range keptOf(results, redact) {
		if err := m.Ledger.KeepAnswer(k); err != nil {
			m.warn("", err)
			return
		}
	}
}

// Shared is the ledger that ceilings are held over: the folder, or a store that
// can be read as it stands; nil where there is none.
func (m *Memory) Shared() Shared {
	if s, ok := m.Store.(Shared); ok {
		return s
	}
	if m.Ledger == nil {
		return nil
	}
	return m.Ledger
}

// Send writes entries to the ledger; what it does not take, or may not be
// given, is spooled.
func (m *Memory) Send(ctx context.Context, entries []ledger.Entry) {
	store := m.Store
	if store == nil && m.Ledger != nil {
		store = m.Ledger
	}
	if len(entries) == 0 || store == nil && (m.Denied == "" || m.Spool == nil) {
		return
	}
	if store == nil {
		m.spool(entries, errors.New(m.Denied))
		return
	}
	// A run that was interrupted has spent something too.
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), sendTime)
	defer stop()
	err := store.Append(ctx, entries)
	if err == nil {
		return
	}
	if m.Spool == nil {
		m.warn("the ledger was not written, the record is in "+FilesDir+": ", err)
		return
	}
	m.spool(entries, err)
}

// spool keeps what the ledger did not take, and says why.
func (m *Memory) spool(entries []ledger.Entry, err error) {
	path, lost := m.Spool(entries)
	if lost == nil {
		m.warn(fmt.Sprintf("the ledger was not written; the record waits in %s for tierwise replay: ", path), err)
		return
	}
	m.warn("the ledger was not written: ", err)
	m.warn("the record could not be spooled either, it is shown in the log: ", lost)
	m.showLast(entries)
}

// sendTime bounds what a run waits for its ledger.
const sendTime = 2 * time.Minute

// showLast shows records where nothing else is left. A record holds no prompt,
// no diff and no person.
func (m *Memory) showLast(entries []ledger.Entry) {
	if m.LastResort == nil {
		return
	}
	text, err := ledger.EncodeEntries(entries)
	if err != nil {
		m.warn("the record could not be shown: ", err)
	}
	for line := range strings.Lines(string(text)) {
		m.LastResort(strings.TrimSuffix(line, "\n"))
	}
}

func keptOf(results []dispatch.Result, redact func(string) string) []dispatch.Kept {
	var kept []dispatch.Kept
	for _, r := range results {
		if r.Keep == nil {
			continue
		}
		k := *r.Keep
		k.Answer = []byte(redact(string(k.Answer)))
		kept = append(kept, k)
	}
	return kept
}
