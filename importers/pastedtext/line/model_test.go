package line

import (
	"context"
	"strings"
	"testing"
)

// The checked-in weights must be of the features that there are.
func TestWeightsMatchFeatures(t *testing.T) {
	for pass, c := range []struct {
		table    table
		features []feature
	}{{first, firstFeatures}, {second, secondFeatures}} {
		if len(c.table.rows) != len(c.features) {
			t.Errorf("pass %d: %d rows of weights for %d features; run importers/pastedtext/fit", pass+1, len(c.table.rows), len(c.features))
			continue
		}
		for i, f := range c.features {
			if r := c.table.rows[i]; r.feature != f.name || len(r.weights) != f.bins {
				t.Errorf("pass %d: row %d is %q with %d weights, want %q with %d", pass+1, i, r.feature, len(r.weights), f.name, f.bins)
			}
		}
	}
}

// No line gets a bin that its feature does not have.
func FuzzBins(f *testing.F) {
	f.Add("Home\nNews\n\nA first paragraph of some length, with words enough to be taken for prose.\n\n© 2025 X\n2 hours ago\n")
	f.Add("一\n二〇二五年。\n\t\t\n1\n1\n1\n")
	f.Fuzz(func(t *testing.T, text string) {
		lines := Split(text)
		bins := Bins(lines)
		scores, err := Score(context.Background(), lines)
		if err != nil {
			t.Fatal(err)
		}
		for pass, all := range [][][]uint8{bins, SecondBins(lines, bins, scores)} {
			for i, v := range all {
				fs := features(pass + 1)
				if len(v) != len(fs) {
					t.Fatalf("pass %d: %d bins for %d features", pass+1, len(v), len(fs))
				}
				for k, b := range v {
					if int(b) >= fs[k].bins {
						t.Fatalf("line %d %q: bin %d of %q, which has %d", i, lines[i].Text, b, fs[k].name, fs[k].bins)
					}
				}
			}
		}
	})
}

func TestSplit(t *testing.T) {
	lines := Split("\ufeff One \r\n\r\nTwo\rThree\u2028Four\x0bTwo")
	var got []string
	for _, l := range lines {
		got = append(got, l.Text)
	}
	if s := strings.Join(got, "|"); s != "One|Two|Three|Four|Two" {
		t.Errorf("lines %s", s)
	}
	if !lines[0].BlankBefore || !lines[0].BlankAfter || lines[1].BlankAfter || lines[1].Repeats() != 2 || !lines[4].BlankAfter {
		t.Errorf("blank lines or repeats: %+v", lines)
	}
}

func TestCues(t *testing.T) {
	for _, c := range []struct {
		text  string
		start Cues
		whole Cues
	}{
		{"You Might Also Like", Related, Related},
		{"Share on Facebook", Share, Share},
		{"Читайте также", Related, Related},
		{"Çok okunanlar", Related, Related},
		{"24 Comments", Comment | Count, Comment | Count},
		{"© 2021 Aze.Media – Daily Digest", Legal, 0},
		{"The ministers met in the capital", 0, 0},
	} {
		_, start, whole := cuesOf(c.text)
		if start&c.start != c.start || whole&c.whole != c.whole || c.whole == 0 && whole != 0 {
			t.Errorf("%q: start %b, whole %b", c.text, start, whole)
		}
	}
}

func BenchmarkScore(b *testing.B) {
	text := strings.Repeat("Home\nNews\nShare on Facebook\n\nA first paragraph of some length, with words enough to be taken for prose.\n\n", 500)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := Score(context.Background(), Split(text)); err != nil {
			b.Fatal(err)
		}
	}
}
