package signal

// isOwners tells the lists of people whose approval counts, of GitHub, GitLab,
// Gerrit and Prow.
func isOwners(p place) bool {
	return p.named("codeowners", "owners", "owners_aliases", ".codeowners", "code_owners", "approvers", "owners.yaml", "owners.yml", ".owners")
}
