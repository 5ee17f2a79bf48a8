package pastedtext

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"sourcebook/importers/pastedtext/line"
	"sourcebook/notebook/document"
)

// received is when the pages of testdata were pasted.
var received = time.Date(2025, 11, 13, 9, 0, 0, 0, time.UTC)

func read(t *testing.T, text string) *document.Document {
	t.Helper()
	d, err := Read(context.Background(), text, Options{Received: received})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestPages reads the pages of testdata/pages. Each holds input.txt, a body.txt
// with a line for each block, and a want.txt with metadata; what want.txt does
// not name is not looked at.
func TestPages(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "pages", "*.txtar"))
	if err != nil || len(files) < 60 {
		t.Fatalf("%d pages found, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			parts := map[string]string{}
			for _, f := range a.Files {
				parts[f.Name] = string(f.Data)
			}
			d := read(t, parts["input.txt"])
			fields := map[string]string{"kind": string(d.Kind), "title": d.Title, "site": d.Site, "section": d.Section, "standfirst": d.Standfirst,
				"original publisher": d.OriginalPublisher, "published": string(d.Published), "modified": string(d.Modified),
				"byline": strings.Join(d.Byline, "; "), "lang": d.Lang}
			for _, l := range strings.Split(strings.TrimSpace(parts["want.txt"]), "\n") {
				name, want, _ := strings.Cut(l, ":")
				got, known := fields[name]
				if !known {
					t.Errorf("want.txt names %q", name)
				}
				if want = strings.TrimSpace(want); got != want {
					t.Errorf("%s is %q, want %q", name, got, want)
				}
			}
			var body []string
			for _, b := range d.Blocks {
				body = append(body, b.Text)
			}
			want := strings.Split(strings.TrimSpace(parts["body.txt"]), "\n")
			for _, w := range want {
				if !slices.Contains(body, w) {
					t.Errorf("missing from the body: %.90q", w)
				}
			}
			for _, b := range body {
				if !slices.Contains(want, b) {
					t.Errorf("in the body, but not of the article: %.90q", b)
				}
			}
			if !t.Failed() && !slices.Equal(body, want) {
				t.Errorf("the body is in another order:\n%s", strings.Join(body, "\n"))
			}
			covers(t, parts["input.txt"], d)
		})
	}
}

// covers checks that every line of the input is in the document: in a block,
// the metadata or what was dropped.
func covers(t *testing.T, text string, d *document.Document) {
	t.Helper()
	var b strings.Builder
	for _, x := range d.Blocks {
		b.WriteString(x.Text + "\n")
	}
	b.WriteString(d.Title + "\n" + d.Standfirst + "\n")
	for _, x := range d.Dropped {
		b.WriteString(x.Text + "\n")
		if x.Reason == "" {
			t.Errorf("dropped without a reason: %.60q", x.Text)
		}
	}
	all := strings.Join(strings.Fields(b.String()), " ")
	for _, l := range line.Split(text) {
		if s := strings.Join(strings.Fields(cutBullet(l.Text)), " "); !strings.Contains(all, s) {
			t.Errorf("lost: %.90q", l.Text)
		}
	}
}

func TestNotes(t *testing.T) {
	for _, c := range []struct {
		name, text string
		kind       document.Kind
		title      string
		blocks     []string
	}{
		{"one line", "Ask the port about the tariff.", document.Note, "", []string{"Ask the port about the tariff."}},
		{"list", "Call with Aktau desk\n- tariff since June?\n- who insures the barges\n- photo of the queue", document.Note, "",
			[]string{"Call with Aktau desk", "tariff since June?", "who insures the barges", "photo of the queue"}},
		{"paragraphs without a title", "The ferry broke down on 4 August, the manager said on the phone, and nobody told the drivers for two days.\n\nHe will send the log of the harbour by Friday, if the director signs the letter that we sent him.", document.Note, "",
			[]string{"The ferry broke down on 4 August, the manager said on the phone, and nobody told the drivers for two days.", "He will send the log of the harbour by Friday, if the director signs the letter that we sent him."}},
		{"wrapped at a width", "The ferry broke down on the fourth of August, the manager\nsaid on the phone, and nobody at the gate told the waiting\ndrivers of it for two days.\n\nSecond paragraph.", document.Note, "",
			[]string{"The ferry broke down on the fourth of August, the manager said on the phone, and nobody at the gate told the waiting drivers of it for two days.", "Second paragraph."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := read(t, c.text)
			if d.Kind != c.kind || d.Title != c.title {
				t.Errorf("kind %s, title %q", d.Kind, d.Title)
			}
			var got []string
			for _, b := range d.Blocks {
				got = append(got, b.Text)
			}
			if !slices.Equal(got, c.blocks) {
				t.Errorf("blocks %q", got)
			}
			if len(d.Dropped) > 0 {
				t.Errorf("dropped %v of a note", d.Dropped)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, "text", Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("ended context: %v", err)
	}
	for _, c := range []struct {
		name, text string
		want       error
	}{
		{"empty", "", ErrEmpty},
		{"blank", " \n\t\n\u200b\n", ErrEmpty},
		{"too many bytes", strings.Repeat("a", MaxBytes+1), ErrTooLarge},
		{"too many lines", strings.Repeat("a\n", MaxLines+1), ErrTooLarge},
	} {
		if _, err := Read(context.Background(), c.text, Options{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

// A text of more lines than any page has is kept whole.
func TestLong(t *testing.T) {
	text := strings.Repeat("one\ntwo\r\n\nthree\n", pageLines/3)
	d := read(t, text)
	if d.Kind != document.Note || len(d.Warnings) == 0 || len(d.Dropped) > 0 {
		t.Errorf("kind %s, warnings %q, %d dropped", d.Kind, d.Warnings, len(d.Dropped))
	}
	if got, want := strings.Join(strings.Fields(d.Text), " "), strings.Join(strings.Fields(text), " "); got != want {
		t.Errorf("the text has %d bytes, want %d", len(got), len(want))
	}
}

// TestSeed reads the real capture that the project began with.
func TestSeed(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "seeds", "000_*.txt"))
	if len(files) == 0 {
		t.Skip("the real captures are not beside the project")
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	d := read(t, string(b))
	for _, c := range []struct{ what, got, want string }{
		{"kind", string(d.Kind), "article"},
		{"title", d.Title, "Azerbaijan–Kazakhstan cooperation transforms Eurasia’s geopolitical map"},
		{"site", d.Site, "Aze.Media"},
		{"section", d.Section, "Opinion"},
		{"byline", strings.Join(d.Byline, "; "), "Paul Goble"},
		{"original publisher", d.OriginalPublisher, "Eurasiareview"},
		{"published", string(d.Published), "2025-10-29"},
		{"lang", d.Lang, "en"},
	} {
		if c.got != c.want {
			t.Errorf("%s is %q, want %q", c.what, c.got, c.want)
		}
	}
	// The paragraphs are the long lines from the second that begins like the
	// standfirst on to the one before the author's name.
	var want []string
	for _, l := range line.Split(string(b)) {
		if l.Text == "Paul Goble" {
			break
		}
		if l.Words() > 45 {
			want = append(want, l.Text)
		}
	}
	var got []string
	for _, b := range d.Blocks {
		got = append(got, b.Text)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%d blocks, want %d paragraphs", len(got), len(want))
	}
	if d.Standfirst == "" || !strings.HasPrefix(want[0], d.Standfirst) {
		t.Errorf("standfirst is %q", d.Standfirst)
	}
	covers(t, string(b), d)
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob(filepath.Join("testdata", "pages", "*-en.txtar"))
	for _, file := range files {
		if a, err := txtar.ParseFile(file); err == nil && len(a.Files) > 0 {
			f.Add(string(a.Files[0].Data))
		}
	}
	f.Add("a\n- b\n\n© 2025 X\nBy Y Z\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Read(context.Background(), text, Options{Received: received, URL: "https://www.a.example/b"})
		if err != nil {
			if !errors.Is(err, ErrEmpty) {
				t.Fatal(err)
			}
			return
		}
		if d.Text != document.Canonical(d.Blocks) {
			t.Fatal("the text is not that of the blocks")
		}
		for _, b := range d.Blocks {
			n := len([]rune(b.Text))
			for _, l := range b.Links {
				if l.Start < 0 || l.End > n || l.Start >= l.End {
					t.Fatalf("link %v in %d", l, n)
				}
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	a, err := txtar.ParseFile(filepath.Join("testdata", "pages", "mega-en.txtar"))
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat(string(a.Files[0].Data), 10)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := Read(context.Background(), text, Options{Received: received}); err != nil {
			b.Fatal(err)
		}
	}
}
