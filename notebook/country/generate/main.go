// Generate writes the tables that package country embeds, countries.txt and
// names.txt, from the Unicode CLDR and from i18n-iso-countries.
//
//	npm pack cldr-localenames-full@48.2.0 cldr-core@48.2.0 i18n-iso-countries@7.14.0
//	(unpack each), then
//	go run ./notebook/country/generate -localenames DIR -core DIR -iso DIR -out notebook/country/data
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// languages are those whose names of countries are kept.
var languages = strings.Fields("en ru uk be bg sr tr az de fr es it pt nl pl cs sv hu ro kk ky uz tg tk mn ka hy el he ar fa ur ps hi zh ja ko vi id")

// short are the countries whose short CLDR name is the one to show.
var short = map[string]bool{"HK": true, "MO": true, "PS": true}

// variant are the countries whose variant CLDR name is the one to show.
var variant = map[string]bool{"CD": true, "CG": true}

func main() {
	localenames := flag.String("localenames", "", "folder of cldr-localenames-full")
	core := flag.String("core", "", "folder of cldr-core")
	iso := flag.String("iso", "", "folder of i18n-iso-countries")
	out := flag.String("out", "notebook/country/data", "folder to write to")
	flag.Parse()
	codes, err := countries(*core, *iso, *out)
	if err == nil {
		err = names(codes, *localenames, *iso, *out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func readJSON(path string, into any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}

// countries writes a line for each country: alpha-2, alpha-3, numeric code,
// UN M49 region and sub-region.
func countries(core, iso, out string) ([]string, error) {
	var rows [][]string
	if err := readJSON(filepath.Join(iso, "codes.json"), &rows); err != nil {
		return nil, err
	}
	var cldr struct {
		Supplemental struct {
			TerritoryContainment map[string]struct {
				Contains []string `json:"_contains"`
				Grouping string   `json:"_grouping"`
			} `json:"territoryContainment"`
		} `json:"supplemental"`
	}
	if err := readJSON(filepath.Join(core, "supplemental", "territoryContainment.json"), &cldr); err != nil {
		return nil, err
	}
	parent := map[string]string{}
	for group, g := range cldr.Supplemental.TerritoryContainment {
		if g.Grouping != "" || strings.ContainsAny(group, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") {
			continue
		}
		for _, member := range g.Contains {
			parent[member] = group
		}
	}
	slices.SortFunc(rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	var codes []string
	var b bytes.Buffer
	for _, row := range rows {
		sub := parent[row[0]]
		region := sub
		for parent[region] != "" && parent[region] != "001" {
			region = parent[region]
		}
		if sub == "" {
			sub, region = "010", "010" // Antarctica is a region of its own in M49
		}
		codes = append(codes, row[0])
		fmt.Fprintln(&b, row[0], row[1], row[2], region, sub)
	}
	return codes, os.WriteFile(filepath.Join(out, "countries.txt"), b.Bytes(), 0o644)
}

// names writes a section for each language with a line for each country: the
// name to show, then the others, parted by "|".
func names(codes []string, localenames, iso, out string) error {
	var b bytes.Buffer
	for _, lang := range languages {
		var cldr struct {
			Main map[string]struct {
				LocaleDisplayNames struct {
					Territories map[string]string `json:"territories"`
				} `json:"localeDisplayNames"`
			} `json:"main"`
		}
		if err := readJSON(filepath.Join(localenames, "main", lang, "territories.json"), &cldr); err != nil {
			return err
		}
		territories := cldr.Main[lang].LocaleDisplayNames.Territories
		var other struct {
			Countries map[string]any `json:"countries"`
		}
		if err := readJSON(filepath.Join(iso, "langs", lang+".json"), &other); err != nil && !os.IsNotExist(err) {
			return err
		}
		fmt.Fprintf(&b, "[%s]\n", lang)
		for _, code := range codes {
			var list []string
			add := func(name string) {
				name = strings.Join(strings.Fields(norm.NFC.String(strings.ReplaceAll(name, "|", " "))), " ")
				if name != "" && name != code && !slices.Contains(list, name) {
					list = append(list, name)
				}
			}
			if short[code] {
				add(territories[code+"-alt-short"])
			}
			if variant[code] {
				add(territories[code+"-alt-variant"])
			}
			add(territories[code])
			add(territories[code+"-alt-variant"])
			add(territories[code+"-alt-short"])
			switch o := other.Countries[code].(type) {
			case string:
				add(o)
			case []any:
				for _, name := range o {
					if s, ok := name.(string); ok {
						add(s)
					}
				}
			}
			if len(list) > 0 {
				fmt.Fprintln(&b, code, strings.Join(list, "|"))
			}
		}
	}
	return os.WriteFile(filepath.Join(out, "names.txt"), b.Bytes(), 0o644)
}
