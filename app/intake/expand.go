package intake

import (
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sourcebook/importers/archive"
	"sourcebook/notebook"
)

// endings are the files that a folder import takes. A file named by itself is
// tried whatever its name.
var endings = []string{
	".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".webarchive", ".pdf", ".docx", ".epub",
	".eml", ".rss", ".atom", ".zip", ".warc", ".warc.gz", ".wacz", ".html.gz", ".htm.gz",
}

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
			case path == p || ends(path):
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

// ends tells whether a file's name has one of the endings.
func ends(path string) bool {
	name := strings.ToLower(filepath.Base(path))
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(name, e) })
}

// companion tells the folder of pictures and frames that a browser saves beside
// a "web page, complete": "NAME_files" beside NAME.html.
func companion(dir string) bool {
	page := archive.CompanionOf(filepath.ToSlash(dir))
	if page == "" {
		return false
	}
	for _, e := range archive.PageEndings {
		if _, err := os.Stat(filepath.FromSlash(page) + e); err == nil {
			return true
		}
	}
	return false
}

// mediaType is the media type that the bytes show (WHATWG MIME sniffing).
func mediaType(b []byte) string { return http.DetectContentType(b) }
