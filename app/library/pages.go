package library

import (
	"context"

	"sourcebook/app/session"
	"sourcebook/notebook"
)

// pageSize is how many sources are read at a time; maxPages how many pages are
// kept, so that a long scroll does not hold the whole notebook in memory.
const (
	pageSize = 100
	maxPages = 40
)

// pages reads a list of sources page by page, as its rows come into view.
type pages struct {
	s       session.Session
	changed func()
	query   notebook.SourceQuery
	total   int
	held    map[int][]notebook.Source
	used    []int // pages in the order of their last use, the oldest first
	asked   map[int]*session.Loader
	first   session.Loader
	round   int
}

func newPages(s session.Session, changed func()) *pages {
	return &pages{s: s, changed: changed, held: map[int][]notebook.Source{}, asked: map[int]*session.Loader{}}
}

type page struct {
	total int
	rows  []notebook.Source
}

// load counts and reads the first page; the old rows stay until it is there.
func (p *pages) load(q notebook.SourceQuery) {
	session.Load(p.s, &p.first, "list the sources", func(ctx context.Context, tx *notebook.Tx) (page, error) {
		return readFirst(ctx, tx, q)
	}, func(got page) {
		p.query, p.total = q, got.total
		p.round++
		clear(p.held)
		clear(p.asked)
		p.used = []int{0}
		p.held[0] = got.rows
		p.changed()
	})
}

// readFirst counts and reads the first page. The count of words goes through an
// index and decodes no source, so two looks are cheaper than one pass over all.
func readFirst(ctx context.Context, tx *notebook.Tx, q notebook.SourceQuery) (page, error) {
	n, err := tx.CountSources(q)
	if err != nil {
		return page{}, err
	}
	rows, err := readPage(ctx, tx, q, 0)
	return page{n, rows}, err
}

func readPage(ctx context.Context, tx *notebook.Tx, q notebook.SourceQuery, n int) ([]notebook.Source, error) {
	q.Offset, q.Limit = n*pageSize, pageSize
	rows := make([]notebook.Source, 0, pageSize)
	for s, err := range tx.Sources(q) {
		if err != nil {
			return nil, err
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		rows = append(rows, s)
	}
	return rows, nil
}

// at gives row i where it is read, and has it read where it is not.
func (p *pages) at(i int) (notebook.Source, bool) {
	if i < 0 || i >= p.total {
		return notebook.Source{}, false
	}
	n := i / pageSize
	rows, ok := p.held[n]
	if !ok {
		p.ask(n)
		return notebook.Source{}, false
	}
	if i%pageSize >= len(rows) {
		return notebook.Source{}, false
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
	session.Load(p.s, l, "list the sources", func(ctx context.Context, tx *notebook.Tx) ([]notebook.Source, error) {
		return readPage(ctx, tx, q, n)
	}, func(rows []notebook.Source) {
		if round != p.round {
			return
		}
		delete(p.asked, n)
		p.held[n] = rows
		p.used = append(p.used, n)
		if len(p.used) > maxPages {
			delete(p.held, p.used[0])
			p.used = p.used[1:]
		}
		p.changed()
	})
}

// index finds a source among the rows that are read, -1 where it is not.
func (p *pages) index(id notebook.SourceID) int {
	for n, rows := range p.held {
		for i, s := range rows {
			if s.ID == id {
				return n*pageSize + i
			}
		}
	}
	return -1
}
