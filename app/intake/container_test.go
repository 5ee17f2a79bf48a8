package intake_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sourcebook/app/intake"
	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
)

// warc is a web archive of pages, with a film after each, of which only the length
// is written where out can leave holes.
func warc(out io.Writer, pages int, film int64) {
	record := func(address, header string, body []byte, length int64) {
		fmt.Fprintf(out, "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-05-08T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s%s", address, int64(len(header))+length, header, body)
	}
	for i := range pages {
		record(fmt.Sprintf("https://site.example/%d", i), "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n", page(i), int64(len(page(i))))
		fmt.Fprint(out, "\r\n\r\n")
		record("https://site.example/film", "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n", nil, film)
		if holes, ok := out.(io.Seeker); ok {
			holes.Seek(film, io.SeekCurrent)
		} else {
			out.Write(make([]byte, film))
		}
		fmt.Fprint(out, "\r\n\r\n")
	}
}

func smallWARC(pages int) []byte {
	var b bytes.Buffer
	warc(&b, pages, 10)
	return b.Bytes()
}

func TestImportOfAContainer(t *testing.T) {
	dir := t.TempDir()
	var zipped bytes.Buffer
	z := zip.NewWriter(&zipped)
	for name, content := range map[string][]byte{"a.html": page(100)} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"1.html": page(1), "2.warc": smallWARC(3), "3.html": page(103), "4.zip": zipped.Bytes(), "5.zip": []byte("PK\x03\x04 torn"), "6.html": page(106)}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	items, _ := intake.Expand([]string{dir}, notebook.ByFile)
	nb := notebooktest.New(t)
	var told []string
	sum := intake.New(nb, intake.Options{Workers: 3}).Import(context.Background(), items, func(p intake.Progress) {
		told = append(told, fmt.Sprintf("%d/%d.%d %s", p.Done, p.Total, p.Part, p.Last.Item.Label()))
	})
	var got []string
	for _, r := range sum.Results {
		line := r.Item.Label() + " " + string(r.Outcome) + " " + r.Title
		if r.Err != nil {
			line = r.Item.Label() + " failed"
		}
		got = append(got, line)
	}
	want := []string{"1.html new Report 1", "2.warc > https://site.example/0 new Report 0", "2.warc > https://site.example/1 duplicate Report 1", "2.warc > https://site.example/2 new Report 2",
		"3.html new Report 103", "4.zip > a.html new Report 100", "5.zip failed", "6.html new Report 106"}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
	if sum.Items != 6 || sum.Failed != 1 {
		t.Errorf("%d items, %d failed", sum.Items, sum.Failed)
	}
	wantTold := "1/6.0 1.html\n1/6.1 2.warc > https://site.example/0\n1/6.2 2.warc > https://site.example/1\n1/6.3 2.warc > https://site.example/2\n2/6.0 2.warc\n3/6.0 3.html\n3/6.1 4.zip > a.html\n4/6.0 4.zip\n4/6.1 5.zip\n5/6.0 5.zip\n6/6.0 6.html"
	if g := strings.Join(told, "\n"); g != wantTold {
		t.Errorf("told\n%s\nwant\n%s", g, wantTold)
	}
	err := nb.View(func(tx *notebook.Tx) error {
		s, err := tx.Source(sum.Results[1].Source)
		if err != nil {
			return err
		}
		c, err := tx.Capture(s.Current())
		if err != nil {
			return err
		}
		if c.Name != "2.warc > https://site.example/0" || c.URL != "https://site.example/0" || c.Received.Format("2006-01-02") != "2024-05-08" || c.Method != notebook.ByFile || !strings.HasPrefix(c.MediaType, "text/html") {
			t.Errorf("the capture is %+v", c)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestImportOfAContainerIsCancelled(t *testing.T) {
	nb := notebooktest.New(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	items := []intake.Item{{Bytes: smallWARC(50), Name: "a.warc", Method: notebook.ByDrop}, {Bytes: page(99), Name: "b"}}
	sum := intake.New(nb, intake.Options{}).Import(ctx, items, func(p intake.Progress) {
		if p.Part == 5 {
			cancel()
		}
	})
	if !sum.Cancelled || sum.Added != 5 || sum.Items != 0 {
		t.Errorf("cancelled %v, %d added, %d items", sum.Cancelled, sum.Added, sum.Items)
	}
}

// TestImportOfALargeContainerNeedsLittleMemory reads an archive that is larger
// than what may be loaded.
func TestImportOfALargeContainerNeedsLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("writes a large file")
	}
	const pages, filler = 20, 8 << 20
	path := filepath.Join(t.TempDir(), "crawl.warc")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	warc(f, pages, filler)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	nb := notebooktest.New(t)
	var most uint64
	sum := intake.New(nb, intake.Options{}).Import(context.Background(), []intake.Item{{Path: path, Method: notebook.ByFile}}, func(p intake.Progress) {
		if p.Part%10 == 0 {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
	})
	if sum.Added != pages {
		t.Fatalf("%d added, %d failed", sum.Added, sum.Failed)
	}
	if most > 60<<20 {
		t.Errorf("%d MB are in use during the import of %d MB", most>>20, pages*filler>>20)
	}
}
