package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tierwise/tierwise/internal/pipeline"
)

func completionCommand() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:       "completion " + strings.Join(shells, "|"),
		Short:     "Print a completion script for a shell",
		Example:   "  source <(tierwise completion bash)\n  tierwise completion fish > ~/.config/fish/completions/tierwise.fish",
		ValidArgs: shells,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &pipeline.UsageError{Text: fmt.Sprintf("completion takes one shell (%s), got %q", strings.Join(shells, ", "), args)}
			}
			return writeCompletion(cmd.Root(), cmd.OutOrStdout(), args[0])
		},
	}
}

func writeCompletion(root *cobra.Command, w io.Writer, shell string) error {
	switch shell {
	case "bash":
		return root.GenBashCompletionV2(w, true)
	case "zsh":
		return root.GenZshCompletion(w)
	case "fish":
		return root.GenFishCompletion(w, true)
	case "powershell":
		return root.GenPowerShellCompletionWithDesc(w)
	default:
		return &pipeline.UsageError{Text: fmt.Sprintf("no completion for %q, expected one of bash, zsh, fish, powershell", shell)}
	}
}
