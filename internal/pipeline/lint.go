package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/money"
)

// LintFile is one text to lint.
type LintFile struct {
	Name string
	Data []byte
}

// LintFiles reads what a repository has to lint: its policy and its workflows.
func LintFiles(repository fs.FS) ([]LintFile, error) {
	var files []LintFile
	for _, name := range []string{DefaultPolicyPath} {
		data, err := fs.ReadFile(repository, name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, fmt.Errorf("read %s: %w", name, err)
		default:
			files = append(files, LintFile{name, data})
		}
	}
	folder, err := LintFolder(repository, ".github/workflows")
	return append(files, folder...), err
}

// LintFolder reads the YAML files of a folder.
func LintFolder(repository fs.FS, folder string) ([]LintFile, error) {
	entries, err := fs.ReadDir(repository, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", folder, err)
	}
	var files []LintFile
	for _, e := range entries {
		if e.IsDir() || !slices.Contains([]string{".yml", ".yaml"}, path.Ext(e.Name())) {
			continue
		}
		name := path.Join(folder, e.Name())
		data, err := fs.ReadFile(repository, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		files = append(files, LintFile{name, data})
	}
	return files, nil
}

// LintWorld gives what is known to every rule.
func LintWorld(now time.Time) (lint.World, error) {
	prices, err := money.Embedded()
	if err != nil {
		return lint.World{}, fmt.Errorf("read the price list: %w", err)
	}
	return lint.World{Today: now.UTC().Format(time.DateOnly), Prices: prices, Known: Known()}, nil
}

// Lint reads every file by what it holds.
func Lint(files []LintFile, w lint.World) lint.Report {
	reports := make([]lint.Report, len(files))
	for i, f := range files {
		if lint.SubjectOf(f.Data) == lint.OfWorkflow {
			reports[i] = lint.CheckWorkflow(f.Name, f.Data, w)
			continue
		}
		reports[i] = lint.CheckPolicy(f.Name, f.Data, w)
	}
	return lint.Join(reports...)
}

// LintPath gives a path as fs.FS wants it.
func LintPath(name string) string { return strings.TrimPrefix(path.Clean(name), "./") }
