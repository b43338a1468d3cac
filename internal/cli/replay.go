package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"github.com/spf13/cobra"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/pipeline"
)

// maxSpooled bounds one file of a spool, in bytes.
const maxSpooled = 8 << 20

// replayCommand sends what a ledger did not take.
func replayCommand(p Process) *cobra.Command {
	var address string
	cmd := &cobra.Command{
		Use:   "replay --ledger ADDRESS [DIR]",
		Short: "Send spooled records to a ledger",
		Long: "Send the records that wait in DIR (" + pipeline.SpoolDir + ") to a ledger: file:DIR or git:BRANCH. git: takes\n" +
			"GITHUB_TOKEN (contents: write) and GITHUB_REPOSITORY from the environment. A file is deleted when the\n" +
			"ledger has all of it. Sending twice counts once.",
		Example: "  tierwise replay --ledger file:ledger\n  tierwise replay --ledger git:tierwise-ledger downloaded/",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := pipeline.SpoolDir
			if len(args) == 1 {
				dir = args[0]
			}
			store, err := replayTo(p, address)
			if err != nil {
				return err
			}
			return replay(cmd.Context(), p, store, dir)
		},
	}
	cmd.Flags().StringVar(&address, "ledger", "", "file:DIR or git:BRANCH, where the records go")
	return cmd
}

func replayTo(p Process, address string) (pipeline.Store, error) {
	at, err := ledgerAddress(address)
	switch {
	case err != nil:
		return nil, err
	case at == nil:
		return nil, &pipeline.UsageError{Text: "replay needs --ledger, for example --ledger file:ledger"}
	case at.Kind == ledger.KindFile:
		return at.Dir, nil
	case at.Kind == ledger.KindArtifact:
		return nil, &pipeline.UsageError{Text: "--ledger artifact: the workflow uploads artifacts; replay to file:DIR or git:BRANCH"}
	}
	client, repo, err := ledgerClient(p, *at)
	if err != nil {
		return nil, err
	}
	return client.LedgerBranch(repo, at.Branch), nil
}

// replay sends the files of a folder, and says how many.
func replay(ctx context.Context, p Process, store pipeline.Store, dir string) error {
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		_, err = fmt.Fprintf(p.Stdout, "nothing waits in %s\n", dir)
		return err
	}
	if err != nil {
		return fmt.Errorf("open the spool: %w", err)
	}
	defer root.Close() //nolint:errcheck // nothing is buffered in a folder's handle
	files, err := fs.Glob(root.FS(), "*.jsonl")
	if err != nil {
		return fmt.Errorf("list the spool: %w", err)
	}
	sent, kept := 0, 0
	for _, name := range files {
		n, err := replayFile(ctx, store, root, name)
		sent += n
		if err != nil {
			kept++
			printLines(p.Stderr, "tierwise: ", fmt.Sprintf("%s stays: %v", path.Join(dir, name), err))
		}
	}
	if _, err := fmt.Fprintf(p.Stdout, "%d records and flags sent, %d files stay\n", sent, kept); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	if kept > 0 {
		return fmt.Errorf("replay: %d of %d files were not sent whole", kept, len(files))
	}
	return nil
}

// replayFile sends one file, and deletes it when the ledger has all of it. What
// cannot be read in it keeps it where it is.
func replayFile(ctx context.Context, store pipeline.Store, root *os.Root, name string) (int, error) {
	info, err := root.Lstat(name)
	if err != nil {
		return 0, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxSpooled {
		return 0, fmt.Errorf("it is no file of at most %d MiB", maxSpooled>>20)
	}
	f, err := root.Open(name)
	if err != nil {
		return 0, err
	}
	entries, problems := ledger.DecodeEntries(name, f)
	if err := f.Close(); err != nil {
		return 0, err
	}
	if err := store.Append(ctx, entries); err != nil {
		return 0, err
	}
	if len(problems) > 0 {
		return len(entries), fmt.Errorf("%d lines were not read, the first: %w", len(problems), problems[0])
	}
	return len(entries), root.Remove(name)
}
