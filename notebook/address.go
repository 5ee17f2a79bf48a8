package notebook

import (
	"net"
	"net/url"
	"path"
	"sort"
	"strings"

	"golang.org/x/net/idna"
)

// maxAddress is the longest canonical address that serves as an identity.
const maxAddress = 4096

// trackers are query parameters that say how a reader came to a page, not which
// page it is. A trailing * stands for any ending.
var trackers = []string{
	"utm_*", "mc_cid", "mc_eid", "fbclid", "gclid", "gclsrc", "dclid", "wbraid", "gbraid", "msclkid", "yclid", "ysclid",
	"twclid", "ttclid", "igshid", "igsh", "li_fat_id", "_ga", "_gl", "_hsenc", "_hsmi", "hsctatracking", "mkt_tok", "vero_id",
	"vero_conv", "oly_anon_id", "oly_enc_id", "rb_clickid", "s_cid", "cmpid", "ncid", "ocid", "icid", "ref_src", "ref_url",
	"at_medium", "at_campaign", "at_custom*", "at_link*", "at_format", "at_bbc_team", "smid", "smtyp", "spm", "wt_mc", "wt.mc_id",
	"xtor", "cvid", "guccounter", "guce_referrer*", "fb_action_*", "fb_ref", "fb_source", "_openstat", "etext", "soc_src", "soc_trk",
	"amp", "amp_js_v", "amp_gsa", "usqp", "outputtype", "share", "sharetype", "tgclid", "pk_campaign", "pk_kwd", "matomo_*", "mtm_*",
}

// searchParameters are, for the result pages of search engines, the only query
// parameters that say which page it is.
var searchParameters = []struct {
	host, path string // host: the registered name without its ending
	keep       []string
}{
	{"google", "/search", []string{"q", "start", "tbm", "udm", "tbs", "hl", "gl"}},
	{"bing", "/search", []string{"q", "first", "cc", "setlang"}},
	{"duckduckgo", "/", []string{"q", "ia", "kl", "df"}},
	{"yandex", "/search", []string{"text", "p", "lr", "lang"}},
	{"baidu", "/s", []string{"wd", "word", "pn"}},
	{"ecosia", "/search", []string{"q", "p"}},
	{"search.yahoo", "/search", []string{"p", "b"}},
	{"search.brave", "/search", []string{"q", "offset"}},
}

// CanonicalURL brings a web address to the form that is a source's identity, so
// that the same page is known again however it was reached. It is false where
// raw is not a whole http or https address. The rules are in FORMAT.md,
// "Identity":
//
//   - the scheme is https, the host lower case and in ASCII, without a closing
//     dot, without "www.", "m.", "mobile.", "amp." in front, without a default port;
//   - user and fragment are left out ("#!" routes stay);
//   - AMP: the addresses of Google's AMP viewer and cache give the page's own;
//     "/amp" at the end or start of a path goes;
//   - tracking parameters go, the others are sorted; of the address of a result
//     page only query, page and language stay;
//   - escapes are in capitals, and only where needed; no slash at the end.
//
// What is canonical stays as it is; an address that the rules never come to rest
// with is none.
func CanonicalURL(raw string) (string, bool) {
	for range 8 {
		next, ok := canonicalURL(raw, 0)
		if !ok || next == raw {
			return next, ok
		}
		raw = next
	}
	return "", false
}

func canonicalURL(raw string, depth int) (string, bool) {
	raw = strings.TrimSpace(raw)
	if len(raw) > maxAddress || strings.ContainsAny(raw, " \t\r\n") || strings.Contains(raw, "…") {
		return "", false
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Opaque != "" {
		return "", false
	}
	if s := strings.ToLower(u.Scheme); s != "http" && s != "https" {
		return "", false
	}
	host, port := strings.TrimSuffix(strings.ToLower(u.Hostname()), "."), u.Port()
	if host == "" {
		return "", false
	}
	if net.ParseIP(host) == nil {
		if ascii, err := idna.Lookup.ToASCII(host); err == nil {
			host = ascii
		}
	}
	if inner, ok := withinAMP(host, u); ok && depth < 3 {
		return canonicalURL(inner, depth+1)
	}
	host = trimHost(host)
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	p := trimPath(u)
	out := "https://" + host + escapePath(p)
	if q := keptQuery(host, p, u.RawQuery); q != "" {
		if !strings.Contains(out[len("https://"):], "/") {
			out += "/"
		}
		out += "?" + q
	}
	if strings.HasPrefix(u.Fragment, "!") {
		out += "#" + u.EscapedFragment()
	}
	return out, len(out) <= maxAddress
}

// withinAMP gives the page's own address out of that of an AMP viewer or cache.
func withinAMP(host string, u *url.URL) (string, bool) {
	rest := ""
	switch {
	case strings.Contains("."+host, ".google.") && strings.HasPrefix(u.Path, "/amp/"):
		rest = strings.TrimPrefix(u.EscapedPath(), "/amp/")
	case strings.HasSuffix(host, ".cdn.ampproject.org"):
		// /c/ is a document, /v/ one in a viewer; "s/" says https.
		p := u.EscapedPath()
		if len(p) < 4 || p[0] != '/' || p[2] != '/' {
			return "", false
		}
		rest = p[3:]
	default:
		return "", false
	}
	rest = strings.TrimPrefix(rest, "s/")
	if rest == "" {
		return "", false
	}
	if u.RawQuery != "" {
		rest += "?" + u.RawQuery
	}
	return "https://" + rest, true
}

// trimHost takes the names of a site's other faces off: what is left must still
// be a name with a dot.
func trimHost(host string) string {
	for _, face := range []string{"www.", "m.", "mobile.", "amp.", "www."} {
		if rest, ok := strings.CutPrefix(host, face); ok && strings.Contains(rest, ".") {
			host = rest
		}
	}
	return host
}

// trimPath takes AMP's marks and closing slashes off the path.
func trimPath(u *url.URL) string {
	p := u.Path
	if p != "" {
		// Only dots are resolved; doubled slashes can have a meaning.
		if strings.Contains(p, "/.") {
			p = path.Clean(p)
		}
	}
	p = strings.TrimRight(p, "/")
	if rest, ok := strings.CutPrefix(p, "/amp/"); ok {
		p = "/" + rest
	}
	for _, mark := range []string{"/amp", ".amp"} {
		p = strings.TrimSuffix(p, mark)
	}
	if rest, ok := strings.CutSuffix(p, ".amp.html"); ok {
		p = rest + ".html"
	}
	return strings.TrimRight(p, "/")
}

func escapePath(p string) string { return (&url.URL{Path: p}).EscapedPath() }

// keptQuery gives the query parameters that say which page it is, sorted.
func keptQuery(host, p, raw string) string {
	if raw == "" {
		return ""
	}
	keep := func(name string) bool { return !tracks(name) }
	if p == "" {
		p = "/"
	}
	for _, s := range searchParameters {
		if p == s.path && (strings.HasPrefix(host, s.host+".") || strings.Contains(host, "."+s.host+".")) {
			keep = func(name string) bool {
				for _, k := range s.keep {
					if name == k {
						return true
					}
				}
				return false
			}
		}
	}
	var out []string
	for _, pair := range strings.FieldsFunc(raw, func(r rune) bool { return r == '&' }) {
		name, value, has := strings.Cut(pair, "=")
		n, err := url.QueryUnescape(name)
		if err != nil {
			n = name
		}
		if !keep(n) {
			continue
		}
		v, err := url.QueryUnescape(value)
		if err != nil {
			v = value
		}
		s := url.QueryEscape(n)
		if has {
			s += "=" + url.QueryEscape(v)
		}
		out = append(out, s)
	}
	sort.Strings(out)
	return strings.Join(out, "&")
}

// tracks says whether a query parameter is one of trackers.
func tracks(name string) bool {
	name = strings.ToLower(name)
	for _, t := range trackers {
		if start, any := strings.CutSuffix(t, "*"); any && strings.HasPrefix(name, start) || name == t {
			return true
		}
	}
	return false
}
