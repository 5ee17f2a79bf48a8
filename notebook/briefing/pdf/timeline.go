package pdf

import "sourcebook/notebook/briefing"

const (
	dateColumn = 98.0
	axis       = dateColumn + 8
)

// timeline is claims along a line, each with its date at the left.
func (b *book) timeline(t briefing.Timeline, x, width float64) []*row {
	var out []*row
	for i, c := range t.Entries {
		if b.stop() {
			return nil
		}
		when := b.paragraph([]run{{briefing.DateWords(c.Date), &attr{style: bold, size: 9, ink: navy}}}, x, dateColumn-x, 9, bodyLead)
		c.Date = ""
		body := b.claimBody(c, b.statement(c, attr{size: bodySize, ink: dark}), bodySize, x+axis+14, width-gradeColumn, bodyLead)
		b.chip(body[0], c, width-gradeColumn+8)
		for len(body) < len(when) {
			body = append(body, &row{height: bodyLead})
		}
		if i > 0 {
			body[0].before = 9
		}
		for k, r := range body {
			under, date := r.draw, (*row)(nil)
			if k < len(when) {
				date = when[k]
			}
			from, high := -r.before, r.height
			if i == 0 && k == 0 {
				from = bodyLead / 2
			}
			if i == len(t.Entries)-1 && k == len(body)-1 {
				high = min(high, bodyLead/2)
			}
			first := k == 0
			r.draw = func(cv *canvas, left, y float64) {
				cv.rule(left+x+axis, y+from, left+x+axis, y+high, 1, hair)
				if first {
					cv.dot(left+x+axis, y+bodyLead/2, 3, navy)
				}
				if date != nil {
					date.draw(cv, left, y)
				}
				if under != nil {
					under(cv, left, y)
				}
			}
		}
		out = append(out, body...)
	}
	return out
}
