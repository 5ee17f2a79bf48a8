//go:build !ci

package main

import (
	"os"

	"github.com/rymdport/portal/settings/appearance"
)

// desktopDark tells whether the desktop asks for dark windows (the
// color-scheme of org.freedesktop.appearance, an XDG portal). A desktop without
// it states nothing. FYNE_THEME goes before it: then the toolkit decides, and
// desktopDark is nil.
func desktopDark() func() bool {
	if os.Getenv("FYNE_THEME") != "" {
		return nil
	}
	return func() bool {
		scheme, err := appearance.GetColorScheme()
		return err == nil && scheme == appearance.Dark
	}
}
