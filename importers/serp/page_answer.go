package serp

import "golang.org/x/net/html"

// answer finds and reads the AI answer of the page, and gives its root element.
func (p *page) answer() *html.Node { return nil }
