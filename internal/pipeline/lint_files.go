package pipeline

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// Where the files to lint lie.
const (
	workflowsFolder = ".github/workflows"
	actionsFolder   = ".github/actions"
)

// maxLintBytes is one byte more than is read of a file: what is longer is
// reported as too large.
const maxLintBytes = 1<<20 + 1

// maxLintFiles bounds how many files one run lints.
const maxLintFiles = 20_000

// LintRepository reads what a repository has to lint: its policy, its
// workflows, and the composite actions below .github/actions.
func LintRepository(repository fs.FS) ([]LintFile, error) {
	var files []LintFile
	data, err := ReadLint(repository, DefaultPolicyPath)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	default:
		files = append(files, LintFile{Name: DefaultPolicyPath, Data: data})
	}
	for _, folder := range []string{workflowsFolder, actionsFolder} {
		found, _, err := LintFolder(repository, folder, "")
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		files = append(files, found...)
	}
	return files, nil
}

// LintFolder reads what is to lint in a folder and below it, and counts the
// YAML files that hold something else. The platform runs no workflow of a
// folder below that of the workflows. place is where repository lies: among
// the workflows every file is one.
func LintFolder(repository fs.FS, folder, place string) (files []LintFile, passedOver int, err error) {
	err = fs.WalkDir(repository, folder, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("read %.200q: %w", name, err)
		case entry.IsDir() && (entry.Name() == ".git" || name != folder && holdsWorkflows(path.Join(place, path.Dir(name)))):
			return fs.SkipDir
		case entry.IsDir() || !isYAML(name) && !isAgenticPath(path.Join(place, name)):
			return nil
		case len(files) == maxLintFiles:
			return usage("%.200q holds more than %d files to lint: name them one by one", folder, maxLintFiles)
		}
		data, err := ReadLint(repository, name)
		if err != nil {
			return err
		}
		if !holdsLint(path.Join(place, name), data) {
			if isYAML(name) {
				passedOver++
			}
			return nil
		}
		files = append(files, LintFile{Name: name, Data: data})
		return nil
	})
	return files, passedOver, err
}

// ReadLint reads a file as far as a linter does. What is no plain file is an
// error before it is opened: that alone might never end.
func ReadLint(repository fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(repository, name)
	if err != nil {
		return nil, fmt.Errorf("read %.200q: %w", name, err)
	}
	if !info.Mode().IsRegular() {
		return nil, usage("%.200q is no plain file", name)
	}
	file, err := repository.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read %.200q: %w", name, err)
	}
	defer file.Close() //nolint:errcheck // it was only read
	data, err := io.ReadAll(io.LimitReader(file, maxLintBytes))
	if err != nil {
		return nil, fmt.Errorf("read %.200q: %w", name, err)
	}
	return data, nil
}

func isYAML(name string) bool {
	return slices.Contains([]string{".yml", ".yaml"}, path.Ext(name))
}

// isWorkflowPath says that the platform would take the file for a workflow. A
// name may lead up from the folder in which somebody stands.
func isWorkflowPath(name string) bool {
	return isYAML(name) && holdsWorkflows(path.Dir(name))
}

func holdsWorkflows(folder string) bool {
	return folder == workflowsFolder || strings.HasSuffix(folder, "/"+workflowsFolder)
}

// isAgenticPath says that gh aw would take the file for a workflow in Markdown,
// if it has the front of one.
func isAgenticPath(name string) bool {
	dir := path.Dir(name)
	return path.Ext(name) == ".md" && (dir == workflowsFolder || strings.HasSuffix(dir, "/"+workflowsFolder))
}

func isActionPath(name string) bool {
	return slices.Contains([]string{"action.yml", "action.yaml"}, path.Base(name))
}

// holdsLint says whether a YAML file of a folder is one of ours. Among the
// workflows every file is, so that a broken one is told; elsewhere it goes by
// its form.
func holdsLint(name string, data []byte) bool {
	if isWorkflowPath(name) || path.Base(name) == DefaultPolicyPath {
		return true
	}
	if isAgenticPath(name) {
		return lint.SubjectOf(data) == lint.OfWorkflow
	}
	root, _ := yamltree.ParseAnchored(name, data)
	switch {
	case root == nil:
		return isActionPath(name)
	case lint.SubjectOf(data) == lint.OfWorkflow:
		return true
	default:
		return hasKeys(root, "version", "pool", "baseline")
	}
}

func hasKeys(root *yamltree.Node, keys ...string) bool {
	for _, key := range keys {
		if !slices.ContainsFunc(root.Entries, func(e yamltree.Entry) bool { return e.Key == key }) {
			return false
		}
	}
	return true
}
