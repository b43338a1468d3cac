package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/survey"
)

type initFlags struct {
	show, force, plain bool
	owners             []string
}

func initCommand(p Process) *cobra.Command {
	var f initFlags
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Look at this repository and write a routing-policy.yml that fits it",
		Long: "init looks at the files, the workflows and the code owners of this repository, and writes a\n" +
			"commented policy that fits them and lints clean. With GITHUB_TOKEN or GH_TOKEN it also asks what\n" +
			"the default branch requires, and names only catchers that are there. --default gives the policy\n" +
			"that counts where a repository has none. Who answers for the policy is taken from the code owners\n" +
			"of everything, else from the account that holds the repository; --owner says it.",
		Example: "  tierwise init\n  tierwise init --owner @acme/platform\n  tierwise init --print\n  tierwise init --default --print",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			text, err := f.text(cmd.Context(), p)
			if err != nil {
				return err
			}
			if f.show {
				_, err := cmd.OutOrStdout().Write(text)
				return err
			}
			return f.write(cmd, text)
		},
	}
	cmd.Flags().BoolVar(&f.show, "print", false, "print it instead of writing the file")
	cmd.Flags().BoolVar(&f.force, "force", false, "replace a file that is there")
	cmd.Flags().BoolVar(&f.plain, "default", false, "the built-in default, whatever is here")
	cmd.Flags().StringSliceVar(&f.owners, "owner", nil, "who answers for the policy: @name or @organisation/team, or several separated by commas")
	return cmd
}

func (f initFlags) check() error {
	if f.plain && len(f.owners) > 0 {
		return &pipeline.UsageError{Text: "--owner and --default: choose one, the built-in default is the same everywhere"}
	}
	for _, name := range f.owners {
		if !survey.IsAccount(name) {
			return &pipeline.UsageError{Text: fmt.Sprintf("--owner %.120q, expected @name or @organisation/team", name)}
		}
	}
	return nil
}

func (f initFlags) text(ctx context.Context, p Process) ([]byte, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	if f.plain {
		return policy.DefaultText(), nil
	}
	r, from, err := pipeline.Surveyed(ctx, os.DirFS("."), p.Environ...)
	if err != nil {
		return nil, err
	}
	r.Owners, r.Today = f.owners, p.Now().UTC().Format(time.DateOnly)
	if r.Platform, err = branchRules(ctx, p, from); err != nil {
		fmt.Fprintf(p.Stderr, "tierwise: what %s requires is not known: %s\n", sanitize.LogLine(from.Branch), sanitize.LogLine(err.Error()))
	}
	seen := survey.Look(r)
	if len(seen.Owners) == 0 {
		fmt.Fprintln(p.Stderr, "tierwise: nobody here is named to answer for the policy: give --owner @your/team, or write it under owners")
	}
	return survey.Policy(r, seen), nil
}

func (f initFlags) write(cmd *cobra.Command, text []byte) error {
	flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if f.force {
		flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	file, err := os.OpenFile(pipeline.DefaultPolicyPath, flags, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return &pipeline.UsageError{Text: pipeline.DefaultPolicyPath + " is there already; --force replaces it, --print only prints"}
	}
	if err != nil {
		return fmt.Errorf("write the policy: %w", err)
	}
	_, err = file.Write(text)
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write the policy: %w", err)
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "wrote %s\nNext: look over owners, must_frontier and tests, try it, and commit it to the default branch:\n"+
		"  tierwise lint\n  tierwise route --task changelog --explain\n  tierwise backtest\n", pipeline.DefaultPolicyPath)
	return err
}
