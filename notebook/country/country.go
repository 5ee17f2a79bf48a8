// Package country knows the countries of ISO 3166-1: their names, demonyms,
// capitals and short forms in many languages, and where a text names them.
package country

// Code is an ISO 3166-1 alpha-2 code in capitals, such as "AZ".
type Code string

// Mention is one place in a text that names a country. Start and End are a
// half-open range of Unicode code points; Form is the text between them.
type Mention struct {
	Code  Code   `json:"code"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Form  string `json:"form"`
}
