// Package pages shows the pages of a paged document one below the other, drawn
// as they come into view.
//
// A Viewer is given a Source, which draws a page as a picture, and knows no
// store. Pages are drawn away from the toolkit's thread, one at a time, the one
// in view first; only those near the view are kept.
package pages
