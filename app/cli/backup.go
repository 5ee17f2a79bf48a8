package cli

import (
	"os"
	"text/tabwriter"

	"sourcebook/notebook"
)

type backupCmd struct {
	Out     string `placeholder:"FILE" help:"Write to this file, instead of to the folder of backups beside the notebook."`
	List    bool   `help:"List the backups beside the notebook."`
	Encrypt bool   `help:"Encrypt it with a passphrase; needs --out."`
	passphraseFlags
}

type backupView struct {
	Path   string `json:"path"`
	At     string `json:"at"`
	Reason string `json:"reason"`
	Size   int64  `json:"size"`
}

func viewBackup(b notebook.BackupFile) backupView {
	return backupView{Path: b.Path, At: b.At.Format("2006-01-02T15:04:05Z07:00"), Reason: b.Reason, Size: b.Size}
}

func (c *backupCmd) Run(r *run) error {
	if c.List {
		return c.list(r)
	}
	passphrase := ""
	if c.Encrypt {
		if c.Out == "" {
			return usagef("--encrypt needs --out FILE: the folder of backups beside the notebook is for quick restoring")
		}
		var err error
		if passphrase, err = c.ask(r, true); err != nil {
			return err
		}
	}
	return r.read(func(nb *notebook.Notebook) error {
		var made notebook.BackupFile
		var err error
		if c.Out != "" {
			made.Path = c.Out
			if c.Encrypt {
				err = nb.BackupEncrypted(r.ctx, c.Out, passphrase, nil)
			} else {
				err = nb.Backup(r.ctx, c.Out, nil)
			}
			if err == nil {
				if st, serr := os.Stat(c.Out); serr == nil {
					made.At, made.Size = st.ModTime().UTC(), st.Size()
				}
			}
		} else {
			made, err = nb.AutoBackup(r.ctx, notebook.BackupDir(nb.Path()), nil)
		}
		if err != nil {
			return err
		}
		if r.json {
			return r.print(viewBackup(made))
		}
		r.printf("%s\n", made.Path)
		return nil
	})
}

func (c *backupCmd) list(r *run) error {
	path, err := r.path()
	if err != nil {
		return err
	}
	found, err := notebook.Backups(notebook.BackupDir(path))
	if err != nil {
		return err
	}
	views := []backupView{}
	for _, b := range found {
		views = append(views, viewBackup(b))
	}
	if r.json {
		return r.print(views)
	}
	w := tabwriter.NewWriter(r.Stdout, 0, 0, 2, ' ', 0)
	for _, v := range views {
		row(w, v.At, v.Reason, written(v.Size), v.Path)
	}
	if len(views) == 0 {
		r.say("there are no backups in %s", notebook.BackupDir(path))
	}
	return w.Flush()
}

type restoreCmd struct {
	Backup string `arg:"" help:"The backup to put in the notebook's place, encrypted or not; see backup --list."`
	passphraseFlags
}

func (c *restoreCmd) Run(r *run) error {
	path, err := r.path()
	if err != nil {
		return err
	}
	encrypted, err := notebook.IsEncrypted(c.Backup)
	if err != nil {
		return err
	}
	kept := ""
	if encrypted {
		passphrase, err := c.ask(r, false)
		if err != nil {
			return err
		}
		kept, err = notebook.RestoreEncrypted(r.ctx, c.Backup, passphrase, path)
		if err != nil {
			return err
		}
	} else if kept, err = notebook.RestoreBackup(r.ctx, c.Backup, path); err != nil {
		return err
	}
	if r.json {
		return r.print(map[string]string{"notebook": path, "kept": kept})
	}
	r.printf("restored: %s\n", path)
	if kept != "" {
		r.printf("what was there is kept as %s\n", kept)
	}
	return nil
}

type compactCmd struct{}

func (c *compactCmd) Run(r *run) error {
	return r.edit(func(nb *notebook.Notebook) error {
		before, after, err := nb.Compact(r.ctx)
		if err != nil {
			return err
		}
		if r.json {
			return r.print(map[string]int64{"before": before, "after": after})
		}
		r.printf("%d KB before, %d KB now\n", before>>10, after>>10)
		return nil
	})
}
