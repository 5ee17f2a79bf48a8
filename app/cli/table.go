package cli

import (
	"fmt"
	"io"
	"strings"
)

// row writes one row of a table to a tabwriter.
func row(w io.Writer, cells ...string) { fmt.Fprintln(w, strings.Join(cells, "\t")) }
