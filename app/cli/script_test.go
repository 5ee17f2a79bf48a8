package cli_test

import (
	"archive/zip"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"sourcebook/app/cli"
	"sourcebook/notebook"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sourcebook": func() {
		clock := time.Now
		if at := os.Getenv("SOURCEBOOK_NOW"); at != "" {
			t, err := time.Parse(time.RFC3339, at)
			if err != nil {
				panic(err)
			}
			clock = func() time.Time { return t }
		}
		os.Exit(cli.Run(context.Background(), cli.Env{
			Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Clock: clock,
		}))
	}})
}

// TestScripts runs the whole program as scripts do; each case is a txtar file.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("SOURCEBOOK_NOW", "2025-11-01T12:00:00Z")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"size": setSize,
			"id":   keepID,
			"hold": hold,
			"pack": pack,
		},
	})
}

// setSize makes a file of a size, without writing what it does not have, or
// cuts one: size FILE BYTES, where BYTES may be "half".
func setSize(ts *testscript.TestScript, neg bool, args []string) {
	name := ts.MkAbs(args[0])
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	ts.Check(err)
	defer f.Close()
	n, err := strconv.ParseInt(args[1], 10, 64)
	if args[1] == "half" {
		st, serr := f.Stat()
		ts.Check(serr)
		n, err = st.Size()/2, nil
	}
	ts.Check(err)
	ts.Check(f.Truncate(n))
}

// keepID keeps the first word of the last output's line as a variable: id NAME [LINE].
func keepID(ts *testscript.TestScript, neg bool, args []string) {
	line := 1
	if len(args) > 1 {
		n, err := strconv.Atoi(args[1])
		ts.Check(err)
		line = n
	}
	words := firstWords(ts.ReadFile("stdout"))
	if line > len(words) {
		ts.Fatalf("the output has only %d lines", len(words))
	}
	ts.Setenv(args[0], words[line-1])
}

// pack makes a zip of files: pack ZIP FILE... A name that is not there becomes a
// file of bytes that are no text.
func pack(ts *testscript.TestScript, neg bool, args []string) {
	out, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer out.Close()
	z := zip.NewWriter(out)
	for _, name := range args[1:] {
		b, err := os.ReadFile(ts.MkAbs(name))
		if errors.Is(err, fs.ErrNotExist) {
			b, err = make([]byte, 100), nil
		}
		ts.Check(err)
		w, err := z.Create(name)
		ts.Check(err)
		_, err = w.Write(b)
		ts.Check(err)
	}
	ts.Check(z.Close())
}

func firstWords(out string) (words []string) {
	start := true
	word := []rune{}
	for _, r := range out {
		switch {
		case r == '\n':
			if len(word) > 0 {
				words = append(words, string(word))
			}
			word, start = word[:0], true
		case r == ' ':
			start = start && len(word) == 0
		case start:
			word = append(word, r)
		}
	}
	return words
}

// hold keeps a notebook open, as another window does, until the script ends.
func hold(ts *testscript.TestScript, neg bool, args []string) {
	nb, err := notebook.Open(ts.MkAbs(args[0]), notebook.Options{Actor: "window"})
	ts.Check(err)
	ts.Defer(func() { nb.Close() })
}
