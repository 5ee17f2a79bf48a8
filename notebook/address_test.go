package notebook_test

import (
	"testing"

	"sourcebook/notebook"
)

func TestCanonicalURL(t *testing.T) {
	for _, tt := range []struct{ name, raw, want string }{
		{"plain", "https://harbour.example/a/b", "https://harbour.example/a/b"},
		{"scheme, case, port", "HTTP://Harbour.Example:80/A/b", "https://harbour.example/A/b"},
		{"https port", "https://harbour.example:443/", "https://harbour.example"},
		{"another port stays", "http://harbour.example:8080/x", "https://harbour.example:8080/x"},
		{"www", "https://www.harbour.example/a", "https://harbour.example/a"},
		{"mobile host", "https://m.harbour.example/a", "https://harbour.example/a"},
		{"amp host", "https://amp.harbour.example/a", "https://harbour.example/a"},
		{"www and m", "https://www.m.harbour.example/a", "https://harbour.example/a"},
		{"m is the name", "https://m.example/a", "https://m.example/a"},
		{"closing dot and slash", "https://harbour.example./a/b/", "https://harbour.example/a/b"},
		{"fragment", "https://harbour.example/a#comments", "https://harbour.example/a"},
		{"route in the fragment", "https://harbour.example/#!/a", "https://harbour.example#!/a"},
		{"user", "https://me:secret@harbour.example/a", "https://harbour.example/a"},
		{"trackers", "https://harbour.example/a?utm_source=x&UTM_medium=y&fbclid=1&id=7&yclid=2", "https://harbour.example/a?id=7"},
		{"only trackers", "https://harbour.example/?utm_source=x", "https://harbour.example"},
		{"sorted", "https://harbour.example/a?b=2&a=1&c", "https://harbour.example/a?a=1&b=2&c"},
		{"query at the root", "https://harbour.example?p=12", "https://harbour.example/?p=12"},
		{"amp at the end", "https://harbour.example/a/amp/", "https://harbour.example/a"},
		{"amp at the start", "https://harbour.example/amp/a", "https://harbour.example/a"},
		{"amp page", "https://harbour.example/a.amp.html", "https://harbour.example/a.html"},
		{"amp parameter", "https://harbour.example/a?amp=1&outputType=amp", "https://harbour.example/a"},
		{"amp is part of a word", "https://harbour.example/lamp", "https://harbour.example/lamp"},
		{"amp viewer", "https://www.google.com/amp/s/www.harbour.example/a/amp/", "https://harbour.example/a"},
		{"amp cache", "https://harbour-example.cdn.ampproject.org/c/s/harbour.example/a?amp=1&id=3", "https://harbour.example/a?id=3"},
		{"search page", "https://www.google.com/search?q=middle+corridor&sca_esv=1&ei=2&ved=3&hl=en", "https://google.com/search?hl=en&q=middle+corridor"},
		{"search page, another spelling", "https://www.google.com/search?hl=en&q=middle%20corridor", "https://google.com/search?hl=en&q=middle+corridor"},
		{"escapes", "https://harbour.example/%d0%b0/%7Ea", "https://harbour.example/%D0%B0/~a"},
		{"not escaped", "https://harbour.example/а", "https://harbour.example/%D0%B0"},
		{"another alphabet", "https://пример.example/a", "https://xn--e1afmkfd.example/a"},
		{"dots", "https://harbour.example/a/../b/./c", "https://harbour.example/b/c"},
		{"numbers", "http://192.0.2.1/a", "https://192.0.2.1/a"},
		{"IPv6", "http://[2001:db8::1]:81/a", "https://[2001:db8::1]:81/a"},
		{"shortened", "https://www.google.com/search?q=mid…", ""},
		{"no scheme", "harbour.example/a", ""},
		{"file", "file:///home/a.html", ""},
		{"mail", "mailto:a@harbour.example", ""},
		{"empty", "", ""},
		{"no host", "https:///a", ""},
		{"space", "https://harbour.example/a b", ""},
		{"bad escape", "https://harbour.example/%zz", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := notebook.CanonicalURL(tt.raw)
			if got != tt.want || ok != (tt.want != "") {
				t.Errorf("CanonicalURL(%q) = %q, %v; want %q", tt.raw, got, ok, tt.want)
			}
		})
	}
}

func FuzzCanonicalURL(f *testing.F) {
	for _, s := range []string{"https://www.harbour.example/a?utm_x=1&b=%20", "https://google.com/amp/s/a.cdn.ampproject.org/c/s/x", "http://[::1]:80/%", "https://a.b/#!x?y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, ok := notebook.CanonicalURL(raw)
		if !ok {
			return
		}
		again, ok := notebook.CanonicalURL(got)
		if !ok || again != got {
			t.Errorf("%q gives %q, which gives %q, %v", raw, got, again, ok)
		}
	})
}
