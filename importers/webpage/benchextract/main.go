// Command benchextract reads paths of saved pages on standard input and prints
// for each one line of JSON: what webpage.Read makes of it, in the form that the
// scorer of extraction results takes. It is for measuring the package alone.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime/pprof"
	"time"

	"sourcebook/importers/webpage"
)

type answer struct {
	File      string   `json:"file"`
	Title     string   `json:"title"`
	Byline    []string `json:"byline"`
	Site      string   `json:"site"`
	Published string   `json:"published"`
	Lang      string   `json:"lang"`
	Text      string   `json:"text"`
	Error     string   `json:"error,omitempty"`
	NS        int64    `json:"ns"`
}

func main() {
	full := flag.Bool("full", false, "print the whole document")
	profile := flag.String("cpuprofile", "", "write a profile of the processor's time to this file")
	flag.Parse()
	if *profile != "" {
		f, err := os.Create(*profile)
		if err == nil {
			err = pprof.StartCPUProfile(f)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "benchextract: profile:", err)
			os.Exit(1)
		}
	}
	err := run(*full)
	pprof.StopCPUProfile()
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchextract:", err)
		os.Exit(1)
	}
}

func run(full bool) error {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	for in.Scan() {
		if full {
			page, err := os.ReadFile(in.Text())
			if err != nil {
				return err
			}
			d, err := webpage.Read(context.Background(), page, webpage.Options{})
			if err != nil && !errors.Is(err, webpage.ErrEmpty) {
				return err
			}
			e.SetIndent("", " ")
			if err := e.Encode(d); err != nil {
				return err
			}
			continue
		}
		a := read(in.Text())
		if err := e.Encode(a); err != nil {
			return err
		}
		if err := out.Flush(); err != nil {
			return err
		}
	}
	return in.Err()
}

func read(path string) answer {
	a := answer{File: path}
	page, err := os.ReadFile(path)
	if err != nil {
		a.Error = err.Error()
		return a
	}
	start := time.Now()
	d, err := webpage.Read(context.Background(), page, webpage.Options{})
	a.NS = time.Since(start).Nanoseconds()
	if err != nil {
		a.Error = err.Error()
		return a
	}
	a.Title, a.Byline, a.Site, a.Published, a.Lang, a.Text = d.Title, d.Byline, d.Site, string(d.Published), d.Lang, d.Text
	return a
}
