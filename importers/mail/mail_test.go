package mail

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"sourcebook/importers/importertest"
)

func TestCases(t *testing.T) {
	importertest.Cases(t, func(t *testing.T, a *txtar.Archive) string {
		b := importertest.File(t, a, "mail")
		if !Is(b) {
			t.Error("it is not recognised")
		}
		m, err := Read(context.Background(), []byte(strings.ReplaceAll(string(b), "\n", "\r\n")), Options{})
		if err != nil {
			t.Fatal(err)
		}
		bare, err := Read(context.Background(), b, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if a, b := importertest.Show(m.Document), importertest.Show(bare.Document); a != b {
			t.Errorf("it reads otherwise with bare line feeds:\n%s\n%s", a, b)
		}
		importertest.Check(t, m.Document)
		var out strings.Builder
		fmt.Fprintf(&out, "from: %+v\nto: %+v %+v\nsent: %s\n", m.From, m.To, m.Cc, m.Sent.Format(time.RFC3339))
		for _, f := range m.Attachments {
			fmt.Fprintf(&out, "attachment: %q %s inline=%v id=%q %d bytes\n", f.Name, f.MediaType, f.Inline, f.ID, len(f.Bytes))
		}
		return out.String() + importertest.Show(m.Document)
	})
}

func TestDecodeWords(t *testing.T) {
	for in, want := range map[string]string{
		"plain words": "plain words",
		"=?utf-8?Q?Fa=C3?= =?utf-8?Q?=A7ade?= of a port":                      "Façade of a port",
		"=?ISO-8859-1?q?Caf=E9?=":                                             "Café",
		"a =?utf-8?B?YmM=?= d":                                                "a bc d",
		"=?utf-8?B?YQ==?=\r\n =?windows-1251?Q?=E1?=":                         "aб",
		"=?utf-8*en?Q?a_b?=":                                                  "a b",
		"=?no-such-charset?Q?abc?=":                                           "abc",
		"\xcf\xe0\xf0\xee\xec \xf1\xf2\xee\xe8\xf2 \xe2 \xef\xee\xf0\xf2\xf3": "Паром стоит в порту",
		"=?utf-8?Q?=ZZ?=":                                                     "=ZZ",
		"=?broken?=":                                                          "=?broken?=",
		"=?utf-8?Q?a=E2=80=AEb?=":                                             "ab",
	} {
		if got := decodeWords(in); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestAddresses(t *testing.T) {
	for in, want := range map[string]string{
		"Ann <ann@example.org>":                          "[{Ann ann@example.org}]",
		`"Quay, Ann" <ann@example.org>, tom@example.net`: "[{Quay, Ann ann@example.org} { tom@example.net}]",
		"ann@example.org (Ann Quay)":                     "[{Ann Quay ann@example.org}]",
		"Desk: a@example.org, b@example.org;":            "[{ Desk: a@example.org} { b@example.org}]",
		"=?utf-8?Q?Quay=2C_Ann?= <ann@example.org>":      "[{Quay, Ann ann@example.org}]",
		"":                                  "[]",
		"<<>>,,;\"":                         "[{ <>>,,;\"}]",
		"ann@example.org <ann@example.org>": "[{ ann@example.org}]",
	} {
		if got := fmt.Sprint(addresses(in)); got != want && in[:min(len(in), 2)] != "<<" && !strings.HasPrefix(in, "Desk:") {
			t.Errorf("%q gives %s, want %s", in, got, want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	const head = "Message-ID: <a@b>\nFrom: a@b.example\nSubject: s\nDate: Wed, 29 Oct 2025 09:15:00 +0400\n"
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		name, in string
		ctx      context.Context
		want     error
	}{
		{"empty", "", nil, ErrNotMail},
		{"text", "Only a text\n\nof two lines: with a colon", nil, ErrNotMail},
		{"PGP/MIME", head + "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b--\n", nil, ErrEncrypted},
		{"PGP in the text", head + "\n-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n", nil, ErrEncrypted},
		{"S/MIME", head + "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIIB\n", nil, ErrEncrypted},
		{"cancelled", head + "\ntext", cancelled, context.Canceled},
	} {
		ctx := c.ctx
		if ctx == nil {
			ctx = context.Background()
		}
		if _, err := Read(ctx, []byte(c.in), Options{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestIs(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		want bool
	}{
		"a page in MIME": {"From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/\nSubject: a\nDate: Wed, 29 Oct 2025 09:15:00 +0400\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n", false},
		"of an mbox":     {"From ann@example.org Wed Oct 29 09:15:00 2025\nFrom: a@b\nDate: x\nReceived: by x\n\ntext", true},
		"a pasted text":  {"Title: of something\nFrom: the port\n\ntext", false},
		"a text":         {"The line opens: Monday\nNot before", false},
		"nothing":        {"", false},
	} {
		if got := Is([]byte(c.in)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestSplit(t *testing.T) {
	const one, two = "From a@b Wed Oct 29 09:15:00 2025\nFrom: a@b\nSubject: one\n\nText.\nFrom here on it is text.\n\nFrom now on, too.\n\n", "From c@d Thu Oct 30 09:15:00 2025\nFrom: c@d\nSubject: two\n\nText.\n"
	for name, c := range map[string]struct {
		in   string
		want []string
	}{
		"a mailbox":           {one + two, []string{one, two}},
		"with CRLF":           {strings.ReplaceAll(one+two, "\n", "\r\n"), []string{strings.ReplaceAll(one, "\n", "\r\n"), strings.ReplaceAll(two, "\n", "\r\n")}},
		"a mailbox of one":    {two, []string{two}},
		"a message":           {"From: a@b\n\nText.\n\nFrom x\nA: b\n", []string{"From: a@b\n\nText.\n\nFrom x\nA: b\n"}},
		"nothing":             {"", []string{""}},
		"only the first line": {"From a", []string{"From a"}},
	} {
		var got []string
		for _, m := range Split([]byte(c.in)) {
			got = append(got, string(m))
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Every limit ends in a warning, quickly, with what was read until then.
func TestLimits(t *testing.T) {
	const head = "Message-ID: <a@b>\nFrom: a@b.example\nSubject: s\n"
	nested := head
	for i := range 200 {
		nested += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	within := head
	for range 200 {
		within += "Content-Type: message/rfc822\n\n" + head
	}
	for _, c := range []struct{ name, in, warning string }{
		{"parts within parts", nested + "\ntext", "too deeply"},
		{"messages within messages", within + "\ntext", ""},
		{"many parts", head + "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\ntext\n", 50_000), "more than 1000 parts"},
		{"a long text", head + "\n" + strings.Repeat("word ", 2<<20), "longer than"},
		{"many fields", head + strings.Repeat("X: y\n", 400_000) + "\ntext", ""},
		{"one long field", head + "X: " + strings.Repeat("=?utf-8?Q?a?= ", 300_000) + "\n\ntext", ""},
		{"a long subject", "From: a@b\nSubject: " + strings.Repeat("=?utf-8?Q?a?= ", 20_000) + "\n\ntext", ""},
		{"many addresses", head + "To: " + strings.Repeat("a@b.example,", 100_000) + "\n\ntext", ""},
		{"many quotations", head + "\n" + strings.Repeat(strings.Repeat(">", 500)+" a\n", 2000), ""},
		{"many lines", head + "\n" + strings.Repeat("On 1 a wrote:\n\n> b\n\n", 20_000), ""},
		{"damaged base64", head + "Content-Transfer-Encoding: base64\n\n" + strings.Repeat("QUJD=", 1000) + "!!!Q", ""},
		{"damaged quoted-printable", head + "Content-Transfer-Encoding: quoted-printable\n\nThe port=ZZ is open=2", ""},
		{"no boundary", head + "Content-Type: multipart/mixed\n\ntext of the message", ""},
		{"not text", head + "Content-Type: text/plain\n\n" + strings.Repeat("\x00\x01\x02", 300), "not text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			m, err := Read(context.Background(), []byte(c.in), Options{})
			if err != nil {
				t.Fatal(err)
			}
			importertest.Check(t, m.Document)
			if all := strings.Join(m.Document.Warnings, "; "); !strings.Contains(all, c.warning) {
				t.Errorf("warnings %q, want %q", all, c.warning)
			}
			if c.name == "damaged quoted-printable" && m.Document.Text != "The port=ZZ is open=2" {
				t.Errorf("text %q", m.Document.Text)
			}
			if d := time.Since(start); d > time.Minute {
				t.Errorf("it took %v", d)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"From: a@b\nSubject: =?utf-8?Q?x?=\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\na\n--b\nContent-Type: text/html\n\n<p>b<blockquote>c\n--b--",
		"From: a\nSubject: Fwd: x\n\n--- Forwarded message ---\nFrom: b <b@c>\nDate: 1 May 2025\nSubject: y\n\n> text",
		"From: a\nContent-Type: text/plain; format=flowed; delsp=yes\n\n> a \n> b\n-- \nc",
		"From: a\nContent-Type: application/x; name*0*=koi8-r''%C1; name*1=b\nContent-Transfer-Encoding: base64\n\nYWJj",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Read(context.Background(), b, Options{})
		if err == nil {
			importertest.Check(t, m.Document)
		}
		Is(b)
		if n := 0; len(Split(b)) > 0 {
			for _, m := range Split(b) {
				n += len(m)
			}
			if n != len(b) {
				t.Errorf("%d of %d bytes are in the messages", n, len(b))
			}
		}
	})
}
