package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
)

// platform gathers the facts of one event through the API, with no checkout.
type platform struct {
	client *github.Client
	repo   github.Repo
	event  event.Event
	// actor is who started the run, for skip:.
	actor string
	work  *Work
	// policyRef is the commit or branch that trusted files are read at.
	policyRef string
	// pull is the pull request that the event is about, nil where none.
	pull *event.PullRequest
	pr   event.PullRequest
}

// FromEvent gathers the facts of an Actions event. Trusted files (policy,
// .gitattributes, prompts) come from the base, or from the default branch
// where the event is privileged.
func FromEvent(ctx context.Context, client *github.Client, ev event.Event, actor string, s Settings) (*Work, error) {
	p := newPlatform(client, ev, actor, s)
	if err := p.work.readPolicy(ctx, s, nil); err != nil {
		return nil, err
	}
	if err := p.gather(ctx, s); err != nil {
		return nil, err
	}
	return p.work, nil
}

// PolicyOf reads the policy of an event, and nothing else.
func PolicyOf(ctx context.Context, client *github.Client, ev event.Event, s Settings) (*Work, error) {
	p := newPlatform(client, ev, "", s)
	if err := p.work.readPolicy(ctx, s, nil); err != nil {
		return nil, err
	}
	return p.work, nil
}

func newPlatform(client *github.Client, ev event.Event, actor string, s Settings) *platform {
	p := &platform{
		client: client, event: ev, actor: actor,
		repo: github.Repo{Owner: ev.Repository.Owner, Name: ev.Repository.Name},
		work: &Work{Repository: ev.Repository.Owner + "/" + ev.Repository.Name, MayBeEmpty: ev.MergeGroup != nil, Title: s.Title, Log: s.Log, LogName: s.LogName},
	}
	p.work.Extending = Extending{File: s.Extending.File, Fetch: FetchBy(client)}
	p.policyRef = ev.PolicyRef()
	p.work.ReadBase = func(ctx context.Context, path string) ([]byte, bool, error) {
		return client.File(ctx, p.repo, path, p.policyRef)
	}
	p.work.ReadHead = p.reader
	return p
}

func (p *platform) gather(ctx context.Context, s Settings) error {
	if err := p.readChange(ctx, s); err != nil {
		return err
	}
	p.stepAside()
	if p.work.Refused != "" {
		// What was not read may hold anything.
		p.work.Change.Incomplete = append(p.work.Change.Incomplete, p.work.Refused)
		return nil
	}
	if err := p.work.readMarks(ctx, s.policyPath()); err != nil {
		return err
	}
	if err := p.readTree(ctx); err != nil {
		return err
	}
	if err := p.readEvidence(ctx, s); err != nil {
		return err
	}
	if err := p.readOverride(ctx); err != nil {
		return err
	}
	p.work.noteOwnGuards(s.policyPath())
	return p.readLog(ctx, s)
}

// readChange finds what the event is about and reads it.
func (p *platform) readChange(ctx context.Context, s Settings) error {
	ev := p.event
	switch {
	case ev.PullRequest != nil:
		return p.readPull(ctx, ev.PullRequest.Number, ev.PullRequest)
	case ev.Comment != nil:
		return p.readCommented(ctx)
	case ev.MergeGroup != nil:
		p.work.Branch = ev.MergeGroup.Base.Name
		return p.compare(ctx, ev.MergeGroup.Base.SHA, ev.MergeGroup.Head.SHA)
	case ev.Push != nil && s.Base == "":
		return p.readPush(ctx)
	case s.Base != "" && s.Head != "":
		p.work.Branch = ev.Repository.DefaultBranch
		return p.compare(ctx, s.Base, s.Head)
	default:
		return nil
	}
}

func (p *platform) readPush(ctx context.Context) error {
	push := p.event.Push
	if push.After == "" {
		p.work.Refused = "the branch was deleted: there is nothing to read"
		return nil
	}
	p.work.Branch = strings.TrimPrefix(push.Ref, "refs/heads/")
	if strings.HasPrefix(push.Ref, "refs/tags/") {
		p.work.Branch = p.event.Repository.DefaultBranch
	}
	if push.Before == "" && strings.HasPrefix(push.Ref, "refs/tags/") {
		// Its commits stand on a branch already: against that there is nothing.
		p.work.Refused = "a new tag does not say which one came before it: give base and head"
		return nil
	}
	if push.Before != "" {
		return p.use(p.client.ComparePush(ctx, p.repo, push.Before, push.After))
	}
	if err := p.compare(ctx, p.event.Repository.DefaultBranch, push.After); err != nil {
		return err
	}
	if p.work.Branch == p.event.Repository.DefaultBranch {
		p.work.Change.Incomplete = append(p.work.Change.Incomplete, "the default branch is new: there is nothing to compare it with")
	}
	return nil
}

func (p *platform) compare(ctx context.Context, base, head string) error {
	return p.use(p.client.Compare(ctx, p.repo, base, head))
}

func (p *platform) use(ch change.Change, err error) error {
	if err != nil {
		return fmt.Errorf("read what changed: %w", err)
	}
	p.work.Change, p.work.HasChange = ch, true
	return nil
}

// readCommented reads the pull request under a comment. Whoever may comment
// could otherwise spend: only people whom the policy lets override may ask.
func (p *platform) readCommented(ctx context.Context) error {
	c := p.event.Comment
	if c.PullNumber == 0 {
		p.work.Refused = "the comment is not on a pull request"
		return nil
	}
	perm, err := p.client.Permission(ctx, p.repo, c.Author.Login)
	if err != nil {
		p.work.Refused = fmt.Sprintf("the permission of the comment's author could not be read: %v", err)
		return nil
	}
	allow := p.work.Policy.Override.Allow
	if !slices.Contains(allow, perm.Permission) && !slices.Contains(allow, perm.RoleName) {
		p.work.Refused = fmt.Sprintf("the comment's author has permission %q, and override.allow asks for one of %s", perm.Permission, strings.Join(allow, ", "))
		return nil
	}
	return p.readPull(ctx, c.PullNumber, nil)
}

// readPull reads a pull request's files and commits. Its title and body are
// those of the event where it has them: a later edit changes nothing.
func (p *platform) readPull(ctx context.Context, number int, seen *event.PullRequest) error {
	now, err := p.client.PullRequest(ctx, p.repo, number)
	if err != nil {
		return fmt.Errorf("read pull request %d: %w", number, err)
	}
	words := now
	if seen != nil {
		words = *seen
	}
	w := p.work
	w.MayBeEmpty = true
	w.PullNumber, w.Branch, w.Title, w.Body = number, now.Base.Name, words.Title, words.Body
	w.Skip = route.SkipFacts{Draft: now.Draft, Actor: p.actor}
	w.Change = change.Change{Base: now.Base.SHA, Head: now.Head.SHA}
	if seen != nil {
		if moved := moved(*seen, now); moved != "" {
			w.Refused = moved
			return nil
		}
	}
	if w.Change.Files, w.Change.Incomplete, err = p.client.PullFiles(ctx, p.repo, now); err != nil {
		return fmt.Errorf("read the files of pull request %d: %w", number, err)
	}
	commits, cut, err := p.client.PullCommits(ctx, p.repo, number)
	if err != nil {
		return fmt.Errorf("read the commits of pull request %d: %w", number, err)
	}
	w.Change.Commits, w.HasChange = commits, true
	if cut {
		w.Notes = append(w.Notes, fmt.Sprintf("the platform lists %d commits and no more", len(commits)))
	}
	p.pull, p.pr = seen, now
	w.Fresh = p.fresh
	return nil
}

// fresh fails where the head has moved since it was read.
func (p *platform) fresh(ctx context.Context) error {
	now, err := p.client.PullRequest(ctx, p.repo, p.work.PullNumber)
	if err != nil {
		return fmt.Errorf("read the head again before the call: %w", err)
	}
	if text := moved(p.pr, now); text != "" {
		return errors.New(text)
	}
	return nil
}

// moved says how a pull request is no longer the one that was seen. Another
// base has another policy and other marks than those that were read.
func moved(seen, now event.PullRequest) string {
	switch {
	case seen.Head.SHA != now.Head.SHA:
		return fmt.Sprintf("the head moved from %.12s to %.12s: the newer run decides", seen.Head.SHA, now.Head.SHA)
	case seen.Base.Name != now.Base.Name:
		return fmt.Sprintf("the base changed from %q to %q: run again", seen.Base.Name, now.Base.Name)
	default:
		return ""
	}
}

// stepAside says where auxiliary tasks have no place: a merge queue waits for
// its verdict alone, and a label without meaning must not spend.
func (p *platform) stepAside() {
	switch {
	case p.event.MergeGroup != nil:
		p.work.SkipAuxiliary = "merge group: only the critical path runs"
	case p.event.Action == "labeled" || p.event.Action == "unlabeled":
		if !p.meansSomething(p.event.Label) {
			p.work.SkipAuxiliary = "the label means nothing to the policy"
		}
	}
}

func (p *platform) meansSomething(label string) bool {
	return slices.ContainsFunc(p.work.Policy.Override.Labels, func(l policy.Label) bool { return strings.EqualFold(l.Name, label) })
}

// tiersOf gives the tiers that a label asks for: only a reason for one of
// them is a reason for it.
func (p *platform) tiersOf(label string) []string {
	var tiers []string
	for _, l := range p.work.Policy.Override.Labels {
		if strings.EqualFold(l.Name, label) {
			tiers = append(tiers, l.Tier.String())
		}
	}
	return tiers
}

// readTree lists the base's files, for services by their manifests. It is not
// read where the policy names the services.
func (p *platform) readTree(ctx context.Context) error {
	if len(p.work.Policy.Services) > 0 || !p.work.HasChange || p.work.Change.Base == "" {
		return nil
	}
	paths, complete, err := p.client.Tree(ctx, p.repo, p.work.Change.Base)
	if err != nil {
		return fmt.Errorf("list the files at the base: %w", err)
	}
	if complete {
		p.work.Tree = paths
	}
	return nil
}

// readEvidence asks the platform for the branch's rules, where a task of the
// step has a catch test at all.
func (p *platform) readEvidence(ctx context.Context, s Settings) error {
	if s.Evidence != nil {
		e, err := ParseEvidence(s.Evidence)
		p.work.Evidence = e
		return err
	}
	p.work.Evidence = route.Evidence{Source: "github", Branch: p.work.Branch, RequiredReview: route.Unseen, ChecksProof: route.Unseen}
	if p.work.Branch == "" || p.onlyCritical(s.Tasks) {
		return nil
	}
	e, err := p.client.Evidence(ctx, p.repo, p.work.Branch)
	if err != nil {
		return fmt.Errorf("read the rules of branch %s: %w", p.work.Branch, err)
	}
	p.work.Evidence = e
	return nil
}

func (p *platform) onlyCritical(ids []string) bool {
	return len(ids) > 0 && !slices.ContainsFunc(ids, func(id string) bool {
		row, _ := p.work.Policy.Task(id)
		t, _ := task.Find(id)
		return !row.CriticalPath && !t.CriticalPath
	})
}

// readOverride gathers the labels and, for a labelling, who did it.
func (p *platform) readOverride(ctx context.Context) error {
	if p.event.MergeGroup != nil || p.work.PullNumber == 0 {
		return nil
	}
	p.work.Override.Labels = slices.Sorted(slices.Values(p.pr.Labels))
	if p.event.Action != "labeled" || p.pull == nil || !p.meansSomething(p.event.Label) {
		return nil
	}
	lower, err := p.client.LabelEvent(ctx, p.repo, p.event, p.pr, p.tiersOf(p.event.Label)...)
	if err != nil {
		return fmt.Errorf("read who set the label: %w", err)
	}
	p.work.Override.Lower = lower
	return nil
}

// readLog fetches the logs of the failed jobs where a task needs them.
func (p *platform) readLog(ctx context.Context, s Settings) error {
	run, attempt := s.RunID, 0
	if run == 0 && p.event.WorkflowRun != nil {
		run, attempt = p.event.WorkflowRun.ID, p.event.WorkflowRun.Attempt
	}
	if run == 0 || len(p.work.Log) > 0 || !slices.ContainsFunc(s.Tasks, needsLog) {
		return nil
	}
	logs, err := p.client.RunLogs(ctx, p.repo, run, attempt)
	if err != nil {
		return fmt.Errorf("read the logs of run %d: %w", run, err)
	}
	for _, l := range logs {
		p.work.Log = append(p.work.Log, l.Log...)
		p.work.Log = append(p.work.Log, '\n')
		if l.Note != "" {
			p.work.Warnings = append(p.work.Warnings, fmt.Sprintf("log of job %s: %s", l.Name, l.Note))
		}
	}
	p.work.LogName = fmt.Sprintf("run %d", run)
	return nil
}

func needsLog(id string) bool {
	t, ok := task.Find(id)
	return ok && t.NeedsLog
}
