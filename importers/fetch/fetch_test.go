package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestFetch(t *testing.T) {
	var flaky atomic.Int32
	mux := http.NewServeMux()
	mux.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=windows-1251")
		fmt.Fprint(w, "<p>page")
	})
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/again", http.StatusMovedPermanently)
	})
	mux.HandleFunc("/again", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/page", http.StatusFound) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/file", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
	})
	mux.HandleFunc("/gone", http.NotFound)
	mux.HandleFunc("/picture", func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Type", "image/png") })
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 4096)); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/huge", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Length", "999999999")
	})
	mux.HandleFunc("/lying", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Length", "100")
		fmt.Fprint(w, "short")
	})
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(10 * time.Second):
		}
	})
	mux.HandleFunc("/flaky", func(w http.ResponseWriter, r *http.Request) {
		if flaky.Add(1) == 1 {
			http.Error(w, "later", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<p>now")
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	f := New(Options{AllowPrivate: true, Timeout: 500 * time.Millisecond, MaxBytes: 1 << 20, RetryAfter: time.Millisecond})

	for _, c := range []struct {
		name, path, body string
		want             error
		status           int
		redirects        int
	}{
		{name: "a page", path: "/page", body: "<p>page"},
		{name: "two redirects are kept", path: "/moved", body: "<p>page", redirects: 2},
		{name: "a loop", path: "/loop", want: ErrRedirects},
		{name: "a redirect to a file", path: "/file", want: ErrAddress},
		{name: "not there", path: "/gone", status: 404},
		{name: "a picture", path: "/picture", want: ErrMediaType},
		{name: "endless", path: "/endless", want: ErrTooLarge},
		{name: "states that it is huge", path: "/huge", want: ErrTooLarge},
		{name: "slow", path: "/slow", want: context.DeadlineExceeded},
		{name: "well at the second try", path: "/flaky", body: "<p>now"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := f.Fetch(context.Background(), server.URL+c.path)
			var status *StatusError
			switch {
			case c.status != 0:
				if !errors.As(err, &status) || status.Code != c.status {
					t.Fatalf("got %v, want status %d", err, c.status)
				}
			case c.want != nil:
				if !errors.Is(err, c.want) {
					t.Fatalf("got %v, want %v", err, c.want)
				}
			case err != nil:
				t.Fatal(err)
			case string(p.Bytes) != c.body || len(p.Redirects) != c.redirects:
				t.Fatalf("got %q after %v", p.Bytes, p.Redirects)
			}
			if err != nil && (strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), c.path)) {
				t.Errorf("the error is not one line that names the address: %q", err)
			}
		})
	}
	t.Run("a reply that is cut short", func(t *testing.T) {
		if p, err := f.Fetch(context.Background(), server.URL+"/lying"); err == nil {
			t.Fatalf("got %q", p.Bytes)
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(20*time.Millisecond, cancel)
		start := time.Now()
		if _, err := f.Fetch(ctx, server.URL+"/slow"); !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v", err)
		}
		if d := time.Since(start); d > 400*time.Millisecond {
			t.Errorf("cancelling took %v", d)
		}
	})
	t.Run("private addresses are refused", func(t *testing.T) {
		strict := New(Options{RetryAfter: time.Millisecond})
		for _, u := range []string{server.URL + "/page", strings.Replace(server.URL, "127.0.0.1", "localhost", 1) + "/page"} {
			if _, err := strict.Fetch(context.Background(), u); !errors.Is(err, ErrPrivate) {
				t.Errorf("%s: got %v", u, err)
			}
		}
	})
	t.Run("no web address", func(t *testing.T) {
		for _, u := range []string{"", "ftp://a.example/b", "javascript:alert(1)", "http://", "a b"} {
			if _, err := f.Fetch(context.Background(), u); !errors.Is(err, ErrAddress) {
				t.Errorf("%q: got %v", u, err)
			}
		}
	})
}

func TestPublic(t *testing.T) {
	for _, c := range []struct {
		addr string
		want bool
	}{
		{"8.8.8.8", true}, {"2606:4700::1111", true},
		{"127.0.0.1", false}, {"10.1.2.3", false}, {"192.168.1.1", false}, {"172.16.0.1", false}, {"169.254.169.254", false},
		{"0.0.0.0", false}, {"100.64.0.1", false}, {"224.0.0.1", false}, {"255.255.255.255", false},
		{"::1", false}, {"fe80::1", false}, {"fc00::1", false}, {"::ffff:127.0.0.1", false}, {"64:ff9b::7f00:1", false}, {"2002:7f00:1::", false},
	} {
		if got := public(netip.MustParseAddr(c.addr)); got != c.want {
			t.Errorf("public(%s) is %v", c.addr, got)
		}
	}
}

func TestRobots(t *testing.T) {
	const text = "User-agent: *\nDisallow: /private\nAllow: /private/open\nDisallow: /*.pdf$\n\nUser-agent: other\nDisallow: /\n"
	for _, c := range []struct {
		name, robots, path string
		want               bool
	}{
		{"no rule", "", "/a", true},
		{"not named", text, "/a", true},
		{"under a rule", text, "/private/x", false},
		{"the longer rule wins", text, "/private/open/x", true},
		{"a star and an end", text, "/a/b.pdf", false},
		{"not at the end", text, "/a/b.pdf?x", true},
		{"a group of our own", "User-agent: *\nDisallow: /\nUser-agent: Sourcebook\nDisallow: /x", "/a", true},
		{"its rules", "User-agent: *\nDisallow:\nUser-agent: Sourcebook\nDisallow: /x", "/x/y", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := parseRobots(c.robots).allows(c.path); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
	t.Run("asked once a host", func(t *testing.T) {
		var asked atomic.Int32
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			if r.URL.Path == "/robots.txt" {
				asked.Add(1)
				fmt.Fprint(w, "User-agent: *\nDisallow: /no")
			}
		}))
		defer server.Close()
		f := New(Options{AllowPrivate: true})
		if _, err := f.FetchPolitely(context.Background(), server.URL+"/no"); !errors.Is(err, ErrRobots) {
			t.Errorf("got %v", err)
		}
		if _, err := f.FetchPolitely(context.Background(), server.URL+"/yes"); err != nil {
			t.Error(err)
		}
		if n := asked.Load(); n != 1 {
			t.Errorf("asked %d times", n)
		}
	})
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$", "/aab")
	f.Fuzz(func(t *testing.T, text, path string) { parseRobots(text).allows(path) })
}
