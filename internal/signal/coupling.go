package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// coupling is a place in one module that hangs on another module of the same
// change: it imports it, or uses a name that the change declares there.
type coupling struct {
	file string
	line int
	text string
	seam bool // one of the two is an interface, or the way leads through one
}

// places holds the first coupling of a file, and its first one without a seam
// where that is another.
type places []coupling

func (found places) plain() bool { return len(found) > 0 && !found[len(found)-1].seam }

func (found places) with(c coupling) places {
	if len(found) == 0 || !c.seam && !found.plain() {
		return append(found, c)
	}
	return found
}

// see adds a use of something that is known, where another module than the
// file's own declares it.
func (found places) see(p part, l change.Line, known origins, what string) places {
	o, ok := known.plain.outside(p.module)
	seam := p.seam || !ok
	if !ok {
		if o, ok = known.any.outside(p.module); !ok {
			return found
		}
	}
	return found.with(coupling{p.path, max(l.NewLine, l.OldLine), what + ", which " + o.place + " declares", seam})
}

// coupled gives the places of all files, in the order of the change.
func (in Input) coupled() []coupling {
	if in.ties != nil {
		return *in.ties
	}
	return in.tie()
}

// tie reads every line twice: once for what is declared, once for what is
// used. It never compares file with file.
func (in Input) tie() []coupling {
	parts := in.parts()
	if !slices.ContainsFunc(parts, func(p part) bool { return p.module != parts[0].module }) {
		return nil
	}
	x := newTies(parts)
	for _, p := range parts {
		x.declare(p)
	}
	var all []coupling
	for _, p := range parts {
		all = append(all, x.uses(p)...)
		if in.unread(p.file) {
			all = append(all, coupling{file: p.path, text: "its lines are not shown, and may use another module"})
		}
	}
	return all
}

// part is a file of a module, by one of its paths.
type part struct {
	file   change.File
	path   string
	ext    string
	module string
	seam   bool
}

// parts gives the files that carry behaviour, a renamed one by both its paths.
func (in Input) parts() []part {
	var parts []part
	for _, f := range in.Change.Files {
		seam := !slices.ContainsFunc(f.Paths(), func(path string) bool { return !isSeam(path) })
		for _, path := range f.Paths() {
			if module := moduleOf(path); module != "" && in.touches(f, path) {
				parts = append(parts, part{f, path, splitPath(path).ext, module, seam})
			}
		}
	}
	return parts
}

// isSeam tells files that are made to be agreed upon.
func isSeam(path string) bool {
	p := splitPath(path)
	if p.hasExt(".proto", ".thrift", ".avsc", ".avdl", ".graphql", ".graphqls", ".gql", ".smithy", ".wsdl", ".xsd", ".raml", ".capnp") {
		return true
	}
	for _, word := range []string{"openapi", "swagger", "asyncapi"} {
		if strings.Contains(p.name, word) {
			return true
		}
	}
	return len(p.dirs) > 0 && interfaceName(p.dirs[len(p.dirs)-1])
}

func interfaceName(name string) bool {
	switch name {
	case "api", "apis", "contract", "contracts", "schema", "schemas", "types", "proto", "protos", "interfaces", "dto", "dtos", "idl":
		return true
	}
	return false
}

// origin is where something is declared.
type origin struct {
	module string
	place  string // the file, or the module where the module itself is meant
}

// pair holds the first origin and the first one of another module: for every
// module there is one that is not itself, if there is any.
type pair [2]origin

func (p pair) with(o origin) pair {
	switch {
	case p[0].module == "":
		p[0] = o
	case p[1].module == "" && p[0].module != o.module:
		p[1] = o
	}
	return p
}

// outside gives an origin in another module than this one.
func (p pair) outside(module string) (origin, bool) {
	for _, o := range p {
		if o.module != "" && o.module != module {
			return o, true
		}
	}
	return origin{}, false
}

// origins keeps what interfaces declare apart from the rest.
type origins struct{ any, plain pair }

type index map[string]origins

func (x index) add(key string, p part, place string) {
	known := x[key]
	known.any = known.any.with(origin{p.module, place})
	if !p.seam {
		known.plain = known.plain.with(origin{p.module, place})
	}
	x[key] = known
}
