package importers

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"sourcebook/importers/feed"
	"sourcebook/importers/mail"
	"sourcebook/importers/post"
	"sourcebook/importers/webpage"
	"sourcebook/notebook/document"
)

// splitFeed gives the entries of a feed, each read already.
func splitFeed(w *walk, in Input, _ int) error {
	in, err := in.load()
	if err != nil {
		return err
	}
	o := feed.Options{URL: in.URL, ContentType: in.MediaType, Charset: in.Charset, Received: in.Received}
	f, err := feed.Each(w.ctx, in.Bytes, o, func(it feed.Item) error {
		complete(it.Document)
		name := cmp.Or(it.Document.Title, it.ID, it.Document.URL)
		return w.part(Part{Document: it.Document, Input: Input{
			Bytes: []byte(it.Raw), Name: Within(in.Name, name), URL: it.Document.URL, MediaType: it.MediaType, Received: in.Received,
		}})
	})
	if done := ended(err); done != nil {
		return done
	}
	switch {
	case err != nil:
		return in.fault(err, "get the feed again, or import the pages that it leads to")
	case f.More:
		return in.fault(fmt.Errorf("%w: it has more than %d entries", ErrLimit, f.Entries), "the first were read; import the pages of the others")
	}
	return nil
}

// ended is err where it ends the whole reading.
func ended(err error) error {
	var stop stopped
	switch {
	case errors.As(err, &stop):
		return err
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return stopped{err}
	}
	return nil
}

func readMail(ctx context.Context, in Input) (*document.Document, error) {
	m, err := mail.Read(ctx, mail.Split(in.Bytes)[0], mail.Options{Charset: in.Charset, Received: in.Received})
	if err != nil {
		return nil, in.mailFault(err)
	}
	if n := len(mail.Split(in.Bytes)); n > 1 {
		m.Document.Warnings = append(m.Document.Warnings, fmt.Sprintf("this is a mailbox of %d messages: only the first is read here; import the file to have all of them", n))
	}
	return m.Document, nil
}

func (in Input) mailFault(err error) error {
	if errors.Is(err, mail.ErrEncrypted) {
		return in.fault(err, "")
	}
	return in.fault(err, "save the message again, or copy its text and paste it")
}

// splitMail gives a message and then the files that came with it, as far as they
// can be read: pictures and the like are only named in the message's warnings.
func splitMail(w *walk, in Input, depth int) error {
	in, err := in.load()
	if err != nil {
		return err
	}
	if all := mail.Split(in.Bytes); len(all) > 1 {
		for i, b := range all {
			part := in.bare()
			part.Bytes, part.Name = b, Within(in.Name, fmt.Sprintf("message %d", i+1))
			if err := w.file(part, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	m, err := mail.Read(w.ctx, in.Bytes, mail.Options{Charset: in.Charset, Received: in.Received})
	if done := ended(err); done != nil {
		return done
	}
	if err != nil {
		return w.part(Part{Input: in.bare(), Err: in.mailFault(err)})
	}
	complete(m.Document)
	if err := w.part(Part{Input: in, Document: m.Document}); err != nil {
		return err
	}
	for _, a := range m.Attachments {
		part := Input{Bytes: a.Bytes, Name: Within(in.Name, a.Name), MediaType: a.MediaType, Received: cmp.Or(m.Sent, in.Received)}
		if w.room -= int64(len(a.Bytes)); w.room < 0 {
			return in.fault(ErrLimit, "save what is attached and import that")
		}
		if a.Inline || len(a.Bytes) == 0 || recognise(part).format == formatOther {
			continue
		}
		if err := w.file(part, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// splitPosts gives the posts of a channel's page, each read already, or the page
// as one where it shows a single post or its address names one.
func splitPosts(w *walk, in Input, _ int) error {
	in, err := in.load()
	if err != nil {
		return err
	}
	root, _, err := webpage.ParseLimited(w.ctx, in.Bytes, webpage.Options{URL: in.URL, ContentType: in.MediaType, Charset: in.Charset})
	if done := ended(err); done != nil {
		return done
	}
	n := 0
	if err == nil {
		err = post.Each(root, post.Options{URL: in.URL, Received: in.Received}, func(d *document.Document, markup string) error {
			n++
			complete(d)
			return w.part(Part{Document: d, Input: Input{
				Bytes: []byte(markup), Name: Within(in.Name, d.Title), URL: d.URL, MediaType: "text/html; charset=utf-8", Received: in.Received,
			}})
		})
		if err != nil {
			return err // of w.part
		}
	}
	if n > 0 {
		return nil
	}
	return w.part(Part{Input: in})
}
