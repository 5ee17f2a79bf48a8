package reading

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sourcebook/notebook"
)

func TestWithPolicy(t *testing.T) {
	for _, c := range []struct{ name, in, before string }{
		{"plain", "<html><script>x</script>", ""},
		{"after the doctype", "<!DOCTYPE html>\n<html>", "<!DOCTYPE html>"},
		{"after the byte order mark", "\xEF\xBB\xBF<!doctype html><p>", "\xEF\xBB\xBF<!doctype html>"},
		{"an endless doctype", "<!doctype " + strings.Repeat("x", 900), ""},
		{"empty", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := string(withPolicy([]byte(c.in)))
			if !strings.HasPrefix(got, c.before+policy) {
				t.Errorf("got %q", got[:min(len(got), 60)])
			}
			if strings.Replace(got, policy, "", 1) != c.in {
				t.Error("something else was changed")
			}
		})
	}
}

func TestWithPolicyTakesLeaksOut(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"refresh", `<meta http-equiv="refresh" content="0; url=https://example.org/">x`, "x"},
		{"refresh without quotes", `<META content=3 HTTP-EQUIV=Refresh >x`, "x"},
		{"other hosts", `<link rel='dns-prefetch' href=//a.example><link rel=preconnect href=//b.example>x`, "x"},
		{"a style sheet stays", `<link rel="stylesheet" href="a.css">x`, `<link rel="stylesheet" href="a.css">x`},
		{"a description stays", `<meta name="description" content="refresh">x`, `<meta name="description" content="refresh">x`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.TrimPrefix(string(withPolicy([]byte(c.in))), policy); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestOriginalNeverTakesTheCapturesEnding(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for _, c := range []struct{ name, media, want string }{
		{"run.desktop", "text/plain; charset=utf-8", ".txt"}, {"page.html", "text/html; charset=utf-8", ".html"},
		{"report.exe", "application/octet-stream", ".txt"}, {"a.sh", "application/pdf", ".pdf"},
	} {
		path, err := writeOriginal(notebook.Capture{Name: c.name, MediaType: c.media}, []byte("x"))
		if err != nil {
			t.Fatal(err)
		}
		if got := filepath.Ext(path); got != c.want {
			t.Errorf("%s is written as %s", c.name, got)
		}
		if st, err := os.Stat(path); err != nil || st.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", c.name, st.Mode(), err)
		}
	}
}
