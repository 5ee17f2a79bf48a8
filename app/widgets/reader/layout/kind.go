package layout

import "sourcebook/notebook/document"

// Kind is what a block is set as: the kinds of a document's blocks, and the
// parts of the title block above them.
type Kind uint8

// The kinds.
const (
	Paragraph Kind = iota
	Heading
	ListItem
	Quote
	Table
	Code
	Caption
	Title
	Standfirst
	Byline
)

// kindOf maps a block's kind; one that is not known is set as a paragraph.
func kindOf(k document.BlockKind) Kind {
	switch k {
	case document.Heading:
		return Heading
	case document.ListItem:
		return ListItem
	case document.Quote:
		return Quote
	case document.Table:
		return Table
	case document.Code:
		return Code
	case document.Caption:
		return Caption
	}
	return Paragraph
}

// setting is how a kind is set: its size as a multiple of the text size, its
// face, its line height as a multiple of the reader's, and the room above and
// below in ems of the text.
type setting struct {
	size    float32
	face    Face
	leading float32
	above   float32
	below   float32
}

var headingSizes = [...]float32{1.6, 1.38, 1.2, 1.08, 1, 0.92}

// settingOf gives the type of a kind and level.
func settingOf(k Kind, level int) setting {
	switch k {
	case Heading:
		size := headingSizes[min(max(level, 1), len(headingSizes))-1]
		return setting{size, Bold, 0.84, 1.1 + size*0.35, 0.45}
	case ListItem:
		return setting{1, Regular, 1, 0.3, 0.3}
	case Quote:
		return setting{1, Regular, 1, 0.8, 0.8}
	case Table:
		return setting{0.9, Regular, 0.9, 0.9, 0.9}
	case Code:
		return setting{0.88, Mono, 0.95, 0.8, 0.8}
	case Caption:
		return setting{0.86, Regular, 0.95, 0.5, 0.9}
	case Title:
		return setting{2, Bold, 0.82, 0.5, 0.4}
	case Standfirst:
		return setting{1.18, Regular, 0.94, 0.4, 0.7}
	case Byline:
		return setting{0.86, Regular, 1, 0.5, 1.3}
	}
	return setting{1, Regular, 1, 0.75, 0.75}
}

// Insets and steps in ems of the text.
const (
	indentStep = 1.7 // of a level of a list
	quoteStep  = 1.3 // of a level of a quotation
	codePad    = 0.8 // around code, inside its ground
	cellGap    = 1.4 // between the columns of a table
	cellPad    = 0.3 // above and below the cells of a row
)
