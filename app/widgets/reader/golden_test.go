//go:build ci

package reader

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"sourcebook/notebook/document"
)

// varied shows every kind of block, and text in both directions.
var varied = []document.Block{
	{Kind: document.Paragraph, Text: "The ferry waits for weather on one day in five, says the port.", Links: []document.Link{{Start: 53, End: 61, URL: "https://example.org/port"}}},
	{Kind: document.Heading, Level: 2, Text: "What has changed"},
	{Kind: document.ListItem, Level: 1, Text: "Wagons: 1,240 in service"},
	{Kind: document.ListItem, Level: 2, Text: "of which 38 percent are new, and all are made in one place"},
	{Kind: document.ListItem, Level: 1, Text: "2. A number of its own"},
	{Kind: document.Quote, Level: 1, Text: "We are offering a road where there was none."},
	{Kind: document.Table, Text: "Country\tRoute\tkt\nGeorgia\tGardabani – Poti\t3,870\nArmenia\t\t12"},
	{Kind: document.Caption, Text: "Table 1. Freight by country."},
	{Kind: document.Code, Text: "GET /feed\n    Accept: xml"},
	{Kind: document.Paragraph, Text: "استقبل الميناء هذا الشهر 1,240 حاوية (نحو 38٪ أكثر)."},
	{Kind: document.Paragraph, Text: "The notice (הודעה) says “שלום 123 עולם” in Hebrew."},
}

// TestLooks compares the reader with pictures that were looked at. Build tag ci
// leaves the fonts of this computer out.
func TestLooks(t *testing.T) {
	for _, c := range []struct {
		name    string
		variant fyne.ThemeVariant
		style   Style
		scale   float32
		size    fyne.Size
	}{
		{"light", theme.VariantLight, Style{TextSize: 15}, 1, fyne.NewSize(460, 720)},
		{"dark", theme.VariantDark, Style{TextSize: 15}, 1, fyne.NewSize(460, 720)},
		{"sepia-narrow", theme.VariantLight, Style{TextSize: 15, Sepia: true, Patterns: true}, 1.5, fyne.NewSize(230, 420)},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t, varied, c.size)
			fyne.CurrentApp().Settings().SetTheme(tinted{theme.DefaultTheme(), c.variant})
			b.win.Canvas().(software.WindowlessCanvas).SetScale(c.scale)
			b.SetStyle(c.style)
			b.SetDocument(varied, Header{Title: "A road across the sea", Byline: "A. Writer", Date: "2 January 2026"})
			ferry := b.at("ferry")
			b.SetMarks([]Mark{
				{ID: "1", Range: Range{ferry, ferry + 17}, Colour: "yellow"},
				{ID: "2", Range: Range{ferry + 6, ferry + 31}, Colour: "blue", Kind: MarkClaim, Note: "n"},
				{ID: "3", Range: Range{b.at("38 percent"), b.at("are new")}, Colour: "pink"},
				{ID: "4", Range: Range{b.at("offering"), b.at("where")}, Colour: "green", Kind: MarkCandidate},
				{ID: "5", Range: Range{b.at("هذا"), b.at("حاوية")}, Colour: "orange"},
			})
			b.Find("road")
			b.Select(Range{b.at("notice"), b.at("עולם") + 2})
			test.AssertImageMatches(t, c.name+".png", b.win.Canvas().Capture())
		})
	}
}
