package intake

import (
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sourcebook/notebook"
)

// endings are the files that a folder import takes. A file named by itself is
// tried whatever its name.
var endings = []string{".txt", ".text", ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".pdf"}

// Expand turns paths of files and folders into items, folders in the order of
// their names and without hidden files. Errors of single folders come back as
// results, so that a batch can report them beside its items.
func Expand(paths []string, method notebook.Method) (items []Item, failed []Result) {
	for _, p := range paths {
		err := filepath.WalkDir(p, func(path string, e fs.DirEntry, err error) error {
			item := Item{Path: path, Method: method}
			if err != nil {
				failed = append(failed, Result{Item: item, Err: fileFault(item, err)})
				if e != nil && e.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			hidden := path != p && strings.HasPrefix(e.Name(), ".")
			switch {
			case e.IsDir() && (hidden || path != p && companion(path)):
				return fs.SkipDir
			case e.IsDir(), hidden:
				return nil
			case path == p || slices.Contains(endings, strings.ToLower(filepath.Ext(path))):
				items = append(items, item)
			}
			return nil
		})
		if err != nil {
			item := Item{Path: p, Method: method}
			failed = append(failed, Result{Item: item, Err: fileFault(item, err)})
		}
	}
	return items, failed
}

// companion tells the folder of pictures and frames that a browser saves beside
// a "web page, complete": "NAME_files" beside NAME.html.
func companion(dir string) bool {
	base, found := strings.CutSuffix(dir, "_files")
	if !found {
		return false
	}
	for _, e := range []string{".html", ".htm"} {
		if _, err := os.Stat(base + e); err == nil {
			return true
		}
	}
	return false
}

// mediaType is the media type that the bytes show (WHATWG MIME sniffing).
func mediaType(b []byte) string { return http.DetectContentType(b) }
