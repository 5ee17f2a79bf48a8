package archive

import (
	"path"
	"strings"
)

// companions are what programs append to a page's name for the folder of
// pictures and frames that belong to a "web page, complete". Browsers write
// "_files"; the others are those of Windows in its languages, which move such a
// folder along with its page.
var companions = []string{
	"_files", ".files", "_file", "-Dateien", "_fichiers", "_bestanden", "_archivos", "_arquivos", "_ficheiros", "-filer", "_tiedostot",
	"_pliki", "_soubory", "_elemei", "_dosyalar", "_datoteke", "_fajlovi", "_bylos", "_failid", "_fails", "_fitxers", "_fitxategiak",
}

// CompanionOf gives the page that a folder belongs to, without the page's
// ending: "a/Rail" for "a/Rail_files". It is empty for other folders.
func CompanionOf(folder string) string {
	for _, c := range companions {
		if page, found := strings.CutSuffix(folder, c); found && path.Base(page) != "." && !strings.HasSuffix(page, "/") {
			return page
		}
	}
	return ""
}

// PageEndings are the endings of pages that have such a folder.
var PageEndings = []string{".html", ".htm", ".xhtml", ".mht", ".mhtml"}
