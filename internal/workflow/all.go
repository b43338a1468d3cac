package workflow

// Agents gives every agent that is known, sorted by id.
func Agents() []Agent {
	return []Agent{claudeCodeAction()}
}
