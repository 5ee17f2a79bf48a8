package serp

import (
	"golang.org/x/net/html"

	"sourcebook/notebook/document"
)

// ReadPage reads a saved result page. ok is false where root is none.
func ReadPage(root *html.Node, o Options) (*document.Document, bool) {
	return nil, false
}
