package charset

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

const (
	russian = "Переговоры о судоходстве на Каспии прошли в Баку: стороны обсудили глубину моря, порты и новый паром. Следующая встреча назначена на осень. "
	turkish = "Toplantıda deniz seviyesinin düşüşü görüşüldü; şirketler yeni bir feribot hattı için anlaştı. Işıklar gece boyunca yandı, çağrı yapıldı. "
	arabic  = "ناقش الوزراء في الاجتماع انخفاض مستوى سطح البحر والموانئ الجديدة والخط البحري بين المدينتين خلال العام القادم. "
	chinese = "会议讨论了里海水位下降的问题，各方同意建设新的港口和渡轮航线。下一次会议定于秋季举行。"
	german  = "Die Außenminister erörterten die Fährverbindung über das Meer; für die Häfen gibt es neue Pläne. "
)

func encode(t testing.TB, name, s string) []byte {
	t.Helper()
	e, err := htmlindex.Get(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecode(t *testing.T) {
	wide := func(s string, big bool) []byte {
		var b []byte
		for _, r := range s {
			if big {
				b = append(b, byte(r>>8), byte(r))
			} else {
				b = append(b, byte(r), byte(r>>8))
			}
		}
		return b
	}
	long := func(s string) string { return strings.Repeat(s, 6) }
	for _, c := range []struct {
		name string
		in   []byte
		hint Hint
		want string
		enc  string
	}{
		{"empty", nil, Hint{}, "", "utf-8"},
		{"ascii", []byte("plain"), Hint{}, "plain", "utf-8"},
		{"utf-8", []byte(russian), Hint{}, russian, "utf-8"},
		{"utf-8 mark is dropped", []byte("\xef\xbb\xbfété"), Hint{}, "été", "utf-8"},
		{"utf-16le mark", append([]byte{0xff, 0xfe}, wide("Баку", false)...), Hint{}, "Баку", "utf-16le"},
		{"utf-16be mark", append([]byte{0xfe, 0xff}, wide("Баку", true)...), Hint{}, "Баку", "utf-16be"},
		{"utf-16le without a mark", wide("<p>hello there</p>", false), Hint{}, "<p>hello there</p>", "utf-16le"},
		{"header", encode(t, "koi8-r", russian), Hint{ContentType: "text/html; charset=KOI8-R"}, russian, "koi8-r"},
		{"header beats meta", encode(t, "windows-1251", `<meta charset="koi8-r">Баку`), Hint{ContentType: "text/html; charset=cp1251", HTML: true}, `<meta charset="koi8-r">Баку`, "windows-1251"},
		{"meta charset", encode(t, "windows-1251", `<meta charset="windows-1251">Баку`), Hint{HTML: true}, `<meta charset="windows-1251">Баку`, "windows-1251"},
		{"meta http-equiv", encode(t, "gbk", `<META http-equiv=Content-Type content="text/html; charset=gb2312">中文`), Hint{HTML: true}, `<META http-equiv=Content-Type content="text/html; charset=gb2312">中文`, "gbk"},
		{"meta in a comment does not count", encode(t, "windows-1251", `<!-- <meta charset=koi8-r> --><meta charset=windows-1251>Баку`), Hint{HTML: true}, `<!-- <meta charset=koi8-r> --><meta charset=windows-1251>Баку`, "windows-1251"},
		{"xml declaration", encode(t, "iso-8859-2", `<?xml version="1.0" encoding="ISO-8859-2"?><p>Łódź</p>`), Hint{HTML: true}, `<?xml version="1.0" encoding="ISO-8859-2"?><p>Łódź</p>`, "iso-8859-2"},
		{"saved as utf-8, old declaration left", []byte(`<meta charset=windows-1251>` + russian), Hint{HTML: true}, `<meta charset=windows-1251>` + russian, "utf-8"},
		{"wrongly declared utf-8", encode(t, "windows-1251", long(russian)), Hint{ContentType: "text/html; charset=utf-8"}, long(russian), "windows-1251"},
		{"one stray byte in utf-8", []byte(long(russian) + "\xff"), Hint{ContentType: "text/html; charset=utf-8"}, long(russian) + "\uFFFD", "utf-8"},
		{"override", encode(t, "windows-1254", turkish), Hint{Override: "windows-1254", ContentType: "text/plain; charset=utf-8"}, turkish, "windows-1254"},
		{"detect windows-1251", encode(t, "windows-1251", long(russian)), Hint{}, long(russian), "windows-1251"},
		{"detect koi8", encode(t, "koi8-r", long(russian)), Hint{}, long(russian), "koi8-r"},
		{"detect turkish", encode(t, "windows-1254", long(turkish)), Hint{}, long(turkish), "windows-1254"},
		{"detect arabic", encode(t, "windows-1256", long(arabic)), Hint{}, long(arabic), "windows-1256"},
		{"detect gb", encode(t, "gbk", long(chinese)), Hint{}, long(chinese), "gbk"},
		{"detect big5", encode(t, "big5", long("會議討論了海水位下降的問題，各方同意建設新的港口和航線。下一次會議定於秋季舉行。")), Hint{}, long("會議討論了海水位下降的問題，各方同意建設新的港口和航線。下一次會議定於秋季舉行。"), "big5"},
		{"detect shift_jis", encode(t, "shift_jis", long("会議では海面の低下と新しい港について話し合いました。次の会議は秋に開かれます。")), Hint{}, long("会議では海面の低下と新しい港について話し合いました。次の会議は秋に開かれます。"), "shift_jis"},
		{"detect latin", encode(t, "windows-1252", long(german)), Hint{}, long(german), "windows-1252"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, enc, err := Decode(c.in, c.hint)
			if err != nil {
				t.Fatal(err)
			}
			if got != c.want {
				t.Errorf("text %.80q, want %.80q", got, c.want)
			}
			if enc != c.enc {
				t.Errorf("encoding %s, want %s", enc, c.enc)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	if _, _, err := Decode([]byte("x"), Hint{Override: "klingon"}); !errors.Is(err, ErrUnknown) {
		t.Errorf("override klingon: %v, want ErrUnknown", err)
	}
	for name, b := range map[string][]byte{
		"png":   []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
		"zip":   []byte("PK\x03\x04\x14\x00\x00\x00"),
		"noise": []byte(strings.Repeat("\x00\x01\x02\x03\x9a\x05\xff\x06", 64)),
	} {
		if _, _, err := Decode(b, Hint{}); !errors.Is(err, ErrBinary) {
			t.Errorf("%s: %v, want ErrBinary", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(russian), "text/html; charset=utf-8", true)
	f.Add([]byte("\xff\xfea\x00"), "", false)
	f.Add([]byte("<?xml encoding='x'?><meta charset=gbk>\x81\x30"), "charset=", true)
	f.Fuzz(func(t *testing.T, b []byte, contentType string, html bool) {
		text, name, err := Decode(b, Hint{ContentType: contentType, HTML: html})
		if err == nil && (!utf8.ValidString(text) || name == "") {
			t.Fatalf("invalid text as %q", name)
		}
	})
}
