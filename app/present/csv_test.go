package present

import "testing"

func TestCSVCell(t *testing.T) {
	for in, want := range map[string]string{"": "", "Port of Aktau": "Port of Aktau", "=1+1": "'=1+1", "-3 %": "'-3 %", "@home": "'@home", "\tx": "'\tx"} {
		if got := CSVCell(in); got != want {
			t.Errorf("CSVCell(%q) is %q, want %q", in, got, want)
		}
	}
}
