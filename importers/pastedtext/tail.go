package pastedtext

import (
	"sourcebook/importers/dates"
	"sourcebook/importers/pastedtext/line"
)

// leastTail is the mean score, weighted by words, that lines behind a closing
// heading must have to stay in the body.
const leastTail = 2.4

// cutTail cuts the body where what comes after an article begins, if the lines
// behind are weakly of it: comments, which show as repeated lines with a date
// and time, and what follows a heading such as "Related" or "Newsletter".
func (p *paste) cutTail() {
	if p.top >= p.bottom {
		return
	}
	if at := p.comments(); at > p.top {
		p.cutAt(at)
		p.bounds()
	}
	total, before := 0, 0
	for i := p.top; i < p.bottom; i++ {
		if p.part[i] == body {
			total += p.lines[i].Words()
		}
	}
	// Sums from the end.
	var words, sum float64
	tails := make([]float64, p.bottom-p.top+1)
	for i := p.bottom - 1; i >= p.top; i-- {
		if p.part[i] == body {
			w := float64(min(p.lines[i].Words(), 60)) + 1
			words += w
			sum += w * min(p.score[i], 5)
		}
		if words > 0 {
			tails[i-p.top] = sum / words
		}
	}
	for i := p.top; i < p.bottom; i++ {
		l := &p.lines[i]
		if before*2 >= total && l.Words() <= 12 && closes(l) && tails[i-p.top] < leastTail {
			p.cutAt(i)
			p.bounds()
			return
		}
		if p.part[i] == body {
			before += l.Words()
		}
	}
}

// closes says that a short line begins what follows an article.
func closes(l *line.Line) bool {
	if l.Last() == '.' {
		return false
	}
	return l.Whole&(line.Related|line.Comment|line.About|line.Letter|line.Form|line.Account) != 0 || l.Words() <= 8 && l.Start&(line.About|line.Letter) != 0 || l.Words() <= 4 && l.Start&line.Comment != 0
}

func (p *paste) cutAt(at int) {
	for i := at; i < p.bottom; i++ {
		if p.part[i] == body {
			p.part[i] = rest
		}
	}
}

// comments finds where readers' comments begin within the body: at the first of
// three short lines or more that tell a day and a time, or how long ago, with a
// word such as "reply" behind it. It gives -1 where there are none.
func (p *paste) comments() int {
	first, n, marks, prose, forum := -1, 0, 0, 0, 0
	for i := p.top; i < min(p.bottom+40, len(p.lines)); i++ {
		l := &p.lines[i]
		if l.Prose() && n == 0 {
			prose++
		}
		if l.Words() <= 7 {
			for _, w := range line.Words(l.Text) {
				if forumWords[w] {
					forum++
					break
				}
			}
		}
		if l.Words() > 16 || prose == 0 {
			continue
		}
		if cue := l.Whole | l.Start; cue&line.Comment != 0 && first >= 0 {
			marks++
		}
		last := line.Words(l.Text)
		said := len(last) > 0 && l.Last() == ':' && saidWords[last[len(last)-1]]
		if said || l.HasClock() && len(dates.Find(l.Text, p.lang, p.dateOptions())) > 0 || l.Cues&line.Ago != 0 && l.Digits() > 0 && l.Words() <= 6 {
			if n++; n == 1 {
				first = i
			}
			if said {
				marks++
			}
		}
	}
	// In a forum the answers are what the page is for.
	if forum >= 3 && forum*3 >= n || n < 3 || marks == 0 || first <= p.top {
		return -1
	}
	// The name of who wrote the first comment may stand on the line before.
	if q := first - 1; q > p.top && p.lines[q].Words() <= 4 && !p.lines[q].Prose() {
		first = q
	}
	return first
}

// forumWords stand beside the posts of a forum: on members, ranks and quotes.
var forumWords = words(`joined registered reaction thread karma upvote downvote answered accepted
	сообщений регистрация участник mitglied registriert zitieren themenstarter membre inscrit citer miembro citar üye konu postów dołączył`)

// saidWords end the line over a comment: "Ann on May 3, 2024 at 4:47 pm said:".
var saidWords = words("said says schrieb sagt dit écrit dice dijo disse scrive пишет написал dedi diyor yazıb")
