package webpage

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// corpusPages reads the first pages of the corpus of real pages beside the
// checkout. Tests that need it are skipped where it is absent.
func corpusPages(t testing.TB, most int) [][]byte {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "corpus", "extract", "dev.tar.gz"))
	if err != nil {
		t.Skip("the corpus of real pages is not here: ../shared/corpus/extract")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var pages [][]byte
	for r := tar.NewReader(z); len(pages) < most; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(h.Name, ".html") {
			continue
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, b)
	}
	return pages
}
