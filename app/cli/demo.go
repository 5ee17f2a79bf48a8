package cli

import (
	"fmt"
	"os"
	"path/filepath"

	"sourcebook/app/export"
	"sourcebook/app/sample"
	"sourcebook/notebook"
)

type demoCmd struct {
	Out string `placeholder:"DIR" help:"The folder to write to; default: sourcebook-demo in your data folder."`
}

// The files that demo writes.
const (
	SampleNotebook = "sample.sourcebook"
	sampleBriefing = "sample-briefing.pdf"
)

func (c *demoCmd) Run(r *run) error {
	dir := c.Out
	if dir == "" {
		data, err := DataDir(r.Getenv)
		if err != nil {
			return err
		}
		dir = filepath.Join(data, "demo")
	}
	path := filepath.Join(dir, SampleNotebook)
	pdf := filepath.Join(dir, sampleBriefing)
	if err := buildDemo(r, path); err != nil {
		return err
	}
	nb, err := notebook.OpenForReading(path, notebook.Options{Clock: r.Clock})
	if err != nil {
		return err
	}
	defer nb.Close()
	var b notebook.Briefing
	err = nb.View(func(tx *notebook.Tx) error {
		all, err := tx.Briefings()
		if err == nil && len(all) == 0 {
			err = fmt.Errorf("write the sample briefing: %s holds none; delete the file and run demo again", path)
		}
		if err == nil {
			b = all[0]
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := export.Briefing(r.ctx, nb, b, pdf, r.Clock()); err != nil {
		return err
	}
	if r.json {
		return r.print(map[string]string{"notebook": path, "briefing": pdf})
	}
	r.printf("notebook: %s\nbriefing: %s\n", path, pdf)
	return nil
}

// buildDemo builds the sample notebook at path unless one is there, which a
// user may have worked in: it is kept.
func buildDemo(r *run, path string) error {
	if st, err := os.Stat(path); err == nil && st.Size() > 0 {
		r.say("the sample notebook is there already and is kept")
		return nil
	}
	return sample.Create(r.ctx, path, notebook.Options{Clock: r.Clock, Actor: "demo"})
}
