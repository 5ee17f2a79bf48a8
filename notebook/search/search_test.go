package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// shelf is a handful of entries in many languages.
var shelf = []Entry{
	{ID: "en-1", Kind: Source, SourceID: "en-1", SourceKind: "article", Lang: "en", Title: "Grain trains cross the Caspian", Site: "Harbour Review", Author: "Dana Lowe",
		Body:      "Freight operators said that trains carrying grain reached the port of Aktau. Kazakhstan's railways plan twelve more.",
		Countries: []string{"KZ", "AZ"}, Tags: []string{"Middle Corridor", "grain"}, Published: "2025-10-29", Captured: "2025-11-02T09:00:00Z", Highlights: 2, Reliability: "B", Credibility: 2},
	{ID: "en-2", Kind: Source, SourceID: "en-2", SourceKind: "article", Lang: "en", Title: "Tariffs rise", Site: "Quay Notes",
		Body:      "Operators expect higher tariffs. The U.S. delegation left early; the naïve café owner stayed.",
		Countries: []string{"US"}, Published: "2025-09", Captured: "2025-11-03"},
	{ID: "claim-1", Kind: Claim, SourceID: "en-1", Lang: "en", Body: "Twelve more trains are planned.", Credibility: 3, Countries: []string{"KZ"}},
	{ID: "tr", Kind: Source, SourceID: "tr", SourceKind: "article", Lang: "tr", Title: "İSTANBUL'DAKİ ZİRVE", Body: "Bakanlar zirvede Türkiye'nin limanlarını ve yollarını konuştu.", Published: "2024"},
	{ID: "az", Kind: Source, SourceID: "az", SourceKind: "article", Lang: "az", Title: "İlham Əliyev Bakıda çıxış edib", Body: "Prezident İlham Əliyev dəmiryolunun açılışında iştirak edib. Limanlarımızdan yük daşınır.", Published: "2023-05-01"},
	{ID: "ru", Kind: Source, SourceID: "ru", SourceKind: "post", Lang: "ru", Title: "Ещё один порт", Body: "Портовые рабочие приняли новые корабли. Перевозки растут.", Published: "2022-02-24"},
	{ID: "kk", Kind: Source, SourceID: "kk", SourceKind: "article", Lang: "kk", Title: "Астанада кездесу өтті", Body: "Теміржолшылар жаңа бағытты талқылады.", Published: "2021"},
	{ID: "ka", Kind: Source, SourceID: "ka", SourceKind: "article", Lang: "ka", Title: "ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ ᲓᲐ ᲞᲝᲠᲢᲘ", Body: "პორტებისთვის ახალი გზა გაიხსნა."},
	{ID: "hy", Kind: Source, SourceID: "hy", SourceKind: "article", Lang: "hy", Title: "Երևանում հանդիպում", Body: "Նախարարները քննարկեցին ճանապարհները։"},
	{ID: "ar", Kind: Source, SourceID: "ar", SourceKind: "article", Lang: "ar", Title: "اجتماع في المدينة", Body: "ناقش الوزراء المشاريع الكبيرة في على الميناء."},
	{ID: "fa", Kind: Source, SourceID: "fa", SourceKind: "article", Lang: "fa", Title: "همکاری بندری", Body: "کشتی‌های تازه به بندر رسیدند و می‌روند."},
	{ID: "zh", Kind: Source, SourceID: "zh", SourceKind: "article", Lang: "zh", Title: "港口合作", Body: "双方讨论了铁路运输问题。"},
	{ID: "ja", Kind: Source, SourceID: "ja", SourceKind: "article", Lang: "ja", Title: "カスピ海の港", Body: "新しい鉄道が開通した。"},
	{ID: "ko", Kind: Source, SourceID: "ko", SourceKind: "article", Lang: "ko", Title: "철도 협력", Body: "항구에서 열차가 출발했다."},
	{ID: "fr", Kind: Source, SourceID: "fr", SourceKind: "article", Lang: "fr", Title: "Les réseaux ferrés", Body: "L’ouverture des liaisons ferroviaires a été annoncée."},
}

// open gives an index of the entries, closed at the test's end.
func open(t testing.TB, entries []Entry) *Index {
	t.Helper()
	x, err := Open(filepath.Join(t.TempDir(), "index"), "notebook-1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := x.Update(context.Background(), entries, "w1"); err != nil {
		t.Fatal(err)
	}
	return x
}

func ids(t testing.TB, x *Index, query string, o Options) []string {
	t.Helper()
	res, err := x.Search(context.Background(), query, o)
	if err != nil {
		t.Fatalf("search %s: %v", query, err)
	}
	var list []string
	for _, h := range res.Hits {
		list = append(list, h.ID)
	}
	return list
}

func TestSearchFinds(t *testing.T) {
	x := open(t, shelf)
	for _, c := range []struct{ name, query, want string }{
		{"a word", "grain", "en-1"},
		{"capitals", "GRAIN", "en-1"},
		{"a plural by its singular", "train", "claim-1 en-1"},
		{"a singular by its plural", "tariff", "en-2"},
		{"a verb form", "carry", "en-1"},
		{"a possessive", "Kazakhstan", "en-1"},
		{"accents left out", "naive cafe", "en-2"},
		{"initials", "US delegation", "en-2"},
		{"initials with dots", "U.S.", "en-2"},
		{"all words", "operators tariffs", "en-2"},
		{"either word", "grain OR tariffs", "en-1 en-2"},
		{"without a word", "operators -grain", "en-2"},
		{"NOT", "operators NOT tariffs", "en-1"},
		{"only NOT", "NOT kind:source", "claim-1"},
		{"brackets", "operators (grain OR lemons)", "en-1"},
		{"a phrase", `"port of Aktau"`, "en-1"},
		{"a phrase out of order", `"Aktau of port"`, ""},
		{"a prefix", "freig*", "en-1"},
		{"near spelling", "Aktao~", "en-1"},
		{"near spelling, two letters", "Agtao~2", "en-1"},
		{"author", "author:Lowe", "en-1"},
		{"author as a word", "Lowe", "en-1"},
		{"site", `site:"harbour review"`, "en-1"},
		{"title", "title:tariffs", "en-2"},
		{"country", "country:AZ", "en-1"},
		{"country by name", `country:"United States"`, "en-2"},
		{"kind of entry", "kind:claim", "claim-1"},
		{"kind of source", "kind:post", "ru"},
		{"tag", `tag:"middle corridor"`, "en-1"},
		{"language", "lang:az", "az"},
		{"has", "has:highlights", "en-1"},
		{"claim by words", "claim:trains", "claim-1"},
		{"claim by ID", "claim:claim-1", "claim-1"},
		{"source", "source:en-1", "claim-1 en-1"},
		{"credibility at most", "credibility:<=2", "en-1"},
		{"credibility range", "credibility:2..3", "claim-1 en-1"},
		{"reliability", "reliability:b", "en-1"},
		{"published on a day", "published:2025-10-29", "en-1"},
		{"published in a year", "published:2025", "en-1 en-2"},
		{"published since", "published:2025-10..", "en-1"},
		{"published until", "published:..2022", "kk ru"},
		{"published before", "published:<2022", "kk"},
		{"captured", "captured:2025-11-02", "en-1"},
		{"words and fields", "operators country:KZ published:2025", "en-1"},
		{"Turkish by the stem", "zirve lang:tr", "tr"},
		{"Turkish dotted capital", "istanbul", "tr"},
		{"Turkish without dots", "ISTANBUL", "tr"},
		{"Turkish plural", "liman lang:tr", "tr"},
		{"Turkish before an apostrophe", "Türkiye", "tr"},
		{"Azerbaijani name", "İlham", "az"},
		{"Azerbaijani name in ASCII", "ilham eliyev", "az"},
		{"Azerbaijani by the beginning", "dəmiryolu", "az"},
		{"Azerbaijani place by the beginning", "Bakı", "az"},
		{"Russian ё as е", "еще", "ru"},
		{"Russian е as ё", "ЕЩЁ", "ru"},
		{"Russian by the stem", "корабль", "ru"},
		{"Russian case", "перевозка", "ru"},
		{"Kazakh by the beginning", "Астана", "kk"},
		{"Kazakh by the beginning of a plural", "теміржол", "kk"},
		{"Georgian capitals", "საქართველო", "ka"},
		{"Georgian by the beginning", "პორტ", "ka"},
		{"Armenian by the beginning", "Երևան", "hy"},
		{"Armenian plural", "նախարար", "hy"},
		{"Arabic with the Persian yeh", "فی علی", "ar"},
		{"Arabic teh marbuta", "مدينه", "ar"},
		{"Arabic stem", "الكبيرة", "ar"},
		{"Arabic without the article", "ميناء", "ar"},
		{"Persian with Arabic kaf", "كشتي", "fa"},
		{"Persian joiner as a break", "کشتی", "fa"},
		{"Persian joiner in the query", "می‌روند", "fa"},
		{"Chinese word", "铁路", "zh"},
		{"Chinese run", "铁路运输", "zh"},
		{"Chinese character", "港", "ja zh"},
		{"Japanese kana", "カスピ", "ja"},
		{"Korean beginning", "철도*", "ko"},
		{"French elision", "ouverture", "fr"},
		{"French stem", "réseau", "fr"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ids(t, x, c.query, Options{})
			slices.Sort(got)
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s found %v, want %s", c.query, got, c.want)
			}
		})
	}
}

func TestSearchTyping(t *testing.T) {
	x := open(t, shelf)
	if got := ids(t, x, "grain tra", Options{Typing: true}); !slices.Contains(got, "en-1") {
		t.Errorf("an unfinished word found %v", got)
	}
	if got := ids(t, x, "grain tra", Options{}); len(got) != 0 {
		t.Errorf("a finished word found %v", got)
	}
}

func TestTypedWordsAreMarkedInAllForms(t *testing.T) {
	for _, c := range []struct{ query, text, lang, want string }{
		{"train", "trains and training", "en", "[trains] and [training]"},
		{"carry", "carried, carrying", "en", "[carried], [carrying]"},
		{"ميناء", "ميناء الميناء", "ar", "[ميناء] [الميناء]"},
	} {
		q, err := Parse(c.query)
		if err != nil {
			t.Fatal(err)
		}
		if got := marked(c.text, newMatcher(q.root, true, lastWord(q.root)).marks(c.text, c.lang)); got != c.want {
			t.Errorf("%s marks %s, want %s", c.query, got, c.want)
		}
	}
}

func TestSearchOrder(t *testing.T) {
	x := open(t, shelf)
	if got := ids(t, x, "kind:source published:2021..2024", Options{Order: Newest}); strings.Join(got, " ") != "tr az ru kk" {
		t.Errorf("newest first: %v", got)
	}
	if got := ids(t, x, "kind:source published:2021..2024", Options{Order: Oldest, Limit: 2, Offset: 1}); strings.Join(got, " ") != "ru az" {
		t.Errorf("oldest first, second page: %v", got)
	}
	if got := ids(t, x, "tariffs OR grain", Options{Kinds: []Kind{Claim}}); len(got) != 0 {
		t.Errorf("only claims: %v", got)
	}
	if got := ids(t, x, "", Options{Limit: 100}); len(got) != len(shelf) {
		t.Errorf("the empty query found %d of %d", len(got), len(shelf))
	}
}

func TestSearchGroupsBySource(t *testing.T) {
	x := open(t, shelf)
	res, err := x.Search(context.Background(), "trains", Options{})
	if err != nil {
		t.Fatal(err)
	}
	groups := res.BySource()
	if len(groups) != 1 || groups[0].SourceID != "en-1" || len(groups[0].Hits) != 2 {
		t.Errorf("groups: %+v", groups)
	}
}

func texts(id string) (title, body, lang string, ok bool) {
	for _, e := range shelf {
		if e.ID == id {
			return e.Title, e.Body, e.Lang, true
		}
	}
	return "", "", "", false
}

// marked writes what was marked between brackets.
func marked(text string, marks []Range) string {
	r := []rune(text)
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(string(r[at:m.Start]) + "[" + string(r[m.Start:m.End]) + "]")
		at = m.End
	}
	return b.String() + string(r[at:])
}

func TestSearchSnippets(t *testing.T) {
	x := open(t, shelf)
	for _, c := range []struct{ name, query, id, title, body string }{
		{"stem", "train carry", "en-1", "Grain [trains] cross the Caspian", "Freight operators said that [trains] [carrying] grain reached the port of Aktau. Kazakhstan's railways plan twelve more."},
		{"phrase", `"port of Aktau"`, "en-1", "Grain trains cross the Caspian", "Freight operators said that trains carrying grain reached the [port of Aktau]. Kazakhstan's railways plan twelve more."},
		{"excluded word", "grain -lemons", "en-1", "[Grain] trains cross the Caspian", "Freight operators said that trains carrying [grain] reached the port of Aktau. Kazakhstan's railways plan twelve more."},
		{"Azerbaijani", "ilham", "az", "[İlham] Əliyev Bakıda çıxış edib", "Prezident [İlham] Əliyev dəmiryolunun açılışında iştirak edib. Limanlarımızdan yük daşınır."},
		{"beginning", "Астана", "kk", "[Астанада] кездесу өтті", "Теміржолшылар жаңа бағытты талқылады."},
		{"Chinese", "铁路运输", "zh", "港口合作", "双方讨论了[铁路运输]问题。"},
		{"prefix", "freig*", "en-1", "Grain trains cross the Caspian", "[Freight] operators said that trains carrying grain reached the port of Aktau. Kazakhstan's railways plan twelve more."},
		{"fuzzy", "Aktao~", "en-1", "Grain trains cross the Caspian", "Freight operators said that trains carrying grain reached the port of [Aktau]. Kazakhstan's railways plan twelve more."},
	} {
		t.Run(c.name, func(t *testing.T) {
			res, err := x.Search(context.Background(), c.query, Options{Text: texts})
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range res.Hits {
				if h.ID != c.id {
					continue
				}
				title, _, _, _ := texts(h.ID)
				if got := marked(title, h.Title); got != c.title {
					t.Errorf("title %s, want %s", got, c.title)
				}
				if len(h.Snippets) != 1 {
					t.Fatalf("%d snippets", len(h.Snippets))
				}
				if got := marked(h.Snippets[0].Text, h.Snippets[0].Marks); got != c.body {
					t.Errorf("snippet %s\nwant    %s", got, c.body)
				}
				return
			}
			t.Errorf("%s not found", c.id)
		})
	}
}

func TestSnippetsOfALongBody(t *testing.T) {
	body := strings.Repeat("Nothing to see in this sentence at all. ", 50) + "Then the ferry left.\n\nThe ferry came back. " + strings.Repeat("And nothing again here. ", 50) + "ferry"
	q, err := Parse("ferry")
	if err != nil {
		t.Fatal(err)
	}
	got := newMatcher(q.root, false, nil).snippets(body, "en", 2)
	if len(got) != 2 {
		t.Fatalf("%d snippets", len(got))
	}
	runes := []rune(body)
	for _, s := range got {
		n := len([]rune(s.Text))
		if string(runes[s.Start:s.Start+n]) != s.Text {
			t.Errorf("snippet %q does not stand at %d", s.Text, s.Start)
		}
		for _, m := range s.Marks {
			if w := string([]rune(s.Text)[m.Start:m.End]); w != "ferry" {
				t.Errorf("marked %q", w)
			}
		}
	}
	if len(got[0].Marks) != 2 {
		t.Errorf("first snippet %q has %d marks", got[0].Text, len(got[0].Marks))
	}
}

func TestSnippetsOfAVeryLongBody(t *testing.T) {
	paragraph := strings.Repeat("Nothing to see in this sentence at all. ", 20) + "\n\n"
	body := strings.Repeat(paragraph, 100) + "Then the ferry left.\n\n" + strings.Repeat(paragraph+"A boat. ", 500)
	q, err := Parse("ferry OR boat")
	if err != nil {
		t.Fatal(err)
	}
	m := newMatcher(q.root, false, nil)
	if n := len(m.hits(body, "en")); n < enoughHits || n > enoughHits+100 {
		t.Errorf("%d hits were gathered", n)
	}
	got := m.snippets(body, "en", 2)
	if len(got) != 2 || !strings.HasPrefix(got[0].Text, "Then the ferry left.") {
		t.Errorf("snippets %+v", got)
	}
}

func TestIndexRemembers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index")
	x, err := Open(path, "a")
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if err := x.Update(ctx, shelf, "42"); err != nil {
		t.Fatal(err)
	}
	if err := x.Delete(ctx, []string{"en-2", "no such"}, "43"); err != nil {
		t.Fatal(err)
	}
	if err := x.Update(ctx, []Entry{{ID: "en-1", Kind: Source, Body: "rewritten"}}, "44"); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Search(ctx, "grain", Options{}); !errors.Is(err, ErrClosed) {
		t.Errorf("after closing: %v", err)
	}
	if x, err = Open(path, "a"); err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if w, err := x.Watermark(); err != nil || w != "44" {
		t.Errorf("watermark %q, %v", w, err)
	}
	if n, err := x.Len(); err != nil || n != len(shelf)-1 {
		t.Errorf("%d entries, %v", n, err)
	}
	if got := ids(t, x, "grain", Options{}); len(got) != 0 {
		t.Errorf("what was replaced is still found: %v", got)
	}
	if got := ids(t, x, "rewritten", Options{}); len(got) != 1 {
		t.Errorf("the new text is not found: %v", got)
	}
}

func TestOpenTellsWhatIsWrong(t *testing.T) {
	made := func(t *testing.T) string {
		path := filepath.Join(t.TempDir(), "index")
		x, err := Open(path, "a")
		if err != nil {
			t.Fatal(err)
		}
		if err := x.Update(context.Background(), shelf, "1"); err != nil {
			t.Fatal(err)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		return path
	}
	damage := func(name string, change func([]byte) []byte) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			matches, err := filepath.Glob(filepath.Join(path, name))
			if err != nil || len(matches) == 0 {
				t.Fatalf("no %s: %v", name, err)
			}
			for _, m := range matches {
				b, err := os.ReadFile(m)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(m, change(b), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	empty := func([]byte) []byte { return nil }
	half := func(b []byte) []byte { return b[:len(b)/2] }
	junk := func(b []byte) []byte { return []byte(strings.Repeat("junk", len(b)/4+1)) }
	for _, c := range []struct {
		name     string
		identity string
		harm     func(*testing.T, string)
	}{
		{"another notebook", "b", func(*testing.T, string) {}},
		{"a broken root", "a", damage("root.bolt", junk)},
		{"half a root", "a", damage("root.bolt", half)},
		{"a lost segment", "a", func(t *testing.T, path string) {
			matches, _ := filepath.Glob(filepath.Join(path, "*.seg"))
			for _, m := range matches {
				if err := os.Remove(m); err != nil {
					t.Fatal(err)
				}
			}
		}},
		{"half a segment", "a", damage("*.seg", half)},
		{"an empty segment", "a", damage("*.seg", empty)},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := made(t)
			c.harm(t, path)
			x, err := Open(path, c.identity)
			if err == nil {
				if w, _ := x.Watermark(); w == "1" {
					t.Error("the damage was not noticed")
				}
				x.Close()
				return // an older state, whole, with the watermark that fits it
			}
			if !errors.Is(err, ErrStale) {
				t.Fatalf("open: %v, want ErrStale", err)
			}
			if x, err = Create(path, c.identity); err != nil {
				t.Fatalf("create anew: %v", err)
			}
			defer x.Close()
			if n, _ := x.Len(); n != 0 {
				t.Errorf("a new index has %d entries", n)
			}
		})
	}
}

func TestOpenWhileInUse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index")
	x, err := Open(path, "a")
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	began := time.Now()
	if _, err := Open(path, "a"); !errors.Is(err, ErrLocked) {
		t.Errorf("a second Open: %v, want ErrLocked", err)
	}
	if _, err := Create(path, "a"); !errors.Is(err, ErrLocked) {
		t.Errorf("Create over an open index: %v, want ErrLocked", err)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("waited %v", took)
	}
}

func TestCreateLeavesOtherFoldersAlone(t *testing.T) {
	path := t.TempDir()
	file := filepath.Join(path, "thesis.txt")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(path, "a"); err == nil {
		t.Error("a folder of other things was taken for an index")
	}
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}

func TestUpdateStops(t *testing.T) {
	x := open(t, nil)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := x.Update(ctx, shelf, "2"); !errors.Is(err, context.Canceled) {
		t.Errorf("update after cancel: %v", err)
	}
	if w, _ := x.Watermark(); w != "w1" {
		t.Errorf("the watermark moved to %q", w)
	}
}

// TestIndexInParallel searches while entries come and go and the index is
// closed under it all; the race detector watches.
func TestIndexInParallel(t *testing.T) {
	x := open(t, shelf)
	ctx := context.Background()
	var wg sync.WaitGroup
	for n := range 3 {
		wg.Go(func() {
			for i := range 20 {
				if _, err := x.Search(ctx, []string{"grain", "port*", "kind:source"}[n], Options{Text: texts, Typing: i%2 == 0}); err != nil && !errors.Is(err, ErrClosed) {
					t.Errorf("search: %v", err)
				}
			}
		})
		wg.Go(func() {
			for i := range 5 {
				e := Entry{ID: fmt.Sprintf("p%d-%d", n, i), Kind: Note, Body: "grain of salt"}
				err := x.Update(ctx, []Entry{e}, fmt.Sprint(i))
				if err == nil && i%2 == 0 {
					err = x.Delete(ctx, []string{e.ID}, fmt.Sprint(i))
				}
				if err != nil && !errors.Is(err, ErrClosed) {
					t.Errorf("update: %v", err)
				}
			}
		})
	}
	wg.Go(func() {
		time.Sleep(20 * time.Millisecond)
		if err := x.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	wg.Wait()
}
