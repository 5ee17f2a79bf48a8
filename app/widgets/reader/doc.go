// Package reader is the reading pane: it shows a document's blocks as flowing
// text that can be selected, marked, searched and scrolled.
//
// A Reader is a widget. It is given the blocks of a document and the marks on
// it, and answers with callbacks; it knows no store. Every position that
// passes its surface is a half-open range of Unicode code points in the
// canonical text: the texts of the blocks that are not empty, joined by a
// blank line.
//
// Shaping text takes time, so it runs on a goroutine of its own and reaches
// the widget through a Runner; all methods of a Reader belong to the toolkit's
// thread. Only the lines in view, and half a screen above and below, exist as
// canvas objects. Lines are broken by the toolkit-free package layout.
package reader
