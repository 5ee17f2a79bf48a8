package importers

import (
	"bytes"
	"context"
	"errors"

	"sourcebook/importers/archive"
	"sourcebook/importers/epub"
	"sourcebook/importers/office"
	"sourcebook/notebook/document"
)

func readOffice(ctx context.Context, in Input) (*document.Document, error) {
	o := office.Options{URL: in.URL, Name: in.own(), Received: in.Received}
	var d *document.Document
	var err error
	if bytes.HasPrefix(in.Bytes, []byte("PK")) {
		d, err = office.Read(ctx, bytes.NewReader(in.Bytes), int64(len(in.Bytes)), o)
	} else {
		d, err = office.ReadRTF(ctx, in.Bytes, o)
	}
	switch {
	case err == nil:
		return d, nil
	case errors.Is(err, office.ErrEncrypted):
		return nil, in.fault(err, "save a copy without the password and import that")
	case errors.Is(err, office.ErrNotText):
		return nil, in.fault(err, "only text documents are read: copy what you need and paste it")
	case errors.Is(err, archive.ErrTooLarge), errors.Is(err, archive.ErrRoom):
		return nil, in.fault(err, "open it, save it again in parts, or copy its text and paste it")
	}
	return nil, in.fault(err, "open it in its program and save it again, or copy its text and paste it")
}

func readBook(ctx context.Context, in Input) (*document.Document, error) {
	d, err := epub.Read(ctx, bytes.NewReader(in.Bytes), int64(len(in.Bytes)), epub.Options{URL: in.URL, Received: in.Received})
	switch {
	case err == nil:
		return d, nil
	case errors.Is(err, epub.ErrLocked):
		return nil, in.fault(err, "no other program can read it: copy what you need in the shop's reader and paste it")
	case errors.Is(err, archive.ErrTooLarge), errors.Is(err, archive.ErrRoom):
		return nil, in.fault(err, "import the chapters you need")
	}
	return nil, in.fault(err, "get the book again, or copy what you need and paste it")
}
