package evidence

import (
	"sourcebook/notebook/document"
	"strings"
	"testing"
)

func TestRelate(t *testing.T) {
	for _, c := range []struct {
		name, a, b       string
		pubA, pubB, want string
	}{
		{"the same words", "The port of Aktau handled 2 million tons of grain in 2024.", "The port of Aktau handled 2 million tons of grain in 2024.", "", "", "same_as"},
		{"two counts on one day", "The crash near Aktau killed 38 people.", "The crash near Aktau killed 39 people.", "2025-01-02", "2025-01-02", "contradicts"},
		{"two counts without a day", "The crash near Aktau killed 38 people.", "39 people died in the crash near Aktau.", "", "", "contradicts"},
		{"a later, higher count", "The crash near Aktau killed 38 people.", "The crash near Aktau killed 39 people, officials said.", "2025-01-02", "2025-01-04", "update"},
		{"a later, lower count", "The crash near Aktau killed 39 people.", "The crash near Aktau killed 38 people.", "2025-01-02", "2025-01-04", "contradicts"},
		{"a bound and a value within", "The crash near Aktau killed at least 38 people.", "The crash near Aktau killed 39 people.", "", "", "refines"},
		{"a bound and a later value", "The crash near Aktau killed at least 38 people.", "The crash near Aktau killed 41 people.", "2025-01-02", "2025-01-04", "update"},
		{"a bound and a value outside", "The crash near Aktau killed at least 38 people.", "The crash near Aktau killed 12 people.", "", "", "contradicts"},
		{"money that differs", "Kazakhstan lent the port $5 million.", "Kazakhstan lent the port $8 million.", "", "", "contradicts"},
		{"a denial", "Azerbaijan opened the border to freight trains.", "Azerbaijan has not opened the border to freight trains.", "", "", "contradicts"},
		{"opposite verbs", "Grain exports through Baku rose last year.", "Grain exports through Baku fell last year.", "", "", "contradicts"},
		{"more detail", "Azerbaijan and Kazakhstan signed a freight agreement.", "Azerbaijan and Kazakhstan signed a freight agreement worth $2 billion on 21 October 2025.", "", "", "refines"},
		{"other words, nothing differs", "Azerbaijan and Kazakhstan signed a freight agreement in Astana.", "In Astana a freight agreement between Kazakhstan and Azerbaijan was signed by both ministers yesterday evening after talks.", "", "", "refines"},
		{"other countries", "Georgia raised port fees by 5 percent in Batumi.", "Turkey raised port fees by 7 percent in Mersin.", "", "", "none"},
		{"another matter", "The ministers discussed visas.", "Rain fell on the wheat.", "", "", "none"},
		{"another year", "Exports from Baku were 2 million tons in 2023.", "Imports to Baku and all exports were 3 million tons in 2024.", "", "", "none"},
		{"capital for country", "Baku accused Moscow of covering up the downing of the jet.", "Azerbaijan accused Russia of covering up the downing of the jet.", "", "", "same_as"},
		{"another month", "Inflation in Turkey slowed to 33 percent in October.", "Inflation in Turkey was 31 percent in November.", "", "", "none"},
		{"another value years later", "The pipeline carries 1.2 million barrels a day.", "The pipeline carries 1.4 million barrels a day.", "2020-01-01", "2024-01-01", "update"},
		{"another value in the same week", "The pipeline carries 1.2 million barrels a day.", "The pipeline carries 1.4 million barrels a day.", "2024-01-01", "2024-01-03", "contradicts"},
		{"one event, two things said", "38 people were killed in the crash of the jet near Aktau.", "The jet that crashed near Aktau was flying from Baku to Grozny.", "", "", "supports"},
		{"the cause in dispute", "The plane was shot down by a Russian missile.", "The plane crashed after a bird strike, Moscow said.", "", "", "none"},
		{"two days of one visit", "Tokayev visited Baku on 11 March 2024.", "Tokayev visited Baku on 12 March 2024.", "", "", "contradicts"},
		{"open and closed", "Armenia opened its border with Turkey.", "Armenia's border with Turkey remains closed.", "", "", "contradicts"},
		{"nothing", "", "…", "", "", "none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Relate(Statement{c.a, "en", document.Date(c.pubA)}, Statement{c.b, "en", document.Date(c.pubB)})
			if string(got.Relation) != c.want {
				t.Errorf("%s, want %s (%s)", got.Relation, c.want, strings.Join(got.Reasons, "; "))
			}
			if len(got.Reasons) == 0 {
				t.Error("no reason")
			}
		})
	}
	ru := Relate(Statement{"В крушении под Актау погибли 38 человек.", "ru", ""}, Statement{"В крушении под Актау погибли 39 человек.", "ru", ""})
	if ru.Relation != Contradicts {
		t.Errorf("Russian: %+v", ru)
	}
}
