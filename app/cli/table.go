package cli

import (
	"fmt"
	"io"
	"strings"
)

// row writes one row of a table to a tabwriter.
func row(w io.Writer, cells ...string) { fmt.Fprintln(w, strings.Join(cells, "\t")) }

// count is a number with its word in the right number.
func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
