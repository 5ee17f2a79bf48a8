package notebook

import (
	"slices"
	"testing"

	"sourcebook/notebook/document"
)

// TestEditionKeepsImages holds the images of an edited text above the blocks that
// they stood above, and leaves the document that was edited as it is.
func TestEditionKeepsImages(t *testing.T) {
	d := &document.Document{
		Blocks:  []document.Block{{Kind: document.Paragraph, Text: "One"}, {Kind: document.Paragraph, Text: "Two"}, {Kind: document.Paragraph, Text: "Three"}},
		Images:  []document.Image{{URL: "a", Before: 0}, {URL: "b", Before: 1}, {URL: "c", Before: 3}},
		Dropped: []document.Dropped{{Reason: document.Related, Text: "Back\nagain"}},
	}
	d.Finish()
	before := func(d *document.Document) (out []int) {
		for _, i := range d.Images {
			out = append(out, i.Before)
		}
		return out
	}
	back, err := WithPassage(d, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	if got := before(back); !slices.Equal(got, []int{0, 3, 5}) {
		t.Errorf("with a passage put back they stand before %v", got)
	}
	out, err := WithoutBlock(d, 1, document.Related)
	if err != nil {
		t.Fatal(err)
	}
	if got := before(out); !slices.Equal(got, []int{0, 1, 2}) {
		t.Errorf("without a block they stand before %v", got)
	}
	if got := before(d); !slices.Equal(got, []int{0, 1, 3}) {
		t.Errorf("the document itself now says %v", got)
	}
}
