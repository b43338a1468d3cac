package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// fixing is what a person asked for: --fix writes, --diff shows.
type fixing struct{ write, show bool }

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
func fixFiles(p Process, f *fixing, files []pipeline.LintFile, w lint.World) ([]pipeline.LintFile, error) {
	var fixed []fixedFile
	mended := slices.Clone(files)
	for i, file := range files {
		check := func(text string) lint.Report {
			return pipeline.Lint([]pipeline.LintFile{{Name: file.Name, Data: []byte(text)}}, w)
		}
		after, done, err := lint.Mend(string(file.Data), check)
		if err != nil {
			return nil, fmt.Errorf("mend %s: %w", file.Name, err)
		}
		if len(done) > 0 {
			fixed = append(fixed, fixedFile{file, after, done})
			mended[i].Data = []byte(after)
		}
	}
	if f.show {
		if err := showFixes(p, fixed); err != nil {
			return nil, err
		}
	}
	if f.write {
		return mended, writeFixes(p, fixed)
	}
	return files, nil
}

func showFixes(p Process, fixed []fixedFile) error {
	for _, f := range fixed {
		text, err := lint.Diff(filepath.ToSlash(f.file.Name), string(f.file.Data), f.after)
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

func sanitizeLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = sanitize.LogLine(lines[i])
	}
	return strings.Join(lines, "\n")
}

func writeFixes(p Process, fixed []fixedFile) error {
	for _, f := range fixed {
		if err := rewriteFile(f.file.Name, f.file.Data, []byte(f.after)); err != nil {
			return err
		}
		fmt.Fprintf(p.Stderr, "tierwise: mended %s: %s\n", sanitize.LogLine(f.file.Name), strings.Join(mendedRules(f.done), ", "))
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
