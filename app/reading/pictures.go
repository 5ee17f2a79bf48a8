package reading

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/app/widgets/reader"
	"sourcebook/importers"
	"sourcebook/notebook"
)

// errNotHeld is what the reader writes into the place of a picture.
var errNotHeld = errors.New("not in the capture")

// setPictures gives the reader the pictures of the text.
func (p *Pane) setPictures() {
	images := p.held.doc.Images
	if len(images) == 0 {
		return
	}
	c := p.held.held(p.capture)
	o := &original{nb: p.s.Notebook(), id: c.ID, name: c.Name}
	list := make([]reader.Picture, len(images))
	for i, img := range images {
		list[i] = reader.Picture{Before: img.Before, Alt: img.Alt, Width: img.Width, Height: img.Height}
		if img.URL != "" {
			list[i].Read = func() ([]byte, error) { return o.picture(img.URL) }
		}
	}
	p.reader.SetPictures(list)
}

// original reads pictures out of a capture. Its bytes are kept for as long as
// pictures are asked for one after the other, and no longer. It is safe for use
// from any goroutine.
type original struct {
	nb   *notebook.Notebook
	id   notebook.CaptureID
	name string

	mu    sync.Mutex
	bytes []byte
	until *time.Timer
}

// keptOriginal is how long the bytes stay after a picture was read.
const keptOriginal = 10 * time.Second

func (o *original) picture(url string) ([]byte, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.bytes == nil {
		err := o.nb.View(func(tx *notebook.Tx) (err error) {
			o.bytes, err = tx.Original(o.id)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	if o.until != nil {
		o.until.Stop()
	}
	o.until = time.AfterFunc(keptOriginal, func() {
		o.mu.Lock()
		o.bytes = nil
		o.mu.Unlock()
	})
	b, _, err := importers.Resource(context.Background(), o.bytes, o.name, url)
	if errors.Is(err, importers.ErrNotHeld) {
		return nil, errNotHeld
	}
	return bytes.Clone(b), err
}

// showPicture shows a picture as large as the window allows.
func (p *Pane) showPicture(i int) {
	if p.held == nil || i >= len(p.held.doc.Images) {
		return
	}
	img := p.held.doc.Images[i]
	c := p.held.held(p.capture)
	o := &original{nb: p.s.Notebook(), id: c.ID, name: c.Name}
	p.s.Background(func(context.Context) {
		b, err := o.picture(img.URL)
		if err == nil {
			pic, derr := reader.DecodePicture(b)
			if err = derr; err == nil {
				p.s.Deliver(func() {
					shown := canvas.NewImageFromImage(pic)
					shown.FillMode = canvas.ImageFillContain
					size := p.s.Window().Canvas().Size().SubtractWidthHeight(80, 80)
					own := pic.Bounds().Size()
					scale := min(1, (size.Width-40)/float32(own.X), (size.Height-110)/float32(own.Y))
					shown.SetMinSize(fyne.NewSize(float32(own.X)*scale, float32(own.Y)*scale))
					var pop *widget.PopUp
					foot := widgets.Spread(theme.Gap2, 0, widgets.NewText(img.Alt, theme.SizeCaption, theme.ColorMuted), widgets.Primary("Close", "", func() { pop.Hide(); p.Focus() }))
					pop = widget.NewModalPopUp(widgets.Pad(theme.Gap3, theme.Gap3, widgets.Column(theme.Gap2, container.NewCenter(shown), foot)), p.s.Window().Canvas())
					pop.Show()
				})
				return
			}
		}
		p.s.Deliver(func() { p.s.Toast(session.Toast{Text: "This picture cannot be shown: " + err.Error()}) })
	})
}
