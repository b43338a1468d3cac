package task

import (
	"path"
	"regexp"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// Each form finds a declaration that other code may use.
var (
	publicGo     = lazily(`^(?:func (?:\([^)]*\) )?|type |var |const )([A-Z]\w*)\b`)
	publicPython = lazily(`^(?:async )?(?:def|class) ([A-Za-z]\w*)`)
	publicScript = lazily(`^export (?:default )?(?:declare )?(?:abstract )?(?:async )?(?:function|class|const|let|interface|type|enum) (\w+)`)
	publicRust   = lazily(`^\s*pub (?:async )?(?:unsafe )?(?:fn|struct|enum|trait|const|type|mod) (\w+)`)
	publicJava   = lazily(`^\s*public (?:(?:static|final|sealed|abstract|async|override|virtual|class|interface|record|enum) )*(?:[\w<>\[\],?.]+ )?(\w+)\s*[({:]`)
)

func publicForm(p string) *regexp.Regexp {
	switch path.Ext(p) {
	case ".go":
		return publicGo()
	case ".py":
		return publicPython()
	case ".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs":
		return publicScript()
	case ".rs":
		return publicRust()
	case ".java", ".cs":
		return publicJava()
	}
	return nil
}

// private says that a file's declarations are not for other programs.
func private(p string) bool {
	return kindOf(p) != kindCode || strings.Contains("/"+p, "/internal/") || strings.HasPrefix(p, "cmd/")
}

// publicLines names public declarations that are gone or written otherwise.
// It reads lines, not programs: a hint, which says so by its words.
func publicLines(files []change.File) []string {
	var removed, altered []string
	for _, f := range files {
		form := publicForm(f.Path)
		if form == nil || private(f.Path) {
			continue
		}
		gone, back, order := declarations(f, form)
		for _, name := range order {
			switch now, ok := back[name]; {
			case !ok:
				removed = append(removed, name)
			case now != gone[name]:
				altered = append(altered, name)
			}
		}
	}
	return []string{
		named("Public declarations that seem to be gone", removed),
		named("Public declarations that are written otherwise", altered),
	}
}

// declarations gives the removed and the added declarations of a file by
// their names, and the removed names in their order.
func declarations(f change.File, form *regexp.Regexp) (gone, back map[string]string, order []string) {
	gone, back = map[string]string{}, map[string]string{}
	for l := range f.Lines() {
		m := form.FindStringSubmatch(l.Text)
		if m == nil {
			continue
		}
		text := strings.TrimSpace(l.Text)
		switch l.Op {
		case change.Delete:
			if _, ok := gone[m[1]]; !ok {
				order = append(order, m[1])
			}
			gone[m[1]] = text
		case change.Add:
			back[m[1]] = text
		}
	}
	return gone, back, order
}
