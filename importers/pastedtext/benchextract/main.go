// Command benchextract reads paths of pasted texts on standard input, one a
// line, and prints what package pastedtext makes of each as one JSON object a
// line: the batch protocol of the corpus's scorer. The address of a page is not
// given to it.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"sourcebook/importers/pastedtext"
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
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		if err := out.Encode(read(strings.TrimSpace(in.Text()))); err != nil {
			fmt.Fprintln(os.Stderr, "benchextract:", err)
			os.Exit(1)
		}
	}
	if err := in.Err(); err != nil {
		fmt.Fprintln(os.Stderr, "benchextract: reading paths:", err)
		os.Exit(1)
	}
}

func read(path string) answer {
	a := answer{File: path}
	b, err := os.ReadFile(path)
	if err != nil {
		a.Error = err.Error()
		return a
	}
	begin := time.Now()
	d, err := pastedtext.Read(context.Background(), string(b), pastedtext.Options{})
	a.NS = time.Since(begin).Nanoseconds()
	if err != nil {
		a.Error = err.Error()
		return a
	}
	a.Title, a.Byline, a.Site, a.Published, a.Lang, a.Text = d.Title, d.Byline, d.Site, string(d.Published), d.Lang, d.Text
	return a
}
