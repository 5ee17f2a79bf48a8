// Package present turns the notebook's values into what a person reads: labels,
// dates, counts, order, groups. It is plain functions and knows no toolkit.
package present
