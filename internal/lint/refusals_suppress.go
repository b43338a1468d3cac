package lint

import "github.com/tierwise/tierwise/internal/diag"

// refusalsOfSuppressions are the pages of comments that suppress.
func refusalsOfSuppressions() []Page {
	pages := []Page{
		refusal(idExpiredSuppression, "a suppression has ended", "A suppression is a debt with a day on it. The finding is shown again from the day after, and so is the comment that hid it.", "Mend what the comment hid and take the comment out; or give it a new day, and say why.",
			"# tierwise: ignore owner-missing until 2026-10-31: the team is being named\n", "owners: [\"@acme/platform\"]\n"),
		refusal(idBadSuppression, "a suppression does not say what it needs to", "A suppression names a rule, a last day and a reason. One that lacks any of them hides something for ever, or hides nothing and looks as if it did.", "Write # tierwise: ignore rule-id until YYYY-MM-DD: why. What reading the file refuses, and these complaints, no comment takes back.",
			"# tierwise: ignore owner-missing\nowners: [\"@acme/platform\"]\n", "owners: [\"@acme/platform\"]\n"),
		refusalOf(OfPolicy, idFarSuppression, "a suppression ends more than a year ahead", "The day is there so that somebody looks again. One that nobody here will see hides the finding for ever.", "Name a day within a year. Until then nothing is suppressed.",
			"# tierwise: ignore owner-missing until 2099-12-31: nobody wants it\n"+minimal(""), "# tierwise: ignore owner-missing until 2027-06-30: the team is being named\n"+minimal("")),
		refusal(idUnusedSuppression, "a suppression hides nothing", "What it hid was mended, or it stands on the wrong line. Left there, it would hide the next finding of that rule without anybody having looked at it.", "Take the comment out, or put it on the line that is reported or on a line of its own above that one; for a line of a block, such as a script, on or above the line that opens the block.",
			"owners: [\"@acme/platform\"] # tierwise: ignore owner-missing until 2027-01-31: the team is being named\n", "owners: [\"@acme/platform\"]\n"),
	}
	pages[3].Severity = diag.Warning
	return pages
}
