// Package assets holds what is embedded in the program: fonts, icons, flags and
// the world map. It has accessors and no logic. The licence of each kind lies
// beside its files.
package assets

import "embed"

//go:embed fonts icon ui/*.svg flags/*.png map/countries-110m.json
var files embed.FS

// read returns an embedded file, nil where there is none of that name.
func read(name string) []byte {
	b, err := files.ReadFile(name)
	if err != nil {
		return nil
	}
	return b
}

// WorldMap returns the outlines of the countries at 1:110 million as TopoJSON
// (Natural Earth). The object is "countries"; a geometry's id is the ISO 3166-1
// numeric code as three digits, and is absent for areas that have none.
func WorldMap() []byte { return read("map/countries-110m.json") }

// Flag returns the flag of an ISO 3166-1 alpha-2 code in lower or upper case as
// a PNG of 40 by 30 pixels. Besides, it knows "XK", "EU" and "UN". It is nil
// where there is none.
func Flag(code string) []byte {
	if len(code) != 2 {
		return nil
	}
	lower := [2]byte{code[0] | 0x20, code[1] | 0x20}
	return read("flags/" + string(lower[:]) + ".png")
}
