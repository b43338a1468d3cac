package task

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A pattern that is compiled at package level costs every start of the
// program; one that is compiled later must be one that can be.
func TestPatternsAreCompiledLateAndCanBe(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || name == "lazy.go" {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "MustCompile" {
				t.Errorf("%s compiles a pattern of its own: use lazily", name)
			}
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if f, ok := call.Fun.(*ast.Ident); !ok || f.Name != "lazily" {
				return true
			}
			seen++
			if form, ok := call.Args[0].(*ast.BasicLit); ok {
				text, err := strconv.Unquote(form.Value)
				if err == nil {
					_, err = regexp.Compile(text)
				}
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
			return true
		})
	}
	if seen < 50 || secretForm() == nil || order() == nil {
		t.Errorf("%d patterns", seen)
	}
}
