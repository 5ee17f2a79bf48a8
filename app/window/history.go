package window

import "sourcebook/app/session"

// history is where the user was, like a browser's.
type history struct {
	places []session.Target
	at     int // of the target that is open
}

// visit notes a target; what lay ahead is forgotten. The same target twice in a
// row is one.
func (h *history) visit(t session.Target) {
	if len(h.places) > 0 && h.places[h.at] == t {
		return
	}
	h.places = append(h.places[:min(h.at+1, len(h.places))], t)
	if len(h.places) > 200 {
		h.places = h.places[len(h.places)-200:]
	}
	h.at = len(h.places) - 1
}

func (h *history) canBack() bool    { return h.at > 0 }
func (h *history) canForward() bool { return h.at+1 < len(h.places) }

func (h *history) back() (session.Target, bool) {
	if !h.canBack() {
		return session.Target{}, false
	}
	h.at--
	return h.places[h.at], true
}

func (h *history) forward() (session.Target, bool) {
	if !h.canForward() {
		return session.Target{}, false
	}
	h.at++
	return h.places[h.at], true
}

// current is the target that is open.
func (h *history) current() (session.Target, bool) {
	if len(h.places) == 0 {
		return session.Target{}, false
	}
	return h.places[h.at], true
}
