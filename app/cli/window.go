package cli

import (
	"errors"
	"os"
	"strings"
)

type windowCmd struct {
	File string `arg:"" optional:"" placeholder:"FILE" help:"The notebook to open."`
}

func (c *windowCmd) Run(r *run) error {
	if c.File != "" && !strings.HasSuffix(c.File, ".sourcebook") {
		if _, err := os.Stat(c.File); err != nil {
			return usagef("%q is neither a command nor a notebook; see sourcebook --help", c.File)
		}
	}
	if r.Window == nil {
		return errors.New("open the window: this program was built without one; use the commands (sourcebook --help), or build it with: make build")
	}
	path := c.File
	if path == "" {
		path = r.notebook
	}
	return r.Window(r.ctx, path)
}
