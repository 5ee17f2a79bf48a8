package country

import (
	"errors"
	"testing"
)

func TestParseCode(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"AZ", "AZ"}, {"az", "AZ"}, {" kaz ", "KZ"}, {"UK", "GB"}, {"gb", "GB"}, {"Azerbaijan", "AZ"}, {"azerbaijan", "AZ"},
		{"Азербайджан", "AZ"}, {"Azərbaycan", "AZ"}, {"Aserbaidschan", "AZ"}, {"阿塞拜疆", "AZ"}, {"آذربایجان", "AZ"},
		{"Turkey", "TR"}, {"Türkiye", "TR"}, {"turkiye", "TR"}, {"South Korea", "KR"}, {"Korea, Republic of", "KR"},
		{"Côte d'Ivoire", "CI"}, {"cote divoire", "CI"}, {"Ivory Coast", "CI"}, {"Congo", "CD"}, {"U.S.", "US"}, {"USA", "US"},
		{"United States of America", "US"}, {"Kazakh", "KZ"}, {"Tehran", "IR"}, {"Kosovo", "XK"}, {"США", "US"},
		{"Россия", "RU"}, {"საქართველო", "GE"}, {"Հայաստան", "AM"}, {"Georgia", "GE"},
	} {
		got, err := ParseCode(c.in)
		if err != nil || string(got) != c.want {
			t.Errorf("%q gives %s, %v, want %s", c.in, got, err, c.want)
		}
	}
	for _, in := range []string{"", " ", "Q", "QQ", "QQQ", "Atlantis", "the", "Azerbaijan and Armenia", "\xff"} {
		if got, err := ParseCode(in); !errors.Is(err, ErrUnknown) {
			t.Errorf("%q gives %s, %v", in, got, err)
		}
	}
}

func TestAll(t *testing.T) {
	all := All()
	if len(all) != 250 {
		t.Errorf("%d countries, want the 249 of ISO 3166-1 and Kosovo", len(all))
	}
	for i, c := range all {
		if len(c.Code) != 2 || len(c.Alpha3) != 3 || len(c.Numeric) != 3 || c.Name == "" || c.Region == "" || c.Subregion == "" {
			t.Errorf("incomplete: %+v", c)
		}
		if i > 0 && all[i-1].Code >= c.Code {
			t.Errorf("%s does not come after %s", c.Code, all[i-1].Code)
		}
	}
	all[0].Name = "changed"
	if All()[0].Name == "changed" {
		t.Error("All gives out its own list")
	}
}

func TestName(t *testing.T) {
	for _, c := range []struct {
		code Code
		lang string
		want string
	}{
		{"AZ", "en", "Azerbaijan"}, {"AZ", "ru", "Азербайджан"}, {"AZ", "az", "Azərbaycan"}, {"AZ", "pt-BR", "Azerbaijão"},
		{"AZ", "", "Azerbaijan"}, {"AZ", "xx", "Azerbaijan"}, {"QQ", "en", "QQ"}, {"HK", "en", "Hong Kong"},
		{"CD", "en", "Congo (DRC)"}, {"GB", "en", "United Kingdom"}, {"PS", "en", "Palestine"},
	} {
		if got := Name(c.code, c.lang); got != c.want {
			t.Errorf("%s in %q is %q, want %q", c.code, c.lang, got, c.want)
		}
	}
}

func TestRegion(t *testing.T) {
	for code, want := range map[Code]string{"AZ": "Western Asia", "KZ": "Central Asia", "RU": "Eastern Europe", "CY": "Western Asia", "US": "Northern America", "AQ": "Antarctica", "QQ": ""} {
		if got := Region(code); got != want {
			t.Errorf("%s lies in %q, want %q", code, got, want)
		}
	}
}
