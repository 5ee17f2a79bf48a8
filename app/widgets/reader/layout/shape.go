package layout

import (
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
)

// Glyph is one drawn shape. Lengths are in ems; Y runs upwards.
type Glyph struct {
	ID      font.GID
	Cluster uint16 // first rune that it stands for, in the run
	Advance float32
	X, Y    float32
}

// Run is a stretch of text in one font and direction, shaped. Glyphs go from
// left to right whatever the direction. A Run is shared by every place where
// the same word stands, and never changed.
type Run struct {
	Font   *font.Font
	Scale  float32 // of the font's letters; lengths have it in them already
	Glyphs []Glyph
	Width  float32
	Runes  int
	RTL    bool
}

// offset is how far rune k of the run lies from the edge where reading begins.
// Inside a ligature the way is divided evenly.
func (r *Run) offset(k int) float32 {
	if k <= 0 {
		return 0
	}
	if k >= r.Runes {
		return r.Width
	}
	x := float32(0)
	n := len(r.Glyphs)
	at := func(i int) *Glyph {
		if r.RTL {
			return &r.Glyphs[n-1-i]
		}
		return &r.Glyphs[i]
	}
	for i := 0; i < n; {
		c := int(at(i).Cluster)
		w := float32(0)
		j := i
		for j < n && int(at(j).Cluster) == c {
			w += at(j).Advance
			j++
		}
		next := r.Runes
		if j < n {
			next = int(at(j).Cluster)
		}
		if k < next {
			if k > c {
				x += w * float32(k-c) / float32(next-c)
			}
			return x
		}
		x += w
		i = j
	}
	return r.Width
}

// shapeSize is how many units an em has while words are shaped: many, so that
// rounding does not show.
const shapeSize = 64000

// longestRun bounds what is shaped at once; a longer stretch without a break
// is cut.
const longestRun = 256

// Shaper prepares blocks. It keeps every word it has shaped, so one Shaper
// does a document; it is for one goroutine.
type Shaper struct {
	fonts   *Fonts
	buffer  *harfbuzz.Buffer
	shapers map[*font.Font]*harfbuzz.Font
	made    map[*font.Font]*font.Face
	scale   map[*font.Font]float32 // where it is not 1
	byRune  [faces]map[rune]*font.Font
	words   map[wordKey][]*Run
	scratch []rune
	spaces  [faces]float32
	cutter  cutter
}

type wordKey struct {
	text string
	face Face
	rtl  bool
}

// NewShaper makes a Shaper over fonts.
func NewShaper(fonts *Fonts) *Shaper {
	s := &Shaper{fonts: fonts, buffer: harfbuzz.NewBuffer(), shapers: map[*font.Font]*harfbuzz.Font{}, made: map[*font.Font]*font.Face{}, scale: map[*font.Font]float32{}, words: map[wordKey][]*Run{}}
	for f := range s.byRune {
		s.byRune[f] = map[rune]*font.Font{}
		first := s.face(fonts.faces[f][0].get())
		s.spaces[f] = 0.26
		if g, ok := first.NominalGlyph(' '); ok {
			s.spaces[f] = first.HorizontalAdvance(g) / float32(first.Upem())
		}
	}
	return s
}

func (s *Shaper) face(f *font.Font) *font.Face {
	face := s.made[f]
	if face == nil {
		face = font.NewFace(f)
		s.made[f] = face
	}
	return face
}

// resolve gives the font for a rune: the first that has it, else the first.
func (s *Shaper) resolve(r rune, f Face) *font.Font {
	if got := s.byRune[f][r]; got != nil {
		return got
	}
	var found *font.Font
	for _, l := range s.fonts.faces[f] {
		if ft := l.get(); ft != nil {
			if _, ok := s.face(ft).NominalGlyph(r); ok {
				found = ft
				if l.source.Scale > 0 && l.source.Scale != 1 {
					s.scale[ft] = l.source.Scale
				}
				break
			}
		}
	}
	if found == nil && s.fonts.system != nil && unicode.IsGraphic(r) {
		found = s.fonts.system(r, f == Bold)
	}
	if found == nil {
		found = s.fonts.faces[f][0].get()
	}
	s.byRune[f][r] = found
	return found
}

// follows reports runes that take the font of what stands before them.
func follows(r rune) bool {
	return r == 0x200c || r == 0x200d || r >= 0xfe00 && r <= 0xfe0f || r >= 0x1f3fb && r <= 0x1f3ff ||
		r >= 0xe0020 && r <= 0xe007f || unicode.Is(unicode.M, r)
}

// word gives the runs of a word, left to right as they lie in the text (not on
// the screen). text and runes are the same stretch.
func (s *Shaper) word(text string, runes []rune, f Face, rtl bool) []*Run {
	key := wordKey{text, f, rtl}
	if got, ok := s.words[key]; ok {
		return got
	}
	var runs []*Run
	start := 0
	script := language.Common
	var ft *font.Font
	for i, r := range runes {
		sc := language.LookupScript(r)
		next := ft
		if ft == nil || !follows(r) {
			next = s.resolve(r, f)
		}
		change := ft != nil && (next != ft || sc.Strong() && script.Strong() && sc != script || i-start >= longestRun)
		if change {
			runs = append(runs, s.shape(runes[start:i], ft, script, rtl))
			start, script = i, language.Common
		}
		ft = next
		if sc.Strong() {
			script = sc
		}
	}
	if start < len(runes) {
		runs = append(runs, s.shape(runes[start:], ft, script, rtl))
	}
	s.words[key] = runs
	return runs
}

func (s *Shaper) shape(runes []rune, ft *font.Font, script language.Script, rtl bool) *Run {
	s.scratch = append(s.scratch[:0], runes...)
	for i, r := range s.scratch {
		if r < 0x20 || r == 0x7f || r == 0x2028 || r == 0x2029 {
			s.scratch[i] = ' '
		}
		if r >= 0x1f3fb && r <= 0x1f3ff { // a skin tone that the font does not have is not worth a box
			if _, ok := s.face(ft).NominalGlyph(r); !ok {
				s.scratch[i] = 0x200b
			}
		}
	}
	shaper := s.shapers[ft]
	if shaper == nil {
		shaper = s.fonts.harfbuzz(s.face(ft))
		shaper.XScale, shaper.YScale = shapeSize, shapeSize
		s.shapers[ft] = shaper
	}
	dir := di.DirectionLTR
	if rtl {
		dir = di.DirectionRTL
	}
	b := s.buffer
	b.Clear()
	b.AddRunes(s.scratch, 0, len(s.scratch))
	b.Props.Direction, b.Props.Script, b.Props.Language = dir.Harfbuzz(), script, "en"
	s.fonts.tables.RLock()
	b.Shape(shaper, nil)
	s.fonts.tables.RUnlock()

	run := &Run{Font: ft, Scale: 1, Runes: len(runes), RTL: rtl, Glyphs: make([]Glyph, len(b.Info))}
	if scale, ok := s.scale[ft]; ok {
		run.Scale = scale
	}
	em := func(v harfbuzz.Position) float32 { return float32(v) / shapeSize * run.Scale }
	for i, g := range b.Info {
		at := b.Pos[i]
		run.Glyphs[i] = Glyph{ID: g.Glyph, Cluster: uint16(g.Cluster), Advance: em(at.XAdvance), X: em(at.XOffset), Y: em(at.YOffset)}
		run.Width += run.Glyphs[i].Advance
	}
	return run
}
