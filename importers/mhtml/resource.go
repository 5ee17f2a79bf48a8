package mhtml

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"
	"strings"
)

// ErrNoPart means that an archive does not hold what was asked for.
var ErrNoPart = errors.New("it is not in the archive")

// Resource gives a part of an archive, such as a picture, by its address or, as
// "cid:…", by its Content-ID, with its content type.
func Resource(ctx context.Context, b []byte, ref string) ([]byte, string, error) {
	header, body, err := splitHeader(bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), "\r\n\t "))
	if err != nil {
		return nil, "", fmt.Errorf("read MHTML: %w", err)
	}
	id, byID := strings.CutPrefix(ref, "cid:")
	parts := 0
	var look func(h textproto.MIMEHeader, body []byte, depth int) ([]byte, string, error)
	look = func(h textproto.MIMEHeader, body []byte, depth int) ([]byte, string, error) {
		kind, params, _ := mime.ParseMediaType(h.Get("Content-Type"))
		if !strings.HasPrefix(kind, "multipart/") || params["boundary"] == "" || depth >= maxDepth {
			return nil, "", ErrNoPart
		}
		r := multipart.NewReader(bytes.NewReader(body), params["boundary"])
		for {
			if err := ctx.Err(); err != nil {
				return nil, "", err
			}
			if parts++; parts > maxParts {
				return nil, "", ErrNoPart
			}
			part, err := r.NextRawPart()
			if err != nil {
				return nil, "", ErrNoPart
			}
			at := strings.TrimSpace(part.Header.Get("Content-Location"))
			this := byID && strings.Trim(part.Header.Get("Content-Id"), "<>") == id || !byID && (at == ref || sameAddress(at, ref))
			within := strings.HasPrefix(strings.ToLower(part.Header.Get("Content-Type")), "multipart/")
			if !this && !within {
				continue
			}
			b, err := io.ReadAll(io.LimitReader(part, maxBytes))
			if len(b) == 0 && err != nil {
				continue
			}
			if this {
				return decode(part.Header.Get("Content-Transfer-Encoding"), b), part.Header.Get("Content-Type"), nil
			}
			if b, kind, err := look(part.Header, b, depth+1); !errors.Is(err, ErrNoPart) {
				return b, kind, err
			}
		}
	}
	return look(header, body, 0)
}
