package window

import (
	"encoding/json"
	"os"
	"sync"
	"time"
)

// trace writes one JSON object a line to the file that SOURCEBOOK_TRACE names:
// what the window shows and does, for tests that drive the real program. Each
// object has "at" (RFC 3339), "event" and the event's own fields:
//
//	started         window: [width, height]
//	place           place, id
//	library listed  sources, rows
//	sources chosen  chosen
//	library layout  layout
//	tabs            tabs, shown
//	reprints        groups
//	source opened   source, title, kind, reader: [x, y, width, height]
//	selection       start, end, rect
//	highlight saved highlight, start, end
//	note open       highlight
//	text edited     ok, blocks
//	passage linked  claim, ok
//	view            view
//	versions compared added, removed, changes
//	pages shown     pages
//	claim form      open
//	claim saved     claim
//	claim shown     claim
//	claim picker    open
//	dossier shown   country, claims
//	compared        countries, topics
//	timeline shown  claims
//	briefing shown  briefing
//	searched        query, hits
//	changed         name, seq
//	import finished added, versions, held, failed, cancelled
//	exported        path, kind
//	toast           text, bad
//	failed          doing, error
//	theme           dark
//	backed up       path
//	restored        path
//	window opened, window closed
//	refused         path, error
//	palette, address form, export form, words form, empty form, import panel, settings  open
//
// Events of a window after the first say which: window, from 2.
//
// Places are in the canvas's coordinates, which are pixels at FYNE_SCALE=1.
type trace struct {
	mu sync.Mutex
	f  *os.File
}

func newTrace(path string) *trace {
	t := &trace{}
	if path != "" {
		t.f, _ = os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	}
	return t
}

func (t *trace) note(event string, fields map[string]any) {
	if t.f == nil {
		return
	}
	line := map[string]any{"at": time.Now().Format(time.RFC3339Nano), "event": event}
	for k, v := range fields {
		line[k] = v
	}
	b, err := json.Marshal(line)
	if err != nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.f.Write(append(b, '\n'))
}

func (t *trace) close() {
	if t.f != nil {
		t.f.Close()
	}
}
