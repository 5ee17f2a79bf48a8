package office

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"sourcebook/importers/importertest"
)

func TestReadRTF(t *testing.T) {
	const head = `{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Times;}{\f1\fnil\fcharset204 Times CYR;}}{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 heading 2;}{\*\cs10 Strong;}}`
	for _, c := range []struct{ name, in, want string }{
		{"paragraphs", head + `\pard First \b bold\b0  word.\par Second\line line.\par}`,
			"lang: en\n\nFirst bold word.\n\nSecond\nline.\n"},
		{"metadata", head + `{\info{\title Grain by rail}{\author Leyla Harbour}{\creatim\yr2025\mo10\dy29\hr9}{\revtim\yr2025\mo10\dy31}{\company X}}\pard Text of the report.\par}`,
			"title: Grain by rail (meta)\nbyline: Leyla Harbour (meta)\npublished: 2025-10-29 (meta)\nmodified: 2025-10-31 (meta)\nlang: en\n\nText of the report.\n"},
		{"styles and lists", head + `\pard\s2 Ports\par\pard\ls1\ilvl0{\listtext\tab 1.}Aktau\par\pard\ls1\ilvl1 Pier 3\par\pard End.\par}`,
			"lang: und\n\n## Ports\n\n- Aktau\n\n  - Pier 3\n\nEnd.\n"},
		{"code pages and characters", head + `\pard Caf\'e9 {\f1 \'cf\'e0\'f0\'ee\'ec} \u1073\'3f\u1077?\u-4064?\u55357?\u56832? \ldblquote a\rdblquote\emdash\~b\_c\-d\{\}\\\par}`,
			"lang: und\n\nCafé Паром бе😀 “a”— b-cd{}\\\n"},
		{"raised and lowered", head + `\pard 10{\super 5} m{\super 2}, CO{\sub 2}, said 2019.{\super 1,2} \super 3\nosupersub 4\par}`, "lang: en\n\n10⁵ m², CO₂, said 2019.¹,² ³4\n"},
		{"two characters for one", head + `\pard\uc2 \u1073\'81\'40x\par}`, "lang: und\n\nбx\n"},
		{"links", head + `\pard See {\field{\*\fldinst HYPERLINK "https://port.example/"}{\fldrslt\ul the port}} for more.\par}`,
			"lang: en\n\nSee [the port](https://port.example/) for more.\n"},
		{"a table", head + `\pard Above.\par\trowd\cellx100\cellx200\pard\intbl Month\cell Wagons\cell\row\trowd\cellx100\cellx200\pard\intbl May\cell 400\cell\row\pard Below.\par}`,
			"lang: en\n\nAbove.\n\n[table] Month\tWagons\nMay\t400\n\nBelow.\n"},
		{"notes, heads, pictures", head + `{\header\pard Internal\par}\pard A claim{\super\chftn{\footnote\pard\plain{\super\chftn} Rail office.\par}} stands.{\*\shppict{\pict\pngblip 89504e47}}{\v hidden}{\deleted gone}\par}`,
			"lang: und\n\nA claim[1] stands.\n\n[1] Rail office.\n\n~ footer: Internal\n"},
		{"binary data", head + `\pard a{\pict\bin3 }}}b}c\par}`, "lang: und\n\nac\n"},
		{"no end", head + `\pard The text has no end`, "lang: en\n\nThe text has no end\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := ReadRTF(context.Background(), []byte(c.in), Options{})
			if err != nil {
				t.Fatal(err)
			}
			importertest.Check(t, d)
			if got := strings.TrimPrefix(importertest.Show(d), "kind: document\n"); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestReadRTFHostile(t *testing.T) {
	if _, err := ReadRTF(context.Background(), []byte("text"), Options{}); !errors.Is(err, ErrNotText) {
		t.Errorf("text: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := ReadRTF(ctx, []byte(`{\rtf1 a}`), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	for name, in := range map[string]string{
		"groups":     strings.Repeat("{", 1_000_000) + "a",
		"ends":       strings.Repeat("}", 1_000_000) + "a",
		"notes":      strings.Repeat(`{\footnote a`, 100_000),
		"cells":      strings.Repeat(`\cell a`, 300_000),
		"rows":       strings.Repeat(`\row `, 300_000),
		"fields":     strings.Repeat(`{\field{\*\fldinst HYPERLINK "http://a"}{\fldrslt `, 100_000),
		"characters": strings.Repeat(`\u55357?`, 500_000),
		"binary":     strings.Repeat(`\bin99999999999 `, 100_000),
		"paragraphs": strings.Repeat(`a\par `, 300_000),
	} {
		start := time.Now()
		d, err := ReadRTF(context.Background(), []byte(`{\rtf1 `+in), Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		importertest.Check(t, d)
		if d := time.Since(start); d > time.Minute {
			t.Errorf("%s took %v", name, d)
		}
	}
}

func FuzzReadRTF(f *testing.F) {
	f.Add(`\pard\s1 a{\footnote b}\cell c\row{\field{\*\fldinst HYPERLINK "http://d"}{\fldrslt e}}\par`)
	f.Add(`{\fonttbl{\f1\fcharset204 x;}}\f1 \'cf\u1073?{\header a}`)
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ReadRTF(context.Background(), []byte(`{\rtf1\ansi `+s+`}`), Options{})
		if err != nil {
			t.Fatal(err)
		}
		importertest.Check(t, d)
	})
}
