package reading

import (
	"slices"
	"strconv"
	"strings"

	"sourcebook/notebook"
)

// prefPlaces is where the reader was in the sources read last: "ID position",
// the latest last.
const (
	prefPlaces = "reader.places"
	mostPlaces = 300
)

// remember keeps where the reader is, so that it opens there again.
func (p *Pane) remember() {
	if p.held == nil || p.view != TextView || p.capture != p.held.source.Current() {
		return
	}
	pref := p.s.Preferences()
	list := withPlace(pref.StringList(prefPlaces), p.id, p.reader.ReadingPosition())
	pref.SetStringList(prefPlaces, list)
}

// withPlace gives a list of places with one more, or without it where it is the
// top of the text.
func withPlace(list []string, id notebook.SourceID, at int) []string {
	out := slices.DeleteFunc(slices.Clone(list), func(e string) bool { return strings.HasPrefix(e, string(id)+" ") })
	if at > 0 {
		out = append(out, string(id)+" "+strconv.Itoa(at))
	}
	if len(out) > mostPlaces {
		out = out[len(out)-mostPlaces:]
	}
	return out
}

// placeOf is where the reader was in a source, 0 where that is not known.
func placeOf(list []string, id notebook.SourceID) int {
	for _, e := range list {
		if rest, ok := strings.CutPrefix(e, string(id)+" "); ok {
			at, err := strconv.Atoi(rest)
			if err == nil && at > 0 {
				return at
			}
		}
	}
	return 0
}
