package lint

import (
	"github.com/tierwise/tierwise/internal/diag"
)

func ownerMissing() Rule {
	return Rule{
		ID:       "owner-missing",
		Severity: diag.Warning,
		Summary:  "the policy names no owner",
		Why:      "A policy that nobody answers for is never looked at again. The review, the overrides and the weekly report are addressed to its owners.",
		Fix:      "Name a team or a person under owners:, as GitHub writes them.",
		Bad:      Example{Text: minimal("")},
		Good:     Example{Text: minimal("owners: [\"@acme/platform\"]\n")},
		Policy: func(p Policy, _ World) []Hit {
			if len(p.File.Owners) > 0 {
				return nil
			}
			return []Hit{{Pos: p.Root.Pos, Message: `nobody answers for this policy: add owners: ["@your/team"]`}}
		},
	}
}
