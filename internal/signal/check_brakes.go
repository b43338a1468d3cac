package signal

// disabledBrakes let an agent do what somebody had to allow before.
func disabledBrakes() []rule {
	return []rule{
		off("dangerously skip permissions bypass bypasspermissions yolo full auto approve autoapprove approval mode", "an agent works without approval",
			`(?i)--?dangerously-skip-permissions|bypass_?permissions|--yolo\b|--full-auto\b|\bauto_?approve\w*["']?\s*[:=]\s*(?:true|\[|"all|'all)|\b(?:approval[-_]?(?:policy|mode)?|ask_for_approval)["']?\s*[:= ]\s*["']?(?:never|none|off|full-auto)|sandbox[-_]?mode["']?\s*[:= ]\s*["']?danger|danger-full-access|--allow-all-tools|skip_?approval["']?\s*[:=]\s*true|enableAllProjectMcpServers["']?\s*:\s*true|-auto-approve\b|acceptEdits`).where(func(l line) bool { return !describes(l) }),
		off("bash shell tools allow all", "an agent may run everything", `\b(?:Bash|Shell|Execute)\(\s*(?:\*|:\*|\*:\*)\s*\)|"allow"\s*:\s*\[\s*"\*"|allowed[-_]?tools["']?\s*[:= ]\s*\[?["']?(?:\*|all|Bash["'\],\s]*$)`),
		off("skip ignore bypass disable ask without need not don never fine ok silence", "an agent is told to go past a check",
			`(?i)(?:\b(?:skip|ignore|bypass|disable|silence)\b|\bfeel free to\b.*\b(?:skip|ignore))\s+(?:\w+\s+){0,3}(?:tests?|checks?|lint\w*|hooks?|reviews?|approv\w+|verification|type\s?check\w*|ci|failures?|warnings?|scan\w*|permission\w*|security|sandbox)\b|\b(?:do\s+not|don['’]?t|never|no\s+need\s+to|not\s+necessary\s+to|without)\s+(?:\w+\s+){0,2}(?:ask|asking|wait|request\w*|confirm\w*|run)\s+(?:\w+\s+){0,3}(?:approv\w+|permission\w*|confirmation|review|tests?|checks?|me|the\s+user|first)\b`).where(commands).where(instructs),
	}
}

// commands says that a sentence does not forbid what it names.
func commands(l line) bool {
	return !l.fits(forbidsSkipping())
}

var forbidsSkipping = expression(`(?i)\b(?:do\s+not|don['’]?t|never|must\s+not|cannot|should\s+not|avoid)\s+(?:\w+\s+){0,2}(?:skip|ignore|bypass|disable|silence)`)
