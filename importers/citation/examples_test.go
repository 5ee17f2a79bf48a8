package citation

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sourcebook/notebook/document"
)

// example is one labelled text of testdata.
type example struct {
	file, text string
	lang       string
	published  document.Date
	want       []string
}

func readExamples(t testing.TB) []example {
	t.Helper()
	files, err := filepath.Glob("testdata/??.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no examples in testdata")
	}
	var list []example
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		published := document.Date("")
		lang := strings.TrimSuffix(filepath.Base(file), ".txt")
		sc := bufio.NewScanner(f)
		for sc.Scan() {
			line := strings.TrimSpace(sc.Text())
			switch {
			case line == "" || strings.HasPrefix(line, "#"):
			case strings.HasPrefix(line, "@ "):
				published = document.Date(line[2:])
			case strings.HasPrefix(line, "> "):
				list = append(list, example{file: file, text: line[2:], lang: lang, published: published})
			case strings.HasPrefix(line, "= "):
				list[len(list)-1].want = append(list[len(list)-1].want, normalise(line[2:]))
			default:
				t.Fatalf("%s: cannot read %q", file, line)
			}
		}
		f.Close()
		if err := sc.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// normalise brings a label to "outlet | day | reposting place".
func normalise(label string) string {
	parts := strings.Split(label, "|")
	for len(parts) < 3 {
		parts = append(parts, "")
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Join(parts[:3], " | ")
}

func label(c document.Citation) string {
	outlet := c.Outlet
	if c.Handle != "" {
		outlet += "/" + c.Handle
	}
	date := string(c.Date)
	if c.DateInferred {
		date += " ?"
	}
	return normalise(outlet + " | " + date + " | " + c.RepostedBy)
}

// TestExamples measures precision and recall on the labelled examples. A
// citation is right where outlet, handle, day, inference and reposting place all
// are.
func TestExamples(t *testing.T) {
	examples := readExamples(t)
	if len(examples) < 120 {
		t.Errorf("%d examples, want at least 120", len(examples))
	}
	var right, found, wanted int
	perFile := map[string][3]int{}
	for _, e := range examples {
		want := map[string]int{}
		for _, w := range e.want {
			want[w]++
		}
		runes := []rune(e.text)
		hit := 0
		got := Find(e.text, Options{Lang: e.lang, Published: e.published})
		for _, c := range got {
			if c.Start < 0 || c.End > len(runes) || c.Start >= c.End {
				t.Errorf("%s: %q: bad range %d..%d", e.file, e.text, c.Start, c.End)
			}
			l := label(c)
			if want[l] > 0 {
				want[l]--
				hit++
			} else {
				t.Logf("%s: %s\n\twrong:  %s (%q)", e.file, e.text, l, string(runes[c.Start:c.End]))
			}
		}
		for w, n := range want {
			if n > 0 {
				t.Logf("%s: %s\n\tmissed: %s", e.file, e.text, w)
			}
		}
		right, found, wanted = right+hit, found+len(got), wanted+len(e.want)
		p := perFile[e.file]
		perFile[e.file] = [3]int{p[0] + hit, p[1] + len(got), p[2] + len(e.want)}
	}
	for file, p := range perFile {
		t.Logf("%s: %d right of %d found, %d wanted", file, p[0], p[1], p[2])
	}
	precision, recall := float64(right)/float64(found), float64(right)/float64(wanted)
	t.Logf("%d examples, %d citations: precision %.3f, recall %.3f", len(examples), wanted, precision, recall)
	if precision < .95 || recall < .85 {
		t.Errorf("precision %.3f, recall %.3f; want at least .95 and .85", precision, recall)
	}
}

func FuzzFind(f *testing.F) {
	for _, e := range readExamples(f) {
		f.Add(e.text, e.lang, string(e.published))
	}
	f.Add("(see EDM, May 8, 2024, [APA, October 22]; \xff)", "en", "2025")
	f.Fuzz(func(t *testing.T, text, lang, published string) {
		if document.Date(published).Precision() == "" {
			published = ""
		}
		n := len([]rune(text))
		for _, c := range Find(text, Options{Lang: lang, Published: document.Date(published)}) {
			if c.Start < 0 || c.End > n || c.Start > c.End || c.Outlet == "" {
				t.Fatalf("%+v in a text of %d", c, n)
			}
		}
	})
}
