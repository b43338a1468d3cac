package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// fixing is what a person asked for: --fix writes, --diff shows.
type fixing struct {
	write, show bool
	// check lints one file.
	check func(pipeline.LintFile) lint.Report
	// where gives the place on the disk of a file by its name in findings; ""
	// for a text that has none, such as standard input. nil: the name itself.
	where func(name string) string
	// folder is where the names of findings begin, from the root of the
	// checkout: git reads the names of a patch from there.
	folder string
}

func (f *fixing) register(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.write, "fix", false, "mend what is mechanical, in place")
	cmd.Flags().BoolVar(&f.show, "diff", false, "print what --fix changes; without --fix nothing is written")
}

func (f *fixing) asked() bool { return f.write || f.show }

// fixedFile is one file with what mending made of it.
type fixedFile struct {
	file  pipeline.LintFile
	after string
	done  []lint.Finding
}

// fixFiles mends files and gives them as they then are. All of them are mended
// before the first is written, so that a fault leaves everything as it was.
func fixFiles(p Process, f *fixing, files []pipeline.LintFile) ([]pipeline.LintFile, error) {
	var fixed []fixedFile
	mended := slices.Clone(files)
	for i, file := range files {
		after, done, err := lint.Mend(string(file.Data), func(text string) lint.Report {
			return f.check(pipeline.LintFile{Name: file.Name, Data: []byte(text), Place: file.Place})
		})
		if err != nil {
			return nil, fmt.Errorf("mend %s: %w", file.Name, err)
		}
		if len(done) > 0 {
			fixed = append(fixed, fixedFile{file, after, done})
			mended[i].Data = []byte(after)
		}
	}
	if f.show {
		if err := f.showFixes(p, fixed); err != nil {
			return nil, err
		}
	}
	if f.write {
		return mended, f.writeAll(p, fixed)
	}
	return files, nil
}

func (f *fixing) showFixes(p Process, fixed []fixedFile) error {
	for _, m := range fixed {
		text, err := lint.Diff(f.patched(m.file.Name), string(m.file.Data), m.after)
		if err != nil {
			return err
		}
		if p.Getenv("GITHUB_ACTIONS") == "true" { // a line of the file could be a command of the runner
			text = sanitizeLines(text)
		}
		if _, err := fmt.Fprint(p.Stdout, text); err != nil {
			return fmt.Errorf("print the changes: %w", err)
		}
	}
	return nil
}

// patched is how a patch names a file.
func (f *fixing) patched(name string) string {
	name = filepath.ToSlash(name)
	if !path.IsAbs(name) {
		name = path.Join(f.folder, name)
	}
	return strings.TrimLeft(name, "/")
}

func sanitizeLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = sanitize.LogLine(lines[i])
	}
	return strings.Join(lines, "\n")
}

func (f *fixing) writeAll(p Process, fixed []fixedFile) error {
	for _, m := range fixed {
		place := m.file.Name
		if f.where != nil {
			place = f.where(m.file.Name)
		}
		if place == "" {
			return &pipeline.UsageError{Text: fmt.Sprintf("--fix: %s is no file on the disk; --diff shows what it would change", m.file.Name)}
		}
		if err := rewriteFile(place, m.file.Data, []byte(m.after)); err != nil {
			return err
		}
		fmt.Fprintf(p.Stderr, "tierwise: mended %s: %s\n", sanitize.LogLine(m.file.Name), strings.Join(mendedRules(m.done), ", "))
	}
	return nil
}

func mendedRules(done []lint.Finding) []string {
	var rules []string
	for _, f := range done {
		rules = append(rules, f.ID)
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

// rewriteFile replaces a plain file whole, in one step, and keeps what others
// may do with it. A file that changed since it was read is left alone.
func rewriteFile(name string, before, after []byte) error {
	info, err := os.Lstat(name)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if !info.Mode().IsRegular() {
		return &pipeline.UsageError{Text: fmt.Sprintf("--fix: %s is no plain file", name)}
	}
	now, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if !bytes.Equal(now, before) {
		return fmt.Errorf("write %s: it changed while it was looked at; run --fix again", name)
	}
	temp, err := os.CreateTemp(filepath.Dir(name), ".tierwise-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	_, err = temp.Write(after)
	err = errors.Join(err, temp.Chmod(info.Mode().Perm()), temp.Sync(), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), name)
	}
	if err != nil {
		gone := os.Remove(temp.Name())
		if errors.Is(gone, fs.ErrNotExist) {
			gone = nil
		}
		return errors.Join(fmt.Errorf("write %s: %w", name, err), gone)
	}
	return nil
}
