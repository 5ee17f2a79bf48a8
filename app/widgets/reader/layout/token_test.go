package layout

import (
	"math/rand"
	"slices"
	"testing"

	"github.com/go-text/typesetting/segmenter"
)

// TestCutterAgrees holds the short way through running words against the full
// rules of UAX 14.
func TestCutterAgrees(t *testing.T) {
	alphabet := []rune("aabbz  ,,..  éЖщΩ 019-–—/(“”’')»«!?;:%$…\u00a0\u00ad\u0301אع漢。\n\t")
	r := rand.New(rand.NewSource(3))
	for range 30000 {
		text := make([]rune, 1+r.Intn(24))
		for i := range text {
			text[i] = alphabet[r.Intn(len(alphabet))]
		}
		var want, got []int
		var seg segmenter.Segmenter
		seg.Init(text)
		for it := seg.LineIterator(); it.Next(); {
			l := it.Line()
			want = append(want, l.Offset+len(l.Text))
		}
		var c cutter
		for i := 0; i < len(text); {
			i = c.next(text, i)
			got = append(got, i)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q breaks at %v, want %v", string(text), got, want)
		}
	}
}
