package document

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestFinishMovesImages(t *testing.T) {
	d := &Document{
		Blocks: []Block{{Text: "One"}, {Text: " "}, {Text: "Two"}, {Text: ""}},
		Images: []Image{{URL: "a", Before: 0}, {URL: "b", Before: 1}, {URL: "c", Before: 2}, {URL: "d", Before: 3}, {URL: "e", Before: 4}, {URL: "f", Before: 99}, {URL: "g", Before: -1}},
	}
	d.Finish()
	var got []int
	for _, i := range d.Images {
		got = append(got, i.Before)
	}
	for i, want := range []int{0, 1, 1, 2, 2, 2, 0} {
		if got[i] != want {
			t.Errorf("image %s stands before %d, want %d", d.Images[i].URL, got[i], want)
		}
	}
	if d.Text != "One\n\nTwo" {
		t.Errorf("text %q", d.Text)
	}
	before := *d
	d.Finish()
	if d.Text != before.Text || d.Images[1].Before != 1 {
		t.Error("finishing twice changes it")
	}
}

func TestDocumentWithoutImages(t *testing.T) {
	d := &Document{}
	d.Finish()
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(b), "images") {
		t.Errorf("a document without images names them: %s", b)
	}
}
