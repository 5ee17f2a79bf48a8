package webpage

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sourcebook/notebook/document"
)

// The limits of pictures.
const (
	maxPictures   = 200
	leastPicture  = 64      // CSS pixels: what is stated to be smaller is a button or a counter
	longInline    = 2 << 10 // bytes from which a picture that stands in the page is more than a placeholder
	maxAlt        = 500     // runes
	maxTries      = 10_000  // pictures in a page that Inline looks at
	maxRegionText = 300     // runes that may stand beside a picture and not be kept: a caption, a credit
)

// pictures finds the pictures that stand in the text: not those of menus,
// teasers, authors and advertisements, and not what only counts readers.
func (r *reader) pictures(keep []bool) {
	p := r.page
	v := pictureFinder{reader: r, keptBefore: make([]int32, len(keep)+1), blockAt: make([]int, len(keep)+1), seen: map[string]bool{}}
	first, last := -1, -1
	for i, k := range keep {
		v.keptBefore[i+1] = v.keptBefore[i]
		v.blockAt[i+1] = v.blockAt[i]
		if k {
			v.keptBefore[i+1]++
			v.blockAt[i+1]++
			if last = i; first < 0 {
				first = i
			}
		}
	}
	if first < 0 || len(p.boxes) == 0 {
		return
	}
	v.from, v.to = int32(first), int32(last)+1
	// A picture may stand between the headline and the text.
	if t := r.titleAt; t >= 0 && t < first && first-t <= 25 {
		v.from = int32(t)
	}
	top := p.boxOver(int(v.from), int(v.to))
	v.next = top
	v.walk(p.boxes[top].node, -1)
}

// boxOver is the smallest box that holds the segments from..to.
func (p *page) boxOver(from, to int) int {
	at := int(p.segs[from].box)
	for p.boxes[at].parent >= 0 && (int(p.boxes[at].first) > from || int(p.boxes[at].last) < to) {
		at = int(p.boxes[at].parent)
	}
	return at
}

type pictureFinder struct {
	*reader
	keptBefore []int32 // how many segments before each are kept
	blockAt    []int   // the block that each begins
	from, to   int32   // the segments among which a picture must stand
	at         int32   // the segment before which the walk stands
	next       int     // the box that the walk comes to next
	seen       map[string]bool
}

// walk goes over the tree in the order in which it was cut into boxes.
func (v *pictureFinder) walk(n *html.Node, box int) {
	if v.next < len(v.page.boxes) && v.page.boxes[v.next].node == n {
		box = v.next
		v.next++
		v.at = v.page.boxes[box].first
		defer func() { v.at = v.page.boxes[box].last }()
	}
	for c := n.FirstChild; c != nil && len(v.doc.Images) < maxPictures; c = c.NextSibling {
		switch {
		case c.Type != html.ElementNode || unseen(c):
		case c.DataAtom == atom.Img:
			v.picture(c, box)
		default:
			v.walk(c, box)
		}
	}
}

func (v *pictureFinder) picture(n *html.Node, box int) {
	if box < 0 || v.at < v.from || v.at > v.to || v.page.boxes[box].hidden || !v.belongs(box) {
		return
	}
	img := document.Image{Before: v.blockAt[min(int(v.at), len(v.blockAt)-1)]}
	img.Width, img.Height = pixels(attr(n, "width")), pixels(attr(n, "height"))
	if img.Width > 0 && img.Width < leastPicture || img.Height > 0 && img.Height < leastPicture || decorates(attr(n, "class")) || hides(n) {
		return
	}
	if img.URL = v.pictureURL(n); img.URL == "" || v.seen[img.URL] || decorates(lastOfPath(img.URL)) {
		return
	}
	v.seen[img.URL] = true
	img.Alt = strings.Join(strings.Fields(attr(n, "alt")), " ")
	if long := []rune(img.Alt); len(long) > maxAlt {
		img.Alt = string(long[:maxAlt])
	}
	v.doc.Images = append(v.doc.Images, img)
}

// belongs tells whether what a picture stands in is part of the text: the
// largest box around it of which nothing is kept may hold a caption, and no
// teaser of another page.
func (v *pictureFinder) belongs(box int) bool {
	const foreign = cueRelated | cueNav | cueShare | cueAd | cueComment | cueFooter | cueForm | cueAuthor
	for b := box; b >= 0; b = int(v.page.boxes[b].parent) {
		e := &v.page.boxes[b]
		if v.keptBefore[e.last] > v.keptBefore[e.first] {
			return true
		}
		if e.own&foreign != 0 || e.runes > maxRegionText || e.linkRunes > 15 && 2*e.linkRunes > e.runes {
			return false
		}
	}
	return false
}

// pictureURL is where a picture is: its address or, of one that stands in the
// page, what Inline finds it by. Pages that load pictures late state the address
// elsewhere, with a placeholder in its place.
func (v *pictureFinder) pictureURL(n *html.Node) string {
	src := strings.TrimSpace(attr(n, "src"))
	if isInlineRef(src) {
		return src
	}
	for _, s := range []string{src, attr(n, "data-src"), attr(n, "data-lazy-src"), attr(n, "data-original"), firstOfSet(attr(n, "srcset")), firstOfSet(attr(n, "data-srcset"))} {
		if hasFold(s, "cid:") { // a part of the message or archive around the page
			return s
		}
		if u := v.resolve(s); u != "" && !hasFold(u, "mailto:") {
			return u
		}
	}
	return ""
}

func firstOfSet(srcset string) string {
	words := strings.Fields(srcset)
	if len(words) == 0 {
		return ""
	}
	return strings.TrimSuffix(words[0], ",")
}

func pixels(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(s), "px"))
	if err != nil || n < 0 || n > 100_000 {
		return 0
	}
	return n
}

// decorates tells by a class or a file's name what is no picture of the text.
func decorates(name string) bool {
	name = strings.ToLower(name[:min(len(name), 200)])
	for _, word := range []string{"avatar", "gravatar", "emoji", "smiley", "icon", "logo", "spacer", "pixel.", "blank.", "1x1", "transparent.", "tracking", "placeholder", "loading."} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

func lastOfPath(address string) string {
	if isInlineRef(address) {
		return ""
	}
	address, _, _ = strings.Cut(address, "?")
	return address[strings.LastIndexByte(address, '/')+1:]
}

// inlineRef stands for a long data: address, which is not kept: its head, its
// length and a hash of its start and end.
func inlineRef(v []byte) string {
	head := v[:min(len(v), 64)]
	if at := bytes.IndexByte(head, ','); at >= 0 {
		head = head[:at+1]
	}
	h := fnv.New64a()
	h.Write(v[:min(len(v), 4<<10)])
	h.Write(v[max(0, len(v)-4<<10):])
	return fmt.Sprintf("%s#%d-%016x", head, len(v), h.Sum64())
}

func isInlineRef(s string) bool {
	return hasFold(s, "data:image/") && strings.Contains(s[:min(len(s), 96)], ",#")
}

// Inline gives the picture that stands in a page under a URL of one of the
// document's Images which begins with "data:", and its media type.
func Inline(page []byte, ref string) (b []byte, mediaType string, ok bool) {
	if !isInlineRef(ref) {
		return nil, "", false
	}
	head, rest, _ := strings.Cut(ref, ",#")
	length, _, _ := strings.Cut(rest, "-")
	n, err := strconv.Atoi(length)
	if err != nil || n < longInline {
		return nil, "", false
	}
	for at, tries := 0, 0; ; tries++ {
		i := bytes.Index(page[at:], []byte(head+","))
		if i < 0 || at+i+n > len(page) || tries > maxTries {
			return nil, "", false
		}
		at += i
		if v := page[at : at+n]; inlineRef(v) == ref {
			return decodeInline(string(v))
		}
		at += len(head)
	}
}

// decodeInline undoes a data: address (RFC 2397).
func decodeInline(v string) ([]byte, string, bool) {
	head, data, found := strings.Cut(v[len("data:"):], ",")
	if !found {
		return nil, "", false
	}
	mediaType, coded := strings.CutSuffix(head, ";base64")
	data, err := url.PathUnescape(data)
	if err != nil {
		return nil, "", false
	}
	if !coded {
		return []byte(data), mediaType, true
	}
	b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(data), ""))
	if err != nil {
		b, err = base64.RawStdEncoding.DecodeString(strings.TrimRight(strings.Join(strings.Fields(data), ""), "="))
	}
	return b, mediaType, err == nil
}
