package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/tierwise/tierwise/internal/pipeline"
)

// lintInput is what there is to lint.
type lintInput struct {
	files      []pipeline.LintFile
	passedOver int      // YAML files of a named folder that hold something else
	briefs     []string // values of --brief, of folders that hold tasks alone
}

// lintTexts reads what the arguments name: nothing is all of the repository.
// Nothing to lint is an error, for "nothing found" would be another thing.
func lintTexts(p Process, f lintFlags, c pipeline.LintCheckout, args []string) (lintInput, error) {
	if len(args) == 0 {
		if len(c.Files) == 0 && !f.change.change {
			return lintInput{}, &pipeline.UsageError{Text: "there is nothing to lint here: no routing-policy.yml, no workflow below .github. Name a file, or - for standard input"}
		}
		return lintInput{files: c.Files}, nil
	}
	var in lintInput
	for i, name := range args {
		if slices.Contains(args[:i], name) {
			return in, &pipeline.UsageError{Text: fmt.Sprintf("%q is named twice", name)}
		}
		if err := in.add(p, f, name); err != nil {
			return in, err
		}
	}
	return in.once(), nil
}

// once keeps the first of files that are named in two ways, as by their folder.
func (in lintInput) once() lintInput {
	var files []pipeline.LintFile
	for _, f := range in.files {
		if !slices.ContainsFunc(files, func(earlier pipeline.LintFile) bool { return earlier.Name == f.Name }) {
			files = append(files, f)
		}
	}
	in.files = files
	slices.Sort(in.briefs)
	in.briefs = slices.Compact(in.briefs)
	return in
}

func (in *lintInput) add(p Process, f lintFlags, name string) error {
	if name == "-" {
		data, err := io.ReadAll(io.LimitReader(p.Stdin, maxInputBytes))
		if err != nil {
			return fmt.Errorf("read standard input: %w", err)
		}
		in.files = append(in.files, pipeline.LintFile{Name: f.stdinName, Data: data})
		return nil
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return cannotRead(name, err)
	case info.IsDir():
		return in.addFolder(name)
	}
	place, err := filepath.Abs(name)
	if err != nil {
		return cannotRead(name, err)
	}
	data, err := pipeline.ReadLint(os.DirFS(filepath.Dir(name)), filepath.Base(name))
	if err != nil {
		return cannotRead(name, err)
	}
	in.files = append(in.files, pipeline.LintFile{Name: filepath.ToSlash(filepath.Clean(name)), Data: data, Place: filepath.ToSlash(place)})
	return nil
}

func (in *lintInput) addFolder(name string) error {
	place, err := filepath.Abs(name)
	if err != nil {
		return cannotRead(name, err)
	}
	files, passedOver, err := pipeline.LintFolder(os.DirFS(name), ".", filepath.ToSlash(place))
	if err != nil {
		return cannotRead(name, err)
	}
	for i := range files {
		files[i].Place = path.Join(filepath.ToSlash(place), files[i].Name)
		files[i].Name = path.Join(filepath.ToSlash(filepath.Clean(name)), files[i].Name)
	}
	in.files, in.passedOver = append(in.files, files...), in.passedOver+passedOver
	if len(files) > 0 {
		return nil
	}
	return in.addTasks(name)
}

// addTasks takes a folder without a policy and a workflow for a folder of
// tasks, with a brief in each file. The root of a repository is none: its pages
// are no briefs.
func (in *lintInput) addTasks(folder string) error {
	if _, err := os.Stat(filepath.Join(folder, ".git")); err == nil {
		return &pipeline.UsageError{Text: fmt.Sprintf("folder %q holds neither a policy nor a workflow", folder)}
	}
	briefs, err := briefsBelow(folder)
	if err == nil && len(briefs) == 0 {
		return &pipeline.UsageError{Text: fmt.Sprintf("folder %q holds neither a policy nor a workflow nor a brief (.md, .txt)", folder)}
	}
	in.briefs = append(in.briefs, briefs...)
	return err
}

// cannotRead says why a file that somebody named is not linted, without
// saying its name twice.
func cannotRead(name string, err error) error {
	var words *pipeline.UsageError
	var cause *fs.PathError
	switch {
	case errors.As(err, &words):
		return words
	case errors.As(err, &cause):
		return &pipeline.UsageError{Text: fmt.Sprintf("read %q: %v", name, cause.Err)}
	default:
		return &pipeline.UsageError{Text: fmt.Sprintf("read %q: %v", name, err)}
	}
}
