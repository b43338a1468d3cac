// Command replay rebuilds pull requests with their pushes and rebases from
// clones of public repositories, runs the tasks of every push through the
// whole pipeline with a fake model that bills by the real price rows, and
// prints what each way of working costs.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/testkit/mirrors"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "replay:", err)
		os.Exit(1)
	}
}

type options struct {
	mirrors string
	repos   []string
	tasks   []string
	pulls   int
	now     time.Time
	written map[string]int64 // tokens of a task's answer, where another count is assumed
}

func parse(args []string, problems io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("replay", flag.ContinueOnError)
	flags.SetOutput(problems)
	flags.StringVar(&o.mirrors, "mirrors", "", "folder with one clone a repository, its refs/pull with it")
	repos := flags.String("repos", "", "owner/name, separated by commas")
	tasks := flags.String("tasks", "code-review,security-scan,pr-summary,changelog,docs", "tasks of every push")
	flags.IntVar(&o.pulls, "pulls", 12, "pull requests of each repository")
	assumed := flags.String("written", "", "tokens that a task is assumed to write, code-review=2000,…")
	date := flags.String("date", "2026-11-24", "day whose prices count, YYYY-MM-DD")
	if err := flags.Parse(args); err != nil {
		return o, fmt.Errorf("read the flags: %w", err)
	}
	if o.mirrors == "" || *repos == "" || o.pulls < 1 || flags.NArg() > 0 {
		return o, errors.New("give -mirrors FOLDER and -repos owner/name,…")
	}
	o.repos, o.tasks = strings.Split(*repos, ","), strings.Split(*tasks, ",")
	var err error
	if o.written, err = parseWritten(*assumed); err != nil {
		return o, err
	}
	if o.now, err = time.Parse(time.DateOnly, *date); err != nil {
		return o, fmt.Errorf("read -date: %w", err)
	}
	return o, nil
}

func run(ctx context.Context, args []string, out, problems io.Writer) (err error) {
	o, err := parse(args, problems)
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "replay-")
	if err != nil {
		return fmt.Errorf("make room for the ledgers: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	b, err := newBench(o, scratch)
	if err != nil {
		return err
	}
	var all []pull
	for _, name := range o.repos {
		done, err := b.repository(ctx, o, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(problems, "replay: %s: %d pull requests\n", name, len(done))
		all = append(all, done...)
	}
	return b.write(out, all)
}

// repository replays the pull requests of one clone.
func (b *bench) repository(ctx context.Context, o options, name string) ([]pull, error) {
	repo, err := mirrors.Open(ctx, o.mirrors, name, os.Environ())
	if err != nil || repo == nil {
		return nil, errors.Join(err, fmt.Errorf("%s: no clone in %s", name, o.mirrors))
	}
	pulls, err := history{dir: mirrors.GitDir(o.mirrors, name)}.pulls(ctx, name, o.pulls)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var done []pull
	for _, p := range pulls {
		err := b.replay(ctx, repo, p)
		if errors.Is(err, errNoAnswer) {
			b.leftOut++
			continue
		}
		if err != nil {
			return nil, err
		}
		done = append(done, p)
	}
	return done, nil
}
