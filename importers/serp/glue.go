package serp

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Copying a page out of a browser or through another program loses the line
// ends between some of an answer's parts: "Trade with ChinaChina, while …",
// "… fell by a third.Export routes: …". This file finds such joints again, by
// rules about the shape of text alone:
//
//   - after a sentence's end a capital follows without a blank, and the two are
//     not parts of one name (an address, initials, an abbreviation);
//   - within a word a small letter is followed by a capital, and the left side
//     reads as a heading, and the right side begins a sentence: with the
//     heading's own last words, with a word that opens sentences, or with one
//     that stands alone elsewhere in the answer while the joined word does not.

// settleHeadings turns headings that head nothing back into statements: a last
// line, or one followed by another heading of the same shape.
func settleHeadings(list []piece) []piece {
	for i := range list {
		if list[i].kind == headingPiece && i+1 == len(list) {
			list[i].kind = statementPiece
		}
	}
	return list
}

var (
	bullet = regexp.MustCompile(`^(?:[•●◦▪▸►‣·*–—-]\s+|\d{1,2}[.)]\s+|\*\*\s*)`)
	// footmarks are the numbers or chips that engines put behind sentences.
	footmarks = regexp.MustCompile(`\s*(?:\[\d{1,3}\](?:\s*,?\s*\[\d{1,3}\])*)`)
)

func unbullet(line string) (text string, listed bool) {
	line = strings.TrimSpace(line)
	if m := bullet.FindString(line); m != "" {
		return strings.TrimSpace(line[len(m):]), true
	}
	return line, false
}

// words counts the words that stand alone in the lines, by their exact form.
func words(lines []string) map[string]int {
	count := map[string]int{}
	for _, l := range lines {
		for _, w := range strings.FieldsFunc(l, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			count[w]++
		}
	}
	return count
}

// unglue parts one line at the joints that pasting lost.
func unglue(line string, vocabulary map[string]int) []string {
	var parts []string
	for _, sentence := range atSentences(line) {
		parts = append(parts, unglueSentence(sentence, vocabulary)...)
	}
	return parts
}

func unglueSentence(sentence string, vocabulary map[string]int) []string {
	var parts []string
	for _, sentence := range atFlattened(sentence) {
		if heading, rest, ok := atHeading(sentence, vocabulary); ok {
			parts = append(parts, heading+":\x00")
			sentence = rest
		}
		for range 50 {
			before, after, ok := atLabel(sentence, vocabulary)
			if !ok {
				break
			}
			parts = append(parts, before+"\x01")
			sentence = after
		}
		parts = append(parts, sentence)
	}
	return parts
}

// flatLabel is a label that begins a sentence within a line.
var flatLabel = regexp.MustCompile(`[.!?][”"’)]?\s+(\p{Lu}[^.:!?;,“”"]{2,60}):\s+[\p{Lu}“"\d]`)

// atFlattened parts a line in which several labelled statements follow one
// another with nothing but blanks between them, as where all line ends of an
// answer were lost. One such place is a sentence's own colon; three are labels.
func atFlattened(line string) []string {
	if len(line) < 300 {
		return []string{line}
	}
	places := flatLabel.FindAllStringSubmatchIndex(line, maxSections)
	if len(places) < 3 {
		return []string{line}
	}
	var parts []string
	from := 0
	for _, m := range places {
		label := line[m[2]:m[3]]
		if len(strings.Fields(label)) > longestLabel || speech[strings.ToLower(lastWord(label))] {
			continue
		}
		parts = append(parts, strings.TrimSpace(line[from:m[2]]))
		from = m[2]
	}
	return append(parts, strings.TrimSpace(line[from:]))
}

// atSentences parts a line where a sentence's end and a capital stand without a
// blank between them.
func atSentences(line string) []string {
	r := []rune(line)
	var parts []string
	from := 0
	for i := 1; i+1 < len(r); i++ {
		if r[i] != '.' && r[i] != '!' && r[i] != '?' && r[i] != '。' && r[i] != '…' {
			continue
		}
		// Closing quotation marks, brackets and note marks go with the sentence.
		k := i + 1
		for k < len(r) && (strings.ContainsRune("”»’\")]", r[k]) || r[k] == '[' && isNoteMark(r, k)) {
			if r[k] == '[' {
				for k < len(r) && r[k] != ']' {
					k++
				}
			}
			k++
		}
		if k >= len(r) || r[i] == '。' || !(unicode.IsUpper(r[k]) || strings.ContainsRune("“«„", r[k]) && k+1 < len(r) && unicode.IsUpper(r[k+1])) {
			continue
		}
		if r[i] == '.' && k == i+1 && oneName(r, i) {
			continue
		}
		if !(unicode.IsLetter(r[i-1]) || unicode.IsDigit(r[i-1]) || strings.ContainsRune("”»’\")%]", r[i-1])) {
			continue
		}
		parts = append(parts, strings.TrimSpace(string(r[from:k])))
		from = k
		i = k
	}
	return append(parts, strings.TrimSpace(string(r[from:])))
}

func isNoteMark(r []rune, k int) bool {
	n := 0
	for k++; k < len(r) && unicode.IsDigit(r[k]); k++ {
		n++
	}
	return n > 0 && n < 4 && k < len(r) && r[k] == ']'
}

// oneName tells whether the full stop at i joins the parts of one name: "U.S.",
// "J.R.R. Tolkien", "Aze.Media", "Ph.D.", "No.5", "St.Petersburg".
func oneName(r []rune, i int) bool {
	left := i
	for left > 0 && (unicode.IsLetter(r[left-1]) || unicode.IsDigit(r[left-1]) || r[left-1] == '-') {
		left--
	}
	right := i + 1
	for right < len(r) && (unicode.IsLetter(r[right]) || unicode.IsDigit(r[right]) || r[right] == '-') {
		right++
	}
	before, after := string(r[left:i]), string(r[i+1:right])
	nBefore, nAfter := i-left, right-i-1
	switch {
	case nBefore <= 1 && (nBefore == 0 || unicode.IsUpper(r[left])), nAfter <= 1 && !sentenceOpeners[strings.ToLower(after)]:
		return true // initials
	case left > 0 && r[left-1] == '.' && nBefore <= 3, nBefore == 2 && unicode.IsUpper(r[left]) && nAfter <= 2:
		return true // longer abbreviations
	case dotted[strings.ToLower(after)] && (right == len(r) || !unicode.IsUpper(r[right])) && !sentenceOpeners[strings.ToLower(after)]:
		return true // an address written with capitals
	case abbreviations[strings.ToLower(before)]:
		return true
	}
	return false
}

var (
	dotted        = set(`az ru kz com org net media press news today tv info io ai ua ge am uz kg tj tm tr eu uk de fr me gov edu int js py asia online`)
	abbreviations = set(`mr mrs ms dr prof gen col lt sen rep gov st jr sr no vol fig art sec vs etc inc ltd co corp dept est approx jan feb mar apr jun jul aug sep sept oct nov dec
		г ул им проф акад тыс млн млрд руб dok sn bkz yrd doç`)
	// sentenceOpeners begin sentences and seldom stand within a name.
	sentenceOpeners = set(`the these this that those a an as in on at by for from with without while although though however despite since after before during
		both it its they their he she his her we our you your there here when where what which who how why if unless until because due following
		according additionally furthermore moreover meanwhile instead also overall many most some several all each any no not recent recently currently
		today now historically officially under over between among amid given such to beyond unlike like one two three other another analysts experts officials
		relations tensions countries governments key major while once yes
		это эти этот эта в на по с со из за к о об при для после во как хотя однако несмотря поскольку оба обе они он она его её их мы также кроме согласно многие некоторые несколько
		bu bunlar her bir ancak fakat ayrıca iki son ikisi o onlar birçok bazı göre için olarak rağmen şu
		hər lakin amma həmçinin iki son onlar bir çox bəzi görə üçün baxmayaraq ki
		der die das diese dieser dieses ein eine in im nach während obwohl seit beide es sie er trotz laut viele einige mit auf bei durch
		le la les ces cette ce un une des en dans après pendant bien depuis malgré selon il elle ils elles plusieurs les deux alors
		el los las estos estas este esta un una en tras aunque desde según ambos ellos varios muchos mientras por con
		o os as estes estas esta um uma em após embora desde segundo ambos eles vários muitos enquanto por com il lo gli queste questo nel nella dopo mentre entrambi secondo`)
	// namePrefixes begin names with a capital inside.
	namePrefixes = set(`mc mac de la le van von di du el al i e o you tik face linked git hub whats duck open deep chat black blue new micro power play pay air inter euro asia petro gas kaz qaz azer uz turk tele trans rail rus ros nor`)
)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// longestGlued bounds, in bytes, the lines that are looked through for labels.
const longestGlued = 6000

// longestHeading bounds a heading in words.
const longestHeading = 12

// atHeading parts "Trade with ChinaChina, while …" into its heading and its
// sentence. The heading is at the beginning of the line.
func atHeading(line string, vocabulary map[string]int) (heading, rest string, ok bool) {
	head := line
	if len(head) > 1000 {
		head = strings.ToValidUTF8(head[:1000], "")
	}
	r := []rune(head)
	if len(r) == 0 || !unicode.IsUpper(r[0]) && !unicode.IsDigit(r[0]) {
		return "", "", false
	}
	for _, k := range joints(r) {
		left, right := string(r[:k]), string(r[k:])
		n := len(strings.Fields(left))
		if n > longestHeading {
			return "", "", false
		}
		if strings.ContainsAny(left, ".!?;") || strings.Contains(left, ": ") {
			return "", "", false
		}
		if !sentenceLike(right) {
			continue
		}
		if label, _, ok := cutLabel(right); ok && label != "" && n > 6 && !strings.HasSuffix(left, ":") {
			continue // a sentence without its full stop, then a label
		}
		if opens(left, right, r, k, vocabulary) {
			return strings.TrimRight(left, " :"), line[len(left):], true
		}
	}
	return "", "", false
}

// joints lists the places within words where a small letter, a digit or a
// closing bracket is followed by a capital.
func joints(r []rune) []int {
	var list []int
	for k := 1; k+1 < len(r) && len(list) < 40; k++ {
		if !unicode.IsUpper(r[k]) && !strings.ContainsRune("“«", r[k]) {
			continue
		}
		switch p := r[k-1]; {
		case unicode.IsLower(p), p == ')', p == '?', p == '”', p == '»':
			list = append(list, k)
		case unicode.IsDigit(p) && unicode.IsLower(r[k+1]):
			list = append(list, k)
		case p == ':':
			list = append(list, k)
		case unicode.IsUpper(p) && k >= 2 && unicode.IsUpper(r[k-2]) && unicode.IsLower(r[k+1]):
			// An abbreviation at the heading's end: "Role of the EUThe bloc …".
			list = append(list, k)
		}
	}
	return list
}

// opens tells whether right begins a new sentence after the heading left, where
// the joint is at k.
func opens(left, right string, r []rune, k int, vocabulary map[string]int) bool {
	last, first := lastWord(left), firstWord(right)
	if first == "" || last == "" {
		return false
	}
	if strings.HasSuffix(left, ":") {
		return true
	}
	// The heading's last word or words repeated: "KazakhstanKazakhstan".
	if utf8.RuneCountInString(last) >= 3 && strings.EqualFold(last, first) || repeats(left, right) || inflected(last, first) {
		return true
	}
	joined := wordAround(r, k)
	whole := vocabulary[joined]
	// Names with a capital inside begin with one: "routesIran" is none.
	begin, _ := utf8.DecodeRuneInString(last)
	if unicode.IsLower(begin) && utf8.RuneCountInString(last) >= 4 && whole <= 1 {
		return true
	}
	if abbreviation(last) && whole <= 1 && vocabulary[first] > 0 && len(strings.Fields(left)) >= 2 {
		return true
	}
	if sentenceOpeners[strings.ToLower(first)] && !abbreviation(first) {
		// "YouTube" has no opener at its joint; "OpenThe" is none of a name's.
		return utf8.RuneCountInString(last) >= 2 && whole <= 1 && !(namePrefixes[strings.ToLower(last)] && len(strings.Fields(left)) == 1)
	}
	if whole > 1 || namePrefixes[strings.ToLower(last)] || utf8.RuneCountInString(last) <= 3 {
		return false
	}
	// A word of the heading's own, or one that stands alone elsewhere.
	if utf8.RuneCountInString(first) >= 3 && (vocabulary[first] > 0 || containsWord(left, first)) && len(strings.Fields(left)) >= 2 {
		return true
	}
	// Both sides are words elsewhere.
	return vocabulary[last] > 0 && vocabulary[first] > 0 && len(strings.Fields(left)) >= 2
}

// abbreviation tells words of two to five capitals.
func abbreviation(w string) bool {
	n := utf8.RuneCountInString(w)
	return n >= 2 && n <= 5 && strings.ToUpper(w) == w && strings.ToLower(w) != w
}

// repeats tells whether right begins with the last two or more words of left.
func repeats(left, right string) bool {
	lw, rw := strings.Fields(left), strings.Fields(right)
	for n := min(4, len(lw), len(rw)); n >= 2; n-- {
		same := true
		for i := range n {
			if !strings.EqualFold(lw[len(lw)-n+i], strings.Trim(rw[i], ",.;:’'")) {
				same = false
				break
			}
		}
		if same {
			return true
		}
	}
	return false
}

// inflected tells whether two words are forms of one: they share their first
// four letters or more, and most of the shorter.
func inflected(a, b string) bool {
	x, y := []rune(a), []rune(b)
	n := 0
	for n < len(x) && n < len(y) && unicode.ToLower(x[n]) == unicode.ToLower(y[n]) {
		n++
	}
	return n >= 4 && n*3 >= min(len(x), len(y))*2 && unicode.IsUpper(x[0])
}

func containsWord(text, word string) bool {
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if w == word {
			return true
		}
	}
	return false
}

// sentenceLike tells whether text can be a sentence of its own: several words,
// most of them not capitalised.
func sentenceLike(text string) bool {
	fields := strings.Fields(text)
	if len(fields) < 4 {
		return false
	}
	small := 0
	for _, w := range fields[1:min(len(fields), 12)] {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) {
			small++
		}
	}
	return small >= 2
}

// atLabel parts "… by a third Export routes: the …" and "… routeExport routes:
// …" where a label that begins a statement stands within the line without a
// sentence's end before it.
func atLabel(line string, vocabulary map[string]int) (before, after string, ok bool) {
	if len(line) > longestGlued {
		return "", "", false
	}
	r := []rune(line)
	for _, k := range joints(r) {
		if r[k-1] == ':' {
			continue
		}
		right := string(r[k:])
		label, text, found := cutLabel(right)
		if !found || label == "" || text == "" {
			continue
		}
		left := string(r[:k])
		joined := wordAround(r, k)
		if vocabulary[joined] > 1 || namePrefixes[strings.ToLower(lastWord(left))] || utf8.RuneCountInString(lastWord(left)) < 3 {
			continue
		}
		if len(strings.Fields(left)) < 3 {
			continue
		}
		return strings.TrimSpace(left), right, true
	}
	return "", "", false
}

func lastWord(s string) string {
	f := strings.Fields(s)
	if len(f) == 0 {
		return ""
	}
	w := f[len(f)-1]
	if i := strings.LastIndexAny(w, "-–—/"); i >= 0 {
		_, size := utf8.DecodeRuneInString(w[i:])
		w = w[i+size:]
	}
	return strings.Trim(w, `.,;:"“”«»'’()[]`)
}

func firstWord(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",.;:-–—/'’”»)", r) })
	if end < 0 {
		end = len(s)
	}
	return strings.Trim(s[:end], `"“«„([`)
}

func wordAround(r []rune, k int) string {
	a, b := k, k
	for a > 0 && (unicode.IsLetter(r[a-1]) || unicode.IsDigit(r[a-1])) {
		a--
	}
	for b < len(r) && (unicode.IsLetter(r[b]) || unicode.IsDigit(r[b])) {
		b++
	}
	return string(r[a:b])
}

// longestLabel bounds a statement's label in words and in bytes.
const (
	longestLabel      = 9
	longestLabelBytes = 110
)

// cutLabel parts "Export routes: the …" into label and text. A label is short,
// begins with a capital or digit and has no sentence in it.
func cutLabel(s string) (label, text string, ok bool) {
	i := strings.IndexAny(s, ":：")
	if i <= 0 || i > longestLabelBytes {
		return "", s, false
	}
	label = strings.TrimSpace(strings.Trim(s[:i], "*"))
	_, size := utf8.DecodeRuneInString(s[i:])
	text = strings.TrimSpace(strings.TrimLeft(s[i+size:], "*"))
	if label == "" || text == "" {
		return "", s, false
	}
	if strings.ContainsAny(label, ".!?;\"“”") && !strings.HasSuffix(label, ")") && !abbreviated(label) {
		return "", s, false
	}
	first, _ := utf8.DecodeRuneInString(label)
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) && hasCase(first) {
		return "", s, false
	}
	if n := len(strings.Fields(label)); n > longestLabel {
		return "", s, false
	}
	next, _ := utf8.DecodeRuneInString(text)
	if unicode.IsDigit(next) && unicode.IsDigit(rune(label[len(label)-1])) {
		return "", s, false // a clock: 10:30
	}
	if strings.HasPrefix(text, "//") {
		return "", s, false // an address
	}
	// "They have one rule: they leave …" is a sentence: after a label the text
	// begins anew.
	if unicode.IsLower(next) && len(strings.Fields(label)) > 3 {
		return "", s, false
	}
	// "He said: we …" is a sentence; its verb stands before the colon.
	if w := strings.ToLower(lastWord(label)); speech[w] {
		return "", s, false
	}
	return label, text, true
}

func abbreviated(label string) bool {
	for _, w := range strings.Fields(label) {
		if strings.Contains(w, ".") && !(utf8.RuneCountInString(w) <= 5 && strings.HasSuffix(w, ".") || strings.Count(w, ".") > 1) {
			return false
		}
	}
	return !strings.ContainsAny(label, "!?;\"“”")
}

var speech = set(`said says say stated states wrote added noted warned told asked replied concluded follows including include includes are is was were сказал сказала заявил заявила отметил добавил сообщил написал söyledi dedi belirtti bildirib deyib sagte erklärte dit déclaré dijo`)

func hasCase(r rune) bool { return unicode.ToUpper(r) != unicode.ToLower(r) }

// read tells what one part of a line is.
func read(part string) piece {
	if heading, ok := strings.CutSuffix(part, ":\x00"); ok {
		return piece{kind: headingPiece, text: heading}
	}
	part = strings.TrimSpace(strings.ReplaceAll(part, "\x00", ""))
	if whole, ok := strings.CutSuffix(part, "\x01"); ok {
		if label, text, ok := cutLabel(whole); ok {
			return piece{label: label, text: text}
		}
		return piece{text: whole}
	}
	if headingLine(part) {
		return piece{kind: headingPiece, text: strings.TrimSpace(strings.TrimRight(strings.Trim(part, "*"), ":： *"))}
	}
	if label, text, ok := cutLabel(part); ok {
		return piece{label: label, text: text}
	}
	return piece{text: part}
}

// headingLine tells whether a whole line is a heading: short, without an end of
// sentence, beginning with a capital, or ended by a colon.
func headingLine(line string) bool {
	bare := strings.Trim(line, "* ")
	if m := footmarks.FindAllStringIndex(bare, -1); m != nil && m[len(m)-1][1] == len(bare) {
		return false // sources are marked behind statements
	}
	n := len(strings.Fields(bare))
	if n == 0 || n > longestHeading || utf8.RuneCountInString(bare) > 100 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(bare)
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) && hasCase(first) {
		return false
	}
	if strings.HasSuffix(bare, ":") || strings.HasSuffix(bare, "：") {
		return !strings.ContainsAny(strings.TrimRight(bare, ":："), ".!?;:")
	}
	lastRune, _ := utf8.DecodeLastRuneInString(bare)
	if strings.ContainsRune(".!…。,;", lastRune) || strings.ContainsAny(bare, ":;") {
		return false
	}
	if strings.ContainsRune("”»\")", lastRune) && strings.ContainsAny(bare, ".") {
		return false
	}
	return true
}
