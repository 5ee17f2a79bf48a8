package pastedtext

import (
	"strconv"
	"strings"
	"unicode"

	"sourcebook/importers/pastedtext/line"
)

// The least that a thread has: so many posts, so many words in them.
const (
	leastPosts     = 3
	leastPostWords = 25
)

// thread finds the posts of a forum's thread and makes their texts the body: an
// answer is often too short, and stands among too much about who wrote it, to be
// told from a menu line by line. Posts are found by the numbers that a forum
// gives them ("#1", "Reply 2"), else by the words that it puts under each
// ("Quote"). It reports whether the text is a thread.
func (p *paste) thread() bool {
	marks := p.numbered()
	under := false // the marks stand under the posts
	if marks == nil {
		marks, under = p.controls(), true
	}
	if marks == nil || !p.forum(marks) {
		return false
	}
	posts := p.posts(marks, under)
	head, tail := p.infoAround(posts)
	texts := make([]bool, len(p.lines))
	words := 0
	for k, x := range posts {
		from, to := x.from, x.to
		if head {
			for from < to && p.info(from) {
				from++
			}
		}
		if tail && k+1 < len(posts) {
			for to > from && p.info(to-1) {
				to--
			}
		}
		for i := from; i < to; i++ {
			if x.open && (p.part[i] != body || p.info(i)) && !p.lines[i].Prose() {
				continue // where it begins is not known
			}
			if p.postLine(i, len(posts)) {
				texts[i] = true
				words += p.lines[i].Words()
			}
		}
	}
	if words < leastPostWords {
		return false
	}
	// What stood before the first mark may be the question.
	for i := range p.part {
		switch {
		case i >= posts[0].from-1 && p.part[i] == body && !texts[i]:
			p.part[i] = rest
		case texts[i]:
			p.part[i] = body
		}
	}
	return true
}

// stretch is the lines of a post with what is told of the one who wrote it.
type stretch struct {
	from, to int
	open     bool // it may begin anywhere in these lines
}

// posts parts the text at the marks.
func (p *paste) posts(marks []int, under bool) []stretch {
	var list []stretch
	if under {
		longest := 12
		for k := 1; k < len(marks); k++ {
			longest = max(longest, marks[k]-marks[k-1])
		}
		list = append(list, stretch{max(0, marks[0]-longest), marks[0], true})
		for k := 1; k < len(marks); k++ {
			list = append(list, stretch{marks[k-1] + 1, marks[k], false})
		}
		return list
	}
	for k := 0; k+1 < len(marks); k++ {
		list = append(list, stretch{marks[k] + 1, marks[k+1], false})
	}
	return append(list, stretch{marks[len(marks)-1] + 1, p.threadEnd(marks), false})
}

// numbered gives the lines that number posts: the same word or sign before, or a
// "#" at the end of a date, with numbers that go up by one.
func (p *paste) numbered() []int {
	type run struct {
		lines []int
		last  int
		slips int
	}
	runs := map[string]*run{}
	for i := range p.lines {
		key, n := ordinal(&p.lines[i])
		if key == "" {
			continue
		}
		r := runs[key]
		if r == nil {
			r = &run{last: n - 1}
			runs[key] = r
		}
		switch d := n - r.last; {
		case d == 0 || len(r.lines) > 0 && d < 0 && n > 1:
			continue // named again, as in "answer to #1"
		case d < 0 || d > 3:
			r.slips++
			if len(r.lines) >= leastPosts {
				continue
			}
			r.lines = r.lines[:0]
		}
		r.lines, r.last = append(r.lines, i), n
	}
	var best *run
	for _, r := range runs {
		if len(r.lines) >= leastPosts && r.slips <= len(r.lines) && (best == nil || len(r.lines) > len(best.lines) || len(r.lines) == len(best.lines) && r.lines[0] < best.lines[0]) {
			best = r
		}
	}
	if best == nil {
		return nil
	}
	return best.lines
}

// ordinal reads a line that numbers a post. key is what stands around the number,
// empty where the line is no such line.
func ordinal(l *line.Line) (key string, n int) {
	text := strings.TrimSpace(l.Text)
	if len(text) > 80 || l.Words() > 10 {
		return "", 0
	}
	at := len(text)
	for at > 0 && text[at-1] >= '0' && text[at-1] <= '9' {
		at--
	}
	n, err := strconv.Atoi(text[at:])
	if err != nil || len(text)-at > 6 {
		return "", 0
	}
	if rest, found := strings.CutPrefix(text, "#"); found && l.HasClock() { // "#2 2025-11-02 06:23:21"
		if first, _, more := strings.Cut(rest, " "); more {
			if k, err := strconv.Atoi(first); err == nil {
				return "#…", k
			}
		}
	}
	before := strings.TrimSpace(text[:at])
	if before == "#" || before == "№" {
		return "#", n
	}
	if sign, found := strings.CutSuffix(before, "#"); found {
		if l.Digits() > len(text)-at { // a date before it
			return "…#", n
		}
		before = strings.TrimSpace(sign)
	}
	word := strings.ToLower(before)
	if word == "" || len([]rune(word)) > 14 || strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && r != ' ' }) || !postWords[word] {
		return "", 0
	}
	return word, n
}

// postWords stand before the number of a post.
var postWords = words(`post reply message comment answer сообщение ответ beitrag antwort message réponse mensaje respuesta mesaj cevap yanıt cavab`)

// controlWords are what forums put beside every post.
var controlWords = words(`quote reply report permalink multiquote ответить цитата цитировать пожаловаться zitieren antworten melden citer répondre citar responder alıntı alıntıla cevapla yanıtla cavabla sitat`)

// besideControls stand in one line with them.
var besideControls = words(`link to this post comment like share save embed give award parent context follow more options edit delete up down vote top mit auf bu mesajı`)

// controls gives the lines of the word, or words, that stand most often under
// posts.
func (p *paste) controls() []int {
	found := map[string][]int{}
	for i := range p.lines {
		l := &p.lines[i]
		if l.Repeats() < leastPosts || l.Words() > 6 {
			continue
		}
		control := strings.HasPrefix(strings.ToLower(l.Text), "link to ")
		for _, w := range line.Words(l.Text) {
			if control = control || controlWords[w]; !controlWords[w] && !besideControls[w] {
				control = false
				break
			}
		}
		if !control {
			continue // "Request a quote"
		}
		key := strings.ToLower(l.Text)
		// Of several controls beside one another the first counts.
		if list := found[key]; len(list) == 0 || i-list[len(list)-1] > 2 {
			found[key] = append(list, i)
		}
	}
	var best []int
	for _, list := range found {
		if len(list) > len(best) || len(list) == len(best) && len(list) > 0 && list[0] < best[0] {
			best = list
		}
	}
	if len(best) < leastPosts {
		return nil
	}
	return best
}

// forum tells a forum's thread from an article with comments: the article comes
// before them, and beside a forum's posts stands who has been a member how long.
func (p *paste) forum(marks []int) bool {
	before, after, members := 0, 0, 0
	for i := range p.lines {
		l := &p.lines[i]
		switch {
		case p.part[i] == body && i < marks[0]:
			before += l.Words()
		case i >= marks[0] && !p.info(i):
			after += l.Words()
		}
		if l.Words() <= 7 {
			for _, w := range line.Words(l.Text) {
				if forumWords[w] || memberWords[w] {
					members++
					break
				}
			}
		}
	}
	return members >= leastPosts && before <= 2*after || members*4 >= len(marks) && members > 0 && before*3 <= after
}

// memberWords are a member's ranks and the like, beside forumWords.
var memberWords = words(`member members moderator guest posts messages forum forums threads location rep likes op
	участник пользователь форум форума mitglieder beiträge membres messages miembros mensajes üyelik forumu mesajlar`)

// threadEnd is the line after the last post: the first that forums put under
// posts or that closes a page, or where too little follows that is a text.
func (p *paste) threadEnd(marks []int) int {
	last := marks[len(marks)-1]
	longest := 12
	for k := 1; k < len(marks); k++ {
		longest = max(longest, marks[k]-marks[k-1])
	}
	end := min(len(p.lines), last+1+longest)
	said, weak := false, 0
	for i := last + 1; i < end; i++ {
		l := &p.lines[i]
		switch {
		case said && (closes(l) || l.Repeats() > 2 && l.Words() <= 4 || l.Words() <= 12 && l.Cues&(line.Account|line.Form|line.Letter|line.Related|line.About) != 0):
			return i
		case p.info(i):
			if weak++; weak > 12 || said && weak > 2 {
				return i - weak + 1
			}
		default:
			said, weak = true, 0
		}
	}
	return end
}

// infoAround says whether what is told of the one who wrote a post stands at the
// head of its lines, and at their end.
func (p *paste) infoAround(posts []stretch) (head, tail bool) {
	heads, tails, n := 0, 0, 0
	for k, x := range posts {
		if x.open || k+1 == len(posts) {
			continue
		}
		n++
		for i := x.from; i < x.to && p.info(i); i++ {
			heads++
		}
		for i := x.to; i > x.from && p.info(i-1); i-- {
			tails++
		}
	}
	return heads*2 > 3*n, tails*2 > 3*n
}

// info says that a line tells who wrote a post, or when, rather than being of it.
func (p *paste) info(i int) bool {
	l := &p.lines[i]
	if l.Dateline() || l.FileName() {
		return true
	}
	return l.Words() <= 6 && (!endsSentence(l) || l.Repeats() > 2)
}

func endsSentence(l *line.Line) bool {
	switch l.Last() {
	case '.', '!', '?', '…', ':', '。', '！', '？', '؟', '۔':
		return true
	}
	return false
}

// postLine says that a line within a post is of its text.
func (p *paste) postLine(i, posts int) bool {
	l := &p.lines[i]
	switch {
	case l.Repeats() > 2 && (l.Words() <= 4 || l.Words() <= 40 && l.Repeats()*3 >= posts): // a control or a signature
		return false
	case l.FileName(), l.Dateline(), l.Words() == 0:
		return false
	case l.Whole&(line.Share|line.Related|line.Comment|line.Form|line.Account|line.Letter) != 0 && l.Words() <= 8:
		return false
	}
	if l.Words() <= 5 {
		for _, w := range line.Words(l.Text) {
			if controlWords[w] || forumWords[w] || memberWords[w] || w == "edited" || w == "expand" {
				return false
			}
		}
	}
	return true
}
