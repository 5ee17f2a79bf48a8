// Package evidence compares what texts say: the figures, dates and quotations in
// them, where they agree, where they differ, and what of a claim stands in the
// originals that it leans on.
//
// Everything here is a pure function of texts. It knows no store, never decides
// that one source is right, and gives reasons with every finding. Positions are
// half-open ranges of Unicode code points.
package evidence
