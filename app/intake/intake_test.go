package intake_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sourcebook/app/intake"
	"sourcebook/importers"
	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
)

// page is a small article that differs by n.
func page(n int) []byte {
	return fmt.Appendf(nil, `<html><head><title>Report %[1]d</title><link rel="canonical" href="https://site.example/%[1]d"></head><body><article><h1>Report %[1]d</h1>
<p>The first paragraph of report %[1]d says that trains run between Tashkent and Almaty again, and that tickets are sold out.</p>
<p>The second paragraph of report %[1]d adds that the line will be doubled by the end of the decade, at a cost that nobody has named.</p></article></body></html>`, n)
}

func TestImportKeepsOrderAndGoesOn(t *testing.T) {
	nb := notebooktest.New(t)
	var items []intake.Item
	for i := range 40 {
		item := intake.Item{Bytes: page(i), Name: fmt.Sprintf("%02d.html", i), Method: notebook.ByFile}
		if i%10 == 3 {
			item.Bytes = []byte{}
		}
		items = append(items, item)
	}
	var told []int
	sum := intake.New(nb, intake.Options{Workers: 4, Tags: []string{"batch"}}).Import(context.Background(), items, func(p intake.Progress) { told = append(told, p.Done) })
	if sum.Added != 36 || sum.Failed != 4 || sum.Cancelled || len(sum.Results) != 40 {
		t.Fatalf("added %d, failed %d, cancelled %v, %d results", sum.Added, sum.Failed, sum.Cancelled, len(sum.Results))
	}
	for i, r := range sum.Results {
		if told[i] != i+1 || r.Item.Name != items[i].Name {
			t.Fatalf("result %d is of %s, told as %d", i, r.Item.Name, told[i])
		}
		if i%10 == 3 && !errors.Is(r.Err, importers.ErrEmpty) {
			t.Errorf("an empty file gives %v", r.Err)
		}
		if i%10 != 3 && r.Title != fmt.Sprintf("Report %d", i) {
			t.Errorf("result %d is titled %q", i, r.Title)
		}
	}
	again := intake.New(nb, intake.Options{}).Import(context.Background(), items[:3], nil)
	if again.Held != 3 || again.Added != 0 {
		t.Errorf("the same again: %d held, %d added", again.Held, again.Added)
	}
	err := nb.View(func(tx *notebook.Tx) error {
		n, err := tx.CountSources(notebook.SourceQuery{Tag: "batch"})
		if n != 36 {
			t.Errorf("%d sources are tagged", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestImportIsCancelled(t *testing.T) {
	nb := notebooktest.New(t)
	items := make([]intake.Item, 200)
	for i := range items {
		items[i] = intake.Item{Bytes: page(i), Name: fmt.Sprint(i)}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	sum := intake.New(nb, intake.Options{}).Import(ctx, items, func(p intake.Progress) {
		if p.Done == 5 {
			cancel()
		}
	})
	if !sum.Cancelled || len(sum.Results) != 5 || sum.Added != 5 {
		t.Errorf("cancelled %v after %d results, %d added", sum.Cancelled, len(sum.Results), sum.Added)
	}
}

func TestImportNeedsLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads many files")
	}
	dir := t.TempDir()
	const files, size = 100, 1 << 20
	pad := strings.Repeat("<!-- a comment that is dropped -->", size/34)
	for i := range files {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.html", i)), append(page(i), pad...), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	items, failed := intake.Expand([]string{dir}, notebook.ByFile)
	if len(items) != files || len(failed) != 0 {
		t.Fatalf("%d items, %d failed", len(items), len(failed))
	}
	nb := notebooktest.New(t)
	var most uint64
	sum := intake.New(nb, intake.Options{}).Import(context.Background(), items, func(p intake.Progress) {
		if p.Done%20 == 0 {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
	})
	if sum.Added != files {
		t.Fatalf("%d added, %d failed", sum.Added, sum.Failed)
	}
	if most > 60<<20 {
		t.Errorf("%d MB are in use during the import of %d MB", most>>20, files*size>>20)
	}
}

func TestExpand(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.html", "a.txt", "picture.png", ".hidden.html", "page.htm", "page_files/frame.html", "sub/c.mhtml", ".git/d.html",
		"Dach.htm", "Dach-Dateien/frame.html", "z.WARC.gz", "z.tar.gz", "z.zip", "z.eml", "feed.xml", "map.xml"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		content := "x"
		if name == "feed.xml" {
			content = `<?xml version="1.0"?><rss version="2.0"><channel><item><title>a</title></item></channel></rss>`
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	items, failed := intake.Expand([]string{dir, filepath.Join(dir, "picture.png"), filepath.Join(dir, "none.txt")}, notebook.ByFile)
	var got []string
	for _, i := range items {
		rel, err := filepath.Rel(dir, i.Path)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, filepath.ToSlash(rel))
	}
	if want := "Dach.htm a.txt b.html feed.xml page.htm sub/c.mhtml z.WARC.gz z.eml z.zip picture.png"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if len(failed) != 1 || failed[0].Err == nil {
		t.Errorf("failed: %v", failed)
	}
}
