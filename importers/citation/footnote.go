package citation

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	// sourceLine is a line that names where the text was taken from.
	sourceLine = regexp.MustCompile(`(?i)^\s*(?:[—–-]\s*)?(?:sources?|via|source and photo|see also|see|см\. также|см\.|bkz\.|bax|həmçinin bax|originally (?:published|appeared) (?:in|by|at|on)|first (?:published|appeared) (?:in|by|at|on)|(?:this|the) (?:article|text|piece|story|report|commentary|analysis) (?:was |has been )?(?:first |originally )?(?:appeared|published|posted|reprinted)(?: first| originally)? (?:in|on|by|at|from|with permission from)|republished (?:from|with permission of)|reprinted from|источники?|впервые опубликовано(?: в| на)?|перепечатано из|kaynak(?:lar)?|alıntı|mənbə(?:lər)?|istinad|quellen?|fuentes?|джерел[оа]|дереккөз)\s*[:：]?\s+`)
	// noteLine is a footnote: a mark, then the reference.
	noteLine = regexp.MustCompile(`^\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]|\^|\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)\s*`)
	webIn    = regexp.MustCompile(`(?i)https?://[^\s<>"“”«»]+`)
	quoted   = regexp.MustCompile(`[“"«„][^“”"«»„]{8,300}[”"»“]`)
	accessed = regexp.MustCompile(`(?i)(?:accessed|retrieved|archived|viewed|last updated|updated|дата обращения|erişim(?: tarihi)?|baxılıb|müraciət(?: tarixi)?)\s*(?:on|:|from the original on)?\s*:?\s*$`)
)

// longestNote bounds a line that is read as a reference, in code points.
const longestNote = 500

// eachLine calls f with the bounds of every line that is not too long.
func (s *scan) eachLine(longest int, f func(start, end int)) {
	start := 0
	for i := 0; i <= len(s.r); i++ {
		if i < len(s.r) && s.r[i] != '\n' {
			continue
		}
		if n := i - start; n > 3 && n <= longest {
			f(start, i)
		}
		start = i + 1
	}
}

// labelled reads lines such as "Source: Reuters, May 8, 2024".
func (s *scan) labelled() {
	s.eachLine(260, func(start, end int) {
		line := s.text(start, end)
		m := sourceLine.FindString(line)
		if m == "" || s.overlaps(start, end) {
			return
		}
		if !strings.ContainsAny(m, ":：.") && utf8.RuneCountInString(strings.TrimSpace(m)) < 8 && !strings.HasPrefix(strings.ToLower(strings.TrimSpace(m)), "see") {
			return // "Sources in the ministry …"
		}
		from := start + utf8.RuneCountInString(m)
		items, ok := s.items(from, end, true)
		if lower := strings.ToLower(m); strings.Contains(lower, "see") || strings.Contains(lower, "см.") || strings.Contains(lower, "bkz") || strings.Contains(lower, "bax") {
			// Links to other articles stand below such words as well.
			kept := items[:0]
			for _, c := range items {
				if c.Date != "" {
					kept = append(kept, c)
				}
			}
			items, ok = kept, len(kept) > 0
		}
		if ok {
			s.found = append(s.found, items...)
			s.take(start, end)
		}
	})
}

// footnotes reads references below a text: author, headline, outlet, day,
// address.
func (s *scan) footnotes() {
	notes := 0
	s.eachLine(longestNote, func(start, end int) {
		if notes > mostLists {
			return
		}
		line := s.text(start, end)
		mark := noteLine.FindString(line)
		if mark == "" || s.overlaps(start, end) {
			return
		}
		notes++
		from := start + utf8.RuneCountInString(mark)
		body := s.text(from, end)
		web := webIn.FindString(body)
		headline := quoted.MatchString(body)
		moments := s.moments(from, end)
		// The day of the source, not the one on which it was read.
		var day *moment
		for k := range moments {
			m := &moments[k]
			if accessed.MatchString(s.text(m.start-40, m.start)) || s.inAddress(m.start) {
				continue
			}
			if day == nil || m.year > 0 && day.year == 0 {
				day = m
			}
		}
		// The outlet is the one nearest to the day; a headline may name others.
		var best *name
		distance := 0
		for i := from; i < end; i++ {
			if i > from && wordRune(s.r[i-1]) || s.inQuotation(from, i) || s.inAddress(i) {
				continue
			}
			n := s.name(i)
			if n == nil || n.end > end {
				continue
			}
			i = max(i, n.end-1)
			if n.strength < certain && !isMedium(n.outlet) {
				continue
			}
			d := end - n.end
			if day != nil {
				d = max(day.start-n.end, n.start-day.end)
			}
			if best == nil || n.strength > best.strength || n.strength == best.strength && d < distance {
				best, distance = n, d
			}
		}
		if best == nil || day == nil && web == "" || !headline && web == "" && !s.bareReference(from, best, day, end) {
			return
		}
		it := &item{start: best.start, end: best.end, outlet: best.outlet, handle: best.handle, strength: best.strength, url: strings.TrimRight(web, ".,;)")}
		if day != nil {
			it.moments = []moment{*day}
			it.own = day.start > best.end && day.start-best.end < 12
		}
		s.found = append(s.found, s.citations(it)...)
		s.take(start, end)
	})
}

// bareReference tells a reference without headline or address from a numbered
// sentence: nothing but names stands before the outlet, and the day follows it.
func (s *scan) bareReference(from int, n *name, day *moment, end int) bool {
	if day == nil || day.start < n.end || strings.Trim(s.text(n.end, day.start), " ,.(") != "" {
		return false
	}
	if len(strings.Fields(s.text(from, n.start))) > 6 {
		return false
	}
	return len(strings.Fields(s.text(day.end, end))) <= 4
}

// inQuotation tells whether position i is within a quotation that began after
// from.
func (s *scan) inQuotation(from, i int) bool {
	depth, straight := 0, false
	for k := from; k < i; k++ {
		switch s.r[k] {
		case '“', '«', '„':
			depth++
		case '”', '»':
			depth = max(depth-1, 0)
		case '"':
			straight = !straight
		}
	}
	return depth > 0 || straight
}

// inAddress tells whether position i is within a web address.
func (s *scan) inAddress(i int) bool {
	k := i
	for k > 0 && s.r[k-1] != ' ' && s.r[k-1] != '\n' {
		k--
	}
	token := s.text(k, min(i+60, len(s.r)))
	return strings.HasPrefix(token, "http://") || strings.HasPrefix(token, "https://") || strings.HasPrefix(token, "www.")
}
