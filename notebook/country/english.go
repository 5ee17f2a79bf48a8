package country

import (
	"strings"
	"sync"
)

// English is full of countries that are none: a bird, a state, a footballer, a
// newspaper. What follows are stretches that only look like a country, and the
// guards that weigh a doubtful word by its neighbours.

// englishBlocks are stretches that name no country though a word of them does.
var englishBlocks = strings.Split(strings.TrimSpace(`
New Mexico
New Jersey
New England
New Britain
New Hampshire
New South Wales
New Orleans
New Georgia
South Georgia Tech
Baja California
Gulf of Mexico
Gulf of Guinea
Gulf of Oman
Gulf of Finland
Gulf of Thailand
Gulf of Panama
Sea of Oman
Sea of Japan
Bay of Bengal
South China Sea
East China Sea
Indian Ocean
Indian Oceans
Indian Summer
English Channel
Irish Sea
Norwegian Sea
Philippine Sea
Mozambique Channel
Persian Gulf
Niger River
River Niger
River Jordan
Jordan River
Congo River
River Congo
Congo Basin
Panama Papers
Panama Hat
Brazil Nut
Brazil Nuts
Bermuda Triangle
Bermuda Shorts
Brussels Sprouts
Brussels Sprout
Turkish Delight
Turkish Bath
Turkey Trot
Wild Turkey
Swiss Army Knife
Swiss Cheese
French Fries
French Toast
French Kiss
French Open
French Press
French Quarter
French Horn
Danish Pastry
German Shepherd
German Shepherds
German Measles
Dutch Oven
Dutch Auction
Dutch Disease
Dutch Courage
Chinese Whispers
Russian Roulette
Russian Doll
Russian Dolls
Mexican Standoff
Mexican Wave
Greek Yogurt
Greek Tragedy
Greek Mythology
Canada Goose
Canada Geese
Cuban Heel
Spanish Flu
Spanish Fly
Stockholm Syndrome
Havana Syndrome
Havana Club
Guinea Pig
Guinea Pigs
Guinea Fowl
Guinea Worm
Bone China
Fine China
China Cabinet
China Shop
China Plate
Latin America
Latin American
Latin Americans
South America
South American
South Americans
North America
North American
North Americans
Central America
Central American
Central Americans
Mesoamerica
Pan American
Pan-American
Bank of America
Organization of American States
Organisation of American States
Captain America
Miss America
American Football
West Indian
West Indians
West Indies
American Indian
American Indians
Indian Wells
Cleveland Indians
Boston Tea Party
Paris Agreement
Paris Accord
Paris Accords
Paris Climate
Paris Club
Paris Hilton
Paris Jackson
Paris Saint-Germain
Paris Saint Germain
Rome Statute
Treaty of Rome
Treaties of Rome
Club of Rome
Vienna Convention
Vienna Conventions
Vienna Philharmonic
Congress of Vienna
Warsaw Pact
Prague Spring
Minsk Group
Minsk Agreement
Minsk Agreements
Minsk Accord
Minsk Accords
Minsk Protocol
Minsk Process
Minsk Format
Astana Process
Astana Format
Normandy Format
Helsinki Accords
Helsinki Final Act
Lisbon Treaty
Treaty of Lisbon
Budapest Memorandum
Ottawa Convention
Ottawa Treaty
Oslo Accord
Oslo Accords
Oslo Process
Copenhagen Criteria
Madrid Protocol
Tokyo Rose
Washington Consensus
Washington Treaty
Washington Square
Washington Wizards
Washington Capitals
Washington Nationals
Washington Commanders
George Washington
Booker T. Washington
Denzel Washington
Kerry Washington
Mount Washington
Lake Washington
Port Washington
Fort Washington
Real Madrid
Atletico Madrid
Georgia Tech
Georgia Bulldogs
Georgia Power
Georgia State University
Georgia Southern
University of Georgia
State of Georgia
Strait of Georgia
Georgian Bay
Georgian Architecture
Georgian House
Georgian Mansion
Georgian Era
Georgian Style
Georgian Terrace
Georgian Townhouse
Air Jordan
Air Jordans
Michael Jordan
Jordan Peterson
Jordan Henderson
Jordan Pickford
Jordan Brand
Chad Smith
London, Ontario
Panama City, Florida
Panama City Beach
Indo-Pacific
Indo-European
Franco-era
Rome, Georgia
Athens, Georgia
Nassau County
Jack London
Berlin Wall
Irving Berlin
Isaiah Berlin
Kathy Ireland
Tom Holland
Holland, Michigan
Mark Cuban
Jimmy Wales
Prince of Wales
Princess of Wales
Dawn French
Norman Wales
Jersey City
Jersey Shore
Kiwi Fruit
Korean Peninsula
Arabian Peninsula
Iberian Peninsula
Malay Peninsula
Balkan Peninsula
Le Monde
Indiana
The White House Plumbers
Oman Sea
`), "\n")

// americanStates are where "Rome, Georgia" is not Rome, and what tells the state
// of Georgia from the country.
var americanStates = set(`alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii
	idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi
	missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia wisconsin
	wyoming ontario`)

var americanGeorgia = set(`alabama arizona florida tennessee carolina texas pennsylvania michigan nevada wisconsin ohio
	mississippi louisiana virginia atlanta savannah augusta macon fulton cobb gwinnett dekalb kemp raffensperger warnock
	ossoff abrams willis gop bulldogs peach peachtree governor statehouse gov sen republicans democrats nascar marjorie
	stacey herschel`)

var caucasianGeorgia = set(`tbilisi batumi kutaisi abkhazia abkhaz ossetia ossetian caucasus caucasian azerbaijan azerbaijani
	armenia armenian russia russian moscow turkey turkish ukraine ukrainian moldova kobakhidze kavelashvili saakashvili
	ivanishvili zourabichvili margvelashvili georgian georgians adjara anaklia poti rustavi baku yerevan ankara kremlin putin
	eu european nato brussels kazakhstan iran caspian lari zugdidi gori mingrelia svaneti sakartvelo schengen corridor`)

var bird = set(`thanksgiving roast roasted stuffing breast sandwich sandwiches gravy poultry farm farms farmers farmer bird
	birds cranberry oven leftovers dinner bacon meat ham hunt hunting hunters flock trot carve carving`)

// givenNames stand before a surname that is also a country or a capital.
var givenNames = set(`aaron abigail adam adrian alan albert alex alexander alexandra alice amanda amy andrea andrew angela ann
	anna anne anthony arthur ashley barbara barry ben benjamin bernard beth betty bill billy bob bobby brad brandon brian
	bruce carl carol caroline catherine charles charlie charlotte chris christian christina christine christopher claire
	craig dan daniel danny dave david dawn deborah denise dennis diana diane don donald donna dorothy doug douglas duane ed
	eddie edward elizabeth ellen emily emma eric ethan eugene evan frank fred gary gavin george gerald gloria gordon grace
	graham greg harold harry heather helen henry howard hugh ian isaac jack jacob jake james jamie jane janet jason jay jean
	jeff jeffrey jennifer jeremy jerry jesse jessica jim jimmy joan joe joel john johnny jon jonathan joseph joshua joyce
	juan judith judy julia julie justin karen kate katherine kathleen kathy keith kelly ken kenneth kerry kevin kim kyle
	larry laura lauren lawrence lee leo leonard leslie lewis linda lisa liz louis louise lucy luke marc margaret maria marie
	marilyn mark martha martin mary matt matthew megan melissa michael michelle mike monica montell nancy natalie nathan neil
	nicholas nick nicole norman oliver olivia oscar pamela patricia patrick paul paula peter phil philip phillip rachel ralph
	randy ray raymond rebecca richard rick rob robert robin roger ron ronald rose ross roy russell ruth ryan sally sam samantha
	samuel sandra sara sarah scott sean sharon shawn sheila simon sophia stanley stephanie stephen steve steven stuart sue
	susan suzanne ted teresa terry thelma theresa thomas tim timothy tina todd tom tommy tony tracy tyler vanessa vernon victor
	victoria vincent virginia walter wanda wayne wendy william zach adriana barack denzel irving isaiah`)

// officeWords follow a country's name with a capital without making it a
// person's: "Jordan King", "Chad President".
var officeWords = set(`king queen prince princess prime president minister ministry foreign interior defense defence finance
	government parliament ambassador embassy army military police national central bank supreme court islamic armed
	and or in on at to for from with as is was says said will has vs versus border officials air airlines railways
	monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
	october november december crown deputy general opposition state security intelligence oil gas energy central north
	south east west eastern western northern southern valley times kuwait`)

// outletWords end the name of a newspaper.
var outletWords = set(`post times herald tribune gazette today weekly examiner observer independent inquirer sentinel
	dispatch courier telegraph standard chronicle mirror`)

var set = func(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// englishCommon are names that are English words, too, or given names.
var englishCommon = map[string]bool{
	"Turkey": true, "China": true, "Jordan": true, "Chad": true, "Guinea": true, "Japan": true, "Niger": true,
	"Jersey": true, "Guernsey": true, "Georgia": true, "Cuba": true, "Oman": true, "Togo": true, "Mali": true,
	"Peru": true, "Montserrat": true, "Holland": true, "Panama": true, "Malta": true, "Dominica": true, "Pitcairn": true,
	"Curaçao": true, "Grenada": true, "Reunion": true, "Virgin Islands": true, "Palestine": true, "Brazil": true,
	"Cyprus": true, "Chile": true, "Cameroon": true, "Morocco": true, "Angola": true, "Bermuda": true,
}

// englishSkip are names that mean something else more often.
var englishSkip = map[string]bool{"Reunion": true, "Man": true}

func english() lang {
	return lang{
		loose:  true,
		common: englishCommon,
		skip:   englishSkip,
		blocks: englishBlocks,
		guards: map[string]guard{
			"demonym": demonym, "capital": capitalCity, "name": name, "the Islamic Republic": notOf,
			"Georgia": all(name, person, georgia), "USA": name, "Blue House": korea, "North": bothKoreas, "South": bothKoreas, "State Department": federal, "Turkey": all(name, turkey),
			"Jordan": all(name, person), "Chad": all(name, person),
			"Israel": name, "Ireland": all(name, surname), "India": name, "Cuba": all(name, surname),
			"England": all(name, surname), "Wales": surname, "Holland": surname, "Kenya": all(name, surname),
			"China": all(name, china), "Jersey": jersey, "Guernsey": unshared, "Saint Martin": unshared,
			"St. Martin": unshared, "Montserrat": unshared, "US": pronoun, "America": outlet,
			"The Hague": hague, "Sofia": unshared, "Wellington": unshared, "Victoria": unshared,
			"Polish": all(demonym, polish), "Washington": all(capitalCity, washington),
			"St. George's": unshared, "St George's": unshared, "Dominica": name, "Westminster": unshared,
			"Nusantara": unshared,
			"English":   never, "Nassau": capitalCity, "Mexico": name, "Guinean": demonym, "Ireland, Northern": nil,
		},
	}
}

// all joins guards: every one must agree.
func all(gs ...guard) guard {
	return func(t *reading, at, n int) bool {
		for _, g := range gs {
			if !g(t, at, n) {
				return false
			}
		}
		return true
	}
}

// name refuses newspapers and American towns: "Lebanon, Ohio".
func name(t *reading, at, n int) bool {
	if w := t.at(at + n); w.gap == comma && w.title && americanStates[w.fold] {
		return false
	}
	return outlet(t, at, n)
}

// notOf refuses a title that goes on: "the Islamic Republic of …".
func notOf(t *reading, at, n int) bool { return t.at(at+n).fold != "of" }

func never(*reading, int, int) bool { return false }

// headline tells whether the words around at are nearly all written with
// capitals, so that a capital says nothing.
func (t *reading) headline(at int) bool {
	long, capitals, total := 0, 0, 0
	for i := at; i >= 0 && i > at-8; i-- {
		if i < at && t.words[i+1].gap == wide {
			break
		}
		total++
		if len(t.words[i].fold) > 3 {
			long++
			if t.words[i].title {
				capitals++
			}
		}
	}
	for i := at + 1; i < len(t.words) && i < at+8 && t.words[i].gap != wide; i++ {
		total++
		if len(t.words[i].fold) > 3 {
			long++
			if t.words[i].title {
				capitals++
			}
		}
	}
	return long >= 4 && capitals == long && 2*long > total
}

// next is the word behind a form when only a space parts them.
func (t *reading) next(at, n int) (word, bool) {
	w := t.at(at + n)
	return w, at+n < len(t.words) && w.gap == space
}

// before is the word in front of a form when only a space or an initial's dot
// parts them.
func (t *reading) before(at int) (word, bool) {
	if at == 0 || t.words[at].gap != space && t.words[at].gap != dot {
		return word{}, false
	}
	return t.words[at-1], true
}

// outlet refuses newspapers: "the Moscow Times", "Times of India".
func outlet(t *reading, at, n int) bool {
	if w, ok := t.next(at, n); ok && w.title && outletWords[w.fold] {
		// "Iran Today Rejects …" is a headline; "Iran Today" in running text is not.
		return t.headline(at) && !strings.HasPrefix("posttimesherald", w.fold)
	}
	if at >= 2 && t.words[at].gap == space && t.words[at-1].fold == "of" && t.words[at-2].title && t.words[at-2].fold == "times" {
		return false
	}
	return true
}

// demonym refuses languages and newspapers: "Russian-speaking", "in Turkish.".
func demonym(t *reading, at, n int) bool {
	if !outlet(t, at, n) || !surname(t, at, n) {
		return false
	}
	w := t.at(at + n)
	if w.gap == hyphen || w.gap == space {
		switch w.fold {
		case "speaking", "speaker", "speakers", "language", "languages", "translation", "alphabet":
			return false
		}
	}
	if b, ok := t.before(at); ok && n == 1 {
		ends := at+n >= len(t.words) || w.gap == wide || w.gap == comma || w.gap == dot
		last := t.words[at].fold
		plural := strings.HasSuffix(last, "s") && !strings.HasSuffix(last, "ss")
		switch b.fold {
		case "in", "into":
			if !plural && (ends || w.fold == "and" || w.fold == "or" || w.fold == "by" || w.fold == "on") {
				return false
			}
		case "speak", "speaks", "spoke", "spoken", "speaking", "fluent", "learn", "learning":
			if !plural {
				return false
			}
		}
	}
	return true
}

// capitalCity refuses namesakes in America and surnames: "Paris, Texas".
func capitalCity(t *reading, at, n int) bool {
	if w := t.at(at + n); w.gap == comma && americanStates[w.fold] {
		return false
	}
	return outlet(t, at, n) && surname(t, at, n)
}

// surname refuses a word behind a given name: "Jack London".
func surname(t *reading, at, n int) bool {
	b, ok := t.before(at)
	return !ok || !b.title || !givenNames[b.fold] || t.words[at].gap == dot && len(b.fold) > 1
}

// person refuses given names and surnames: "Jordan Peterson", "Jim Jordan". A
// capital behind the word says so, but in a headline and before an office.
func person(t *reading, at, n int) bool {
	if !surname(t, at, n) {
		return false
	}
	if b, ok := t.before(at); ok && (b.fold == "mr" || b.fold == "ms" || b.fold == "mrs" || b.fold == "dr" || b.fold == "rep" || b.fold == "sen") {
		return false
	}
	w, ok := t.next(at, n)
	if !ok || !w.title || officeWords[w.fold] || t.headline(at) {
		return true
	}
	return false
}

// unshared lets a shared word pass where no other capital stands beside it.
func unshared(t *reading, at, n int) bool {
	if t.headline(at) {
		return true
	}
	if b, ok := t.before(at); ok && b.title && t.words[at].gap == space && !officeWords[b.fold] {
		first := at == 1 || t.words[at-1].gap == wide || t.words[at-1].gap == dot
		if !first || givenNames[b.fold] {
			return false
		}
	}
	if w, ok := t.next(at, n); ok && w.title && !officeWords[w.fold] {
		return false
	}
	return capitalCity(t, at, n)
}

// turkey refuses the bird.
func turkey(t *reading, at, n int) bool {
	if t.small {
		return !t.near(at, 8, bird)
	}
	starts := at == 0 || t.words[at].gap == wide || t.words[at].gap == dot
	if !starts && !t.headline(at) {
		return true
	}
	return !t.near(at, 8, bird)
}

// china refuses porcelain at the beginning of a sentence.
func china(t *reading, at, n int) bool {
	w, ok := t.next(at, n)
	return !ok || w.title || !(w.fold == "plates" || w.fold == "plate" || w.fold == "cups" || w.fold == "cup" || w.fold == "dolls" || w.fold == "doll" || w.fold == "teapot")
}

// jersey wants a preposition or a comma before the island.
func jersey(t *reading, at, n int) bool {
	w, ok := t.next(at, n)
	if ok && w.title && w.fold != "and" {
		return false
	}
	b, ok := t.before(at)
	if !ok {
		return at > 0 && t.words[at].gap == comma && t.near(at, 10, set(`guernsey channel crown offshore tax`))
	}
	switch b.fold {
	case "in", "of", "from", "to", "on", "and", "off":
		return true
	}
	return false
}

// pronoun refuses "US" where it is the word "us" in capitals: "FOLLOW US".
func pronoun(t *reading, at, n int) bool {
	b, ok := t.before(at)
	if !ok {
		return true
	}
	switch b.fold {
	case "follow", "contact", "about", "join", "tell", "support", "help", "give", "let", "call", "email", "write", "of":
		w := t.at(at + n)
		ends := at+n >= len(t.words) || w.gap == wide
		return b.fold != "of" && !ends || b.fold == "of" && (!b.caps || !ends)
	}
	return true
}

// polish refuses the verb at the beginning of a sentence: "Polish the draft".
func polish(t *reading, at, _ int) bool {
	if at > 0 && t.words[at].gap != wide && t.words[at].gap != dot {
		return true
	}
	switch t.at(at + 1).fold {
	case "the", "your", "a", "it", "up", "off", "and", "this", "our":
		return false
	}
	return true
}

// washington refuses the state and the man.
func washington(t *reading, at, n int) bool {
	w := t.at(at + n)
	return !(w.gap == space && (w.fold == "state" || w.fold == "university" || w.fold == "irving") && !t.headline(at) && w.fold != "state")
}

// hague refuses the courts that sit there.
func hague(t *reading, at, _ int) bool {
	return !t.near(at, 12, courts)
}

var courts = set(`court courts tribunal icc icj trial tried prosecutor prosecutors arbitration convention conventions
	judges eurojust europol opcw hearing hearings extradited`)

// korea wants Korea near the Blue House: other houses are blue too.
func korea(t *reading, at, _ int) bool { return t.near(at, 25, koreanWords) }

// bothKoreas takes "North" and "South" where the other half bears the name for
// both: "North and South Korea".
func bothKoreas(t *reading, at, _ int) bool {
	and, other, name := t.at(at+1), t.at(at+2), t.at(at+3)
	return (and.fold == "and" || and.fold == "or") && and.gap == space && other.gap == space && name.gap == space &&
		(other.fold == "north" || other.fold == "south") && other.fold != t.at(at).fold &&
		strings.HasPrefix(name.fold, "korea")
}

var koreanWords = set(`korea korean koreas seoul pyongyang yoon moon`)

// federal refuses the departments of single states: "Washington State Department
// of Health".
func federal(t *reading, at, _ int) bool {
	b, ok := t.before(at)
	return !ok || !americanStates[b.fold] && b.fold != "washington" && b.fold != "york" && b.fold != "jersey" && b.fold != "carolina"
}

// near tells whether one of the words stands at most span words away.
func (t *reading) near(at, span int, list map[string]bool) bool {
	for i := max(0, at-span); i < len(t.words) && i <= at+span; i++ {
		if i != at && list[t.words[i].fold] {
			return true
		}
	}
	return false
}

// georgia tells the country from the American state: by the words near it, then
// by those of the whole text; where nothing tells, it is the country.
func georgia(t *reading, at, n int) bool {
	if b := t.at(at - 1); at > 0 && t.words[at].gap == comma && set(`atlanta savannah augusta macon columbus athens rome albany valdosta brunswick marietta decatur alpharetta dalton`)[b.fold] {
		return false
	}
	if !surname(t, at, n) {
		return false
	}
	local := 0
	for i := max(0, at-30); i < len(t.words) && i <= at+30; i++ {
		switch f := t.words[i].fold; {
		case caucasianGeorgia[f] && (t.words[i].title || t.small):
			local++
		case americanGeorgia[f] && (t.words[i].title || t.small):
			local--
		}
	}
	if local != 0 {
		return local > 0
	}
	return t.georgia() >= 0
}

// weighGeorgia says, asked once, which Georgia the whole text speaks of.
func weighGeorgia(t *reading) func() int8 {
	return sync.OnceValue(func() int8 {
		country, state := 0, 0
		for _, w := range t.words {
			if !w.title && !t.small {
				continue
			}
			if caucasianGeorgia[w.fold] {
				country++
			} else if americanGeorgia[w.fold] {
				state++
			}
		}
		switch {
		case country > state:
			return 1
		case state > country:
			return -1
		}
		return 0
	})
}
