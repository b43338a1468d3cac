package signal

func broadRequest() Signal {
	return Signal{
		ID:      "broad-request",
		Summary: "the brief reaches across many files or services",
		Why:     "what has to be the same in many places is coordination, and one place that is forgotten breaks it",
		Example: `"rename the header everywhere", "update every service", "across the codebase"`,
		Fix:     "name the files or the one service that are meant",
		Needs:   []Need{NeedsWords},
		Fire: askedFor("broad-request", func(r reading) []string {
			return dropRepeated(append(serviceTerms().found(r.said), broadTerms().found(r.said)...))
		}),
	}
}

const (
	manyServices = "service|services|microservice|microservices|repo|repos|repositories|apps|clients|backends"
	parts        = "file|files|module|modules|package|packages|component|components|endpoint|endpoints|caller|callers|usage|usages|occurrence|occurrences|place|places" +
		"|call|controllers|handlers|routes|models|tests|pages|views|layers|folder|folders|directory|directories|imports|languages"
)

var (
	// serviceTerms reach across services, broadTerms across files.
	serviceTerms = phrases("all|every|each|across|between|both|multiple|several ..3 "+manyServices, "service to service", "frontend|client and ..1 backend|server", "backend|server and ..1 frontend|client",
		"cross service", "end to end across")
	broadTerms = phrases("everywhere|throughout", "across the|all|every|our|multiple|several|many ..3 codebase|code|repo|repository|project|board|app|application|"+parts, "all|every|each ..2 "+parts,
		"all of the ..2 "+parts, "whole|entire|complete codebase|code|repo|repository|project|app|application|system|module|package|folder|stack", "all over", "the codebase|monorepo", "wherever", "globally")
)
