package library

import (
	"context"
	"slices"

	"sourcebook/app/session"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
)

// pageSize is how many sources are read at a time; maxPages how many pages are
// kept, so that a long scroll does not hold the whole notebook in memory.
const (
	pageSize = 100
	maxPages = 40
)

// pages reads a list of sources page by page, as its rows come into view. Where
// reprints are grouped, it also knows the order of all their IDs.
type pages struct {
	s       session.Session
	changed func()
	query   notebook.SourceQuery
	found   int // sources that the query lists
	held    map[int][]notebook.SourceRow
	used    []int // pages in the order of their last use, the oldest first
	asked   map[int]*session.Loader
	first   session.Loader
	ids     session.Loader
	round   int

	groups *groups   // nil: not grouped
	view   []viewRow // of the groups, where they are grouped
	opened map[notebook.SourceID]bool
}

// viewRow is a row of a grouped list.
type viewRow struct {
	at     int // in the query's order
	fold   widgets.Fold
	indent bool
	others int // in a group's head: how many more it has
}

func newPages(s session.Session, changed func()) *pages {
	return &pages{s: s, changed: changed, held: map[int][]notebook.SourceRow{}, asked: map[int]*session.Loader{}, opened: map[notebook.SourceID]bool{}}
}

// listing is the head of a list: its first page and, for groups, all its IDs.
type listing struct {
	page notebook.SourcePage
	ids  []notebook.SourceID
}

// load counts and reads the first page; the old rows stay until it is there.
func (p *pages) load(q notebook.SourceQuery) {
	q.Offset, q.Limit = 0, pageSize
	grouped := p.groups != nil
	session.Load(p.s, &p.first, "list the sources", func(_ context.Context, tx *notebook.Tx) (l listing, err error) {
		if l.page, err = tx.SourcePage(q); err != nil || !grouped {
			return l, err
		}
		all := q
		all.Limit = 0
		l.ids, err = tx.SourceIDs(all)
		return l, err
	}, func(l listing) {
		p.query, p.found = q, l.page.Total
		p.round++
		clear(p.held)
		clear(p.asked)
		p.used = []int{0}
		p.held[0] = l.page.Rows
		p.view = nil
		if p.groups != nil && l.ids != nil {
			p.view = p.groups.view(l.ids, p.opened)
		}
		p.changed()
	})
}

// length is how many rows the list has.
func (p *pages) length() int {
	if p.view != nil {
		return len(p.view)
	}
	return p.found
}

// row gives where row i stands in the query's order, and how it is grouped.
func (p *pages) row(i int) viewRow {
	if p.view == nil {
		return viewRow{at: i}
	}
	if i < 0 || i >= len(p.view) {
		return viewRow{at: -1}
	}
	return p.view[i]
}

// at gives row i where it is read, and has it read where it is not.
func (p *pages) at(i int) (notebook.SourceRow, bool) {
	if i < 0 || i >= p.length() {
		return notebook.SourceRow{}, false
	}
	i = p.row(i).at
	n := i / pageSize
	rows, ok := p.held[n]
	if !ok {
		p.ask(n)
		rows, ok = p.held[n] // a test reads at once
	}
	if !ok || i%pageSize >= len(rows) {
		return notebook.SourceRow{}, false
	}
	return rows[i%pageSize], true
}

func (p *pages) ask(n int) {
	if p.asked[n] != nil {
		return
	}
	l := &session.Loader{}
	p.asked[n] = l
	q, round := p.query, p.round
	q.Offset, q.Limit = n*pageSize, pageSize
	session.Load(p.s, l, "list the sources", func(_ context.Context, tx *notebook.Tx) (notebook.SourcePage, error) {
		return tx.SourcePage(q)
	}, func(page notebook.SourcePage) {
		if round != p.round {
			return
		}
		delete(p.asked, n)
		p.held[n] = page.Rows
		p.used = append(p.used, n)
		if len(p.used) > maxPages {
			delete(p.held, p.used[0])
			p.used = p.used[1:]
		}
		p.changed()
	})
}

// index finds the row of a source among those that are read, -1 where it is not.
func (p *pages) index(id notebook.SourceID) int {
	for n, rows := range p.held {
		for i, s := range rows {
			if s.ID == id {
				at := n*pageSize + i
				if p.view == nil {
					return at
				}
				return slices.IndexFunc(p.view, func(v viewRow) bool { return v.at == at })
			}
		}
	}
	return -1
}

// span has the IDs of the rows from one to another, in any order, told to then:
// all at once where they are read, else after they were.
func (p *pages) span(from, to int, then func([]notebook.SourceID)) {
	if from > to {
		from, to = to, from
	}
	from, to = max(from, 0), min(to, p.length()-1)
	out := make([]notebook.SourceID, 0, to-from+1)
	for i := from; i <= to; i++ {
		rows := p.held[p.row(i).at/pageSize]
		k := p.row(i).at % pageSize
		if k >= len(rows) {
			break
		}
		out = append(out, rows[k].ID)
	}
	if len(out) == to-from+1 {
		p.ids.Cancel()
		then(out)
		return
	}
	at := make([]int, 0, to-from+1)
	for i := from; i <= to; i++ {
		at = append(at, p.row(i).at)
	}
	q := p.query
	q.Offset, q.Limit = 0, 0
	session.Load(p.s, &p.ids, "choose the sources", func(_ context.Context, tx *notebook.Tx) ([]notebook.SourceID, error) {
		return tx.SourceIDs(q)
	}, func(ids []notebook.SourceID) {
		out := make([]notebook.SourceID, 0, len(at))
		for _, i := range at {
			if i < len(ids) {
				out = append(out, ids[i])
			}
		}
		then(out)
	})
}

// all has the IDs of all that the query lists told to then.
func (p *pages) all(then func([]notebook.SourceID)) {
	q := p.query
	q.Offset, q.Limit = 0, 0
	session.Load(p.s, &p.ids, "choose the sources", func(_ context.Context, tx *notebook.Tx) ([]notebook.SourceID, error) {
		return tx.SourceIDs(q)
	}, then)
}
