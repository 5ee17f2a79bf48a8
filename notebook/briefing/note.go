package briefing

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

// Note is an endnote: one version of one source, or one source that is cited
// and not held. What is not stated is empty.
type Note struct {
	N           int
	Source      notebook.SourceID // empty where not held
	Kind        document.Kind
	Title       string
	Author      string
	Outlet      string        // the site or publisher that carries it
	Original    string        // where it was reprinted from
	Published   document.Date // publication
	Captured    time.Time     // when the kept original was received
	Accessed    time.Time     // when an address that is not held was looked at
	URL         string
	SHA256      string // of the kept original, lower-case hex
	Reliability notebook.Reliability
	State       notebook.LinkState // Held, Cited or Unreachable
	CitedIn     int                // the endnote whose text cites it, 0: not stated
	Search      string             // "google: query", of a search snapshot
	Lead        bool               // an AI answer or its page: a lead, not evidence
	Passages    []string           // the words that claims rest on, each once
}

// evidence gives the endnote of one piece of evidence, 0 where what it names is
// gone or in the bin. lead marks the source of an AI answer.
func (c *composer) evidence(e notebook.Evidence, lead bool) (int, error) {
	switch {
	case e.Highlight != "":
		h, err := c.Highlight(e.Highlight)
		if errors.Is(err, notebook.ErrNotFound) || err == nil && !h.Binned.IsZero() {
			return 0, nil
		} else if err != nil {
			return 0, fmt.Errorf("highlight %s: %w", e.Highlight, err)
		}
		n, err := c.source(h.Source, h.Capture)
		if n > 0 {
			c.doc.Notes[n-1].Lead = c.doc.Notes[n-1].Lead || lead
			c.passage(n, h.Exact)
		}
		return n, err
	case e.Link != "":
		l, err := c.Link(e.Link)
		if errors.Is(err, notebook.ErrNotFound) || err == nil && !l.Binned.IsZero() {
			return 0, nil
		} else if err != nil {
			return 0, fmt.Errorf("source link %s: %w", e.Link, err)
		}
		return c.link(l)
	}
	return 0, nil
}

func (c *composer) source(id notebook.SourceID, capture notebook.CaptureID) (int, error) {
	s, err := c.Source(id)
	if errors.Is(err, notebook.ErrNotFound) || err == nil && !s.Binned.IsZero() {
		return 0, nil
	} else if err != nil {
		return 0, fmt.Errorf("source %s: %w", id, err)
	}
	if capture == "" {
		capture = s.Current()
	}
	return c.held(s, capture)
}

// held gives the endnote of one version of a source. Another version is another
// original with another hash, and so another endnote.
func (c *composer) held(s notebook.Source, id notebook.CaptureID) (int, error) {
	key := "capture:" + string(s.ID) + ":" + string(id)
	if n, ok := c.notes[key]; ok {
		return n, nil
	}
	n := Note{
		Source: s.ID, Kind: s.Kind, Title: s.Title, Author: strings.Join(s.Byline, ", "),
		Outlet: or(s.Site, s.Publisher), Original: s.OriginalPublisher, Published: s.Published,
		URL: or(s.URL, s.CanonicalURL), State: notebook.Held, Captured: s.Captured,
		Lead: s.Kind == document.SearchSnapshot,
	}
	var err error
	if n.Reliability, err = c.GradeOf(s); err != nil {
		return 0, fmt.Errorf("grade of source %s: %w", s.ID, err)
	}
	if id != "" {
		capture, err := c.Capture(id)
		if err != nil {
			return 0, fmt.Errorf("capture %s: %w", id, err)
		}
		n.Captured, n.SHA256 = capture.Received, capture.SHA256
		n.URL = or(n.URL, capture.URL)
		if s.Kind == document.SearchSnapshot {
			d, err := c.Document(id)
			if err != nil {
				return 0, fmt.Errorf("document of capture %s: %w", id, err)
			}
			if d.Search != nil {
				n.Search = strings.TrimSpace(d.Search.Engine + " search for “" + d.Search.Query + "”")
			}
		}
	}
	number := c.note(key, n)
	if id != "" {
		c.versions[number] = id
	}
	return number, nil
}

func (c *composer) link(l notebook.SourceLink) (int, error) {
	if l.State == notebook.Held && l.Source != "" {
		if n, err := c.source(l.Source, ""); n > 0 || err != nil {
			return n, err
		}
	}
	key := "url:" + l.URL
	if l.URL == "" {
		key = "stub:" + strings.ToLower(l.Outlet+"|"+string(l.Date)+"|"+l.Title+"|"+l.Stub)
	}
	if n, ok := c.notes[key]; ok {
		return n, nil
	}
	n := Note{
		Title: or(l.Title, l.Stub), Outlet: l.Outlet, Published: l.Date, Accessed: l.Accessed,
		URL: l.URL, State: l.State,
	}
	if n.State == "" || n.State == notebook.Held {
		n.State = notebook.Cited
	}
	if l.CitedIn != "" {
		cited, err := c.source(l.CitedIn, "")
		if err != nil {
			return 0, err
		}
		n.CitedIn = cited
	}
	return c.note(key, n), nil
}

func (c *composer) note(key string, n Note) int {
	n.N = len(c.doc.Notes) + 1
	c.doc.Notes = append(c.doc.Notes, n)
	c.notes[key] = n.N
	return n.N
}

func (c *composer) passage(n int, exact string) {
	exact = strings.Join(strings.Fields(exact), " ")
	key := strconv.Itoa(n) + ":" + exact
	if exact == "" || c.options.NoPassages || c.quoted[key] {
		return
	}
	c.quoted[key] = true
	c.doc.Notes[n-1].Passages = append(c.doc.Notes[n-1].Passages, exact)
}
