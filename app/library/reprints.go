package library

import (
	"cmp"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"sourcebook/app/finder"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/evidence"
)

// Reprints are found in two steps. Of each text a sketch is kept: the hashes of
// one in sketchEvery of its runs of sketchWords words. Texts whose sketches share
// enough are compared word by word by package evidence. Neither step looks at
// each pair: a hash leads to the few texts that have it, and one that very many
// have, such as a notice at the foot of a site's pages, leads nowhere.
const (
	sketchWords  = 8
	sketchEvery  = 16
	sketchMost   = 48 // of one text
	sharedLeast  = 2  // hashes that two texts must share
	commonFrom   = 40 // a hash of more texts than this is a set phrase
	comparedMost = 6  // comparisons of one text, the likeliest first
)

// sketches are what is kept of all texts, in the user's cache: by capture, so
// that a new version is looked at anew, and what was compared is not again.
type sketches struct {
	Of      map[notebook.CaptureID][]uint32
	Related map[string]bool // "A B", A before B → one is a reprint of the other
}

// groups are the sources that share an origin.
type groups struct {
	of map[notebook.SourceID]int // sources alone are not in it
	n  int
}

// view orders the rows of a list by groups: each stands where its first member
// does, and shows the others while it is open.
func (g *groups) view(ids []notebook.SourceID, opened map[notebook.SourceID]bool) []viewRow {
	members := map[int][]int{}
	for i, id := range ids {
		if n, ok := g.of[id]; ok {
			members[n] = append(members[n], i)
		}
	}
	out := make([]viewRow, 0, len(ids))
	for i, id := range ids {
		n, ok := g.of[id]
		if !ok || len(members[n]) == 1 {
			out = append(out, viewRow{at: i})
			continue
		}
		if members[n][0] != i {
			continue
		}
		head := viewRow{at: i, fold: widgets.Folded, others: len(members[n]) - 1}
		if opened[id] {
			head.fold = widgets.Unfolded
		}
		out = append(out, head)
		if opened[id] {
			for _, m := range members[n][1:] {
				out = append(out, viewRow{at: m, indent: true})
			}
		}
	}
	return out
}

// findReprints groups the sources of a notebook by origin. dir holds what was
// found before. progress is told how many sources are done.
func findReprints(ctx context.Context, nb *notebook.Notebook, dir string, progress func(done, total int)) (*groups, error) {
	path := filepath.Join(dir, "reprints")
	kept := readSketches(path)
	next := sketches{Of: map[notebook.CaptureID][]uint32{}, Related: map[string]bool{}}
	type text struct {
		source  notebook.SourceID
		capture notebook.CaptureID
	}
	var all []text
	err := nb.View(func(tx *notebook.Tx) error {
		for s, err := range tx.Sources(notebook.SourceQuery{}) {
			if err != nil {
				return err
			}
			all = append(all, text{s.ID, s.Current()})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	// Transactions are short, so that a long look does not hold old pages.
	read := func(c notebook.CaptureID) (string, error) {
		var text string
		err := nb.View(func(tx *notebook.Tx) error {
			d, err := tx.Document(c)
			if err == nil {
				text = d.Text
			}
			return err
		})
		return text, err
	}
	fresh := false
	for i, t := range all {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s, ok := kept.Of[t.capture]
		if !ok {
			fresh = true
			body, err := read(t.capture)
			if err != nil && !errors.Is(err, notebook.ErrNotFound) {
				return nil, fmt.Errorf("look for reprints: %w", err)
			}
			s = sketch(body)
		}
		next.Of[t.capture] = s
		if progress != nil && i%64 == 0 {
			progress(i, len(all))
		}
	}
	holders := map[uint32][]int{}
	for i, t := range all {
		for _, h := range next.Of[t.capture] {
			holders[h] = append(holders[h], i)
		}
	}
	root := make([]int, len(all))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for i, t := range all {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		shares := map[int]int{}
		for _, h := range next.Of[t.capture] {
			if in := holders[h]; len(in) <= commonFrom {
				for _, j := range in {
					if j < i {
						shares[j]++
					}
				}
			}
		}
		var likely []int
		for j, n := range shares {
			if n >= min(sharedLeast, len(next.Of[t.capture]), len(next.Of[all[j].capture])) {
				likely = append(likely, j)
			}
		}
		slices.SortFunc(likely, func(a, b int) int { return cmp.Or(cmp.Compare(shares[b], shares[a]), cmp.Compare(a, b)) })
		body := ""
		for _, j := range likely[:min(len(likely), comparedMost)] {
			if find(i) == find(j) {
				continue
			}
			key := pairKey(t.capture, all[j].capture)
			same, known := kept.Related[key]
			if !known {
				fresh = true
				if body == "" {
					if body, err = read(t.capture); err != nil {
						break
					}
				}
				other, err := read(all[j].capture)
				if err != nil {
					continue
				}
				same = evidence.SameOrigin(body, other).Verdict == evidence.Reprint
			}
			next.Related[key] = same
			if same {
				a, b := find(i), find(j)
				root[max(a, b)] = min(a, b)
			}
		}
	}
	g := &groups{of: map[notebook.SourceID]int{}}
	size := map[int]int{}
	for i := range all {
		size[find(i)]++
	}
	for i, t := range all {
		if r := find(i); size[r] > 1 {
			g.of[t.source] = r
			if r == i {
				g.n++
			}
		}
	}
	if fresh || len(next.Of) != len(kept.Of) {
		if err := next.write(path); err != nil {
			return g, err
		}
	}
	return g, nil
}

func pairKey(a, b notebook.CaptureID) string {
	return string(min(a, b)) + " " + string(max(a, b))
}

// sketch samples the runs of words of a text.
func sketch(text string) []uint32 {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) < sketchWords {
		// Scripts without spaces have few runs: take their characters.
		words = nil
		for _, r := range text {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				words = append(words, string(r))
			}
		}
	}
	var out []uint32
	for i := 0; i+sketchWords <= len(words); i++ {
		h := fnv.New32a()
		for _, w := range words[i : i+sketchWords] {
			h.Write([]byte(w))
			h.Write([]byte{0})
		}
		// The low bits of FNV are its weakest.
		v := h.Sum32()
		v ^= v >> 15
		v *= 0x2c1b3c6d
		v ^= v >> 12
		if v%sketchEvery == 0 {
			out = append(out, v)
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return slices.Clone(out[:min(len(out), sketchMost)])
}

// readSketches reads what was kept; nothing where there is none, or it is not
// whole: it can be made again.
func readSketches(path string) sketches {
	s := sketches{}
	if f, err := os.Open(path); err == nil {
		defer f.Close()
		if gob.NewDecoder(f).Decode(&s) != nil {
			s = sketches{}
		}
	}
	return s
}

func (s sketches) write(path string) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("keep what was found of reprints: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".reprints-*")
	if err != nil {
		return fmt.Errorf("keep what was found of reprints: %w", err)
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
			err = fmt.Errorf("keep what was found of reprints: %w", err)
		}
	}()
	err = gob.NewEncoder(f).Encode(s)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	if err = os.Rename(f.Name(), path); errors.Is(err, fs.ErrNotExist) {
		err = nil // someone emptied the cache meanwhile
	}
	return err
}

// reprintsDir is where a notebook's sketches are kept, below the user's cache.
func reprintsDir(nb *notebook.Notebook) string {
	return filepath.Join(finder.CacheDir(), "sourcebook", "reprints", nb.Identity())
}
