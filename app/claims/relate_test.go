package claims

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sourcebook/app/present"
	"sourcebook/app/session/sessiontest"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
)

func TestPickByTyping(t *testing.T) {
	nb := notebooktest.New(t)
	var ids []notebook.ClaimID
	for _, s := range []string{"Two berths at Kuryk are closed.", "The Middle Corridor, by rail and sea, grows.", "Nobody gave a date."} {
		put := &notebook.PutClaim{Claim: notebook.Claim{Statement: s}}
		if _, err := nb.Do(put); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, put.Claim.ID)
	}
	for _, c := range []struct {
		name, typed string
		keys        []fyne.KeyName
		want        []notebook.ClaimID
	}{
		{"the first that fits", "corridor rail", []fyne.KeyName{fyne.KeyReturn}, ids[1:2]},
		{"with a comma", "Corridor, by", []fyne.KeyName{fyne.KeyReturn}, ids[1:2]},
		{"by the arrows", "", []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn}, nil},
		{"nothing fits", "zebra", []fyne.KeyName{fyne.KeyReturn}, nil},
		{"given up", "corridor", []fyne.KeyName{fyne.KeyEscape}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := sessiontest.New(t, nb)
			var got []notebook.ClaimID
			kind := ""
			Pick(s, PickOptions{Title: "Which?", Kinds: present.Stances, Kind: "supports", Confirm: "Link", OnPicked: func(k string, picked []notebook.ClaimID) { kind, got = k, picked }})
			e, ok := s.Window().Canvas().Focused().(*widgets.Entry)
			if !ok {
				t.Fatal("the search field does not have the keyboard")
			}
			test.Type(e, c.typed)
			for _, k := range c.keys {
				e.TypedKey(&fyne.KeyEvent{Name: k})
			}
			switch {
			case c.name == "by the arrows":
				if len(got) != 1 || kind != "supports" {
					t.Errorf("picked %v as %q", got, kind)
				}
			case !slices.Equal(got, c.want):
				t.Errorf("picked %v, want %v", got, c.want)
			}
			for _, err := range s.Failed {
				t.Error(err)
			}
		})
	}
}
