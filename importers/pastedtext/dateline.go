package pastedtext

import (
	"sourcebook/importers/dates"
	"sourcebook/importers/pastedtext/line"
	"sourcebook/notebook/document"
)

// findDateline takes the dates of publication and change from the lines between
// title and body and around them, never from among related articles.
func (p *paste) findDateline() {
	if p.top == len(p.lines) {
		return
	}
	from := max(0, p.top-12)
	if p.titleLine >= 0 && p.titleLine < p.top {
		from = max(0, p.titleLine-4)
	}
	type found struct {
		date  document.Date
		line  int
		value float64
	}
	var best, changed found
	look := func(i int, base float64) {
		l := &p.lines[i]
		if l.Words() > 40 || p.part[i] == title {
			return
		}
		for k, f := range dates.Find(l.Text, p.lang, p.dateOptions()) {
			if f.Precision != document.Day {
				continue
			}
			v := base - 0.1*float64(k)
			if l.Cues&line.Dated != 0 {
				v += 0.5
			}
			if f.YearInferred {
				v -= 0.3
			}
			if l.Words() > 16 {
				v -= 0.6
			}
			r := []rune(l.Text)
			if updated(string(r[max(0, f.Start-40):f.Start])) {
				if v > changed.value {
					changed = found{f.Date, i, v}
				}
				continue
			}
			if v > best.value {
				best = found{f.Date, i, v}
			}
		}
	}
	// After the title up to the first paragraph and a few lines on.
	for i, prose := from, 0; i < len(p.lines) && i < p.top+10 && prose < 2; i++ {
		l := &p.lines[i]
		switch {
		case p.part[i] == body && l.Prose():
			prose++
			continue
		case p.titleLine >= 0 && i < p.titleLine:
			if l.Words() <= 12 {
				look(i, 1.4-0.1*float64(p.titleLine-i))
			}
		case i < p.top+2:
			look(i, 2)
		default:
			look(i, 1.5)
		}
	}
	// Behind the last paragraph.
	if best.date == "" {
		for i := p.bottom - 2; i < p.bottom+5 && i < len(p.lines); i++ {
			if i >= p.top && i >= 0 && p.lines[i].Words() <= 14 {
				if p.lines[i].Whole&line.Related != 0 {
					break
				}
				look(i, 0.9)
			}
		}
	}
	// Farther up, where all short lines that have a date agree on it.
	if best.date == "" && changed.date == "" {
		only := document.Date("")
		at := -1
		for i := max(0, p.top-45); i < p.top; i++ {
			if l := &p.lines[i]; l.Words() > 14 || !l.HasYear() {
				continue
			}
			for _, f := range dates.Find(p.lines[i].Text, p.lang, p.dateOptions()) {
				if f.Precision != document.Day || f.YearInferred {
					continue
				}
				if only != "" && only != f.Date {
					at = -2
				}
				if only = f.Date; at >= -1 {
					at = i
				}
			}
		}
		if at >= 0 && (p.lines[at].Cues&line.Dated != 0 || at > p.top-30) {
			best = found{only, at, 0.5}
		}
	}
	d := p.doc
	if best.date == "" && changed.date != "" {
		// Only a day of change is stated: it is the best that is known of both.
		d.Set((*string)(&d.Modified), "modified", string(changed.date), document.FromText, 0.7)
		d.Set((*string)(&d.Published), "published", string(changed.date), document.FromText, 0.4)
		p.meta(changed.line)
		return
	}
	if best.date != "" {
		d.Set((*string)(&d.Published), "published", string(best.date), document.FromText, min(0.3+best.value*0.25, 0.95))
		p.meta(best.line)
	}
	if changed.date != "" && changed.date != best.date {
		d.Set((*string)(&d.Modified), "modified", string(changed.date), document.FromText, 0.7)
		p.meta(changed.line)
	}
}

// meta notes that what line i says stands in the metadata. A long line of the
// body stays there, too.
func (p *paste) meta(i int) {
	if p.part[i] != body || p.lines[i].Words() <= 16 && !p.lines[i].Prose() {
		p.part[i] = metadata
	}
}

// updated says that the words before a date speak of a change.
func updated(before string) bool {
	words := line.Words(before)
	for i := len(words) - 1; i >= 0 && i >= len(words)-4; i-- {
		if updateWords[words[i]] {
			return true
		}
		if publishWords[words[i]] {
			return false
		}
	}
	return false
}

var updateWords = words(`updated update modified edited revised обновлено обновлена изменено оновлено güncelleme güncellenme güncellendi yenilənib yenilənmə
	aktualisiert aktualisierung geändert jour modifié actualizado actualizada actualización atualizado aggiornato aktualizacja zaktualizowano bijgewerkt uppdaterad oppdatert 更新 수정`)

var publishWords = words(`published posted опубликовано дата yayınlanma yayın giriş eklenme dərc veröffentlicht erschienen publié publicado pubblicato opublikowano gepubliceerd publicerad 发布 입력`)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range line.Words(s) {
		m[w] = true
	}
	return m
}
