package pastedtext

import (
	"strings"

	"sourcebook/importers/pastedtext/line"
	"sourcebook/notebook/document"
)

// dropped lists the lines that were not kept, in order, neighbours of one
// reason together.
func (p *paste) dropped() []document.Dropped {
	var list []document.Dropped
	var text strings.Builder
	var reason document.Reason
	flush := func() {
		if text.Len() > 0 {
			list = append(list, document.Dropped{Reason: reason, Text: text.String()})
			text.Reset()
		}
	}
	mode := document.Navigation
	kept := false
	for i := range p.lines {
		l := &p.lines[i]
		if !kept {
			mode = document.Navigation
		}
		var r document.Reason
		switch p.part[i] {
		case body:
			if !kept && i == p.top {
				mode = document.Related
			}
			kept = true
			flush()
			continue
		case title, standfirst, metadata, repeated:
			r = document.Repeated
		default:
			r, mode = reasonFor(l, mode)
		}
		if r != reason || text.Len() > 4000 {
			flush()
			reason = r
		}
		if text.Len() > 0 {
			text.WriteByte('\n')
		}
		text.WriteString(l.Text)
	}
	flush()
	return list
}

// reasonFor says why a line was dropped: by what it says, else like the lines
// before it. A heading such as "Related" or "Comments" sets what follows.
func reasonFor(l *line.Line, mode document.Reason) (reason, next document.Reason) {
	cue := l.Whole
	if cue == 0 && l.Words() <= 12 {
		cue = l.Start
	}
	long := l.Words() > 12
	switch {
	case l.FileName(), l.Letters() == 0 && l.Digits() >= 6:
		return document.Repeated, mode
	case !strings.Contains(l.Text, "©") && cue&line.Legal != 0 && mode == document.Navigation && !long:
		return mode, mode // "contact" in a menu
	case strings.Contains(l.Text, "©") || l.Cues&line.Legal != 0 && long && l.Cues&(line.Privacy|line.Legal) != 0:
		return document.Footer, document.Footer
	case long && l.Cues&line.Privacy != 0:
		return document.Footer, mode
	case long && l.Start&line.Letter != 0:
		return document.Form, mode
	case cue&line.Related != 0 && cue&line.Nav == 0:
		return document.Related, document.Related
	case cue&line.Comment != 0 && cue&line.Count == 0:
		return document.Comments, document.Comments
	case cue&line.Comment != 0:
		return document.Comments, mode
	case cue&line.Advert != 0:
		return document.Advert, mode
	case cue&(line.Share|line.Count|line.Reading) != 0:
		return document.Share, mode
	case cue&(line.Account|line.Form|line.Letter) != 0:
		return document.Form, mode
	case cue&(line.Legal|line.Privacy) != 0:
		return document.Footer, document.Footer
	case cue&line.Related != 0 && mode != document.Navigation:
		return document.Related, document.Related
	case cue&(line.Nav|line.Tags) != 0:
		return document.Navigation, mode
	case cue&line.More != 0:
		return document.Related, mode
	case cue&line.Credit != 0 && mode != document.Footer:
		return document.Repeated, mode
	case l.Words() == 0 || l.Words() <= 2 && l.Digits() > 0:
		if mode == document.Navigation {
			return document.Share, mode // a counter
		}
	}
	return mode, mode
}
