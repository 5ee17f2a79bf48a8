package cli

import (
	"fmt"

	"sourcebook/notebook"
)

type exportCmd struct {
	Format  string `default:"archive" enum:"archive" help:"What to write: archive, a zip file with all that the notebook holds, which import reads."`
	Out     string `required:"" placeholder:"FILE" help:"Write to this file."`
	Encrypt bool   `help:"Encrypt it with a passphrase."`
	passphraseFlags
}

func (c *exportCmd) Run(r *run) error {
	passphrase := ""
	if c.Encrypt {
		var err error
		if passphrase, err = c.ask(r, true); err != nil {
			return err
		}
	}
	return r.read(func(nb *notebook.Notebook) error {
		if err := nb.Archive(r.ctx, c.Out, passphrase, nil); err != nil {
			return err
		}
		r.say("written: %s", c.Out)
		return nil
	})
}

// importArchive brings an archive into the notebook.
func (r *run) importArchive(path string, p passphraseFlags) error {
	passphrase := ""
	encrypted, err := notebook.IsEncrypted(path)
	if err != nil {
		return err
	}
	if encrypted {
		if passphrase, err = p.ask(r, false); err != nil {
			return err
		}
	}
	return r.change(func(nb *notebook.Notebook) error {
		sum, err := nb.ReadArchive(r.ctx, path, passphrase, nil)
		if err != nil {
			return err
		}
		if r.json {
			return r.print(sum)
		}
		for _, kind := range []string{"source", "capture", "highlight", "claim", "link", "relation", "publisher", "dossier", "comparison", "briefing", "folder", "saved", "setting"} {
			if n := sum.Added[kind]; n > 0 {
				r.printf("%-10s  %d\n", kind, n)
			}
		}
		if sum.Held > 0 {
			r.printf("%-10s  %d\n", "held", sum.Held)
		}
		if len(sum.Added) == 0 {
			r.say("%s: all of it is held already", path)
		}
		return nil
	})
}

// written says of a file that was written how large it is.
func written(size int64) string { return fmt.Sprintf("%d KB", (size+1023)>>10) }
