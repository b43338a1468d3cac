package signal

import (
	"sync"

	"github.com/tierwise/tierwise/internal/task"
)

// All gives every signal, sorted by id.
func All() []Signal {
	return []Signal{
		accessWidened(),
		agentSignal(),
		assetSignal(),
		auth(),
		broadRequest(),
		checkDisabled(),
		coChange(),
		codeSignal(),
		concurrency(),
		configurationSignal(),
		coupledModules(),
		cryptography(),
		deploymentSignal(),
		documentationSignal(),
		earlierContext(),
		errorHandling(),
		featureFlag(),
		generatedSignal(),
		guardRemoved(),
		implicitContract(),
		incompleteChange(),
		infrastructureSignal(),
		injection(),
		interfaceSignal(),
		lockFileSignal(),
		migrationSignal(),
		newDataModel(),
		newDependency(),
		newModule(),
		newPublicInterface(),
		noStatedCause(),
		openQuestion(),
		ownersSignal(),
		payment(),
		paymentWords(),
		permissionSignal(),
		policySignal(),
		publicInterface(),
		schemaChange(),
		schemaWords(),
		secret(),
		securityWords(),
		session(),
		snapshotSignal(),
		supplyChain(),
		testSignal(),
		translationSignal(),
		vagueSignal(),
		vendoredSignal(),
		weakenedTest(),
		withheldPatch(),
		workflowSignal(),
	}
}

// every is All for those who only read it, made once.
var every = sync.OnceValue(All)

// Adds gives the domains that a hit of a signal adds; none for an unknown id.
func Adds(id string) []task.Domain {
	for _, s := range every() {
		if s.ID == id {
			return s.Domains
		}
	}
	return nil
}

// classFire fires on every file that is of the class by one of its paths.
func classFire(class Class) func(Input) []Hit {
	return func(in Input) []Hit {
		var hits []Hit
		for i, f := range in.Change.Files {
			for _, c := range in.classesOf(i) {
				if c == class {
					hits = append(hits, Hit{Signal: string(class), File: f.Path, Text: "its path says " + string(class)})
				}
			}
		}
		return hits
	}
}
