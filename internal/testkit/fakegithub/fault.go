package fakegithub

import (
	"net/http"
	"strings"
)

// Fault makes requests go wrong. It applies to requests whose method is
// Method ("" is any) and whose path contains Path, after Skip of them were let
// through, Times times (0 is for ever).
type Fault struct {
	Method, Path string
	Skip, Times  int
	// Drop closes the connection without an answer. Otherwise Status is sent
	// with Message, or with Body where that is set.
	Drop    bool
	Status  int
	Message string
	Body    string
	Header  map[string]string
}

// Inject adds a fault. The first that applies wins.
func (s *Server) Inject(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &f)
}

func (s *Server) takeFault(r *http.Request) *Fault {
	for i, f := range s.faults {
		if f.Method != "" && f.Method != r.Method || !strings.Contains(r.URL.Path, f.Path) {
			continue
		}
		if f.Skip > 0 {
			f.Skip--
			continue
		}
		if f.Times == 1 {
			s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
		}
		f.Times--
		return f
	}
	return nil
}

func (f *Fault) reply() reply {
	a := failed(f.Status, f.Message)
	if f.Body != "" {
		a.body = []byte(f.Body)
	}
	a.drop = f.Drop
	a.header = http.Header{}
	for name, value := range f.Header {
		a.header.Set(name, value)
	}
	return a
}
