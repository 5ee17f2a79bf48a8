// Package fetch gets pages from the web when the user asks for one. It is the
// only network code of the program.
//
// A fetch is bounded in time, size and redirects, sends a plain User-Agent and
// nothing about the user, keeps the redirects that it followed, and refuses
// addresses on this machine and in private networks, whatever a name resolves
// to and wherever a redirect leads, unless it is told otherwise.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Errors that callers branch on.
var (
	ErrAddress   = errors.New("it is not a web address")
	ErrPrivate   = errors.New("the address is on this machine or in a private network")
	ErrTooLarge  = errors.New("the page is too large")
	ErrMediaType = errors.New("what is there is not a page or a text")
	ErrRedirects = errors.New("it redirects too often")
	ErrRobots    = errors.New("the site asks programs not to fetch this page")
)

// StatusError is a reply that is not a page.
type StatusError struct{ Code int }

func (e *StatusError) Error() string {
	return fmt.Sprintf("the server answered %d %s", e.Code, http.StatusText(e.Code))
}

// MaxBytes is the largest page that is fetched.
const MaxBytes = 50 << 20

// maxRedirects is where browsers stop too, about.
const maxRedirects = 10

// Options says how to fetch. The zero value works.
type Options struct {
	Timeout      time.Duration // for the whole fetch; zero: 30 seconds
	MaxBytes     int64         // zero: MaxBytes
	AllowPrivate bool          // also loopback and private networks
	RetryAfter   time.Duration // pause before the one retry; zero: 2 seconds
	UserAgent    string        // zero: UserAgent
	Clock        func() time.Time
}

// UserAgent is what servers are told.
const UserAgent = "Mozilla/5.0 (compatible; Sourcebook/0.1; research notebook)"

// Page is what was fetched.
type Page struct {
	Bytes       []byte
	URL         string   // after redirects
	Redirects   []string // the addresses before it, in order
	ContentType string   // as stated, with its parameters
	Fetched     time.Time
}

// Fetcher fetches pages. Make one with New; it may be used from any goroutine.
type Fetcher struct {
	o      Options
	dialer *net.Dialer
	public func(netip.Addr) bool // which addresses may be asked
	client *http.Client
	robots robotsCache
}

// New makes a fetcher.
func New(o Options) *Fetcher {
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = MaxBytes
	}
	if o.RetryAfter <= 0 {
		o.RetryAfter = 2 * time.Second
	}
	if o.UserAgent == "" {
		o.UserAgent = UserAgent
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	f := &Fetcher{o: o, dialer: &net.Dialer{Timeout: 10 * time.Second}, public: public}
	if !o.AllowPrivate {
		// Control sees the address after the name was resolved, for every
		// connection, so neither DNS nor a redirect leads around it.
		f.dialer.Control = func(network, address string, _ syscall.RawConn) error {
			ap, err := netip.ParseAddrPort(address)
			if err != nil || !f.public(ap.Addr()) {
				return ErrPrivate
			}
			return nil
		}
	}
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		// These names are this machine's whatever a name server says (RFC 6761, 6.3).
		host, _, _ := net.SplitHostPort(address)
		if host = strings.ToLower(strings.TrimSuffix(host, ".")); !o.AllowPrivate && (host == "localhost" || strings.HasSuffix(host, ".localhost")) {
			return nil, ErrPrivate
		}
		return f.dialer.DialContext(ctx, network, address)
	}
	f.client = &http.Client{
		Transport: &http.Transport{
			DialContext:            dial,
			TLSHandshakeTimeout:    10 * time.Second,
			ResponseHeaderTimeout:  20 * time.Second,
			MaxResponseHeaderBytes: 1 << 20,
			ForceAttemptHTTP2:      true,
		},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if len(via) > maxRedirects {
				return ErrRedirects
			}
			_, err := parse(req.URL.String())
			return err
		},
	}
	return f
}

// public tells whether an address is one of the open internet.
func public(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	return !slices.ContainsFunc(reserved, func(p netip.Prefix) bool { return p.Contains(a) })
}

// reserved are blocks that lead to no public server (RFC 6890), or that carry
// another address within (NAT64, 6to4, Teredo), and that netip does not know.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"),
	netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("2001::/32"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001:db8::/32"),
}

func parse(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, ErrAddress
	}
	u.User = nil // a name and password in an address are not sent anywhere
	return u, nil
}

// Fetch gets the page at address. A passing fault is tried once more. The error
// names the address and what to do next.
func (f *Fetcher) Fetch(ctx context.Context, address string) (Page, error) {
	u, err := parse(address)
	if err != nil {
		return Page{}, fault(address, err)
	}
	ctx, cancel := context.WithTimeout(ctx, f.o.Timeout)
	defer cancel()
	p, err := f.once(ctx, u)
	if err != nil && passing(err) && ctx.Err() == nil {
		select {
		case <-time.After(f.o.RetryAfter):
			p, err = f.once(ctx, u)
		case <-ctx.Done():
		}
	}
	if err != nil {
		return Page{}, fault(address, err)
	}
	return p, nil
}

// FetchPolitely is Fetch for one page of a batch: it does not fetch what the
// site's robots.txt (RFC 9309) asks programs not to.
func (f *Fetcher) FetchPolitely(ctx context.Context, address string) (Page, error) {
	u, err := parse(address)
	if err != nil {
		return Page{}, fault(address, err)
	}
	if !f.allowed(ctx, u) {
		return Page{}, fault(address, ErrRobots)
	}
	return f.Fetch(ctx, address)
}

func (f *Fetcher) once(ctx context.Context, u *url.URL) (Page, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return Page{}, ErrAddress
	}
	req.Header.Set("User-Agent", f.o.UserAgent)
	req.Header.Set("Accept", "text/html,application/xhtml+xml,text/plain;q=0.8,application/pdf;q=0.8,*/*;q=0.1")
	resp, err := f.client.Do(req)
	if err != nil {
		return Page{}, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return Page{}, &StatusError{resp.StatusCode}
	}
	contentType := resp.Header.Get("Content-Type")
	if !readable(contentType) {
		return Page{}, fmt.Errorf("%w but %s", ErrMediaType, contentType)
	}
	if resp.ContentLength > f.o.MaxBytes {
		return Page{}, fmt.Errorf("%w: it has %d MB", ErrTooLarge, resp.ContentLength>>20)
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, f.o.MaxBytes+1))
	if err != nil {
		return Page{}, err
	}
	if int64(len(b)) > f.o.MaxBytes {
		return Page{}, fmt.Errorf("%w: it has over %d MB", ErrTooLarge, f.o.MaxBytes>>20)
	}
	p := Page{Bytes: b, URL: resp.Request.URL.String(), ContentType: contentType, Fetched: f.o.Clock()}
	for r := resp.Request; r.Response != nil; r = r.Response.Request {
		p.Redirects = append(p.Redirects, r.Response.Request.URL.String())
	}
	slices.Reverse(p.Redirects)
	return p, nil
}

// readable tells the media types that importers can make something of. A server
// that states none is believed to mean a page.
func readable(contentType string) bool {
	if contentType == "" {
		return true
	}
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return true
	}
	switch media {
	case "application/xhtml+xml", "application/pdf", "application/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml",
		"application/feed+json", "application/json", "multipart/related", "message/rfc822", "application/octet-stream",
		"application/epub+zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		"application/zip", "application/x-zip-compressed", "application/gzip", "application/x-gzip", "application/warc", "application/wacz", "application/x-webarchive":
		return true
	}
	return strings.HasPrefix(media, "text/")
}

// passing tells a fault that may be gone in a moment.
func passing(err error) bool {
	var status *StatusError
	if errors.As(err, &status) {
		return status.Code == http.StatusTooManyRequests || status.Code >= 502 && status.Code <= 504
	}
	for _, final := range []error{ErrPrivate, ErrTooLarge, ErrMediaType, ErrRedirects, ErrAddress, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, final) {
			return false
		}
	}
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return dns.IsTemporary
	}
	var netErr net.Error
	return errors.As(err, &netErr) || errors.Is(err, io.ErrUnexpectedEOF)
}

// Error says which address could not be fetched, why, and what to do next.
type Error struct {
	URL  string
	Err  error
	Next string
}

func (e *Error) Error() string { return fmt.Sprintf("fetch %s: %v; %s", e.URL, e.Err, e.Next) }
func (e *Error) Unwrap() error { return e.Err }

func fault(address string, err error) error {
	next := "check the address and the connection, or save the page in a browser and import the file"
	var status *StatusError
	var dns *net.DNSError
	switch {
	case errors.Is(err, context.Canceled):
		err, next = context.Canceled, "nothing was kept"
	case errors.Is(err, context.DeadlineExceeded):
		next = "the server is too slow; try again, or save the page in a browser and import the file"
	case errors.Is(err, ErrAddress):
		next = "it begins with http:// or https://"
	case errors.Is(err, ErrPrivate):
		next = "allow private addresses (import --private) if you mean it"
	case errors.Is(err, ErrMediaType), errors.Is(err, ErrTooLarge), errors.Is(err, ErrRobots):
		next = "save it in a browser and import the file"
	case errors.As(err, &status) && (status.Code == 401 || status.Code == 402 || status.Code == 403):
		next = "the page wants a sign-in or refuses programs: save it in a browser and import the file"
	case errors.As(err, &status) && (status.Code == 404 || status.Code == 410):
		next = "the page is not there: check the address"
	case errors.As(err, &dns):
		next = "check the address and the connection"
	}
	var ue *url.Error
	if errors.As(err, &ue) {
		err = ue.Err // the address is named already
	}
	return &Error{URL: address, Err: err, Next: next}
}
