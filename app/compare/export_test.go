package compare

import (
	"strings"
	"testing"

	"sourcebook/notebook"
	"sourcebook/notebook/country"
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

func TestFileName(t *testing.T) {
	for in, want := range map[string]string{"A/B: C?": "A-B- C-", "": "untitled", "...": "untitled", "Каспий 2025": "Каспий 2025"} {
		if got := FileName(in); got != want {
			t.Errorf("FileName(%q) = %q, want %q", in, got, want)
		}
	}
}
