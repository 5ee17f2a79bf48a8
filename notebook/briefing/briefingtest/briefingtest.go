// Package briefingtest makes composed briefings by hand, for the tests of
// those who render them.
package briefingtest

import (
	"fmt"
	"strings"
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/briefing"
	"sourcebook/notebook/document"
)

// Now is the moment at which the briefings of this package were made.
var Now = time.Date(2026, 3, 14, 9, 26, 0, 0, time.UTC)

func t(s string) briefing.Text { return briefing.ProseLine(s, nil) }

// Sample is a short briefing in which every kind of block stands once at least.
// Outlets, people and events are invented.
func Sample() *briefing.Document {
	kashagan := briefing.Claim{
		ID: "01CLAIMA", Statement: t("The terminal at Aktau moved 4.1 million tonnes in the first half of 2025, a fifth more than a year before."),
		Reliability: notebook.UsuallyReliable, Credibility: notebook.ProbablyTrue, Countries: []string{"Kazakhstan"},
		Topics: []string{"Transit"}, Date: "2025-07-03", Notes: []int{1, 2}, Against: []int{4},
		Remarks: []briefing.Remark{
			{Kind: briefing.Contested, Text: briefing.Plain("Contradicted by Harbour Bulletin.").WithNotes(4)},
			{Kind: briefing.Related, Text: briefing.Plain("Refined by: “Of this, oil made up 1.3 million tonnes”").WithNotes(2)},
		},
	}
	ferries := briefing.Claim{
		ID: "01CLAIMB", Statement: t("Two new ferries between Aktau and Alat enter service in the autumn."),
		Reliability: notebook.FairlyReliable, Credibility: notebook.PossiblyTrue, Countries: []string{"Kazakhstan", "Azerbaijan"},
		Topics: []string{"Transit", "Shipping"}, Date: "2025-10", Likelihood: notebook.Likely, Confidence: notebook.ModerateConfidence,
		Notes: []int{2}, See: []int{3},
	}
	leadOnly := briefing.Claim{
		ID: "01CLAIMC", Statement: t("Georgia has halved the port dues at Poti for transit containers."),
		Countries: []string{"Georgia"}, Date: "2025", Notes: []int{5}, Credibility: notebook.CredibilityUnknown,
		Remarks: []briefing.Remark{{Kind: briefing.NeedsSource, Text: t(briefing.TextLead)}},
	}
	bare := briefing.Claim{
		ID: "01CLAIMD", Statement: t("Insurance for Caspian crossings has become dearer."),
		Countries: []string{"Azerbaijan"},
		Remarks:   []briefing.Remark{{Kind: briefing.Unsourced, Text: t(briefing.TextUnsourced)}},
	}
	cited := briefing.Claim{
		ID: "01CLAIME", Statement: t("The rail link from Baku to Kars runs at half of its capacity."),
		Reliability: notebook.UsuallyReliable, Credibility: notebook.Doubtful, Countries: []string{"Azerbaijan", "Türkiye", "Georgia"},
		Date: "2024-11-20", Notes: []int{3},
		Remarks: []briefing.Remark{{Kind: briefing.NotHeld, Text: t(briefing.TextNotHeld)}},
	}
	para := func(s string) briefing.Block { return briefing.Paragraph{Text: t(s)} }
	cell := func(blocks ...briefing.Block) briefing.Cell {
		return briefing.Cell{Blocks: blocks, Gap: len(blocks) == 0}
	}
	d := &briefing.Document{
		Title: "The Middle Corridor after two years of growth", Subtitle: "Capacity, tolls and who pays for the ferries",
		Author: "A. Analyst, Caspian desk", Date: "2026-03-14", TLP: notebook.TLPAmber, Made: Now,
		Sections: []briefing.Section{
			{Kind: notebook.PartJudgements, Heading: briefing.HeadingJudgements, Blocks: []briefing.Block{briefing.Judgements{Items: []briefing.Claim{
				{Statement: t("Growth on the Middle Corridor is held up by ferries, not by rails: every new train waits for a ship.").WithNotes(1)},
				ferries, leadOnly,
			}}}},
			{Kind: notebook.PartSection, Number: "1", Heading: "What has changed", Blocks: append(briefing.Prose(prose, nil),
				briefing.Claims{Items: []briefing.Claim{kashagan, ferries, bare}})},
			{Kind: notebook.PartDossier, Number: "2", Heading: "Azerbaijan", Blocks: []briefing.Block{
				para("The port of Alat is the narrow place of the western shore."),
				briefing.Heading{Level: 1, Number: "2.1", Text: t("Shipping")}, briefing.Claims{Items: []briefing.Claim{ferries, bare}},
				briefing.Heading{Level: 1, Number: "2.2", Text: t("Rail")}, briefing.Claims{Items: []briefing.Claim{cited}},
				briefing.Heading{Level: 1, Number: "2.3", Text: t(briefing.HeadingGaps)},
				briefing.List{Items: [][]briefing.Block{{briefing.Paragraph{Text: t("No claim on tariffs."), Quiet: true}}, {briefing.Paragraph{Text: t("One claim needs a source."), Quiet: true}}}},
				briefing.Paragraph{Text: t("Newest capture behind this dossier: 2 March 2026."), Quiet: true},
			}},
			{Kind: notebook.PartComparison, Number: "3", Heading: briefing.HeadingComparison, Blocks: []briefing.Block{briefing.Table{
				Lead:   true,
				Header: []briefing.Cell{cell(para("Topic")), cell(para("Kazakhstan")), cell(para("Azerbaijan")), cell(para("Georgia"))},
				Rows: [][]briefing.Cell{
					{cell(para("Transit")), cell(briefing.Claims{Items: []briefing.Claim{kashagan, ferries}}), cell(briefing.Claims{Items: []briefing.Claim{ferries}}), cell(briefing.Claims{Items: []briefing.Claim{leadOnly}})},
					{cell(para("Rail")), cell(), cell(para("*Note:* see the dossier."), briefing.Claims{Items: []briefing.Claim{cited}}), cell()},
				},
			}}},
			{Kind: notebook.PartTimeline, Number: "4", Heading: briefing.HeadingTimeline, Blocks: []briefing.Block{briefing.Timeline{Entries: []briefing.Claim{cited, leadOnly, kashagan, ferries}}}},
			{Kind: notebook.PartSources, Heading: briefing.HeadingSources},
		},
		Notes: []briefing.Note{
			{N: 1, Source: "01SRC1", Kind: document.Article, Title: "Aktau counts its ships", Author: "Dana Example", Outlet: "Caspian Daily", Original: "Example Wire",
				Published: "2025-07-04", Captured: Now.AddDate(0, 0, -12), URL: "https://caspian.example/2025/07/aktau-counts-its-ships", SHA256: strings.Repeat("0123456789abcdef", 4),
				Reliability: notebook.UsuallyReliable, State: notebook.Held, Passages: []string{"Some 4.1 million tonnes went over the quays of Aktau between January and June, the port says"}},
			{N: 2, Source: "01SRC2", Kind: document.Report, Title: "Statistical bulletin of the ports, first half of 2025", Outlet: "Ministry of Ports (sample)", Published: "2025-08",
				Captured: Now.AddDate(0, 0, -11), URL: "https://ports.example/bulletin?half=1&year=2025", SHA256: strings.Repeat("fedcba9876543210", 4), Reliability: notebook.CompletelyReliable, State: notebook.Held},
			{N: 3, Title: "APA, November 20", Outlet: "APA", Published: "2024-11-20", State: notebook.Cited, CitedIn: 1},
			{N: 4, Source: "01SRC4", Kind: document.Article, Title: "Fewer tonnes than told", Outlet: "Harbour Bulletin", Published: "2025-07-09", Captured: Now.AddDate(0, 0, -2),
				URL: "https://bulletin.example/fewer", SHA256: strings.Repeat("a1", 32), State: notebook.Held, Passages: []string{"no more than 3.4 million tonnes", "the rest was counted twice"}},
			{N: 5, Source: "01SRC5", Kind: document.SearchSnapshot, Title: "poti port dues transit 2025", Outlet: "google", Search: "google search for “poti port dues transit 2025”",
				Captured: Now.AddDate(0, 0, -1), SHA256: strings.Repeat("b2", 32), Reliability: notebook.ReliabilityUnknown, State: notebook.Held, Lead: true},
		},
		Summary: []string{"This briefing rests on 4 kept originals: 2 articles, one document and one search snapshot, captured between 2 March 2026 and 13 March 2026. One further source is cited and not held.",
			"Reliability of the originals held: 1 A (completely reliable), 1 B (usually reliable), 1 F (reliability cannot be judged) and 1 not graded."},
	}
	return d
}

const prose = `Traffic over the Caspian **grew for the second year**. The reasons given differ:

- shippers name *tolls* and [waiting times](https://caspian.example/waiting);
- the ports name the weather, above all the ` + "`NW`" + ` winds of spring:
  1. closed for eleven days in March,
  2. closed for six days in April.

> Without a third berth, every forecast is a wish.

| Port | Berths | Depth |
|---|---|---|
| Aktau | 12 | 5.3 m, falling with the level of the sea |
| Alat | 13 | 6.0 m |

### A word on method

Figures are those of the ports unless a note says otherwise.
`

// Scripts is a briefing whose texts are in many scripts, some of which the
// usual fonts lack.
func Scripts() *briefing.Document {
	d := Sample()
	d.Title = "Шолу: Қазақстан, Azərbaycan, საქართველო, Հայաստան"
	d.Subtitle = "ایران و ترکیه — 中亚 — 🌍"
	var blocks []briefing.Block
	for _, s := range Texts {
		blocks = append(blocks, briefing.Paragraph{Text: briefing.Text{{Text: s}}})
		blocks = append(blocks, briefing.Claims{Items: []briefing.Claim{{ID: "01X", Statement: briefing.Plain(s), Notes: []int{1}, Credibility: 2, Reliability: "B"}}})
	}
	d.Sections = append([]briefing.Section{{Kind: notebook.PartSection, Number: "1", Heading: "Scripts", Blocks: blocks}}, d.Sections...)
	return d
}

// Texts are sentences in many scripts, and some that nobody should write.
var Texts = []string{
	"Қазақстан Республикасының көлік министрлігі жаңа кемежай туралы ұсынысты қарастыруда: әзірге шешім жоқ, үміт бар.",
	"Azərbaycanın dəniz limanı bu il iki dəfə çox yük qəbul edib; müqavilə İstanbulda imzalanacaq, deyə nazir əlavə edib (₼ 12,5 mln).",
	"Türkiye'nin doğusundaki ırmaklar kışın donuyor; ğ, ş, ı, İ, ö, ü ve ç eksik kalmasın.",
	"საქართველოს ნავსადგურში ახალი ტერმინალი გაიხსნა, ხოლო ტვირთების რაოდენობა მეოთხედით გაიზარდა.",
	"Հայաստանի երկաթուղին նոր վագոններ է ստանում, իսկ սահմանը դեռ փակ է։ (֏ 100)",
	"Ο λιμένας του Πειραιά δέχεται λιγότερα πλοία από πέρυσι.",
	"Порт Актау перевалил 4,1 млн тонн грузов — на пятую часть больше, чем годом ранее; ёлка, съезд, «кавычки».",
	"بندر انزلی در شمال ایران امسال ۱۲۳ هزار تن کالا (BP) می‌پذیرد؛ وزیر گفت: «کار ادامه دارد».",
	"وزارة النقل: وصلت السفينة الثالثة إلى الميناء في 12 مايو 2025، ولا خسائر.",
	"The minister (שר התחבורה) said 123 ships came to חיפה in 2025, and 45 left.",
	"里海港口今年的货运量增长了四分之一，但渡轮仍然不足。新泊位将于明年投入使用，部长在记者会上表示，资金已经到位。",
	"カスピ海の港は今年、貨物が増えた。",
	"Emoji 🚢🛳️ and flags 🇰🇿🇦🇿, families 👨‍👩‍👧‍👦, beyond the plane 𠀋𝒜.",
	"Averylongwordwithoutanyplacetobreak" + strings.Repeat("andonandon", 25) + ".",
	"https://example.org/a/very/long/path/" + strings.Repeat("segment-with-dashes/", 12) + "?q=" + strings.Repeat("x%20y", 20),
	"Controls:\x00\x01 bell\a, tab\tand \u202Eright-to-left override\u202C, soft\u00ADhyphen, zero\u200Bwidth, BOM \uFEFF, lone \xff byte.",
	"Combining: e\u0301 a\u0308 q\u0323\u0307 Ω\u0313; Vietnamese: Việt Nam đường sắt; IPA: ˈkæspiən.",
	"भारत और ईरान के बीच बंदरगाह समझौता।",
}

// Long is a briefing of about so many pages.
func Long(pages int) *briefing.Document {
	d := Sample()
	d.Sections = d.Sections[:1]
	d.Notes = nil
	for i := range pages {
		var items []briefing.Claim
		for k := range 7 {
			n := len(d.Notes) + 1
			if k%3 == 0 {
				d.Notes = append(d.Notes, briefing.Note{N: n, Kind: document.Article, Title: fmt.Sprintf("Report number %d of the harbour office", n), Outlet: "Caspian Daily",
					Published: "2025-05-01", Captured: Now, URL: fmt.Sprintf("https://caspian.example/%d", n), SHA256: strings.Repeat("0a", 32), State: notebook.Held, Reliability: "B"})
			} else {
				n--
			}
			items = append(items, briefing.Claim{ID: notebook.ClaimID(fmt.Sprint("01L", i, "-", k)), Reliability: "B", Credibility: 2, Date: "2025-05-01",
				Countries: []string{"Kazakhstan"}, Topics: []string{"Transit"}, Notes: []int{n},
				Statement: t(fmt.Sprintf("Claim %d of section %d: the port moved %d tonnes in a week, which is more than in the week before and less than had been promised at the opening.", k+1, i+1, 1000+i*k))})
		}
		d.Sections = append(d.Sections, briefing.Section{Kind: notebook.PartSection, Number: fmt.Sprint(i + 1), Heading: fmt.Sprintf("Week %d", i+1),
			Blocks: []briefing.Block{briefing.Paragraph{Text: t("What the week brought, as the harbour offices tell it, in their own order and with their own counting, which is not always that of the year before.")}, briefing.Claims{Items: items}}})
	}
	d.Sections = append(d.Sections, briefing.Section{Kind: notebook.PartSources, Heading: briefing.HeadingSources})
	return d
}
