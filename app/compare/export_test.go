package compare

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sourcebook/app/session/sessiontest"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/notebooktest"
)

func TestWrite(t *testing.T) {
	table := notebook.Table{Countries: []country.Code{"KZ", "AZ"}, Rows: []notebook.TableRow{
		{Topic: "Ports", Cells: []notebook.TableCell{
			{Claims: []notebook.Claim{{ID: "1", Statement: "Two berths, by 2026.", EventDate: "2025-09"}}},
			{},
		}},
		{Topic: "=SUM(A1)", Cells: []notebook.TableCell{{Note: "+1 ferry"}, {Claims: []notebook.Claim{{ID: "2", Statement: "Says \"no\"."}}}}},
	}}
	var b strings.Builder
	if err := Write(&b, table, map[notebook.ClaimID]string{"1": "B2"}); err != nil {
		t.Fatal(err)
	}
	want := "Topic,Kazakhstan,Azerbaijan\n" +
		"Ports,\"Two berths, by 2026. (B2 · 2025-09)\",\n" +
		"'=SUM(A1),'+1 ferry,\"Says \"\"no\"\".\"\n"
	if b.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", b.String(), want)
	}
}

func TestExportInEachFormat(t *testing.T) {
	nb := notebooktest.New(t)
	claim := func(code country.Code, says string) *notebook.PutClaim {
		return &notebook.PutClaim{Claim: notebook.Claim{Statement: says, Countries: []country.Code{code}, Topics: []string{"Ports"}}}
	}
	if _, err := nb.Do(claim("KZ", "Two berths are being built at Aktau."), claim("AZ", "Alat plans a second terminal.")); err != nil {
		t.Fatal(err)
	}
	s := sessiontest.New(t, nb)
	c := New(s)
	s.Window().SetContent(c.Content())
	c.current = notebook.Comparison{Title: "Ports of the Caspian", Countries: []country.Code{"KZ", "AZ"}}
	c.work()
	dir := t.TempDir()
	for _, f := range formats {
		path := filepath.Join(dir, "ports"+f.Key)
		if err := known(path); err != nil {
			t.Error(err)
		}
		c.write(path)
		b, err := os.ReadFile(path)
		if err != nil || len(b) == 0 {
			t.Errorf("%s: %d bytes, %v", f.Label, len(b), err)
			continue
		}
		if f.Key == ".md" || f.Key == ".csv" || f.Key == ".html" {
			for _, want := range []string{"Aktau", "Alat", "Kazakhstan"} {
				if !strings.Contains(string(b), want) {
					t.Errorf("%s lacks %q", f.Label, want)
				}
			}
		}
	}
	if known(filepath.Join(dir, "x.xls")) == nil {
		t.Error("a spreadsheet's own format is said to be known")
	}
	if len(s.Failed) > 0 {
		t.Errorf("failed: %v", s.Failed)
	}
	left, err := filepath.Glob(filepath.Join(dir, ".*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestFileName(t *testing.T) {
	for in, want := range map[string]string{"A/B: C?": "A-B- C-", "": "untitled", "...": "untitled", "Каспий 2025": "Каспий 2025"} {
		if got := FileName(in); got != want {
			t.Errorf("FileName(%q) = %q, want %q", in, got, want)
		}
	}
}
