package cli

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
)

// maxBriefs bounds the files of one folder of tasks.
const maxBriefs = 1000

// maxBriefBytes bounds the words of one brief: the platform's bodies have at
// most 65,536 characters, of up to four bytes each. An agent waits for the
// answer, and reading takes its time with the length.
const maxBriefBytes = 4 * 65_536

func boundedBrief(name, text string) error {
	if len(text) > maxBriefBytes {
		return &pipeline.UsageError{Text: fmt.Sprintf("%.200s has more than the %d bytes of a brief: put the words first and name the rest as files", name, maxBriefBytes)}
	}
	return nil
}

// lintBrief reads the words of work that is about to be sent out. What --brief
// names is a text, a file, or a folder of tasks with one brief a file.
func lintBrief(ctx context.Context, p Process, f workFlags, asJSON bool) (report.Linted, error) {
	names, err := briefFiles(f.brief)
	if err != nil {
		return report.Linted{}, err
	}
	return lintBriefFiles(ctx, p, f, names, asJSON)
}

// lintBriefFiles reads one brief for each value of --brief. asJSON prints the
// verdict on each.
func lintBriefFiles(ctx context.Context, p Process, f workFlags, names []string, asJSON bool) (report.Linted, error) {
	l := report.Linted{Version: p.Version}
	world, err := pipeline.BriefWorld(p.Now())
	if err != nil {
		return l, err
	}
	if l.Folder, err = pipeline.FolderInCheckout(ctx, p.Environ); err != nil {
		return l, err
	}
	var reports []lint.Report
	for _, name := range names {
		one := f
		one.brief = name
		b, err := lintOneBrief(ctx, p, one, world, asJSON)
		if err != nil {
			return l, err
		}
		reports, l.Sources = append(reports, b.Report), append(l.Sources, b.Shown)
	}
	l.Report = lint.Join(reports...)
	return l, nil
}

func lintOneBrief(ctx context.Context, p Process, f workFlags, world lint.World, asJSON bool) (pipeline.LintedBrief, error) {
	s, err := f.settings(p)
	if err != nil {
		return pipeline.LintedBrief{}, err
	}
	if strings.TrimSpace(s.Brief) == "" && s.Title == "" {
		s.Title = " " // an empty brief has a finding; to route it needs a word
	}
	w, err := f.gatherToRoute(ctx, p, s)
	if err != nil {
		return pipeline.LintedBrief{}, err
	}
	name := briefName(f.brief)
	b := w.LintBrief(name, s, world)
	if !asJSON {
		return b, nil
	}
	plans, err := decide(ctx, p, w, s)
	if err != nil {
		return b, err
	}
	return b, report.BriefJSON(p.Stdout, name, b.Report, b.Verdict, plans[0].Decision)
}

// briefName is what positions call a brief.
func briefName(brief string) string {
	switch {
	case brief == "-":
		return "stdin"
	case strings.HasPrefix(brief, "@"):
		return strings.TrimPrefix(brief, "@")
	default:
		return "brief"
	}
}

// briefFiles gives the values of --brief: one, or one for each file of a
// folder.
func briefFiles(brief string) ([]string, error) {
	folder, isFile := strings.CutPrefix(brief, "@")
	if !isFile {
		return []string{brief}, nil
	}
	info, err := os.Stat(folder)
	if err != nil || !info.IsDir() {
		return []string{brief}, nil //nolint:nilerr // reading it says what is wrong
	}
	names, err := briefsBelow(folder)
	if err == nil && len(names) == 0 {
		return nil, &pipeline.UsageError{Text: fmt.Sprintf("%s holds no brief: a brief is a file that ends in .md or .txt", folder)}
	}
	return names, err
}

// briefsBelow gives the values of --brief for the files of a folder.
func briefsBelow(folder string) ([]string, error) {
	var names []string
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() == ".git" {
			return fs.SkipDir
		}
		if entry.Type().IsRegular() && slices.Contains([]string{".md", ".txt"}, strings.ToLower(path.Ext(name))) {
			names = append(names, "@"+path.Join(folder, name))
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the folder of briefs: %w", err)
	case len(names) > maxBriefs:
		return nil, &pipeline.UsageError{Text: fmt.Sprintf("%s holds %d briefs, at most %d are read at once", folder, len(names), maxBriefs)}
	}
	return names, nil
}
