package reading

import (
	"sourcebook/importers/dates"
	"sourcebook/notebook/document"
)

// eventDate proposes when the event of a passage was: the one date that stands
// in it. With none or several there is no proposal; the analyst knows better
// than a guess from the day of publication.
func eventDate(passage string, d *document.Document) document.Date {
	found := dates.Find(passage, d.Lang, dates.Options{Reference: d.Published})
	if len(found) != 1 {
		return ""
	}
	return found[0].Date
}
