// Command sourcebook is a desktop research notebook for people who follow
// countries: capture, read, claim, corroborate, compare, brief. The same binary
// is the window and the command line; see `sourcebook --help`.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"sourcebook/app/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, cli.Env{
		Args:   os.Args[1:],
		Stdin:  os.Stdin,
		Stdout: os.Stdout,
		Stderr: os.Stderr,
		Getenv: os.Getenv,
		Clock:  time.Now,
		Window: openWindow,
	})
	stop()
	os.Exit(code)
}
