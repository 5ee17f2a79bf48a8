//go:build !ci

package main

import (
	"context"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"sourcebook/app/cli"
	"sourcebook/app/sample"
	"sourcebook/app/window"
	"sourcebook/assets"
)

// appID names the program to the system and its preferences (FyneApp.toml).
const appID = "app.sourcebook.Sourcebook"

// openWindow opens the window on the notebook at path. This is the one place
// that brings the toolkit's OpenGL driver in.
func openWindow(ctx context.Context, path string) error {
	byDefault, err := cli.DefaultNotebook(os.Getenv)
	if err != nil {
		return err
	}
	data, err := cli.DataDir(os.Getenv)
	if err != nil {
		return err
	}
	// The toolkit makes its folder in the user's cache, but not the cache itself,
	// which a new user does not have yet. Without it the window works all the same.
	if cache, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(cache, 0o700)
	}
	a := app.NewWithID(appID)
	a.SetIcon(fyne.NewStaticResource("sourcebook.png", assets.IconPNG(256)))
	return window.Run(ctx, a, window.Options{
		Path:       path,
		Default:    byDefault,
		Version:    cli.Version,
		Sample:     sample.New,
		SamplePath: filepath.Join(data, "demo", cli.SampleNotebook),
		Desktop:    desktopDark(),
		Trace:      os.Getenv("SOURCEBOOK_TRACE"),
	})
}
