package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"
)

// collectAt reads how far memory may grow before a collection, in per cent.
func collectAt() uint64 {
	sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

func TestFirstCollectionIsLateAndTheNextAreNot(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	collectLate(func(string) string { return "" })
	if got := collectAt(); got != lateCollection {
		t.Fatalf("before the first collection GOGC is %d, want %d", got, lateCollection)
	}
	for deadline := time.Now().Add(10 * time.Second); collectAt() != usualCollection; {
		if time.Now().After(deadline) {
			t.Fatalf("after a collection GOGC is %d, want %d", collectAt(), usualCollection)
		}
		runtime.GC()
	}
}

func TestCallersCollectionStays(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	collectLate(func(name string) string { return map[string]string{"GOGC": "50"}[name] })
	if got := collectAt(); got != 50 {
		t.Errorf("GOGC is %d, want the caller's 50", got)
	}
}
