// Package selector makes the selectors of a highlight and finds the place
// again, also in a later version of the text.
//
// A Selector joins the TextQuoteSelector and the TextPositionSelector of the
// W3C Web Annotation Data Model (2017, 4.2.4 and 4.2.5). Positions are
// half-open ranges in Unicode code points. Resolve looks for the quotation
// exactly, then with differences, and weighs each candidate as Hypothesis does:
// quotation 50, prefix 20, suffix 20, position 2.
package selector

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// Context is how many code points of prefix and suffix Make keeps.
const Context = 32

// ErrRange is returned by Make where the range is not within the text or is empty.
var ErrRange = errors.New("range not within the text")

// Selector is a quotation with what stands around it, and where it stood.
type Selector struct {
	Exact  string
	Prefix string
	Suffix string
	Start  int // code points
	End    int // code points
}

// Make makes the selector of the code points start to end of text.
func Make(text string, start, end int) (Selector, error) {
	if start < 0 || end <= start {
		return Selector{}, fmt.Errorf("select %d to %d: %w", start, end, ErrRange)
	}
	from, ok := offset(text, 0, start)
	if !ok {
		return Selector{}, fmt.Errorf("select %d to %d: %w", start, end, ErrRange)
	}
	to, ok := offset(text, from, end-start)
	if !ok {
		return Selector{}, fmt.Errorf("select %d to %d: %w", start, end, ErrRange)
	}
	return Selector{
		Exact:  text[from:to],
		Prefix: before(text, from, Context),
		Suffix: after(text, to, Context),
		Start:  start,
		End:    end,
	}, nil
}

// offset is the byte offset n code points after byte offset from, false where
// text ends sooner. Text that is not valid UTF-8 counts one code point a byte.
func offset(text string, from, n int) (int, bool) {
	i := from
	// In strides where it is far; a stride ends before a character that may
	// begin one, and never holds more code points than bytes.
	const stride = 4096
	for n > stride && len(text)-i > stride {
		to := i + stride
		for to > i && !utf8.RuneStart(text[to]) {
			to--
		}
		if to < i+stride-utf8.UTFMax {
			break // not UTF-8
		}
		n -= utf8.RuneCountInString(text[i:to])
		i = to
	}
	for n > 0 && i < len(text) {
		if text[i] < utf8.RuneSelf {
			i++
		} else {
			_, size := utf8.DecodeRuneInString(text[i:])
			i += size
		}
		n--
	}
	return i, n == 0
}

// before gives up to n code points that end at byte offset at.
func before(text string, at, n int) string {
	i := at
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:i])
		i -= size
	}
	return text[i:at]
}

// after gives up to n code points from byte offset at.
func after(text string, at, n int) string {
	i, _ := offset(text, at, n)
	return text[at:i]
}
