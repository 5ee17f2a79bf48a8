package serp

import (
	"encoding/base64"
	"net/url"
	"strings"
)

// unwrap gives the address that a link of a result page leads to: engines send
// their visitors through addresses of their own. ad says that the way led
// through an advertising server. What cannot be unwrapped is given back whole.
func unwrap(u *url.URL) (target *url.URL, ad bool) {
	for range 4 {
		host, path := strings.ToLower(u.Hostname()), u.Path
		q := u.Query()
		next := ""
		switch {
		case strings.Contains(path, "/aclk") || strings.Contains(path, "/aclick") || strings.HasPrefix(host, "googleads") || strings.HasSuffix(host, "googleadservices.com") || strings.HasPrefix(host, "yabs."):
			ad = true
			if next = firstAddress(q, "adurl", "u", "url", "rurl"); next == "" {
				next = base64Address(q.Get("u"))
			}
		case isHost(host, "google") && (path == "/url" || path == "/interstitial" || path == "/linkredirect"):
			next = firstAddress(q, "q", "url", "dest")
		case isHost(host, "google") && path == "/imgres":
			next = firstAddress(q, "imgrefurl")
		case isHost(host, "google") && strings.HasPrefix(path, "/amp/s/"):
			next = "https://" + strings.TrimPrefix(path, "/amp/s/")
		case isHost(host, "bing") && strings.HasPrefix(path, "/ck/"):
			next = base64Address(q.Get("u"))
		case isHost(host, "bing") && strings.Contains(path, "apiclick"):
			next = firstAddress(q, "url")
		case strings.HasSuffix(host, "duckduckgo.com") && strings.HasPrefix(path, "/l/"):
			next = firstAddress(q, "uddg", "u")
		case strings.HasSuffix(host, "duckduckgo.com") && strings.HasPrefix(path, "/y.js"):
			ad = true
			if next = firstAddress(q, "u3"); next == "" && q.Get("ad_domain") != "" {
				next = "https://" + q.Get("ad_domain") + "/"
			}
		case strings.HasSuffix(host, "search.yahoo.com") && strings.Contains(u.EscapedPath()+u.RawQuery, "/RU="):
			_, after, _ := strings.Cut(u.EscapedPath()+"?"+u.RawQuery, "/RU=")
			if i := strings.Index(after, "/RK="); i >= 0 {
				after = after[:i]
			}
			next, _ = url.PathUnescape(after)
		case strings.Contains(host, "yandex.") && strings.Contains(path, "jsredir"):
			next = firstAddress(q, "url", "u")
		case strings.HasSuffix(host, "ask.com") && (path == "/r" || strings.HasPrefix(path, "/redirect")):
			next = firstAddress(q, "u", "url")
		case strings.HasSuffix(host, "startpage.com") && strings.Contains(path, "redirect"):
			next = firstAddress(q, "url", "u")
		}
		t, err := url.Parse(next)
		if next == "" || err != nil || t.Host == "" {
			return u, ad
		}
		u = t
	}
	return u, ad
}

// isHost tells whether a host is one of an engine's, under any country.
func isHost(host, engine string) bool {
	return host == engine+".com" || strings.HasPrefix(host, "www."+engine+".") || strings.HasPrefix(host, engine+".") || strings.HasSuffix(host, "."+engine+".com")
}

// firstAddress gives the first of the parameters that is an address.
func firstAddress(q url.Values, names ...string) string {
	for _, n := range names {
		if v := q.Get(n); strings.HasPrefix(v, "http://") || strings.HasPrefix(v, "https://") {
			return v
		}
	}
	return ""
}

// base64Address reads Bing's parameter: the address in base64url, with "a1"
// before it but for advertisements.
func base64Address(s string) string {
	for _, s := range []string{strings.TrimPrefix(s, "a1"), s} {
		b, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(s, "="))
		if err != nil {
			continue
		}
		address := string(b)
		if unescaped, err := url.QueryUnescape(address); err == nil && !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
			address = unescaped
		}
		if strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://") {
			return address
		}
	}
	return ""
}

// ownHost tells whether an address is the engine's own.
func ownHost(engine, host string) bool {
	host = strings.ToLower(host)
	switch engine {
	case google:
		return isHost(host, "google") || strings.HasSuffix(host, ".gstatic.com") || strings.HasSuffix(host, ".googleusercontent.com") || host == "webcache.googleusercontent.com"
	case bing:
		return isHost(host, "bing") || strings.HasSuffix(host, ".bing.net") || host == "go.microsoft.com" || host == "login.live.com"
	case duckduckgo:
		return strings.HasSuffix(host, "duckduckgo.com") || host == "duck.co" || host == "duck.ai" || host == "donttrack.us"
	case yandex:
		return strings.Contains("."+host, ".yandex.") || host == "ya.ru" || strings.HasSuffix(host, ".ya.ru")
	case baidu:
		return host == "baidu.com" || strings.HasSuffix(host, ".baidu.com")
	case ecosia:
		return strings.HasSuffix(host, "ecosia.org")
	case yahoo:
		return strings.Contains("."+host, ".yahoo.") || strings.HasSuffix(host, "yimg.com")
	case brave:
		return host == "brave.com" || strings.HasSuffix(host, ".brave.com")
	case ask:
		return host == "ask.com" || strings.HasSuffix(host, ".ask.com") || strings.HasSuffix(host, ".mywebsearch.com")
	case startpage:
		return strings.HasSuffix(host, "startpage.com")
	}
	return false
}
