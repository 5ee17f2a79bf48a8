package xmlwalk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func tokens(ctx context.Context, in string) (string, error) {
	var b strings.Builder
	w := New(ctx, []byte(in))
	for n := 0; n < 100; n++ {
		switch w.Next() {
		case End:
			return b.String(), w.Err()
		case Open:
			fmt.Fprintf(&b, "<%s a=%s>", w.Name, w.Attr("w:a"))
		case Close:
			fmt.Fprintf(&b, "</%s>", w.Name)
		case Text:
			b.WriteString(w.Text())
		}
	}
	return b.String(), w.Err()
}

func TestNext(t *testing.T) {
	for in, want := range map[string]string{
		`<?xml version="1.0"?><W:P w:A="1 &amp; 2">x &lt; y<w:br/></w:p>`: "<w:p a=1 & 2>x < y<w:br a=></w:br></w:p>",
		`<title>a<b>c</b></title>`:                                        "<title a=>a<b a=>c</b></title>",
		`<a><![CDATA[x &amp; <b>]]></a>`:                                  "<a a=>x &amp; <b></a>",
		`<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`:                        "]><a a=>&x;</a>",
		`<a><b></a> & <`:                                                  "<a a=><b a=></a> & <",
		"<?xml version='1.0' encoding='windows-1251'?><a>\xcf</a>":        "<a a=>П</a>",
		"": "",
	} {
		got, err := tokens(context.Background(), in)
		if err != nil || got != want {
			t.Errorf("%q gives %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestInner(t *testing.T) {
	w := New(context.Background(), []byte("<a><b> x <b>y</b>\nz</b>w</a>"))
	w.Next()
	w.Next()
	if got := w.Inner(); got != "x y z" {
		t.Errorf("got %q", got)
	}
	if w.Next() != Text || w.Text() != "w" {
		t.Errorf("after it stands %q", w.Text())
	}
}

func TestLimits(t *testing.T) {
	if _, err := tokens(context.Background(), "<a "+strings.Repeat("b ", maxToken)+">"); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a tag without end: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	w := New(ctx, []byte(strings.Repeat("<a>", 10_000)))
	for w.Next() != End {
	}
	if !errors.Is(w.Err(), context.Canceled) {
		t.Errorf("cancelled: %v", w.Err())
	}
}

func FuzzNext(f *testing.F) {
	f.Add([]byte("<?xml?><a b='c'>d<![CDATA[e]]><f/>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		w := New(context.Background(), b)
		for n := 0; w.Next() != End; n++ {
			if n > 4*len(b)+10 {
				t.Fatal("it does not end")
			}
		}
	})
}
