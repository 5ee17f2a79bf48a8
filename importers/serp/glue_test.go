package serp

import (
	"reflect"
	"strings"
	"testing"
)

// show writes pieces as "# heading", "label: text" and "text".
func show(list []piece) []string {
	var out []string
	for _, p := range list {
		switch {
		case p.kind == headingPiece:
			out = append(out, "# "+p.text)
		case p.label != "":
			out = append(out, "["+p.label+"] "+p.text)
		default:
			out = append(out, p.text)
		}
	}
	return out
}

func TestUnglue(t *testing.T) {
	cases := []struct {
		name  string
		lines []string
		want  []string
	}{
		{"heading repeats its last word", []string{
			"Ports of GeorgiaGeorgia, while small, has two deep harbours that matter to its neighbours."},
			[]string{"# Ports of Georgia", "Georgia, while small, has two deep harbours that matter to its neighbours."}},
		{"heading repeats two words", []string{
			"The role of the Trans-Caspian RouteTrans-Caspian Route traffic has doubled since the spring of last year."},
			[]string{"# The role of the Trans-Caspian Route", "Trans-Caspian Route traffic has doubled since the spring of last year."}},
		{"possessive of the heading's word", []string{
			"Relations with ArmeniaArmenia's parliament has yet to vote on the new border crossing."},
			[]string{"# Relations with Armenia", "Armenia's parliament has yet to vote on the new border crossing."}},
		{"sentence opener after a heading", []string{
			"Outlook for next yearThese plans depend on the price of grain and on the weather."},
			[]string{"# Outlook for next year", "These plans depend on the price of grain and on the weather."}},
		{"one-word heading", []string{
			"OverviewThe two countries signed an agreement on rail tariffs in the spring."},
			[]string{"# Overview", "The two countries signed an agreement on rail tariffs in the spring."}},
		{"heading ends in a year", []string{
			"Developments since 2022Both governments have reduced their dependence on the northern line."},
			[]string{"# Developments since 2022", "Both governments have reduced their dependence on the northern line."}},
		{"heading ends in a bracket", []string{
			"The pipeline consortium (CPC)Several storms have closed the terminal for weeks at a time."},
			[]string{"# The pipeline consortium (CPC)", "Several storms have closed the terminal for weeks at a time."}},
		{"heading ends in an abbreviation", []string{
			"Position of the EUThe bloc has offered loans for three new terminals."},
			[]string{"# Position of the EU", "The bloc has offered loans for three new terminals."}},
		{"heading with a question", []string{
			"Why does it matter?The harbour handles most of the grain that leaves the region."},
			[]string{"# Why does it matter?", "The harbour handles most of the grain that leaves the region."}},
		{"heading with a colon, glued", []string{
			"Key disputes:The two sides differ over tariffs and over the depth of the channel."},
			[]string{"# Key disputes", "The two sides differ over tariffs and over the depth of the channel."}},
		{"word of the answer after a heading", []string{
			"Turkmenistan joined the talks in March.",
			"Gas swaps and storageTurkmenistan has offered to send more gas through its southern neighbour."},
			[]string{"Turkmenistan joined the talks in March.", "# Gas swaps and storage", "Turkmenistan has offered to send more gas through its southern neighbour."}},
		{"sentence then label", []string{
			"Volumes fell by a third.Export routes: The northern line carried the most."},
			[]string{"Volumes fell by a third.", "[Export routes] The northern line carried the most."}},
		{"sentence then sentence", []string{
			"Volumes fell by a third.The northern line carried the most."},
			[]string{"Volumes fell by a third.", "The northern line carried the most."}},
		{"closing quotation mark then label", []string{
			"The minister spoke of “a new chapter.”Rail tariffs: They were cut in half."},
			[]string{"The minister spoke of “a new chapter.”", "[Rail tariffs] They were cut in half."}},
		{"note marks between sentences", []string{
			"Volumes fell by a third.[1][2]The northern line carried the most."},
			[]string{"Volumes fell by a third.[1][2]", "The northern line carried the most."}},
		{"heading, sentence and label in one line", []string{
			"Cooperation with GeorgiaGeorgia has kept its port fees low since 2021.Ferry service: Two ships run each week."},
			[]string{"# Cooperation with Georgia", "Georgia has kept its port fees low since 2021.", "[Ferry service] Two ships run each week."}},
		{"label glued without a full stop", []string{
			"The company opened a second berth for grain vesselsFerry service: Two ships run each week."},
			[]string{"The company opened a second berth for grain vessels", "[Ferry service] Two ships run each week."}},
		{"several labels", []string{
			"Rail: One train a day.Road: Four hundred lorries.Sea: Two ferries."},
			[]string{"[Rail] One train a day.", "[Road] Four hundred lorries.", "[Sea] Two ferries."}},
		{"label with brackets", []string{"Caspian Pipeline Consortium (CPC): The route carries most of the oil."},
			[]string{"[Caspian Pipeline Consortium (CPC)] The route carries most of the oil."}},
		{"label with an abbreviation", []string{"U.S. sanctions: Two banks were listed."}, []string{"[U.S. sanctions] Two banks were listed."}},
		{"plain heading line", []string{"Rail and road", "One train runs each day."}, []string{"# Rail and road", "One train runs each day."}},
		{"heading line with a colon", []string{"Rail and road:", "One train runs each day."}, []string{"# Rail and road", "One train runs each day."}},
		{"bullets", []string{"• Rail: One train runs each day.", "- Road: Lorries wait for days."}, []string{"[Rail] One train runs each day.", "[Road] Lorries wait for days."}},
		{"numbered", []string{"1. Rail: One train runs each day.", "2) Road: Lorries wait."}, []string{"[Rail] One train runs each day.", "[Road] Lorries wait."}},
		{"bold marks", []string{"**Rail**: One train runs each day."}, []string{"[Rail] One train runs each day."}},
		{"russian", []string{
			"Отношения с ГрузиейГрузия сохранила низкие портовые сборы и открыла второй терминал.Паромы: Два судна ходят каждую неделю."},
			[]string{"# Отношения с Грузией", "Грузия сохранила низкие портовые сборы и открыла второй терминал.", "[Паромы] Два судна ходят каждую неделю."}},
		{"russian with an opener", []string{
			"Отношения с соседямиЭти страны сохранили низкие портовые сборы и открыли второй терминал."},
			[]string{"# Отношения с соседями", "Эти страны сохранили низкие портовые сборы и открыли второй терминал."}},
		{"turkish", []string{
			"Gürcistan ile ilişkilerBu ülkeler liman ücretlerini düşük tuttu ve yeni bir rıhtım açtı.Feribot: Haftada iki gemi çalışıyor."},
			[]string{"# Gürcistan ile ilişkiler", "Bu ülkeler liman ücretlerini düşük tuttu ve yeni bir rıhtım açtı.", "[Feribot] Haftada iki gemi çalışıyor."}},
		{"russian, without an opener", []string{
			"Маршруты и объёмыГаз идёт по трём трубам, и объёмы растут."},
			[]string{"# Маршруты и объёмы", "Газ идёт по трём трубам, и объёмы растут."}},
		{"small word, then a name", []string{
			"Areas of competitionFerries and trains compete for the same grain each autumn."},
			[]string{"# Areas of competition", "Ferries and trains compete for the same grain each autumn."}},
		{"abbreviation, then a name of the answer", []string{
			"Georgia joined the talks late.", "The bloc and the OTSGeorgia belongs to neither of the two."},
			[]string{"Georgia joined the talks late.", "# The bloc and the OTS", "Georgia belongs to neither of the two."}},
		{"a name that begins small", []string{"Sales of the eBooks and macOS laptops fell by a tenth."},
			[]string{"Sales of the eBooks and macOS laptops fell by a tenth."}},
		{"german", []string{
			"Beziehungen zu GeorgienDie Häfen sind klein, aber tief genug für neue Schiffe."},
			[]string{"# Beziehungen zu Georgien", "Die Häfen sind klein, aber tief genug für neue Schiffe."}},

		// What is not glued stays whole.
		{"name with a capital inside", []string{"Videos on YouTube show the queue of lorries at the border crossing."},
			[]string{"Videos on YouTube show the queue of lorries at the border crossing."}},
		{"company names", []string{"KazMunayGas and PetroChina agreed on a new price for the oil that is pumped east."},
			[]string{"KazMunayGas and PetroChina agreed on a new price for the oil that is pumped east."}},
		{"company name twice", []string{
			"The board of TransOilGas met in May and chose a new chair.",
			"TransOilGas has since bought two more tankers for the crossing."},
			[]string{"The board of TransOilGas met in May and chose a new chair.", "TransOilGas has since bought two more tankers for the crossing."}},
		{"scottish name", []string{"Analyst Ian McDonald says that the line will open late and cost more than planned."},
			[]string{"Analyst Ian McDonald says that the line will open late and cost more than planned."}},
		{"abbreviated country", []string{"The U.S. Treasury listed two banks in May."}, []string{"The U.S. Treasury listed two banks in May."}},
		{"initials", []string{"A report by J.R.Holt describes the harbour in winter."}, []string{"A report by J.R.Holt describes the harbour in winter."}},
		{"address with capitals", []string{"The site Aze.Media reprinted the piece, and Caliber.Az followed."},
			[]string{"The site Aze.Media reprinted the piece, and Caliber.Az followed."}},
		{"two sentences with a blank", []string{"Volumes fell by a third. The northern line carried the most."},
			[]string{"Volumes fell by a third. The northern line carried the most."}},
		{"speech", []string{"The minister said: The line will open in May."}, []string{"The minister said: The line will open in May."}},
		{"clock", []string{"The ferry leaves at 10:30 each day and arrives before dark."}, []string{"The ferry leaves at 10:30 each day and arrives before dark."}},
		{"address", []string{"https://example.org/a is where the figures are kept."}, []string{"https://example.org/a is where the figures are kept."}},
		{"colon late in a sentence", []string{"Three things have changed since the northern line was closed to freight in the spring: tariffs, depth and queues."},
			[]string{"Three things have changed since the northern line was closed to freight in the spring: tariffs, depth and queues."}},
		{"a short last line is no heading", []string{"Volumes fell by a third.", "Nothing else"}, []string{"Volumes fell by a third.", "Nothing else"}},
		{"decimal", []string{"Prices rose by 3.5 percent and then by 4.Nothing was said about 2026."},
			[]string{"Prices rose by 3.5 percent and then by 4.", "Nothing was said about 2026."}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := show(piecesWithSources(c.lines, make([][]string, len(c.lines))))
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
			}
		})
	}
}
