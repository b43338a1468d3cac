package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/policy"
)

func initCommand(_ Process) *cobra.Command {
	var show, force bool
	cmd := &cobra.Command{
		Use:     "init",
		Short:   "Write a commented routing-policy.yml",
		Example: "  tierwise init\n  tierwise init --print",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if show {
				_, err := cmd.OutOrStdout().Write(policy.DefaultText())
				return err
			}
			return writePolicy(cmd, force)
		},
	}
	cmd.Flags().BoolVar(&show, "print", false, "print it instead of writing the file")
	cmd.Flags().BoolVar(&force, "force", false, "replace a file that is there")
	return cmd
}

func writePolicy(cmd *cobra.Command, force bool) error {
	flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if force {
		flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	f, err := os.OpenFile(pipeline.DefaultPolicyPath, flags, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return &pipeline.UsageError{Text: pipeline.DefaultPolicyPath + " is there already; --force replaces it, --print only prints"}
	}
	if err != nil {
		return fmt.Errorf("write the policy: %w", err)
	}
	_, err = f.Write(policy.DefaultText())
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write the policy: %w", err)
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "wrote %s\nNext: set review_by and owners, look over must_frontier, commit it to the default branch, then try\n  tierwise route --task changelog --explain\n", pipeline.DefaultPolicyPath)
	return err
}
