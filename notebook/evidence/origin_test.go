package evidence

import (
	"fmt"
	"strings"
	"testing"
)

const (
	dispatch = `The ferry terminal at the northern cape will handle grain trains from next spring, its manager said on Monday. Two new berths are almost ready, and the dredging of the channel is to end in March. Until now wagons had to wait on the shore for a week or longer when the wind blew from the north. The railway has ordered forty wagons of a new type, which can be loaded without being uncoupled.`
	rewrite  = `Starting next year, a harbour in the north plans to take wagons of wheat aboard its ships. The man who runs it spoke of two quays nearing completion. Storms have often kept freight on land for days, he added.`
)

func TestSameOrigin(t *testing.T) {
	quote := `"We waited a week for the wind to turn and nobody on the shore could tell us when the next ship would come to fetch the wagons"`
	for _, c := range []struct {
		name, a, b string
		want       Kinship
	}{
		{"the same text", dispatch, dispatch, Reprint},
		{"with another head and foot", "HARBOUR NEWS. " + dispatch, dispatch + " Read more on our pages. Sign up for the letter that we send on Fridays to all our readers.", Reprint},
		{"with other marks and case", dispatch, strings.ToUpper(strings.NewReplacer(".", " –", ",", "").Replace(dispatch)), Reprint},
		{"a few words changed", dispatch, strings.NewReplacer("Monday", "Tuesday", "forty", "fifty", "almost", "nearly").Replace(dispatch), Reprint},
		{"shortened", dispatch, dispatch[:len(dispatch)/2], Reprint},
		{"one paragraph within another text", dispatch, rewrite + " Two new berths are almost ready, and the dredging of the channel is to end in March. Until now wagons had to wait on the shore for a week or longer. " + rewrite, SharedPassage},
		{"told in other words", dispatch, rewrite, Independent},
		{"the same quotation", rewrite + " " + quote + " he said.", "Nobody slept in the village that night. " + quote + ", a driver told this paper, and lit another cigarette. The snow had begun to fall.", Independent},
		{"too short", "Two words", "Two words", Independent},
		{"empty", "", "", Independent},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := SameOrigin(c.a, c.b)
			if got.Verdict != c.want {
				t.Errorf("%s, want %s: %.2f, %.2f, %s", got.Verdict, c.want, got.InB, got.InA, got.Reason)
			}
			if got.Reason == "" || got.InA < 0 || got.InA > 1 || got.InB < 0 || got.InB > 1 {
				t.Errorf("%+v", got)
			}
			for _, p := range got.Passages {
				if string([]rune(c.a)[p.StartA:p.EndA]) != p.Text {
					t.Errorf("%q does not stand at %d", p.Text, p.StartA)
				}
				b := foldText(string([]rune(c.b)[p.StartB:p.EndB]))
				if len(strings.Fields(b)) == 0 {
					t.Errorf("nothing stands at %d of the second", p.StartB)
				}
			}
		})
	}
}

func TestOrigins(t *testing.T) {
	got := Origins([]string{dispatch, rewrite, "Reprinted: " + dispatch, rewrite + " " + rewrite, dispatch[20:]})
	if s := fmt.Sprint(got); s != "[[0 2 4] [1 3]]" {
		t.Errorf("groups %s", s)
	}
}

func TestFingerprint(t *testing.T) {
	same := Fingerprint(dispatch)
	if d := Distance(same, Fingerprint(strings.Replace(dispatch, "Monday", "Tuesday", 1))); d > CandidateDistance {
		t.Errorf("one word changed: %d bits", d)
	}
	if d := Distance(same, Fingerprint(rewrite)); d <= CandidateDistance {
		t.Errorf("another text: %d bits", d)
	}
}

func FuzzSameOrigin(f *testing.F) {
	f.Add(dispatch, rewrite)
	f.Add(strings.Repeat("a b c d e f g ", 50), strings.Repeat("a b c d e f g ", 30))
	f.Fuzz(func(t *testing.T, a, b string) {
		o := SameOrigin(a, b)
		if o.InA < 0 || o.InA > 1 || o.InB < 0 || o.InB > 1 {
			t.Fatalf("shares %v, %v", o.InA, o.InB)
		}
		Relate(Statement{Text: a, Lang: "en"}, Statement{Text: b, Lang: "ru", Published: "2025-01-01"})
	})
}
