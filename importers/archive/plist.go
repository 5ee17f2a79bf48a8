package archive

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
)

// value is a value of a property list, of those that a web archive is made of.
// Numbers and dates are left out: nothing is asked of them.
type value struct {
	text string
	data []byte
	list []*value
	dict map[string]*value
}

// get is a dictionary's entry, nil where it has none.
func (v *value) get(key string) *value {
	if v == nil {
		return nil
	}
	return v.dict[key]
}

func (v *value) string() string {
	if v == nil {
		return ""
	}
	return v.text
}

func (v *value) bytes() []byte {
	if v == nil {
		return nil
	}
	return v.data
}

func (v *value) items() []*value {
	if v == nil {
		return nil
	}
	return v.list
}

// The limits of a property list.
const (
	maxPlistDepth  = 64
	maxPlistValues = 500_000
)

// parsePlist reads a property list in its binary or its XML form.
func parsePlist(b []byte) (*value, error) {
	if bytes.HasPrefix(b, []byte("bplist00")) {
		return parseBinaryPlist(b)
	}
	return parseXMLPlist(b)
}

// binaryPlist reads the binary form: objects that name others by number, a table
// of where they lie, and a trailer of 32 bytes (CFBinaryPList.c).
type binaryPlist struct {
	b       []byte
	objects uint64
	table   []byte
	offSize int
	refSize int
	known   map[uint64]*value
	open    map[uint64]bool // being read: a list cannot hold itself
	refs    int
	text    int // bytes of all strings: objects may lie over one another
}

func parseBinaryPlist(b []byte) (*value, error) {
	if len(b) < 8+32 {
		return nil, fmt.Errorf("%w: the property list is cut short", ErrDamaged)
	}
	trailer := b[len(b)-32:]
	p := &binaryPlist{b: b, offSize: int(trailer[6]), refSize: int(trailer[7]), objects: binary.BigEndian.Uint64(trailer[8:]),
		known: map[uint64]*value{}, open: map[uint64]bool{}}
	top, at := binary.BigEndian.Uint64(trailer[16:]), binary.BigEndian.Uint64(trailer[24:])
	body := uint64(len(b) - 32)
	if p.offSize < 1 || p.offSize > 8 || p.refSize < 1 || p.refSize > 8 || at > body || p.objects > (body-at)/uint64(p.offSize) {
		return nil, fmt.Errorf("%w: the property list's table of objects lies outside it", ErrDamaged)
	}
	p.table = b[at : at+p.objects*uint64(p.offSize)]
	p.b = b[:body]
	return p.object(top, 0)
}

func (p *binaryPlist) object(n uint64, depth int) (*value, error) {
	if v, found := p.known[n]; found {
		return v, nil
	}
	if n >= p.objects || p.open[n] || depth > maxPlistDepth || len(p.known) > maxPlistValues {
		return nil, fmt.Errorf("%w: the property list's objects lead nowhere", ErrDamaged)
	}
	p.open[n] = true
	defer delete(p.open, n)
	at := number(p.table[n*uint64(p.offSize):], p.offSize)
	if at >= uint64(len(p.b)) {
		return nil, fmt.Errorf("%w: an object lies outside the property list", ErrDamaged)
	}
	mark := p.b[at]
	count, at, err := p.count(mark, at+1)
	if err != nil {
		return nil, err
	}
	if kind := mark >> 4; kind >= 0x5 && kind <= 0x7 {
		if p.text += int(min(count, uint64(len(p.b)))); p.text > 2*len(p.b) {
			return nil, errPlistSpan
		}
	}
	v := &value{}
	switch mark >> 4 {
	case 0x4: // data
		v.data, err = p.span(at, count)
	case 0x5, 0x7: // ASCII, UTF-8
		var s []byte
		s, err = p.span(at, count)
		v.text = strings.ToValidUTF8(string(s), "\ufffd")
	case 0x6: // UTF-16, big-endian
		var s []byte
		if count > uint64(len(p.b)) {
			return nil, errPlistSpan
		}
		s, err = p.span(at, 2*count)
		units := make([]uint16, len(s)/2)
		for i := range units {
			units[i] = binary.BigEndian.Uint16(s[2*i:])
		}
		v.text = string(utf16.Decode(units))
	case 0xa: // array
		err = p.refList(at, count, 1, func(refs []uint64) error {
			item, err := p.object(refs[0], depth+1)
			v.list = append(v.list, item)
			return err
		})
	case 0xd: // dictionary: the keys, then the values
		v.dict = map[string]*value{}
		err = p.refList(at, count, 2, func(refs []uint64) error {
			key, err := p.object(refs[0], depth+1)
			if err != nil {
				return err
			}
			v.dict[key.text], err = p.object(refs[1], depth+1)
			return err
		})
	}
	if err != nil {
		return nil, err
	}
	p.known[n] = v
	return v, nil
}

var errPlistSpan = fmt.Errorf("%w: an object reaches beyond the property list", ErrDamaged)

// count is the length in an object's mark, or in the number that follows it.
func (p *binaryPlist) count(mark byte, at uint64) (n, after uint64, err error) {
	if n := uint64(mark & 0xf); n != 0xf || mark>>4 < 4 {
		return n, at, nil
	}
	if at >= uint64(len(p.b)) || p.b[at]>>4 != 1 || p.b[at]&0xf > 3 {
		return 0, 0, errPlistSpan
	}
	size := 1 << (p.b[at] & 0xf)
	s, err := p.span(at+1, uint64(size))
	if err != nil {
		return 0, 0, err
	}
	return number(s, size), at + 1 + uint64(size), nil
}

func (p *binaryPlist) span(at, n uint64) ([]byte, error) {
	if at > uint64(len(p.b)) || n > uint64(len(p.b))-at {
		return nil, errPlistSpan
	}
	return p.b[at : at+n], nil
}

// refList calls each with the references of a collection, rows of them side by
// side.
func (p *binaryPlist) refList(at, count uint64, rows int, each func([]uint64) error) error {
	if count > uint64(len(p.b)) {
		return errPlistSpan
	}
	all, err := p.span(at, count*uint64(rows*p.refSize))
	if err != nil {
		return err
	}
	if p.refs += int(count); p.refs > maxPlistValues {
		return fmt.Errorf("%w: the property list has over %d values", ErrTooLarge, maxPlistValues)
	}
	refs := make([]uint64, rows)
	for i := range count {
		for row := range refs {
			refs[row] = number(all[(uint64(row)*count+i)*uint64(p.refSize):], p.refSize)
		}
		if err := each(refs); err != nil {
			return err
		}
	}
	return nil
}

// number is a big-endian number of size bytes.
func number(b []byte, size int) (n uint64) {
	for _, c := range b[:size] {
		n = n<<8 | uint64(c)
	}
	return n
}

// parseXMLPlist reads the XML form.
func parseXMLPlist(b []byte) (*value, error) {
	p := &xmlPlist{d: xml.NewDecoder(bytes.NewReader(b))}
	for {
		t, err := p.d.Token()
		if err != nil {
			return nil, fmt.Errorf("%w: the property list: %w", ErrDamaged, err)
		}
		if e, ok := t.(xml.StartElement); ok && e.Name.Local != "plist" {
			v, err := p.value(e, 0)
			if err != nil {
				return nil, fmt.Errorf("%w: the property list: %w", ErrDamaged, err)
			}
			return v, nil
		}
	}
}

type xmlPlist struct {
	d      *xml.Decoder
	values int
}

var errPlistShape = errors.New("its elements do not fit together")

func (p *xmlPlist) value(e xml.StartElement, depth int) (*value, error) {
	if p.values++; p.values > maxPlistValues || depth > maxPlistDepth {
		return nil, errors.New("it has too many values")
	}
	v := &value{}
	var text strings.Builder
	key := ""
	for {
		t, err := p.d.Token()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
		switch t := t.(type) {
		case xml.CharData:
			if e.Name.Local != "array" && e.Name.Local != "dict" {
				text.Write(t)
			}
		case xml.StartElement:
			item, err := p.value(t, depth+1)
			if err != nil {
				return nil, err
			}
			switch {
			case e.Name.Local == "array":
				v.list = append(v.list, item)
			case e.Name.Local == "dict" && t.Name.Local == "key":
				key = item.text
			case e.Name.Local == "dict":
				if v.dict == nil {
					v.dict = map[string]*value{}
				}
				v.dict[key] = item
			default:
				return nil, errPlistShape
			}
		case xml.EndElement:
			v.text = text.String()
			if e.Name.Local == "data" {
				v.data, err = base64.StdEncoding.DecodeString(strings.Map(withoutSpace, v.text))
				v.text = ""
			}
			return v, err
		}
	}
}

// withoutSpace drops white space in strings.Map.
func withoutSpace(r rune) rune {
	if r == ' ' || r == '\t' || r == '\n' || r == '\r' {
		return -1
	}
	return r
}
