package reader

import "fyne.io/fyne/v2"

// pool lends canvas objects and takes all of them back at once, so that
// scrolling makes no garbage and the toolkit frees their textures in time.
type pool[T fyne.CanvasObject] struct {
	make func() T
	all  []T
	used int
}

func (p *pool[T]) reset() { p.used = 0 }

func (p *pool[T]) next() T {
	if p.used == len(p.all) {
		p.all = append(p.all, p.make())
	}
	p.used++
	return p.all[p.used-1]
}
