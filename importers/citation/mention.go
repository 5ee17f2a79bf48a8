package citation

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"sourcebook/notebook/document"
)

// A mention is an outlet that a sentence names as where something was said:
// "according to TASS", "Reuters reported on May 8". The outlet alone is not
// enough, since sentences are also about outlets; a cue beside it must make it
// a source. A date counts as the source's only where it stands with the outlet
// or the cue, as in "reported on May 8", not in "reported that on May 8".

var (
	// cueBefore ends with what stands before the outlet.
	cueBefore = regexp.MustCompile(`(?i)(?:^|[\s(«“"—–-])(?:according to|as (?:first |previously |earlier |also )?(?:reported|cited|quoted|noted|described|revealed|published|stated|detailed|documented|confirmed|recounted|summarized)\s+(?:on\s+)?(?:by|in|on)|(?:reported|published|republished|reposted|cited|quoted|revealed|disclosed|confirmed|obtained|carried|broken|interviewed|documented|posted|printed|aired|translated|released|reprinted|summarized|compiled|leaked)\s+(?:on\s+|in\s+)?(?:by|in|on|to)|citing|quoting|told|tells|telling|informed|` +
		`(?:interview|interviews|comments?|remarks|statement|op-ed|article|commentary|column|analysis|essay|piece|report|reports|story|post|dispatch|investigation|survey|poll|study|data|figures|estimates?|index|reporting|coverage|footage|editorial)\s+(?:with|to|for|in|by|from|on|of|published (?:in|by|on))|(?:speaking|spoke|talking|talked|writing|wrote|written|writes)\s+(?:to|in|for|on|with)|based on|referring to|with reference to|as per|per|(?:seen|reviewed|examined|verified) by|sources?:|see|see also|cf\.|` +
		`по (?:данным|информации|сообщению|сообщениям|сведениям|оценке|оценкам|материалам|подсчётам|подсчетам|словам)|со ссылкой на|ссылаясь на|(?:с|при) ссылк(?:ой|ами) на|(?:как |об этом |это |ранее |также |уже |, )?(?:сообщал[аио]?|сообщил[аио]?|сообщило|сообщает|сообщают|сообщили|писал[аио]?|пишет|пишут|написал[аио]?|передаёт|передает|передают|передал[аио]?|передало|отмечал[аио]?|отмечает|рассказал[аио]?|рассказывает|опубликовал[аио]?|уточняет|цитирует|информирует|указывает|выяснил[аио]?|узнал[аио]?|поведал[аио]?|напоминает|подч[её]ркивает|следует из)|(?:в |из )?(?:интервью|эфире|материале|статье|публикации|комментарии|отч[её]те|докладе|исследовании|сообщении|расследовании|беседе с|разговоре с)|(?:заявил|сказал|сообщил|рассказал)\p{L}*\s+(?:журналистам |корреспонденту |агентству |изданию |газете )?|процитированн\p{L}+|опубликованн\p{L}+ (?:в|на|на сайте)|опубликован[оаы]? (?:в|на)|источник:|см\.|` +
		`kaynak:|bkz\.?|aktaran:?|mənbə:|bax:?|laut|wie|zitiert nach|selon|d’après|d'après|según|secondo)\s+$`)
	// cueAfter begins what stands after the outlet.
	cueAfter = regexp.MustCompile(`(?i)^(?:reports|reported|reporting|said|says|wrote|writes|notes|noted|published|publishes|revealed|reveals|disclosed|quoted|quotes|cited|cites|claimed|claims|carried|confirmed|added|stated|states|described|describes|estimates|estimated|observed|argued|argues|found|finds|recalled|warned|warns|explained|explains|detailed|aired|broke|learned|learnt|suggested|suggests|asserted|broadcast|concluded|concludes|calculated|calculates|commented|comments|posted|counted|put it|put the|documented|documents|tallied|listed|lists|recorded|citing|quoting|report|reports|article|story|interview|investigation|analysis|dispatch|commentary|editorial|op-ed|survey|poll|data|piece|column|coverage|` +
		`сообщил[аио]?|сообщает|сообщало?|сообщали|пишет|писал[аио]?|написал[аио]?|передаёт|передает|передал[аио]?|отмечает|отмечал[аио]?|рассказал[аио]?|рассказывает|опубликовал[аио]?|приводит|прив[её]л[аио]?|уточняет|уточнил[аио]?|цитирует|цитировал[аио]?|узнал[аио]?|выяснил[аио]?|информирует|утверждает|утверждал[аио]?|подсчитал[аио]?|со ссылкой|ссылается|указывает|указал[аио]?|заявил[аио]?|процитировал[аио]?|напоминает|` +
		`göre|(?:ın |in |un |ün )?(?:haberine|haberinde|haberi|raporuna|raporunda|verilerine|verileri|aktardığına|bildirdiğine|yazdığına|duyurduğuna|aktarımına|analizine|analizinde|makalesinde|röportajında|yorumunda|araştırmasına)|bildirdi|yazdı|aktardı|duyurdu|geçti|yayımladı|yayınladı|iddia etti|öne sürdü|belirtti|yer verdi|konuşan|konuştu|verdiği (?:röportaj\p{L}*|demeç\p{L}*|mülakat\p{L}*|bilgiye)|demeç|muhabirine|muhabiriyle|yaptığı açıklama\p{L}*|geçtiği habere|dayandır\p{L}*|atıf\p{L}*|kaynak göster\p{L}*|` +
		`məlumatına|məlumatında|məlumatı|xəbərinə|xəbərində|xəbəri|yazdığına|bildirdiyinə|verdiyi (?:məlumata|xəbərə)|istinad(?:ən|la| edərək| edir|ın)?|xəbər ver\p{L}*|bildirir|bildirib|yazır|yazıb|yazırdı|məlumat (?:verir|verib|yayıb)|yayıb|dərc edib|dərc etdi|hesabatına|hesabatında|qeyd edir|çatdırır|müsahibə\p{L}*|açıqlamasında|deyib|söyləyib|müxbirinə|yaydığı|yazısında|yazısına|məqaləsində|təhlilində|görə)(?:$|[^\p{L}])`)
	// verbLast closes a Turkish or Azerbaijani sentence whose subject was the
	// outlet.
	verbLast = regexp.MustCompile(`(?i)(?:^|\s)(?:bildirdi|yazdı|aktardı|duyurdu|iddia etti|öne sürdü|belirtti|haber verdi|kaydetti|göre|bildirir|bildirib|yazır|yazıb|xəbər verir|xəbər verib|məlumat yayıb|məlumat verir|qeyd edib|qeyd edir|iddia edib|iddia edir|vurğulayıb)(?:$|[^\p{L}])`)
	// afterComma are cues whose subject is the outlet even behind a comma: in
	// "the director of the Fund, said" it is not.
	afterComma = regexp.MustCompile(`(?i)^(?:citing|quoting|со ссылкой|ссылаясь|\p{L}*[ıiuü](?:r|b)\P{L}|.*(?:dı|di|du|dü|tı|ti|tu|tü|göre|görə|ver\p{L}*)\P{L}?$)`)
	adverbs    = regexp.MustCompile(`(?i)^(?:has|have|had|also|first|later|earlier|then|previously|recently|separately|similarly|once|even|meanwhile|likewise|itself|again|now|on|in|its|dated|of|from|and others|ранее|также|позже|уже|ещё|еще|в|от|за|своём|своем|сегодня|вчера|накануне|ayrıca|daha önce|dün|bugün|da|de|tarihli|günü|də|həmçinin|daha əvvəl|bu gün|dünən|tarixli|tarixdə|günü|öz|in an?|in a)\s+`)
	onDate     = regexp.MustCompile(`(?i)^(?:'s|’s|['’])?\s*(?:on|of|dated|from|in its|for|от|в номере от|за|в|,|(?:in|for) an? (?:\w+ )?(?:interview|article|report|statement|commentary|piece|op-ed|editorial|story|dispatch|broadcast)(?: published| aired| posted| broadcast)?(?: on| from| of)?)?\s*$`)
	verbDate   = regexp.MustCompile(`(?i)^[\s,(]*(?:on|in|in its|from|of|dated|published on|от|,|this|last)?\s*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*)?$`)
	tailDate   = regexp.MustCompile(`^(?:['’-]?(?:de|da|te|ta|də|dəki|daki|deki|ci il|cı il|cu il|cü il)(?:\s|,|$))?(?:\s*(?:tarihli|tarixli|tarihinde|tarixində|günü|года|г\.|il|ildə|yılında))?[,)\s]*`)
)

// abbreviation is a name's short form behind it.
var abbreviation = regexp.MustCompile(`^\s*\(\p{Lu}{2,6}\)`)

// mostMentions bounds the names of one text that are judged.
const mostMentions = 20000

// window bounds how far from an outlet its cue may stand, in code points.
const window = 110

// mentions finds outlets that sentences name as their source.
func (s *scan) mentions() {
	judged := 0
	for i := 0; i < len(s.r) && judged < mostMentions; i++ {
		r := s.r[i]
		if i > 0 && (wordRune(s.r[i-1]) || s.r[i-1] == '.' && i > 1 && unicode.IsLetter(s.r[i-2]) && unicode.IsLetter(r)) {
			continue
		}
		if !unicode.IsUpper(r) && !unicode.IsDigit(r) && !strings.ContainsRune("cdhir@t", r) {
			continue
		}
		n := s.name(i)
		if n == nil {
			continue
		}
		judged++
		if !s.overlaps(n.start, n.end) {
			if c, ok := s.mention(n); ok {
				s.found = append(s.found, c...)
				s.take(n.start, c[len(c)-1].End)
			}
		}
		i = max(i, n.with-1)
	}
}

// conjunction joins an outlet to another.
var conjunction = regexp.MustCompile(`^,?\s+(?:and|&|und|et|y|и|ve|və)\s`)

// name is an outlet's name in running text.
type name struct {
	start, end, with int // with takes in the ending that the language put on
	outlet, handle   string
	strength         int
}

// name reads an outlet that begins at position i: one of the table, an address,
// a handle, or a capitalised name with a word such as "News" in it.
func (s *scan) name(i int) *name {
	if a, end, with := s.known(i); a != nil {
		if p := s.phrase(i); p != nil && p.end > with && p.strength >= likely && !conjunction.MatchString(s.text(with, p.end)) {
			return p // "Argus Leader" is not Argus
		}
		n := &name{start: i, end: end, with: with, outlet: s.text(i, end), strength: certain}
		if a.stems != nil {
			n.outlet = a.name
		}
		return n
	}
	// A handle or address stands without blanks.
	end := i
	for end < len(s.r) && end-i < 60 && (unicode.IsLetter(s.r[end]) || unicode.IsDigit(s.r[end]) || strings.ContainsRune("@._-/", s.r[end])) {
		end++
	}
	for end > i && strings.ContainsRune("._-/", s.r[end-1]) {
		end--
	}
	token := s.text(i, end)
	if strings.ContainsRune(token, '@') {
		if outlet, handle, ok := asHandle(token); ok && strings.HasPrefix(handle, "@") {
			return &name{start: i, end: end, with: end, outlet: outlet, handle: handle, strength: certain}
		}
	}
	if strings.ContainsRune(token, '.') && domain.MatchString(token) {
		return &name{start: i, end: end, with: end, outlet: token, strength: likely}
	}
	if !unicode.IsUpper(s.r[i]) {
		return nil
	}
	return s.phrase(i)
}

// phrase reads a run of capitalised words that names a medium.
func (s *scan) phrase(i int) *name {
	end, pos, n := i, i, 0
	for n < 7 {
		w := pos
		for w < len(s.r) && (unicode.IsLetter(s.r[w]) || unicode.IsDigit(s.r[w]) || s.r[w] == '-' || s.r[w] == '&') {
			w++
		}
		if w == pos {
			break
		}
		word := s.text(pos, w)
		if n == 0 && calendar[strings.ToLower(word)] {
			return nil
		}
		if n > 0 && calendar[strings.ToLower(word)] {
			break
		}
		if unicode.IsUpper(s.r[pos]) || unicode.IsDigit(s.r[pos]) || s.r[pos] == '&' {
			end = w
		} else if !joining[word] || n == 0 {
			if isCyrillic(s.r[pos]) && n > 0 && mediaWords[strings.ToLower(word)] {
				end = w
			}
			break
		}
		n++
		if w >= len(s.r) || s.r[w] != ' ' {
			break
		}
		pos = w + 1
	}
	if end == i {
		return nil
	}
	full := s.text(i, end)
	start := i
	if first, rest, _ := strings.Cut(full, " "); opener[first] {
		full, start = rest, i+utf8.RuneCountInString(first)+1
	}
	media := false
	words := strings.Fields(full)
	for k, w := range words {
		lower := strings.ToLower(w)
		if mediaWords[lower] && unicode.IsUpper(firstOf(w)) && (!weakMedia[lower] || (k+1 == len(words) && k > 0 || lower == "radio") && lower != "report" && lower != "analytics" && lower != "media") {
			media = true
		}
	}
	if len(words) < 2 || !media {
		// A quoted name after "the newspaper" is one all the same.
		if i == 0 || !strings.ContainsRune("«“\"", s.r[i-1]) || !describedAsMedium(s.text(i-30, i-1)) {
			return nil
		}
	} else if strength(full, s.o.Lang) < likely {
		return nil
	}
	return &name{start: start, end: end, with: end, outlet: full, strength: likely}
}

// calendar words after a name belong to a date; joining words stand within names.
var (
	calendar = wordSet(`january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
		monday tuesday wednesday thursday friday saturday sunday yesterday today января февраля марта апреля мая июня июля августа сентября октября ноября декабря
		ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık yanvar fevral aprel iyun iyul avqust sentyabr oktyabr noyabr dekabr`)
	joining = wordSet(`of the and for de la le du des der die das und et del & и на по ve və`)
)

// opener are words that begin a sentence, not a name.
var opener = wordSet(`The While But And When As If Although Since In On At For From After Before However Yet Both That This His Her Their A An Also Citing В На По О И Но Как Если После`)

func firstOf(w string) rune {
	r, _ := utf8.DecodeRuneInString(w)
	return r
}

var mediumNouns = wordSet(`newspaper daily weekly magazine agency outlet website site portal channel journal publication broadcaster газета газеты газете газету газетой агентство агентства агентству
	издание издания изданию изданием портал портала порталу сайт сайта сайту телеканал телеканала телеканалу журнал журнала журналу gazetesi dergisi ajansı sitesi kanalı qəzeti jurnalı agentliyi saytı portalı telekanalı`)

func describedAsMedium(before string) bool {
	f := strings.Fields(before)
	return len(f) > 0 && mediumNouns[strings.ToLower(f[len(f)-1])]
}

// sentence bounds the sentence around a stretch, at most window code points to
// either side.
func (s *scan) sentence(start, end int) (from, to int) {
	from = start
	for from > 0 && start-from < window && s.r[from-1] != '\n' && !s.stops(from-1) {
		from--
	}
	to = end
	for to < len(s.r) && to-end < window+60 && s.r[to] != '\n' && !s.stops(to) {
		to++
	}
	return from, to
}

// stops tells whether a sentence ends at position i.
func (s *scan) stops(i int) bool {
	switch s.r[i] {
	case '!', '?':
		return true
	case '.':
	default:
		return false
	}
	if i+1 >= len(s.r) || s.r[i+1] == '\n' {
		return true
	}
	k := i + 1
	if strings.ContainsRune("”»\")’", s.r[k]) {
		k++
	}
	if k+1 >= len(s.r) || s.r[k] != ' ' || !unicode.IsUpper(s.r[k+1]) && !strings.ContainsRune("“«\"", s.r[k+1]) {
		return false
	}
	// "Oct. 22", "U.S. Treasury", "см. ТАСС": a short word before the stop.
	w := i
	for w > 0 && unicode.IsLetter(s.r[w-1]) {
		w--
	}
	return i-w > 4 || i-w > 1 && unicode.IsLower(s.r[w]) && !shortened[s.text(w, i)]
}

var shortened = wordSet(`см напр ср цит им г тыс bkz akt cf vol no nr pp p dr prof mr mrs ms st gen sen rep col lt`)

// mention judges an outlet by what stands around it.
func (s *scan) mention(n *name) ([]document.Citation, bool) {
	if unsure[n.outlet] && s.follows(n.start) {
		return nil, false
	}
	from, to := s.sentence(n.start, n.with)
	moments := s.moments(from, to)
	it := &item{start: n.start, end: n.end, outlet: n.outlet, handle: n.handle, strength: n.strength, own: true}
	take := func(m moment) { it.moments = []moment{m} }

	// Before: the text with dates out, so that "reported on May 8 by" is a cue.
	before, dateBefore := s.without(from, n.start, moments)
	cue := ""
	for cut := len(strings.TrimRight(before, "\"“«„‘'(")); ; {
		head := before[:cut]
		if m := cueAtEnd(head); m != "" {
			cue = strings.ToLower(strings.TrimSpace(m))
			break
		}
		// Step back over one describing word or opening quotation mark.
		trimmed := strings.TrimRight(head, " \"“«„(")
		w := strings.LastIndexAny(trimmed, " \"“«„(") + 1
		if w >= len(trimmed) || strings.Trim(trimmed[w:], ",.;:") == "" || !descriptive(trimmed[w:]) || len(before)-w > 90 || trimmed == "" {
			break
		}
		cut = w
	}

	// After: dates, describing words and adverbs may stand before the verb.
	pos := n.with
	for pos < to && strings.ContainsRune("”»\"", s.r[pos]) {
		pos++
	}
	var dateAfter, dateVerb *moment
	inParens, comma := false, false
	after := false
	for range 8 {
		if m := next(moments, pos); m != nil && dateAfter == nil {
			glue := s.text(pos, m.start)
			bare := strings.TrimPrefix(strings.TrimSpace(glue), ",")
			if trimmed := strings.TrimSpace(glue); trimmed == "(" {
				dateAfter, inParens = m, true
				pos = m.end
				if pos < to && s.r[pos] == ')' {
					pos++
				}
				continue
			} else if onDate.MatchString(bare) || onDate.MatchString(glue) {
				dateAfter, comma = m, strings.HasPrefix(trimmed, ",")
				pos = m.end
				pos += utf8.RuneCountInString(tailDate.FindString(s.text(pos, to)))
				continue
			}
		}
		rest := s.text(pos, to)
		if m := abbreviation.FindString(rest); m != "" {
			pos += utf8.RuneCountInString(m) // "Anadolu Ajansı (AA)"
			continue
		}
		if m := conjunction.FindString(rest); m != "" {
			// "X and Y reported" is both.
			k := pos + utf8.RuneCountInString(m)
			if strings.HasPrefix(s.text(k, to), "the ") {
				k += 4
			}
			if k < to {
				if a, _, with := s.known(k); a != nil {
					pos = with
					continue
				}
			}
		}
		trimmed := strings.TrimLeft(rest, " ,")
		skip := utf8.RuneCountInString(rest) - utf8.RuneCountInString(trimmed)
		if m := cueAfter.FindString(trimmed); m != "" && (dateAfter != nil || cue != "" || !strings.HasPrefix(strings.TrimLeft(rest, " "), ",") || afterComma.MatchString(m)) {
			after = true
			word := strings.TrimRightFunc(m, func(r rune) bool { return !unicode.IsLetter(r) })
			pos += skip + utf8.RuneCountInString(word)
			if m := next(moments, pos); m != nil && verbDate.MatchString(s.text(pos, m.start)) {
				dateVerb = m
			}
			break
		}
		if m := adverbs.FindString(trimmed); m != "" {
			pos += skip + utf8.RuneCountInString(m)
			continue
		}
		w := strings.IndexByte(trimmed, ' ')
		if w > 0 && skip <= 1 && w < 40 && descriptive(trimmed[:w]) && !small[trimmed[:w]] {
			pos += skip + utf8.RuneCountInString(trimmed[:w])
			continue
		}
		break
	}
	if !after && cue == "" && (s.o.Lang == "tr" || s.o.Lang == "az") {
		// The verb closes the sentence: "Reuters, … yazdı".
		tail := s.text(n.with, to)
		if strings.HasPrefix(tail, ",") || n.start == from || strings.TrimSpace(before) == "" || n.with > n.end {
			after = verbLast.MatchString(tail) && !strings.Contains(tail, ";")
		}
	}
	if cue == "" && !after {
		return nil, false
	}
	if cue == "told" || cue == "tells" || cue == "telling" || cue == "informed" {
		if n.strength < certain && !isMedium(n.outlet) {
			return nil, false
		}
	}
	switch {
	case dateVerb != nil:
		take(*dateVerb)
	case dateAfter != nil && (inParens || after && cue == "" || !comma || s.closed(*dateAfter, to)):
		take(*dateAfter)
	case dateBefore != nil && cue != "" && cueHolds(before, cue):
		take(*dateBefore)
	case dateBefore != nil && cue == "" && after && s.beside(*dateBefore, n.start):
		take(*dateBefore)
	}
	if cue == "see" || cue == "see also" || cue == "см." || strings.HasPrefix(cue, "bkz") || strings.HasPrefix(cue, "bax") || cue == "cf." {
		// A list without its parenthesis.
		if len(it.moments) == 0 {
			return nil, false
		}
		if list, ok := s.items(n.start, to, true); ok {
			return list, true
		}
	}
	if n.strength < certain && len(it.moments) == 0 && !isMedium(n.outlet) {
		return nil, false
	}
	return s.citations(it), true
}

// follows tells whether a capitalised word stands right before a position, so
// that what begins there is the end of a longer name: "Healthy Homes Report".
func (s *scan) follows(start int) bool {
	i := start - 1
	if i < 1 || s.r[i] != ' ' || !unicode.IsLetter(s.r[i-1]) {
		return false
	}
	for i > 0 && unicode.IsLetter(s.r[i-1]) {
		i--
	}
	return unicode.IsUpper(s.r[i]) && i > 1 && s.r[i-1] == ' ' && s.r[i-2] != '.'
}

// cueAtEnd gives the cue that text ends with. Most texts end with none, which
// their last word tells more cheaply than the pattern.
func cueAtEnd(text string) string {
	if text == "" || text[len(text)-1] != ' ' {
		return ""
	}
	bare := strings.TrimRight(text, " ")
	last := strings.ToLower(bare[strings.LastIndexAny(bare, " («“\"—–-")+1:])
	if !cueEnds[last] && !strings.ContainsFunc(last, isCyrillic) {
		return ""
	}
	const longest = 160 // bytes; no cue is longer
	if len(text) > longest {
		text = strings.ToValidUTF8(text[len(text)-longest:], "")
	}
	return cueBefore.FindString(text)
}

// cueEnds are the last words of the cues in Latin script.
var cueEnds = wordSet(`to by in on with for from of per citing quoting told tells telling informed see also cf. source: sources: kaynak: bkz bkz. aktaran aktaran: mənbə: bax bax: laut wie nach selon d’après d'après según secondo`)

// isMedium tells a medium from an institution that publishes.
func isMedium(outlet string) bool {
	if domain.MatchString(outlet) {
		return true
	}
	if _, ok := byName[outlet]; ok {
		return true
	}
	words := strings.Fields(outlet)
	for _, w := range words {
		if orgWords[strings.ToLower(w)] {
			return false
		}
	}
	return true
}

// without gives the text between two positions with its dates left out, and the
// last of them.
func (s *scan) without(start, end int, moments []moment) (string, *moment) {
	var b strings.Builder
	var found *moment
	at := start
	for k := range moments {
		m := &moments[k]
		if m.start < start || m.end > end {
			continue
		}
		b.WriteString(s.text(at, m.start))
		at = m.end
		found = m
	}
	b.WriteString(s.text(at, end))
	return b.String(), found
}

// cueHolds tells whether the date that without left out stood within the cue:
// the blanks around it are doubled there.
func cueHolds(before, cue string) bool {
	return strings.Contains(cue, "  ")
}

// beside tells whether a date stands right before the outlet: "On May 8,
// Reuters …", "a May 8 Reuters …".
func (s *scan) beside(m moment, start int) bool {
	glue := s.text(m.end, start)
	glue = strings.Trim(strings.TrimPrefix(tailDate.ReplaceAllString(glue, " "), ","), " ,\"“«")
	return glue == "" || descriptive(glue)
}

// closed tells whether a date that follows an outlet and a comma ends the
// clause, so that it cannot begin another: "…, according to Reuters, May 8."
func (s *scan) closed(m moment, to int) bool {
	rest := strings.TrimLeft(s.text(m.end, to), " ")
	return rest == "" || strings.ContainsRune(".;)]!?", firstOf(rest))
}

// next gives the first date that begins at or soon after a position.
func next(moments []moment, pos int) *moment {
	for k := range moments {
		if moments[k].start >= pos {
			if moments[k].start-pos > 40 {
				return nil
			}
			return &moments[k]
		}
	}
	return nil
}

// datedMention reads "Reuters (May 8, 2024)": a parenthesis of dates alone after
// an outlet's name.
func (s *scan) datedMention(open, close int) {
	els := s.elements(open+1, close)
	if len(els) == 0 || len(els) > 20 {
		return
	}
	var list []moment
	for _, el := range els {
		switch {
		case el.isDate:
			list = append(list, el.moment)
		case !conjuncted.MatchString(s.text(el.start, el.end)):
			return
		}
	}
	if len(list) == 0 || strings.ContainsAny(s.text(open, close), "–—") {
		return // "(1918–1991)" is a life
	}
	end := open
	for end > 0 && strings.ContainsRune(" ”»\"", s.r[end-1]) {
		end--
	}
	// The name ends here: try the beginnings of the words before.
	for i := end - 1; i >= 0 && end-i < 60 && s.r[i] != '\n'; i-- {
		if i > 0 && wordRune(s.r[i-1]) || !unicode.IsLetter(s.r[i]) && !unicode.IsDigit(s.r[i]) && s.r[i] != '@' {
			continue
		}
		n := s.name(i)
		if n == nil || n.with < end || n.start != i && s.text(i, n.start) != "The " {
			continue
		}
		if n.strength < certain && !isMedium(n.outlet) || s.overlaps(n.start, n.end) {
			continue
		}
		if list[0].month == 0 && n.strength < certain {
			return
		}
		it := &item{start: n.start, end: n.end, outlet: n.outlet, handle: n.handle, strength: n.strength, moments: list, own: true}
		s.found = append(s.found, s.citations(it)...)
		s.take(n.start, close+1)
		return
	}
}
