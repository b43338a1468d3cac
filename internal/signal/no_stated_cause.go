package signal

func noStatedCause() Signal {
	return Signal{
		ID:      "no-stated-cause",
		Summary: "the brief tells a symptom and no cause",
		Why:     "to find out why something fails now and then takes the strongest model; to cure a known cause does not",
		Example: `"the app crashes sometimes", "debug the flaky upload test", "why does the export hang"`,
		Fix:     "say in a trusted brief why it happens, or what should be there instead: \"because …\", \"should return …\"",
		Needs:   []Need{NeedsWords},
		Fire: askedFor("no-stated-cause", func(r reading) []string {
			if r.caused() {
				return nil
			}
			return dropRepeated(append(symptomTerms().found(r.said), causelessTerms().found(r.said)...))
		}),
	}
}

const (
	fails = "crash|crashes|crashed|crashing|fail|fails|failed|failing|hang|hangs|hung|hanging|break|breaks|freezes|freeze|dies|stalls|stall|disappear|disappears|slow" +
		"|errors|flake|flakes|stops|stop|loses|lose|times|duplicates|drops|missing|500|wrong|empty|leaks|expire|expires|vanish|vanishes|restarts"
	atTimes = "sometimes|occasionally|intermittently|randomly|sporadically|intermittent|sporadic"
)

var symptomTerms = phrases(fails+" ..4 "+atTimes, atTimes+" ..6 "+fails, "flaky|flakiness|heisenbug", "fails|crashes|hangs|breaks|happens every now and then",
	"every now and then", "once in a while", "from time to time", "at random", "for no reason", "out of nowhere", "no idea why", "don't|not|can't|cannot know|tell|say why", "not reproducible", "can't|cannot|couldn't reproduce",
	"hard to reproduce", "find out why", "figure out why", "why does|do|is|are|did|has|was|were", "root cause of|for|analysis", "find the ..2 cause",
	"is|are|feels|gets|got|runs|became|becomes|being|so|too|very slow|slower|sluggish|laggy|unresponsive", "is|are|looks|seems|gets|got broken|stuck|weird|off|wrong|down",
	"does|do|did not work", "doesn't|don't|didn't|won't work", "not|stopped|stops working", "keeps|keep crashing|failing|hanging|breaking", "something is|goes|went wrong", "acting up",
	"debug ..4 flaky|crash|hang|leak|race|failure", "memory leak somewhere")
