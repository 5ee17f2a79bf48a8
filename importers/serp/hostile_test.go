package serp

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// TestHostile gives inputs that once could take long; each must be read within
// seconds; the bound only catches what grows out of hand.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("reads megabytes")
	}
	head := "x - Google Search\nhttps://www.google.com/search?q=x\nAI Overview\n"
	texts := map[string]string{
		"joints":            head + strings.Repeat("wordWord ", 50000),
		"sentences":         head + strings.Repeat("Ends here.Begins ", 25000),
		"labels":            head + strings.Repeat("Abc def: ghi jklMno pqr: ", 15000),
		"addresses":         head + strings.Repeat("https://a.example › b\n", 25000),
		"dots":              head + strings.Repeat(".A", 100000),
		"one long line":     head + strings.Repeat("a", 1<<20),
		"dashes and handle": strings.Repeat("— a (@b) ", 25000),
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			if d, ok := ReadText(text, Options{}); ok {
				check(t, d)
			}
			if spent := time.Since(start); spent > 30*time.Second {
				t.Errorf("took %v", spent)
			}
		})
	}
	top := "<title>x - Google Search</title><form><input name=q value=x></form><a href=https://www.google.com/a></a><a href=https://www.google.com/b></a>"
	pages := map[string]string{
		"addresses without links": top + strings.Repeat("<p>a.example/b", 25000),
		"headings":                top + strings.Repeat("<div><h3><a href=https://a.example/>b</a></h3>", 400) + strings.Repeat("<h3><a href=https://a.example/>b</a></h3>", 6000),
		"answer":                  top + "<div><h2>AI Overview</h2>" + strings.Repeat("<p><b>a</b>: b <a href=//c.example>c</a>", 50000),
		"expanded":                top + strings.Repeat("<div aria-expanded=false>a b?", 400),
	}
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			root, err := html.Parse(strings.NewReader(page))
			if err != nil {
				t.Skip(err)
			}
			start := time.Now()
			if d, ok := ReadPage(root, Options{}); ok {
				check(t, d)
			} else {
				t.Error("not recognised")
			}
			if spent := time.Since(start); spent > 30*time.Second {
				t.Errorf("took %v", spent)
			}
		})
	}
}
