// Command tierwise-ledger keeps the ledger of many repositories in one
// database. It is apart from tierwise, so that no job of a pull request holds
// the credentials of a database, or the code that uses them.
package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"

	"github.com/tierwise/tierwise/internal/ledgercli"
)

// version is set by the linker.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(ledgercli.Main(ctx, ledgercli.Process{ //nolint:gocritic // nothing is lost with the deferred stop: the process ends
		Args: os.Args[1:], Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Now: time.Now, Version: version,
		Client:   &http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: 16, ResponseHeaderTimeout: time.Minute}},
		Terminal: term.IsTerminal(int(os.Stderr.Fd())), //nolint:gosec // a descriptor is a small number
	}))
}
