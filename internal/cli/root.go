package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tierwise/tierwise/internal/pipeline"
)

// root is the program without a verb.
func root(p Process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "tierwise",
		Short: "Send each AI task in CI to the cheapest model whose mistakes would be caught",
		Long: "tierwise reads a change and a task, decides by a written policy which model tier the task\n" +
			"deserves, runs it there, and shows what it cost, why, and what was saved.",
		Example: "  tierwise run --task changelog\n" +
			"  tierwise run --task failure-summary --log-file test.log\n" +
			"  tierwise route --task docs --explain\n" +
			"  tierwise init",
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return readVariables(cmd.Flags(), p.Getenv)
		},
	}
	cmd.CompletionOptions.DisableDefaultCmd = true // ours gives the documented exit codes
	cmd.SetIn(p.Stdin)
	cmd.SetOut(p.Stdout)
	cmd.SetErr(p.Stderr)
	cmd.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return &pipeline.UsageError{Text: fmt.Sprintf("%v\nSee %q.", err, c.CommandPath()+" --help")}
	})
	cmd.Args = func(c *cobra.Command, args []string) error {
		if len(args) > 0 {
			return &pipeline.UsageError{Text: fmt.Sprintf("unknown verb %q\nSee \"tierwise --help\".", args[0])}
		}
		return nil
	}
	cmd.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	cmd.AddCommand(runCommand(p), routeCommand(p), lintCommand(p), backtestCommand(p), reportCommand(p), flagCommand(p), recordCommand(p), initCommand(p), explainCommand(p), pricesCommand(p), replayCommand(p), completionCommand(), versionCommand(p))
	return cmd
}

// readVariables sets each flag that was not given from TIERWISE_<FLAG>.
func readVariables(flags *pflag.FlagSet, getenv func(string) string) error {
	var first error
	flags.VisitAll(func(f *pflag.Flag) {
		name := "TIERWISE_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value := getenv(name)
		if f.Changed || value == "" || first != nil {
			return
		}
		if err := flags.Set(f.Name, value); err != nil {
			first = &pipeline.UsageError{Text: fmt.Sprintf("%s: %v", name, err)}
		}
	})
	return first
}

func versionCommand(p Process) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "tierwise %s\n", p.Version)
			return err
		},
	}
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return &pipeline.UsageError{Text: fmt.Sprintf("%s takes no arguments, got %q", cmd.CommandPath(), args[0])}
	}
	return nil
}
