package archive

import (
	"bytes"
	"context"
	"fmt"
	"strings"
)

// IsWebArchive tells the start of a property list that Safari's web archives
// are, from other property lists: the keys stand in it by their names.
func IsWebArchive(start []byte) bool {
	return (bytes.HasPrefix(start, []byte("bplist00")) || bytes.Contains(start[:min(len(start), 512)], []byte("<!DOCTYPE plist"))) &&
		bytes.Contains(start, []byte("WebMainResource"))
}

// WebArchive is a page as Safari saves it (.webarchive).
type WebArchive struct {
	Page   Resource
	Frames []Resource // the pages in its frames, in order, however deep
	// Resources are the pictures, styles and scripts of the page and its frames.
	Resources []Resource
}

// Resource is a file that belongs to a page.
type Resource struct {
	URL       string
	MediaType string // with the character set, where one is stated
	Bytes     []byte
}

// The limits of a web archive.
const (
	maxFrames     = 200
	maxFrameDepth = 8
	maxResources  = 20_000
)

// ReadWebArchive reads a web archive. The bytes of its resources are those of b.
func ReadWebArchive(ctx context.Context, b []byte) (WebArchive, error) {
	if err := ctx.Err(); err != nil {
		return WebArchive{}, err
	}
	top, err := parsePlist(b)
	if err != nil {
		return WebArchive{}, err
	}
	main := top.get("WebMainResource")
	if main == nil {
		return WebArchive{}, fmt.Errorf("%w: it holds no page", ErrDamaged)
	}
	w := WebArchive{Page: resource(main)}
	w.add(top, 0)
	return w, nil
}

// add takes the resources and frames of an archive within.
func (w *WebArchive) add(v *value, depth int) {
	for _, r := range v.get("WebSubresources").items() {
		if len(w.Resources) >= maxResources {
			break
		}
		w.Resources = append(w.Resources, resource(r))
	}
	if depth >= maxFrameDepth {
		return
	}
	for _, frame := range v.get("WebSubframeArchives").items() {
		if len(w.Frames) >= maxFrames {
			return
		}
		if main := frame.get("WebMainResource"); main != nil {
			w.Frames = append(w.Frames, resource(main))
		}
		w.add(frame, depth+1)
	}
}

func resource(v *value) Resource {
	r := Resource{URL: v.get("WebResourceURL").string(), MediaType: v.get("WebResourceMIMEType").string(), Bytes: v.get("WebResourceData").bytes()}
	if cs := v.get("WebResourceTextEncodingName").string(); cs != "" && r.MediaType != "" && !strings.ContainsAny(cs, "\";\r\n") {
		r.MediaType += "; charset=" + cs
	}
	return r
}
