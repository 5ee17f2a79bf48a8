package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"sourcebook/app/theme"
)

// NewSwatch shows a colour of highlights, by its stored word.
func NewSwatch(colour string) fyne.CanvasObject {
	r := canvas.NewRectangle(theme.Highlight(colour))
	r.CornerRadius = 4
	r.SetMinSize(fyne.NewSize(18, 18))
	return container.NewCenter(r)
}
