package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// rule says what the packages below a folder may import. A later rule that
// fits is stricter or looser for a folder within; the last one that fits counts.
type rule struct {
	under string   // folder, "" for the root
	ours  []string // own packages that may be imported, each with all below it; "=x" for x alone
	fyne  bool     // the toolkit
	gl    bool     // the toolkit's driver, which needs OpenGL
}

// rules is the house of ARCHITECTURE.md: main → app → notebook, importers,
// assets; and the pure leaves that know nobody.
var rules = []rule{
	{under: "", ours: []string{"app", "assets"}, fyne: true, gl: true},
	{under: "app", ours: []string{"app", "notebook", "importers", "assets"}, fyne: true},
	{under: "app/cli", ours: []string{"app", "notebook", "importers", "assets"}},
	{under: "app/intake", ours: []string{"app/intake", "notebook", "importers"}},
	{under: "app/export", ours: []string{"app/export", "notebook", "assets"}},
	{under: "app/finder", ours: []string{"notebook"}},
	{under: "app/sample", ours: []string{"app/intake", "notebook", "assets"}},
	{under: "app/present", ours: []string{"notebook", "importers/dates"}},
	{under: "app/widgets", ours: []string{"app/widgets", "app/theme", "app/present", "notebook/document", "notebook/country", "assets"}, fyne: true},
	{under: "app/widgets/reader/layout", ours: []string{"app/widgets/reader/layout", "notebook/document", "assets"}},
	{under: "notebook", ours: []string{"notebook"}},
	{under: "notebook/document"},
	{under: "notebook/selector"},
	{under: "notebook/country", ours: []string{"=notebook/country", "notebook/document"}},
	{under: "notebook/evidence", ours: []string{"notebook/evidence", "notebook/document", "notebook/country", "notebook/selector"}},
	{under: "notebook/search", ours: []string{"notebook/search", "notebook/document", "notebook/country"}},
	{under: "importers", ours: []string{"importers", "notebook/document", "notebook/country"}},
	{under: "assets", ours: []string{"assets"}},
}

// drivers are the toolkit's packages that bring a graphics library along.
var drivers = []string{"fyne.io/fyne/v2/app", "fyne.io/fyne/v2/driver/software", "fyne.io/fyne/v2/internal"}

func ruleFor(dir string) rule {
	var found rule
	for _, r := range rules {
		if r.under == "" || dir == r.under || strings.HasPrefix(dir, r.under+"/") {
			found = r
		}
	}
	return found
}

func within(pkg string, allowed []string) bool {
	for _, a := range allowed {
		if exact, only := strings.CutPrefix(a, "="); only {
			if pkg == exact {
				return true
			}
			continue
		}
		if pkg == a || strings.HasPrefix(pkg, a+"/") {
			return true
		}
	}
	return false
}

func TestDirections(t *testing.T) {
	files := 0
	err := filepath.WalkDir(".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && (name != "." && strings.HasPrefix(e.Name(), ".") || e.Name() == "testdata" || e.Name() == "build") {
			return filepath.SkipDir
		}
		// Tests may reach further, for fonts and temporary notebooks.
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		files++
		name = filepath.ToSlash(name)
		dir := path.Dir(name)
		if dir == "." {
			dir = ""
		}
		r := ruleFor(dir)
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, imp := range f.Imports {
			pkg, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				return err
			}
			own, isOurs := strings.CutPrefix(pkg, "sourcebook/")
			switch {
			case isOurs && !within(own, r.ours):
				t.Errorf("%s imports %s: packages under %q may import %v of ours", name, pkg, r.under, r.ours)
			case pkg == "C":
				t.Errorf("%s uses cgo: only the toolkit's driver may", name)
			case !r.gl && within(pkg, drivers):
				t.Errorf("%s imports %s: only main may import the toolkit's driver", name, pkg)
			case !r.fyne && within(pkg, []string{"fyne.io"}):
				t.Errorf("%s imports %s: packages under %q know no toolkit", name, pkg, r.under)
			case within(pkg, []string{"net/http"}) && (strings.HasPrefix(dir, "notebook") || strings.HasPrefix(dir, "importers/")) && !strings.HasPrefix(dir, "importers/fetch"):
				t.Errorf("%s imports %s: only importers/fetch may use the network", name, pkg)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Fatalf("only %d files were looked at: is this the root of the module?", files)
	}
}
