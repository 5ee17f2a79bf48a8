package cli

import (
	"fmt"
	"slices"

	"sourcebook/notebook"
)

type verifyCmd struct{}

type verifyView struct {
	Sound   bool           `json:"sound"`
	Checked map[string]int `json:"checked"`
	Faults  []faultView    `json:"faults"`
}

type faultView struct {
	Where string `json:"where"`
	What  string `json:"what"`
}

func (c *verifyCmd) Run(r *run) error {
	return r.read(func(nb *notebook.Notebook) error {
		rep, err := nb.Verify()
		if err != nil {
			return err
		}
		out := verifyView{Sound: len(rep.Faults) == 0, Checked: rep.Checked, Faults: []faultView{}}
		for _, f := range rep.Faults {
			out.Faults = append(out.Faults, faultView{f.Where, f.What})
		}
		if r.json {
			if err := r.print(out); err != nil {
				return err
			}
		} else {
			kinds := make([]string, 0, len(out.Checked))
			for k := range out.Checked {
				kinds = append(kinds, k)
			}
			slices.Sort(kinds)
			for _, k := range kinds {
				r.printf("%6d %s\n", out.Checked[k], k)
			}
			for _, f := range out.Faults {
				r.printf("%s: %s\n", f.Where, f.What)
			}
			if out.Sound {
				r.printf("the notebook is sound\n")
			}
		}
		if !out.Sound {
			fmt.Fprintf(r.Stderr, "sourcebook: verify %s: %d faults; restore a backup, or keep a copy of the file and report it\n", nb.Path(), len(out.Faults))
			return errFault
		}
		return nil
	})
}

type undoCmd struct{}

func (c *undoCmd) Run(r *run) error {
	return r.edit(func(nb *notebook.Notebook) error { return took(r, nb.Undo) })
}

type redoCmd struct{}

func (c *redoCmd) Run(r *run) error {
	return r.edit(func(nb *notebook.Notebook) error { return took(r, nb.Redo) })
}

func took(r *run, step func() (notebook.Change, error)) error {
	ch, err := step()
	if err != nil {
		return err
	}
	if r.json {
		return r.print(map[string]any{"change": ch.Name, "seq": ch.Seq})
	}
	r.printf("%s\n", ch.Name)
	return nil
}
