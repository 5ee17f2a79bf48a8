package fetch

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// robotsCache keeps what each host's robots.txt said, for the life of a fetcher.
type robotsCache struct {
	mu    sync.Mutex
	hosts map[string]robots
}

// allowed asks the site's robots.txt. A site that has none, or whose answer
// cannot be had, allows everything; one that answers 5xx nothing (RFC 9309, 2.3.1).
func (f *Fetcher) allowed(ctx context.Context, u *url.URL) bool {
	key := u.Scheme + "://" + u.Host
	f.robots.mu.Lock()
	r, known := f.robots.hosts[key]
	f.robots.mu.Unlock()
	if !known {
		r = f.fetchRobots(ctx, key+"/robots.txt")
		f.robots.mu.Lock()
		if f.robots.hosts == nil {
			f.robots.hosts = map[string]robots{}
		}
		f.robots.hosts[key] = r
		f.robots.mu.Unlock()
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return r.allows(path)
}

func (f *Fetcher) fetchRobots(ctx context.Context, address string) robots {
	ctx, cancel := context.WithTimeout(ctx, f.o.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil
	}
	req.Header.Set("User-Agent", f.o.UserAgent)
	resp, err := f.client.Do(req)
	if err != nil {
		return nil
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode >= 500:
		return robots{{path: "/"}}
	case resp.StatusCode != http.StatusOK:
		return nil
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, 500<<10)) // RFC 9309, 2.5
	if err != nil {
		return nil
	}
	return parseRobots(string(b))
}

// robots are the rules for this program, or for all where it is not named.
type robots []robotsRule

type robotsRule struct {
	path  string
	allow bool
}

// product is the token that robots.txt files would name this program by.
const product = "sourcebook"

func parseRobots(text string) robots {
	var ours, all robots
	var named, everyone, inRules bool
	found := false
	for line := range strings.SplitSeq(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		switch key {
		case "user-agent":
			if inRules { // a new group begins
				named, everyone, inRules = false, false, false
			}
			switch agent := strings.ToLower(value); {
			case agent == "*":
				everyone = true
			case agent == product:
				named, found = true, true
			}
		case "allow", "disallow":
			inRules = true
			if value == "" {
				continue
			}
			r := robotsRule{path: value, allow: key == "allow"}
			if named {
				ours = append(ours, r)
			}
			if everyone {
				all = append(all, r)
			}
		}
	}
	if found {
		return ours
	}
	return all
}

// allows is the verdict of the longest rule that fits; allow wins a tie.
func (r robots) allows(path string) bool {
	best, allow := -1, true
	for _, rule := range r {
		if !fits(rule.path, path) {
			continue
		}
		if n := len(rule.path); n > best || n == best && rule.allow {
			best, allow = n, rule.allow
		}
	}
	return allow
}

// fits matches a path against a rule, in which * stands for anything and a
// final $ for the end. It does not go back further than the last star, so it
// takes no more than len(pattern)·len(path) steps.
func fits(pattern, path string) bool {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	rest := path[len(parts[0]):]
	for i, p := range parts[1:] {
		if anchored && i == len(parts)-2 {
			return strings.HasSuffix(rest, p)
		}
		at := strings.Index(rest, p)
		if at < 0 {
			return false
		}
		rest = rest[at+len(p):]
	}
	return !anchored || rest == ""
}
