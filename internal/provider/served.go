package provider

import (
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/usage"
)

// served reads from the records of a stream how a request was served: what was
// asked for may not be what was given. The zero value says list price.
type served struct{ records *usage.Stream }

func newServed(shape usage.Shape) served { return served{usage.NewStream(shape)} }

func (s served) add(record string) {
	if s.records != nil {
		s.records.Add([]byte(record))
	}
}

func (s served) service() money.Service {
	if s.records == nil {
		return money.Service{}
	}
	return s.records.Report().Served
}
