// Package widgets holds the window's reusable widgets. They show values and
// call back; none knows the notebook. The reader is a package of its own,
// below this one.
package widgets
