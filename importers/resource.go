package importers

import (
	"bytes"
	"context"
	"errors"
	"mime"
	"net/http"
	"strings"

	"sourcebook/importers/archive"
	"sourcebook/importers/charset"
	"sourcebook/importers/mail"
	"sourcebook/importers/mhtml"
	"sourcebook/importers/webpage"
)

// ErrNotHeld means that a picture is not in the capture: the page only names
// where it was.
var ErrNotHeld = errors.New("the capture does not hold it")

// MaxResource is the largest picture that Resource gives.
const MaxResource = 32 << 20

// Resource gives a picture out of the bytes of a capture, by the URL of one of
// the document's Images: a part of MHTML, a file of a Safari archive, a picture
// that stands in the page itself, a file in a book or office document. name is
// the capture's, for messages. The media type is the stated one, or what the
// bytes show. The error is ErrNotHeld, or says why the bytes cannot be had.
func Resource(ctx context.Context, original []byte, name, ref string) (b []byte, mediaType string, err error) {
	in := Input{Bytes: original, Name: name}
	if ref == "" {
		return nil, "", in.fault(ErrNotHeld, "")
	}
	held := false
	switch f := recognise(in); f.format {
	case formatMHTML:
		if b, mediaType, err = mhtml.Resource(ctx, original, ref); err == nil {
			held = true
			break
		}
		if ctx.Err() != nil {
			return nil, "", in.fault(ctx.Err(), "")
		}
		if page, err := mhtml.Read(ctx, original); err == nil {
			b, mediaType, held = inlineIn(page.HTML, page.ContentType, ref)
		}
	case formatSafari:
		w, err := archive.ReadWebArchive(ctx, original)
		if err != nil {
			return nil, "", in.fault(err, "")
		}
		for _, r := range w.Resources {
			if r.URL == ref {
				b, mediaType, held = r.Bytes, r.MediaType, true
				break
			}
		}
		if !held {
			b, mediaType, held = inlineIn(w.Page.Bytes, w.Page.MediaType, ref)
		}
	case formatHTML, formatPosts:
		b, mediaType, held = inlineIn(original, "", ref)
	case formatMail:
		m, err := mail.Read(ctx, original, mail.Options{})
		if err != nil {
			return nil, "", in.mailFault(err)
		}
		for _, a := range m.Attachments {
			if a.ID != "" && strings.EqualFold("cid:"+a.ID, ref) {
				b, mediaType, held = a.Bytes, a.MediaType, true
				break
			}
		}
	default:
		if !bytes.HasPrefix(original, []byte("PK\x03\x04")) || strings.Contains(ref, ":") {
			break
		}
		room := int64(MaxResource) + 1
		files, err := archive.OpenFiles(bytes.NewReader(original), int64(len(original)), archive.Limits{Entry: MaxResource, Room: &room})
		if err == nil {
			b, err = files.Read(ctx, ref)
		}
		if err != nil && !errors.Is(err, archive.ErrAbsent) {
			return nil, "", in.fault(err, "")
		}
		held = err == nil
	}
	switch {
	case !held:
		return nil, "", in.fault(ErrNotHeld, "")
	case len(b) > MaxResource:
		return nil, "", in.fault(ErrTooLarge, "")
	}
	if media, _, err := mime.ParseMediaType(mediaType); err == nil && strings.Contains(media, "/") {
		return b, media, nil
	}
	media, _, _ := mime.ParseMediaType(http.DetectContentType(b))
	return b, media, nil
}

// inlineIn looks for a picture in the text of a page.
func inlineIn(page []byte, contentType, ref string) ([]byte, string, bool) {
	if !strings.HasPrefix(ref, "data:") {
		return nil, "", false
	}
	if b, media, ok := webpage.Inline(page, ref); ok {
		return b, media, true
	}
	// A page in UTF-16 has other bytes.
	text, name, err := charset.Decode(page, charset.Hint{ContentType: contentType, HTML: true})
	if err != nil || !strings.HasPrefix(strings.ToLower(name), "utf-16") {
		return nil, "", false
	}
	return webpage.Inline([]byte(text), ref)
}
