// Package layout turns the blocks of a document into lines of positioned
// glyphs. It knows no toolkit.
//
// The work is in two parts. Preparing a block is the slow part and is done
// once: the text is cut at its line-break opportunities (UAX 14), given its
// embedding levels (UAX 9) and shaped, each distinct word once, over the faces
// of a Fonts. All widths are kept in ems. Laying out is arithmetic on these
// widths: a Page breaks the lines of all its blocks for a width and a text
// size, and answers where a position stands and what stands at a point.
//
// Positions are Unicode code points of the canonical text, lengths are the
// toolkit's device-independent pixels.
package layout
