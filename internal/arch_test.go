package internal

import (
	"bufio"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/tierwise/tierwise/internal/"

// soleImporters names the package, or the packages, that may import what stands
// on the left. A trailing slash covers everything below.
func soleImporters() map[string]string {
	return map[string]string{
		"github.com/alecthomas/":                "lex",
		"github.com/bmatcuk/doublestar/":        "glob",
		"gopkg.in/yaml.v3":                      "yamltree",
		"os/exec":                               "gitrepo",
		"github.com/google/go-github/":          "github",
		"github.com/sethvargo/go-githubactions": "runner",
		"github.com/anthropics/":                "provider",
		"github.com/openai/":                    "provider",
		"google.golang.org/genai":               "provider",
		"github.com/bluekeyes/go-gitdiff/":      "change",
		"github.com/zricethezav/gitleaks/":      "sanitize",
		"github.com/yuin/goldmark":              "sanitize",
		"github.com/google/jsonschema-go/":      "task",
		"github.com/rogpeppe/go-internal/diff":  "task",
		"github.com/sethvargo/go-retry":         "dispatch",
		"github.com/spf13/cobra":                "cli ledgercli",
		"github.com/jackc/pgx/":                 "store",
		"go.opentelemetry.io/":                  "store",
		"google.golang.org/protobuf/":           "store",
		"github.com/schollz/progressbar/":       "cli",
		"golang.org/x/term":                     "cli",
		"golang.org/x/net/html":                 "page",
		"github.com/go-enry/":                   "", // an oracle for tests: no package may link it
	}
}

// edgesOnly are the packages that may touch the clock, randomness or files.
// Everything else takes them as values.
func edgesOnly() []string {
	return []string{"ledger", "gitrepo", "github", "runner", "provider", "pipeline", "cli", "ledgercli", "sanitize"}
}

type source struct {
	room    string
	path    string
	file    *ast.File
	imports []string
	test    bool
}

// TestImportsGoToTheLeft holds every package to the import line of doc.go.
func TestImportsGoToTheLeft(t *testing.T) {
	line := importLine(t)
	for _, s := range sources(t) {
		at := slices.Index(line, s.room)
		if at < 0 && s.room != "testkit" {
			t.Errorf("%s: package %q is not on the import line of internal/doc.go", s.path, s.room)
		}
		for _, imported := range s.imports {
			rest, ours := strings.CutPrefix(imported, module)
			if !ours {
				continue
			}
			room, _, _ := strings.Cut(rest, "/")
			switch {
			case room == s.room, s.room == "testkit":
			case room == "testkit":
				if !s.test {
					t.Errorf("%s imports testkit outside a test", s.path)
				}
			case slices.Index(line, room) < 0:
				t.Errorf("%s imports %q, which is not on the import line", s.path, room)
			case slices.Index(line, room) >= at && !s.test:
				t.Errorf("%s imports %q, which stands to the right of %q", s.path, room, s.room)
			}
		}
	}
}

// TestSoleImportersAreAlone keeps each library behind one package.
func TestSoleImportersAreAlone(t *testing.T) {
	for _, s := range sources(t) {
		if s.test || s.room == "testkit" {
			continue
		}
		for _, imported := range s.imports {
			for library, owner := range soleImporters() {
				if strings.HasPrefix(imported+"/", strings.TrimSuffix(library, "/")+"/") && !slices.Contains(strings.Fields(owner), s.room) {
					t.Errorf("%s imports %s, which belongs to %q alone", s.path, imported, owner)
				}
			}
		}
	}
}

// TestTheStoresAreNotInTheAction keeps databases out of what runs beside a
// pull request, whatever imports what.
func TestTheStoresAreNotInTheAction(t *testing.T) {
	ledger, action := linked(t, "tierwise-ledger"), linked(t, "tierwise")
	for _, banned := range []string{module + "store\n", module + "ledgercli\n", "github.com/jackc/pgx/"} {
		if strings.Contains(action, banned) {
			t.Errorf("tierwise links %s", banned)
		}
		if !strings.Contains(ledger, banned) {
			t.Errorf("tierwise-ledger does not link %s: this test looks for nothing", banned)
		}
	}
	for _, s := range sources(t) {
		if slices.Contains(s.imports, module+"store") && !s.test && s.room != "ledgercli" {
			t.Errorf("%s imports store, which belongs to ledgercli alone", s.path)
		}
	}
}

// linked lists the packages that a program is made of.
func linked(t *testing.T, program string) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", "../cmd/"+program).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestTheLedgerSpeaksToNoModel keeps the vendors' SDKs out of tierwise-ledger:
// they are half of a program's size, and a collector calls no model.
func TestTheLedgerSpeaksToNoModel(t *testing.T) {
	ledger, action := linked(t, "tierwise-ledger"), linked(t, "tierwise")
	for _, banned := range []string{module + "provider\n", "github.com/anthropics/", "github.com/openai/", "google.golang.org/genai\n"} {
		if strings.Contains(ledger, banned) {
			t.Errorf("tierwise-ledger links %s", banned)
		}
		if !strings.Contains(action, banned) {
			t.Errorf("tierwise does not link %s: this test looks for nothing", banned)
		}
	}
}

// TestNothingIsAmbient forbids what hides state or reads the world in secret.
func TestNothingIsAmbient(t *testing.T) {
	forbidden := map[string][]string{ // selector: the packages that may use it
		"os.Getenv":    {"runner"},
		"os.LookupEnv": {"runner"},
		"os.Environ":   {"runner"},
		"os.Exit":      {},
		"log.Fatal":    {},
		"time.Now":     edgesOnly(),
		"time.Sleep":   {},
		"os.ReadFile":  edgesOnly(),
		"os.WriteFile": edgesOnly(),
		"http.Get":     {},
		"fmt.Println":  {},
		"fmt.Printf":   {},
	}
	for _, s := range sources(t) {
		if s.test || s.room == "testkit" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if f, ok := n.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s: init() hides when things happen", s.path)
			}
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := sel.X.(*ast.Ident); ok {
				name := pkg.Name + "." + sel.Sel.Name
				if may, listed := forbidden[name]; listed && pkg.Obj == nil && !slices.Contains(may, s.room) {
					t.Errorf("%s: %s is not for package %q", s.path, name, s.room)
				}
			}
			return true
		})
	}
}

// TestUnsafeWritersAreNotUsed keeps to our own output writer: the library's
// uses a fixed delimiter, which lets a value inject outputs.
func TestUnsafeWritersAreNotUsed(t *testing.T) {
	banned := []string{"SetEnv", "SaveState", "AddPath", "AddStepSummaryTemplate", "Fatalf", "Infof"}
	for _, s := range sources(t) {
		if s.test || s.room != "runner" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && slices.Contains(banned, sel.Sel.Name) {
				t.Errorf("%s: %s writes without escaping or a random delimiter", s.path, sel.Sel.Name)
			}
			return true
		})
	}
}

// importLine reads the order of the packages from doc.go.
func importLine(t *testing.T) []string {
	t.Helper()
	f, err := os.Open("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for scan := bufio.NewScanner(f); scan.Scan(); {
		if rest, ok := strings.CutPrefix(scan.Text(), "// import line: "); ok {
			return strings.Fields(rest)
		}
	}
	t.Fatal("doc.go has no import line")
	return nil
}

// sources parses every Go file below internal, whatever its build tags.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.Contains(path, "testdata") || !strings.Contains(path, string(filepath.Separator)) {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		room, _, _ := strings.Cut(filepath.ToSlash(path), "/")
		s := source{room: room, path: path, file: file, test: strings.HasSuffix(path, "_test.go")}
		for _, spec := range file.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			s.imports = append(s.imports, name)
		}
		all = append(all, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("only %d files were found: the walk is broken", len(all))
	}
	return all
}
