package main

import (
	"runtime"
	"runtime/debug"
)

const (
	// lateCollection puts the first collection off until 16 MB are in use,
	// instead of 4: to route a usual change needs less than that, and the two
	// collections on the way there take a quarter of the whole run.
	lateCollection = 400
	// usualCollection is what the runtime has by default, in per cent.
	usualCollection = 100
)

// collectLate spares a short run all garbage collection. After the first
// collection memory is kept as tight as by default, so that a long run needs
// no more of it. A caller's GOGC stays as it is.
func collectLate(getenv func(string) string) {
	if getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(lateCollection)
	// Nothing holds the marker, so the first collection finds it.
	marker := new(struct{ self *int })
	runtime.AddCleanup(marker, func(percent int) { debug.SetGCPercent(percent) }, usualCollection)
}
