package intake

import (
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sourcebook/importers"
	"sourcebook/importers/archive"
	"sourcebook/notebook"
)

// endings are the files that a folder import takes. A file named by itself is
// tried whatever its name.
var endings = []string{
	".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".webarchive", ".pdf", ".docx", ".odt", ".rtf", ".epub",
	".eml", ".mbox", ".rss", ".atom", ".zip", ".warc", ".warc.gz", ".wacz", ".html.gz", ".htm.gz",
}

// sniffed are endings that feeds have among other things: of these a folder import
// takes the files that hold several captures.
var sniffed = []string{".xml", ".json"}

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

// Takes tells by a file's name alone whether it may hold something to import.
func Takes(path string) bool {
	name := strings.ToLower(filepath.Base(path))
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(name, e) }) || slices.Contains(sniffed, filepath.Ext(name))
}

// ends tells whether a folder import takes a file: by its name, and where that
// leaves it open by what is in it.
func ends(path string) bool {
	name := strings.ToLower(filepath.Base(path))
	if !slices.Contains(sniffed, filepath.Ext(name)) {
		return Takes(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	st, err := f.Stat()
	return err == nil && st.Mode().IsRegular() && importers.Collection(importers.Input{File: f, Size: st.Size(), Name: name})
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
