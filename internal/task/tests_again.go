package task

import (
	"strings"
)

// oldNames gives the names that old code uses or declares.
func (l testLanguage) oldNames(before []string) map[string]bool {
	names := map[string]bool{}
	for _, code := range l.masked(before) {
		if strings.HasPrefix(code, "package ") {
			continue // its name stands for no value in the file
		}
		for _, name := range nameWord().FindAllString(code, -1) {
			names[name] = true
		}
	}
	return names
}

var (
	nameWord    = lazily(`[\pL_$][\pL\pN_$]*`)
	declares    = lazily(`^(?:(?:export|default|pub|public|private|internal|protected|static|final|abstract|async|open|override|suspend|inline|unsafe|readonly|data|sealed|virtual)\s+)*(?:func(?:\s*\([^)]*\))?|def(?:p|macro)?|class|function\*?|fn|fun|struct|enum|trait|interface|type|const|let!?|var|val|module|record|object|defmodule)[\s(:]+(?:self\.)?([\pL_$][\pL\pN_$]*)`)
	methodName  = lazily(`^(?:[\w<>\[\],.?:&*]+\s+)+(\w+)\s*\(`)
	assignsName = lazily(`^([\pL_$][\pL\pN_$]*)\s*(?::[^=]+)?=[^=]`)
	pyImports   = lazily(`^(?:from\s+[\w.]+\s+)?import\s+(.*)$`)
	jsImports   = lazily(`^import\s+(?:type\s+)?(.*?)\s*(?:from\b.*)?$|^(?:const|let|var)\s*\{([^}]*)\}`)
	importAs    = lazily(`^.*\bas\s+`)
)

// again says that a line at the top of a file, or among old declarations,
// gives an old name a new meaning.
func (l testLanguage) again(code string, old map[string]bool) bool {
	for _, name := range l.declared(code) {
		if old[name] {
			return true
		}
	}
	return false
}

func (l testLanguage) declared(code string) []string {
	var names []string
	if list := l.importList(code); list != "" {
		for part := range strings.SplitSeq(strings.NewReplacer("{", ",", "}", ",", "(", ",", ")", ",").Replace(list), ",") {
			part = strings.TrimSpace(importAs().ReplaceAllString(strings.TrimSpace(part), ""))
			if name, _, _ := strings.Cut(part, "."); name != "" && name != "*" {
				names = append(names, name)
			}
		}
		return names
	}
	if m := declares().FindStringSubmatch(code); m != nil {
		return []string{m[1]}
	}
	if m := assignsName().FindStringSubmatch(code); m != nil {
		return []string{m[1]}
	}
	switch l.sources[0] {
	case ".java", ".cs", ".cc":
		if m := methodName().FindStringSubmatch(code); m != nil && !strings.HasPrefix(m[0], "TEST") {
			return []string{m[1]}
		}
	}
	return nil
}

// importList gives the names that an import brings, in languages where a later
// import hides an earlier name.
func (l testLanguage) importList(code string) string {
	switch l.sources[0] {
	case ".py":
		if m := pyImports().FindStringSubmatch(code); m != nil {
			return m[1]
		}
	case ".js":
		if m := jsImports().FindStringSubmatch(code); m != nil {
			return m[1] + "," + m[2]
		}
	}
	return ""
}
