package signal

import (
	"path"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// imports resolves what a line imports to a module or a file of the change.
func (x *ties) imports(p part, l change.Line, target string, found places) places {
	if resolved := relative(p.path, target); resolved != "" {
		module := moduleOf(resolved + "/")
		if x.modules[module] && module != p.module {
			seam := p.seam || throughInterface(resolved)
			found = found.with(coupling{p.path, max(l.NewLine, l.OldLine), "imports " + resolved, seam})
		}
		return found
	}
	steps := ownSteps(target)
	through := throughInterface(strings.Join(steps, "/"))
	for _, key := range targetKeys(steps) {
		known := x.targets[key]
		if through {
			known.plain = pair{}
		}
		found = found.see(p, l, known, "imports "+target)
	}
	return found
}

// throughInterface says that the package which a path ends in, or stands in,
// is called an interface.
func throughInterface(target string) bool {
	return interfaceName(path.Base(target)) || interfaceName(path.Base(path.Dir(target)))
}

// targetKeys gives the ways in which a module or a file of the change may be
// spelled by these steps: the module's whole path anywhere, its name in front,
// the file's name and that of its folder at the end.
func targetKeys(steps []string) []string {
	const most = 12
	steps = steps[:min(len(steps), most)]
	if len(steps) == 0 {
		return nil
	}
	keys := []string{steps[0]}
	if len(steps) > 1 {
		keys = append(keys, "file "+strings.Join(steps[len(steps)-2:], "/"))
	}
	for i := 1; i < len(steps); i++ {
		keys = append(keys, steps[i-1]+"/"+steps[i])
	}
	return keys
}
