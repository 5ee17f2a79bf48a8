package fetch

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

func TestFetch(t *testing.T) {
	var flaky, down atomic.Int32
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
	mux.HandleFunc("/drips", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		for r.Context().Err() == nil {
			fmt.Fprint(w, "<")
			w.(http.Flusher).Flush()
			time.Sleep(20 * time.Millisecond)
		}
	})
	mux.HandleFunc("/swells", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		for range 100 {
			if _, err := z.Write(make([]byte, 1<<20)); err != nil {
				return
			}
		}
		z.Close()
	})
	mux.HandleFunc("/heads", func(w http.ResponseWriter, r *http.Request) {
		for i := range 2000 {
			w.Header().Set(fmt.Sprintf("X-%d", i), strings.Repeat("a", 1000))
		}
	})
	mux.HandleFunc("/feed", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprint(w, "<rss>")
	})
	mux.HandleFunc("/paper", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/pdf")
		fmt.Fprint(w, "%PDF-1.7")
	})
	mux.HandleFunc("/film", func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Type", "video/mp4") })
	mux.HandleFunc("/down", func(w http.ResponseWriter, r *http.Request) {
		down.Add(1)
		http.Error(w, "down", http.StatusBadGateway)
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
		{name: "a feed", path: "/feed", body: "<rss>"},
		{name: "a PDF", path: "/paper", body: "%PDF-1.7"},
		{name: "a film", path: "/film", want: ErrMediaType},
		{name: "a byte at a time", path: "/drips", want: context.DeadlineExceeded},
		{name: "packed, and far larger than it seems", path: "/swells", want: ErrTooLarge},
		{name: "down", path: "/down", status: 502},
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
	if n := down.Load(); n != 2 {
		t.Errorf("a server that is down was asked %d times, want once and once again", n)
	}
	t.Run("its character set is kept", func(t *testing.T) {
		if p, err := f.Fetch(context.Background(), server.URL+"/page"); err != nil || p.ContentType != "text/html; charset=windows-1251" {
			t.Errorf("got %q, %v", p.ContentType, err)
		}
	})
	t.Run("a header without end", func(t *testing.T) {
		if _, err := f.Fetch(context.Background(), server.URL+"/heads"); err == nil {
			t.Error("it is taken")
		}
	})
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

// TestPrivateAddresses has a server that may be asked, on 127.0.0.1, and one that
// may not, on 127.0.0.2, to which redirects and a name server lead.
func TestPrivateAddresses(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skipf("this machine has no second loopback address: %v", err)
	}
	var asked atomic.Int32
	secret := &httptest.Server{Listener: inner, Config: &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		fmt.Fprint(w, "secret")
	})}}
	secret.Start()
	defer secret.Close()
	_, port, _ := net.SplitHostPort(inner.Addr().String())
	outer, err := net.Listen("tcp", "127.0.0.1:"+port) // a name keeps its port when its address changes
	if err != nil {
		t.Skip(err)
	}
	open := &httptest.Server{Listener: outer, Config: &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		switch r.URL.Path {
		case "/leads":
			http.Redirect(w, r, secret.URL+"/", http.StatusFound)
		case "/leads-by-name":
			http.Redirect(w, r, "http://rebind.example:"+port+"/", http.StatusFound)
		default:
			fmt.Fprint(w, "open")
		}
	})}}
	open.Start()
	defer open.Close()

	// Every name is at the open address at first, then at the other.
	answers := []string{"127.0.0.1"}
	f := New(Options{RetryAfter: time.Millisecond, Timeout: 5 * time.Second})
	f.public = func(a netip.Addr) bool { return a == netip.MustParseAddr("127.0.0.1") }
	f.dialer.Resolver = nameServer(t, func() string { return answers[0] })
	f.client.Transport.(*http.Transport).DisableKeepAlives = true

	get := func(address string) error {
		_, err := f.Fetch(context.Background(), address)
		return err
	}
	if err := get(open.URL + "/"); err != nil {
		t.Fatalf("the open server: %v", err)
	}
	if err := get("http://rebind.example:" + port + "/"); err != nil {
		t.Fatalf("the open server by name: %v", err)
	}
	for name, address := range map[string]string{"at once": secret.URL + "/", "by a redirect": open.URL + "/leads"} {
		if err := get(address); !errors.Is(err, ErrPrivate) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	answers[0] = "127.0.0.2"
	for name, address := range map[string]string{"by a name that has moved": "http://rebind.example:" + port + "/", "by a redirect to that name": open.URL + "/leads-by-name"} {
		if err := get(address); !errors.Is(err, ErrPrivate) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("the private server was asked %d times", n)
	}
}

// nameServer is a resolver that asks a server of our own, which gives address
// for every name.
func nameServer(t *testing.T, address func() string) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		b := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(b)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(b[:n]) != nil || len(m.Questions) == 0 {
				continue
			}
			q := m.Questions[0]
			m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
			if q.Type == dnsmessage.TypeA {
				m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 0}, Body: &dnsmessage.AResource{A: netip.MustParseAddr(address()).As4()}}}
			}
			if reply, err := m.Pack(); err == nil {
				conn.WriteTo(reply, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
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
