//go:build ci

package reader

import (
	"github.com/go-text/typesetting/font"
	"sourcebook/app/widgets/reader/layout"
)

// systemFont finds nothing: a build for tests looks the same on every computer.
func systemFont(rune, bool) *font.Font { return nil }

// systemSerif finds nothing either.
func systemSerif() map[layout.Face][]byte { return nil }
