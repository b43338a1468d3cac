package event

// Privileged says that the event runs with the repository's secrets and a
// token that may write, while what it is about may come from anyone
// (https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows).
func (e Event) Privileged() bool {
	switch e.Name {
	case "pull_request_target", "issue_comment", "workflow_run":
		return true
	}
	return false
}

// PolicyRef gives the commit or the branch that the policy and every other
// trusted file are read at. It is never a ref that the change under decision
// can move:
//
//   - pull_request and merge_group: the base commit.
//   - push to the default branch: the commit before it, so that a push that
//     changes the policy is decided by the old one.
//   - push to any other branch, a tag or a new branch: the default branch.
//     The commit before would be one that nobody need have reviewed: two
//     pushes would then be enough to change the policy and to use it.
//   - everything else, the privileged events first: the default branch.
func (e Event) PolicyRef() string {
	switch {
	case e.Privileged():
		return e.Repository.DefaultBranch
	case e.PullRequest != nil:
		return e.PullRequest.Base.SHA
	case e.MergeGroup != nil:
		return e.MergeGroup.Base.SHA
	case e.Push != nil && e.Push.Before != "" && e.Push.Ref == "refs/heads/"+e.Repository.DefaultBranch:
		return e.Push.Before
	default:
		return e.Repository.DefaultBranch
	}
}
