package claims

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// Form makes or changes one claim.
type Form struct {
	// OnSaved is called with the claim once it is kept; OnCancel when the user
	// gives up.
	OnSaved  func(notebook.ClaimID)
	OnCancel func()

	s     session.Session
	draft Draft
	box   fyne.CanvasObject

	statement   *widgets.Entry
	problem     *widget.Label
	quotes      *fyne.Container
	links       *fyne.Container
	linkEntry   *widgets.Entry
	countries   *widgets.Tokens
	topics      *widgets.Tokens
	date        *widgets.Entry
	dateSays    *widget.Label
	credibility *widgets.Explained
	likelihood  *widget.Select
	confidence  *widgets.Explained
	note        *Note
	saving      bool
	loader      session.Loader
}

// NewForm makes a form for a draft.
func NewForm(s session.Session, d Draft) *Form {
	f := &Form{s: s, draft: d}
	f.build()
	f.fill()
	return f
}

// Content is the form itself.
func (f *Form) Content() fyne.CanvasObject { return f.box }

// Focus puts the cursor into the statement.
func (f *Form) Focus() {
	f.s.Window().Canvas().Focus(f.statement)
	if f.draft.Claim.ID == "" {
		// What is proposed is the source's wording: typing replaces it.
		f.statement.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

func (f *Form) build() {
	f.statement = widgets.NewTextEntry("One checkable statement, in your own words", 3)
	f.statement.OnChanged = func(string) { f.problem.Hide() }
	f.statement.OnEscape = f.cancel
	f.problem = widget.NewLabel("")
	f.problem.Importance = widget.DangerImportance
	f.problem.Wrapping = fyne.TextWrapWord
	f.problem.Hide()
	f.quotes = widgets.Column(theme.Gap2)
	f.links = widgets.Column(theme.Gap1)
	f.linkEntry = widgets.NewEntry("Address, or as cited: EDM, 8 May 2024")
	f.linkEntry.OnSubmitted = func(string) { f.addLink() }
	f.linkEntry.OnEscape = f.cancel
	f.countries = widgets.NewTokens("Add a country", widgets.CompleteCountry(nil), nil)
	f.topics = widgets.NewTokens("Add a topic", widgets.CompleteWord(nil), widgets.NewWord)
	f.date = widgets.NewEntry("2025-10-29, 2025-10 or 2025")
	f.date.OnEscape = f.cancel
	f.dateSays = widget.NewLabel("")
	f.dateSays.SizeName = theme.SizeCaption
	f.dateSays.Importance = widget.LowImportance
	f.date.OnChanged = func(string) { f.readDate() }
	f.credibility = widgets.NewExplained(present.Credibilities, "Not graded yet. Credibility belongs to the item; its publisher is graded apart.", nil)
	f.credibility.Keys, f.credibility.Clearable = true, true
	names := []string{"Not stated"}
	for _, c := range present.Likelihoods {
		names = append(names, c.Label+"  ("+strings.SplitN(c.Hint, ",", 2)[0]+")")
	}
	f.likelihood = widget.NewSelect(names, nil)
	f.confidence = widgets.NewExplained(present.Confidences, "Not stated. Never put into one sentence with a likelihood.", nil)
	f.confidence.Clearable = true
	f.note = NewNote("Your own remarks (Markdown)")
	f.note.OnEscape, f.note.OnSubmit = f.cancel, f.Save

	title := "New claim"
	if f.draft.Claim.ID != "" {
		title = "Edit claim"
	}
	head := widgets.NewText(title, theme.SizeSub, "")
	head.Bold = true
	save := widgets.Primary("Save claim", "check", f.Save)
	save.Tip = "Ctrl+Return"
	cancel := widgets.Flat("Cancel", "", f.cancel)
	cancel.Tip = "Esc"
	top := widgets.Pad(theme.Gap4, theme.Gap3, widgets.Spread(theme.Gap1, 0, head, cancel, save))

	judgement := widget.NewAccordionItem("Judgement and note", widgets.Column(theme.Gap3,
		widgets.Field("Likelihood (ICD 203)", f.likelihood, ""),
		widgets.Field("Confidence (ICD 203)", f.confidence.Box, ""),
		widgets.Field("Note", f.note.Box, "")))
	judgement.Open = f.draft.Claim.Note != "" || f.draft.Claim.Likelihood != "" || f.draft.Claim.Confidence != ""
	add := widgets.IconButton("plus", "Attach this source", f.addLink)
	fields := widgets.Column(theme.Gap4,
		widgets.Column(3, widgets.Field("Statement", f.statement, ""), f.problem),
		widgets.Field("Evidence", f.quotes, ""),
		widgets.Field("Countries", f.countries.Box, ""),
		widgets.Field("Topics", f.topics.Box, ""),
		widgets.Field("When it happened", widgets.Column(2, f.date, widgets.Flush(f.dateSays)), ""),
		widgets.Field("Credibility of the item (Admiralty)", f.credibility.Box, ""),
		widgets.Field("Who else says so", widgets.Column(theme.Gap1, f.links, widgets.Spread(2, 0, f.linkEntry, add)), ""),
		widget.NewAccordion(judgement),
	)
	scroll := container.NewVScroll(widgets.Pad(theme.Gap4, 2, widgets.Column(0, fields, widgets.Tall(24, container.NewStack()))))
	f.box = widgets.Dock(widgets.Ruled(top), nil, nil, nil, scroll)
}

func (f *Form) fill() {
	c := f.draft.Claim
	f.statement.SetText(c.Statement)
	f.countries.Set(widgets.CountryOptions(c.Countries))
	var topics []widgets.Option
	for _, t := range c.Topics {
		topics = append(topics, widgets.Option{Key: t, Label: t})
	}
	f.topics.Set(topics)
	f.date.SetText(string(c.EventDate))
	f.readDate()
	if c.Credibility != 0 {
		f.credibility.Set(strconv.Itoa(int(c.Credibility)))
	}
	f.likelihood.SetSelectedIndex(1 + slices.IndexFunc(present.Likelihoods, func(x present.Choice) bool { return x.Key == string(c.Likelihood) }))
	f.confidence.Set(string(c.Confidence))
	f.note.SetText(c.Note)
	f.showQuotes()
	f.showLinks()
	type words struct {
		topics    []notebook.Count
		countries []notebook.CountryCount
	}
	session.Load(f.s, &f.loader, "read the topics", func(ctx context.Context, tx *notebook.Tx) (w words, err error) {
		if w.topics, err = tx.Topics(); err != nil {
			return w, err
		}
		w.countries, err = tx.CountryCounts()
		return w, err
	}, func(w words) {
		f.topics.Offer(widgets.CompleteWord(TopicOptions(w.topics)))
		f.countries.Offer(widgets.CompleteCountry(Often(w.countries)))
	})
}

// TopicOptions turns topics with their counts into what a completion offers.
func TopicOptions(topics []notebook.Count) []widgets.Option {
	out := make([]widgets.Option, len(topics))
	for i, t := range topics {
		out[i] = widgets.Option{Key: t.Word, Label: t.Word, Note: present.Number(t.N)}
	}
	return out
}

// Often lists the countries that a notebook holds most on, most first.
func Often(counts []notebook.CountryCount) []country.Code {
	counts = slices.Clone(counts)
	slices.SortStableFunc(counts, func(a, b notebook.CountryCount) int {
		return (b.Claims*10 + b.Sources) - (a.Claims*10 + a.Sources)
	})
	out := make([]country.Code, len(counts))
	for i, c := range counts {
		out[i] = c.Country
	}
	return out
}

func (f *Form) readDate() (document.Date, bool) {
	d, ok := present.ParseDate(f.date.Text, time.Now())
	switch {
	case !ok:
		f.dateSays.SetText("Not a date that can be read. Write 2025-10-29, 2025-10, 2025 or 29 October 2025.")
	case d == "":
		f.dateSays.SetText("Not stated. The day of the event, not of the report.")
	default:
		f.dateSays.SetText(present.Date(d) + ", known to the " + string(d.Precision()))
	}
	return d, ok
}

func (f *Form) showQuotes() {
	f.quotes.RemoveAll()
	for i, q := range f.draft.Quotes {
		stance := widgets.NewSegmented(present.Stances, func(k string) { f.draft.Quotes[i].Stance = notebook.Stance(k) })
		stance.Set(string(q.Stance))
		drop := widgets.IconButton("close", "Take this passage off the claim", func() {
			f.draft.Quotes = slices.Delete(f.draft.Quotes, i, i+1)
			f.showQuotes()
		})
		body := widgets.Column(theme.Gap2, widgets.Para("“"+present.Short(q.Exact, 320)+"”", theme.SizeBody, false))
		if q.Where != "" {
			body.Add(widgets.Muted(q.Where))
		}
		if q.Lead {
			lead := widgets.NewChip("AI answer: a lead, not evidence", widgets.Caution)
			body.Add(widgets.NewFlow(lead))
		}
		body.Add(widgets.Spread(0, 1, stance, container.NewStack(), drop))
		card := widgets.NewCard(body)
		card.Stripe = string(q.Colour)
		f.quotes.Add(card)
	}
	if len(f.draft.Quotes) == 0 {
		f.quotes.Add(widgets.Para("No passage yet. Select one in the reader and press C, or attach a source below.", theme.SizeCaption, true))
	}
	f.quotes.Refresh()
}

func (f *Form) showLinks() {
	f.links.RemoveAll()
	for i, l := range f.draft.Links {
		name := firstOf(l.Title, l.Stub, l.URL)
		t := widgets.NewText(name, theme.SizeBody, "")
		edit := widgets.IconButton("edit", "What is known of this source", func() {
			EditLink(f.s, l, func(to Link) {
				f.draft.Links[i] = to
				f.showLinks()
			})
		})
		if l.Stance != "" && l.Stance != notebook.Supports {
			t.Text = present.Label(present.Stances, string(l.Stance)) + ": " + name
		}
		state := widgets.NewChip("cited", widgets.Neutral)
		switch l.State {
		case notebook.Held:
			state = widgets.NewChip("held", widgets.Good)
		case notebook.Unreachable:
			state = widgets.NewChip("unreachable", widgets.Caution)
		}
		drop := widgets.IconButton("close", "Take this source off the claim", func() {
			if f.draft.Links[i].ID != "" {
				f.draft.removed = append(f.draft.removed, f.draft.Links[i].ID)
			}
			f.draft.Links = slices.Delete(f.draft.Links, i, i+1)
			f.showLinks()
		})
		f.links.Add(widgets.Spread(2, 0, t, state, edit, drop))
	}
	f.links.Refresh()
}

// ReadLink reads what a person typed as a source: an address, else a citation
// as written, of which the date and the outlet are told apart where they can be.
func ReadLink(typed string) Link {
	typed = strings.TrimSpace(typed)
	l := Link{Stance: notebook.Supports, State: notebook.Cited}
	if strings.HasPrefix(typed, "http://") || strings.HasPrefix(typed, "https://") {
		l.URL = typed
		return l
	}
	if !strings.ContainsAny(typed, " ,") && strings.Contains(typed, ".") && present.Host("https://"+typed) != "" {
		l.URL = "https://" + typed
		return l
	}
	l.Stub = typed
	if outlet, rest, ok := strings.Cut(typed, ","); ok {
		if d, ok := present.ParseDate(rest, time.Now()); ok && d != "" {
			l.Outlet, l.Date = strings.TrimSpace(outlet), d
		}
	}
	return l
}

func (f *Form) addLink() {
	typed := strings.TrimSpace(f.linkEntry.Text)
	if typed == "" {
		return
	}
	f.draft.Links = append(f.draft.Links, ReadLink(typed))
	f.linkEntry.SetText("")
	f.showLinks()
}

func (f *Form) cancel() {
	if f.OnCancel != nil {
		f.OnCancel()
	}
}

func (f *Form) complain(what string) {
	f.problem.SetText(what)
	f.problem.Show()
	f.s.Window().Canvas().Focus(f.statement)
}

// Save keeps the claim, or says what is missing.
func (f *Form) Save() {
	if f.saving {
		return
	}
	f.addLink()
	c := f.draft.Claim
	c.Statement = strings.TrimSpace(f.statement.Text)
	if c.Statement == "" {
		f.complain("A claim needs a statement: one sentence that can be checked.")
		return
	}
	d, ok := f.readDate()
	if !ok {
		f.s.Window().Canvas().Focus(f.date)
		return
	}
	c.EventDate = d
	c.Countries = nil
	for _, k := range f.countries.Keys() {
		c.Countries = append(c.Countries, country.Code(k))
	}
	f.topics.Commit()
	c.Topics = f.topics.Keys()
	n, _ := strconv.Atoi(f.credibility.Key())
	c.Credibility = notebook.Credibility(n)
	c.Likelihood = ""
	if i := f.likelihood.SelectedIndex(); i > 0 {
		c.Likelihood = notebook.Likelihood(present.Likelihoods[i-1].Key)
	}
	c.Confidence = notebook.Confidence(f.confidence.Key())
	c.Note = strings.TrimSpace(f.note.Text())
	f.draft.Claim = c

	f.saving = true
	cmd := &Save{Draft: f.draft}
	said := "Claim saved"
	f.s.DoUndoable("save the claim", said, func(err error) {
		f.saving = false
		if err != nil {
			return
		}
		f.s.Trace("claim saved", map[string]any{"claim": string(cmd.Claim)})
		if f.OnSaved != nil {
			f.OnSaved(cmd.Claim)
		}
	}, cmd)
}
