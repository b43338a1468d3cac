package lint

import (
	"sync"

	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// memory holds what each call asks anew of its job or its script, so that a job
// of thousands of steps, or a script of thousands of calls, is read a few times
// and not once a call. Rules of other files may ask at the same time.
type memory struct {
	mutex     sync.Mutex
	byID      map[*workflow.File]map[string]*workflow.Job
	needed    map[*workflow.Job][]*workflow.Job
	asking    map[*workflow.Job]int  // the first step that looks up permissions
	asks      map[*workflow.Job]bool // anywhere in the job
	strangers map[*workflow.Step][]strange
	spans     map[*yamltree.Node]bool
	varies    map[*workflow.Step]bool // with the legs of a matrix
	secrets   map[*yamltree.Node][]place
	brings    map[*yamltree.Node]brought // by a variable
}

func newMemory() *memory {
	return &memory{
		byID: map[*workflow.File]map[string]*workflow.Job{}, needed: map[*workflow.Job][]*workflow.Job{}, asking: map[*workflow.Job]int{}, asks: map[*workflow.Job]bool{},
		strangers: map[*workflow.Step][]strange{}, spans: map[*yamltree.Node]bool{}, varies: map[*workflow.Step]bool{}, brings: map[*yamltree.Node]brought{}, secrets: map[*yamltree.Node][]place{},
	}
}

// remember gives what is known under a key of one of memory's maps, or finds
// it. Without a memory it is found each time.
func remember[K comparable, V any](m *memory, of func(*memory) map[K]V, key K, find func() V) V {
	if m == nil {
		return find()
	}
	m.mutex.Lock()
	known, ok := of(m)[key]
	m.mutex.Unlock()
	if ok {
		return known
	}
	found := find()
	m.mutex.Lock()
	defer m.mutex.Unlock()
	of(m)[key] = found
	return found
}
