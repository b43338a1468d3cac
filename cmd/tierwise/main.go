// Command tierwise sends each AI task in CI to the cheapest model whose
// mistakes would be caught, runs it, and shows what it cost.
package main

import (
	"context"
	"crypto/rand"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/tierwise/tierwise/internal/cli"
)

// version is set by the linker.
var version = "dev"

func main() {
	collectLate(os.Getenv)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(cli.Main(ctx, cli.Process{ //nolint:gocritic // nothing is lost with the deferred stop: the process ends
		Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Getenv: os.Getenv, Unsetenv: os.Unsetenv, Environ: os.Environ(),
		Now: time.Now, Random: rand.Reader, Version: version, Proxy: http.ProxyFromEnvironment,
	}))
}
