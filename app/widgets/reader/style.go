package reader

// Style is how the text is set. The zero value of a field asks for its
// default: a text size a little above the theme's, a line height of 1.5, and a
// measure of about 72 characters.
type Style struct {
	TextSize   float32 // in the toolkit's device-independent pixels
	LineHeight float32 // as a multiple of the text size
	MaxWidth   float32 // of the column of text; a wider reader centres it
	Sepia      bool    // brown on cream, whatever the theme
	Letters    Letters // the face of running text
	Patterns   bool    // a line of its own under each colour of mark, for eyes that see them alike
}

// Header is the title block above the text. Empty parts take no room.
type Header struct{ Title, Standfirst, Byline, Site, Date string }

// Letters is the face that running text is set in. Code keeps its own.
type Letters uint8

// The faces. A computer without a serif has Serif look like Sans.
const (
	Sans Letters = iota
	Serif
)
