package signal

func openQuestion() Signal {
	return Signal{
		ID:      "open-question",
		Summary: "the brief asks for a decision, a design or an investigation",
		Why:     "a decision without a precedent is what the strongest model is for: a wrong one is built upon",
		Example: `"decide how we should store sessions", "investigate the latency", "design a retry queue"`,
		Fix:     "decide first, and write the decision into the brief",
		Needs:   []Need{NeedsWords},
		Fire:    askedFor("open-question", func(r reading) []string { return questionTerms().found(r.said) }),
	}
}

var questionTerms = phrases("decide|deciding how|whether|what|which|if|on|where|when|between", "investigate|investigating|investigation|brainstorm|rfc", "explore|exploring ..4 option|options|idea|ideas|way|ways|approach|approaches|alternatives",
	"explore|research how|whether|what|the|a|an|if|using|our|possible", "research|researching options|alternatives|ways|approaches|libraries|best", "figure|figuring|find|work out how|what|whether|why|which|if|a", "figure out",
	"design|redesign|architect|devise|draft a|an|the|our|how|new", "evaluate|assess|compare|weigh ..5 option|options|alternative|alternatives|approach|approaches|library|libraries|framework|frameworks|tradeoffs|against|versus|vs|whether|if",
	"evaluate|assess whether|if|how|the|our|using", "come up with", "propose|suggest|recommend a|an|how|what|the|ways|which|some", "how|what|where|which should|could|would we|i|you|it|the", "should we|i|it", "which ..2 should we|i|be",
	"what is|are the best|right", "the|a best|right|better way|approach|place", "think about|through|of", "proof of concept", "pros and cons", "trade offs|off", "tradeoffs", "architecture|strategy|plan for", "make|write|create|draft a plan|proposal|strategy|rfc", "do we need|want",
	"is it possible|worth|better|safe", "can we", "would it|we")
