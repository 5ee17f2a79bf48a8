package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"sourcebook/app/intake"
	"sourcebook/importers"
	"sourcebook/importers/fetch"
	"sourcebook/notebook"
)

type importCmd struct {
	Paths   []string `arg:"" name:"path" help:"Files, folders, addresses, or - for pasted text on standard input."`
	Tag     []string `help:"Tag everything that comes in."`
	Folder  string   `help:"Put everything that comes in into this folder of the notebook."`
	URL     string   `name:"url" help:"The address that the capture came from, for a single one."`
	Charset string   `help:"The character set, where what a file says of itself is wrong."`
	Private bool     `help:"Also fetch addresses on this machine and in private networks."`
	passphraseFlags
}

// importView is what import --json prints of one item.
type importView struct {
	Item     string   `json:"item"`
	Outcome  string   `json:"outcome"` // new, version, same text, duplicate, failed
	Error    string   `json:"error"`
	Source   string   `json:"source"`
	Kind     string   `json:"kind"`
	Title    string   `json:"title"`
	Warnings []string `json:"warnings"`
}

func (c *importCmd) Run(r *run) error {
	if len(c.Paths) == 1 && notebook.IsArchive(c.Paths[0]) {
		return r.importArchive(c.Paths[0], c.passphraseFlags)
	}
	items, failed, err := c.items(r)
	if err != nil {
		return err
	}
	var sum intake.Summary
	err = r.change(func(nb *notebook.Notebook) error {
		im := intake.New(nb, intake.Options{Tags: c.Tag, Folder: c.Folder, Clock: r.Clock, Fetcher: fetch.New(fetch.Options{Clock: r.Clock, AllowPrivate: c.Private})})
		sum = im.Import(r.ctx, items, func(p intake.Progress) {
			switch {
			case p.Part > 0:
				r.say("%d/%d %d: %s", p.Done+1, p.Total, p.Part, p.Last.Item.Label())
			case p.Total > 1:
				r.say("%d/%d %s", p.Done, p.Total, p.Last.Item.Label())
			}
		})
		return nil
	})
	if err != nil {
		return err
	}
	results := append(sum.Results, failed...)
	views := make([]importView, len(results))
	bad := false
	for i, res := range results {
		v := importView{Item: cmp.Or(res.Item.Path, res.Item.Label()), Outcome: string(res.Outcome), Source: string(res.Source), Kind: string(res.Kind), Title: res.Title, Warnings: list(res.Warnings)}
		if res.Err != nil {
			bad, v.Outcome, v.Error = true, "failed", oneLine(res.Err)
		}
		views[i] = v
	}
	if r.json {
		if err := r.print(views); err != nil {
			return err
		}
	} else {
		for i, v := range views {
			switch {
			case v.Error != "":
				r.say("sourcebook: %s", v.Error)
			case results[i].Outcome == notebook.NewSource:
				r.printf("%s  %s\n", short(v.Source), clip(cmp.Or(v.Title, v.Item), 90))
			default:
				r.printf("%s  %s (%s)\n", short(v.Source), clip(cmp.Or(v.Title, v.Item), 90), outcomeWords[results[i].Outcome])
			}
			for _, w := range v.Warnings {
				r.say("%s: %s", v.Item, w)
			}
		}
	}
	if sum.Cancelled {
		return fmt.Errorf("import: cancelled after %d of %d; what came in stays, run it again for the rest", sum.Items, len(items))
	}
	if bad {
		return errFault
	}
	return nil
}

// outcomeWords say what became of a capture that is no new source.
var outcomeWords = map[notebook.Outcome]string{
	notebook.NewVersion: "a new version of what was held",
	notebook.SameText:   "the same text as held; the capture was kept",
	notebook.Duplicate:  "already held",
}

func (c *importCmd) items(r *run) ([]intake.Item, []intake.Result, error) {
	var items []intake.Item
	var failed []intake.Result
	for _, p := range c.Paths {
		switch {
		case p == "-":
			b, err := io.ReadAll(io.LimitReader(r.Stdin, importers.MaxBytes+1))
			if err != nil {
				return nil, nil, fmt.Errorf("read standard input: %w", err)
			}
			if b == nil {
				b = []byte{}
			}
			items = append(items, intake.Item{Bytes: b, Name: "pasted text", Method: notebook.ByStdin})
		case strings.HasPrefix(p, "http://"), strings.HasPrefix(p, "https://"):
			items = append(items, intake.Item{URL: p, Method: notebook.ByURL})
		default:
			found, bad := intake.Expand([]string{p}, notebook.ByFile)
			items, failed = append(items, found...), append(failed, bad...)
			if len(found)+len(bad) == 0 {
				r.say("%s: nothing in it that could be imported", p)
			}
		}
	}
	for i := range items {
		items[i].Charset = c.Charset
		if c.URL != "" {
			if len(items) > 1 {
				return nil, nil, usagef("--url names the address of one capture, not of %d", len(items))
			}
			items[i].URL = c.URL
		}
	}
	return items, failed, nil
}
