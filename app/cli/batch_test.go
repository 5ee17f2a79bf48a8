package cli_test

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"sourcebook/app/cli"
)

var files = flag.Int("files", 200, "how many files a batch has")

// manyFiles writes pages, of which every fiftieth is none.
func manyFiles(t *testing.T) (dir string, names []string) {
	t.Helper()
	dir = t.TempDir()
	for i := range *files {
		name := filepath.Join(dir, fmt.Sprintf("%06d.html", i))
		page := fmt.Sprintf("<html><head><title>Report %[1]d</title></head><body><nav>%[2]s</nav><article><h1>Report %[1]d</h1>%[3]s</article></body></html>", i,
			strings.Repeat("<a href=/x>Menu entry</a> ", 100), strings.Repeat(fmt.Sprintf("<p>Paragraph of report %d, which says that grain moves by rail in Kazakhstan and that ships wait off Baku.</p>", i), 20))
		if i%50 == 25 {
			page = "\x00\x01\x02"
		}
		if err := os.WriteFile(name, []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return dir, names
}

// heap follows the memory that is in use over a batch.
type heap struct{ first, most uint64 }

func (h *heap) look() {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if h.first == 0 {
		h.first = m.HeapAlloc
	}
	h.most = max(h.most, m.HeapAlloc)
}

func (h *heap) check(t *testing.T) {
	t.Helper()
	t.Logf("%d MB in use early, %d MB at most", h.first>>20, h.most>>20)
	if h.most > 2*h.first+32<<20 {
		t.Errorf("memory grows with the batch: %d MB early, %d MB later", h.first>>20, h.most>>20)
	}
}

// TestExtractBatch reads many files: in their order, in memory that does not
// grow, the bad ones told and passed over. -files 10000 is the size it is for.
func TestExtractBatch(t *testing.T) {
	_, names := manyFiles(t)
	in, feed := io.Pipe()
	answers, out := io.Pipe()
	go func() {
		for _, n := range names {
			fmt.Fprintln(feed, n)
		}
		feed.Close()
	}()
	code := make(chan int, 1)
	go func() {
		code <- cli.Run(context.Background(), cli.Env{Args: []string{"extract", "--batch"}, Stdin: in, Stdout: out, Stderr: io.Discard, Getenv: os.Getenv, Clock: time.Now})
		out.Close()
	}()
	lines := bufio.NewScanner(answers)
	lines.Buffer(nil, 1<<20)
	n, bad := 0, 0
	var h heap
	for ; lines.Scan(); n++ {
		var a struct{ File, Error, Title string }
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		if a.File != names[n] || a.Error == "" && a.Title != fmt.Sprintf("Report %d", n) {
			t.Fatalf("answer %d is of %s: %q, %q", n, a.File, a.Title, a.Error)
		}
		if a.Error != "" {
			bad++
		}
		if n%max(*files/8, 20) == 19 {
			h.look()
		}
	}
	if c := <-code; c != cli.ExitFault || n != *files || bad != *files/50 {
		t.Errorf("exit %d, %d answers, %d bad", c, n, bad)
	}
	h.check(t)
}

func TestImportOfManyFiles(t *testing.T) {
	dir, _ := manyFiles(t)
	var h heap
	said := 0
	progress := writer(func(p []byte) (int, error) {
		if said++; said%max(*files/8, 20) == 19 {
			h.look()
		}
		return len(p), nil
	})
	var out strings.Builder
	code := cli.Run(context.Background(), cli.Env{Args: []string{"-n", filepath.Join(t.TempDir(), "n.sourcebook"), "import", "--json", dir}, Stdin: strings.NewReader(""), Stdout: &out, Stderr: progress, Getenv: os.Getenv, Clock: time.Now})
	var got []struct{ Item, Outcome, Title string }
	if err := json.Unmarshal([]byte(out.String()), &got); err != nil {
		t.Fatal(err)
	}
	bad := 0
	for i, g := range got {
		switch {
		case g.Outcome == "failed":
			bad++
		case g.Outcome != "new" || g.Title != fmt.Sprintf("Report %d", i):
			t.Fatalf("item %d: %+v", i, g)
		}
	}
	if code != cli.ExitFault || len(got) != *files || bad != *files/50 {
		t.Errorf("exit %d, %d items, %d bad", code, len(got), bad)
	}
	h.check(t)
}

type writer func([]byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }
