package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// ties is the index of what the files of a change declare.
type ties struct {
	modules map[string]bool
	targets index // modules and files, as an import spells them
	names   index // exported symbols, fields, routes and events on changed lines
	key     []byte
}

func newTies(parts []part) *ties {
	x := &ties{modules: map[string]bool{}, targets: index{}, names: index{}}
	for _, p := range parts {
		if !x.modules[p.module] {
			x.modules[p.module] = true
			whole := part{module: p.module}
			x.targets.add(joined(p.module), whole, p.module)
			x.targets.add(joined(p.module[strings.LastIndexByte(p.module, '/')+1:]), whole, p.module)
		}
		if f := splitPath(p.path); len(f.stem) >= minStem {
			x.targets.add("file "+joined(f.dirs[len(f.dirs)-1]+"/"+f.stem), p, p.path)
		}
	}
	return x
}

// minStem keeps files that are called alike everywhere, such as index and
// main, from being taken for what a line imports.
const minStem = 6

func joined(target string) string { return strings.Join(stepsOf(target), "/") }

// declare notes the names that the changed lines of a file declare.
func (x *ties) declare(p part) {
	for h := range p.file.Hunks {
		for _, l := range p.file.Hunks[h].Lines {
			if l.Op == change.Context {
				continue
			}
			for _, name := range []string{declaredSymbol(p.ext, l.Text), fieldName(p.ext, l.Text)} {
				if key := x.fold(name); key != nil && telling(name) {
					x.names.add(string(key), p, p.path)
				}
			}
			eachAddress(l.Text, func(address string) { x.names.add(address, p, p.path) })
		}
	}
}

// uses looks for the first place of a file that hangs on another module, and
// for the first such place without a seam.
func (x *ties) uses(p part) places {
	var found places
	for h := range p.file.Hunks {
		for _, l := range p.file.Hunks[h].Lines {
			found = x.line(p, l, found)
			if found.plain() {
				return found
			}
		}
	}
	return found
}

// line adds what ties one line to other modules.
func (x *ties) line(p part, l change.Line, found places) places {
	if target := imported(p.ext, l.Text); target != "" && len(target) < maxTarget {
		return x.imports(p, l, target, found)
	}
	if l.Op == change.Context {
		return found
	}
	eachName(l.Text, func(name string) {
		if key := x.fold(name); key != nil {
			if known, ok := x.names[string(key)]; ok {
				found = found.see(p, l, known, "uses "+name)
			}
		}
	})
	eachAddress(l.Text, func(address string) { found = found.see(p, l, x.names[address], "uses "+address) })
	return found
}

// maxTarget bounds an import: a longer text is no path.
const maxTarget = 300
