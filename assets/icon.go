package assets

import (
	"strconv"
	"strings"
)

// Icon returns the program's icon as SVG.
func Icon() []byte { return read("icon/sourcebook.svg") }

// IconPNG returns the program's icon as a square PNG of 64, 256 or 512 pixels,
// nil for any other size.
func IconPNG(size int) []byte {
	return read("icon/sourcebook-" + strconv.Itoa(size) + ".png")
}

// UIIcon returns one of the window's icons as SVG, 24 by 24 units, drawn as
// filled shapes without a colour so that a toolkit can give them one. It is nil
// where there is none of that name; UIIcons lists the names.
func UIIcon(name string) []byte { return read("ui/" + name + ".svg") }

// UIIcons lists the names that UIIcon knows, sorted.
func UIIcons() []string {
	entries, err := files.ReadDir("ui")
	if err != nil {
		return nil
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".svg"))
	}
	return names
}
