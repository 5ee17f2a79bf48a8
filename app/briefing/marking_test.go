package briefing

import (
	"testing"

	"sourcebook/app/session/sessiontest"
	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
)

func TestNewBriefingsAreMarkedAsTheSettingsSay(t *testing.T) {
	nb := notebooktest.New(t)
	s := sessiontest.New(t, nb)
	c := New(s)
	s.Window().SetContent(c.Content())
	s.Preferences().SetString("briefing.tlp", "GREEN")
	c.New()
	err := nb.View(func(tx *notebook.Tx) error {
		all, err := tx.Briefings()
		if len(all) != 1 || all[0].TLP != notebook.TLPGreen {
			t.Errorf("the briefings are %+v", all)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
