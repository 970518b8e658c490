package cluster

import (
	"context"
	"errors"
	"log"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// Serve makes the command's run: until SIGTERM or SIGINT, which end it without an error.
func Serve(run func(context.Context) error) func(*cobra.Command, []string) error {
	return func(command *cobra.Command, _ []string) error {
		command.SilenceUsage = true
		log.SetFlags(log.LstdFlags | log.Lmsgprefix)
		log.SetOutput(os.Stderr)
		log.SetPrefix(command.Name() + ": ")
		ctx, stop := signal.NotifyContext(command.Context(), syscall.SIGTERM, syscall.SIGINT)
		defer stop()
		if err := run(ctx); err != nil && !errors.Is(err, context.Canceled) {
			return err
		}
		return nil
	}
}
