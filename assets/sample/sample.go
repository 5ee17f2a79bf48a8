// Package sample holds the captures of the sample notebook. They were written
// for Sourcebook in the shapes that real captures have: a saved page, a whole
// page pasted as text, a pasted result page with an AI answer. The outlets are
// fictional and the figures invented, and each text says so.
package sample

import (
	"embed"
	"fmt"
)

//go:embed *.html *.txt
var files embed.FS

// The names of the captures.
const (
	Freight = "corridor-freight.html"
	Level   = "caspian-level.txt"
	Search  = "search-middle-corridor.txt"
)

// Capture returns the bytes of one of the captures. It panics on another name.
func Capture(name string) []byte {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("sample: %v", err))
	}
	return b
}
