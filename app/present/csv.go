package present

import "strings"

// CSVCell gives text for a cell of a CSV file: what a spreadsheet would take for
// a formula (OWASP, CSV injection) is led by an apostrophe, and read as text.
func CSVCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
