package notebook

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"sourcebook/notebook/document"
)

// An archive is a zip file with all that a notebook holds, in forms that other
// programs can read, for keeping and for going elsewhere. FORMAT.md describes it.
const (
	archiveFormat  = "sourcebook archive"
	archiveVersion = 1

	archiveManifest  = "manifest.json"
	archiveDocuments = "documents.jsonl"
	archiveOriginals = "originals/"
)

// manifest says what an archive holds. It is the last file of the zip.
type manifest struct {
	Format   string                  `json:"format"`
	Version  int                     `json:"version"`
	Notebook uint64                  `json:"notebook_format"` // version of the notebook's format
	Identity string                  `json:"identity"`        // of the notebook
	Sequence uint64                  `json:"sequence"`        // its last change
	Made     time.Time               `json:"made"`
	Files    map[string]manifestFile `json:"files"`
}

// manifestFile is one file of an archive.
type manifestFile struct {
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
	Lines  int    `json:"lines,omitempty"`
}

// archivedDocument is one line of the documents.
type archivedDocument struct {
	Hash     string             `json:"hash"` // by which captures and highlights name it
	Document *document.Document `json:"document"`
}

// Archive writes all that the notebook holds to path: the state at one moment,
// also what lies in the bin. It is encrypted where passphrase is not empty. The
// file gets its name when it is whole. progress may be nil; it hears of files.
func (n *Notebook) Archive(ctx context.Context, path, passphrase string, progress Progress) (err error) {
	fail := func(err error) error { return fileError("write archive", path, err) }
	fill := func(w io.Writer) error {
		return n.View(func(t *Tx) error { return t.archive(ctx, w, progress) })
	}
	if passphrase != "" {
		done, err := writeEncrypted(ctx, path, passphrase, fill)
		if err != nil {
			return fail(err)
		}
		return done()
	}
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".part-*")
	if err != nil {
		return fail(unwrapPath(err))
	}
	temp := f.Name()
	defer os.Remove(temp)
	err = fill(f)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(temp, path)
	}
	if err != nil {
		return fail(unwrapPath(err))
	}
	syncDir(dir)
	return nil
}

// archiver writes the files of an archive and keeps their hashes.
type archiver struct {
	z     *zip.Writer
	at    time.Time
	files map[string]manifestFile
}

// file adds a file; fill gives it its content, and says how many lines it has.
func (a *archiver) file(name string, method uint16, fill func(io.Writer) (lines int, err error)) error {
	w, err := a.z.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: a.at})
	if err != nil {
		return err
	}
	sum := sha256.New()
	count := &meter{w: io.MultiWriter(w, sum), ctx: context.Background()}
	lines, err := fill(count)
	a.files[name] = manifestFile{SHA256: hex.EncodeToString(sum.Sum(nil)), Size: count.done, Lines: lines}
	return err
}

func (t *Tx) archive(ctx context.Context, w io.Writer, progress Progress) error {
	a := &archiver{z: zip.NewWriter(w), at: t.n.now(), files: map[string]manifestFile{}}
	originals, documents := map[string]kept{}, map[string]kept{}
	for c, err := range captures.all(t) {
		if err != nil {
			return err
		}
		originals[c.SHA256] = c.original()
		for _, k := range []kept{c.document(), c.imported()} {
			documents[k.sum] = k
		}
	}
	for h, err := range highlights.all(t) {
		if err != nil {
			return err
		}
		if h.Document != "" {
			documents[h.Document] = h.document()
		}
	}
	done, total := int64(0), int64(len(originals)+len(documents))
	step := func() error {
		if done++; progress != nil {
			progress(done, total)
		}
		return ctx.Err()
	}
	for _, kind := range t.kinds() {
		err := a.file(kind+".jsonl", zip.Deflate, func(w io.Writer) (lines int, err error) {
			for key, raw := range t.values(kind) {
				line, err := tables[kind].archived(t, key, raw)
				if err != nil {
					return lines, err
				}
				if _, err := w.Write(append(line, '\n')); err != nil {
					return lines, err
				}
				lines++
			}
			return lines, ctx.Err()
		})
		if err != nil {
			return fmt.Errorf("%ss: %w", kind, err)
		}
	}
	err := a.file(archiveDocuments, zip.Deflate, func(w io.Writer) (lines int, err error) {
		for _, sum := range slices.Sorted(maps.Keys(documents)) {
			d, err := t.readDocument(documents[sum])
			if err != nil {
				return lines, err
			}
			line, err := jsonLine(archivedDocument{sum, d})
			if err != nil {
				return lines, err
			}
			if _, err := w.Write(line); err != nil {
				return lines, err
			}
			lines++
			if err := step(); err != nil {
				return lines, err
			}
		}
		return lines, nil
	})
	if err != nil {
		return fmt.Errorf("documents: %w", err)
	}
	for _, sum := range slices.Sorted(maps.Keys(originals)) {
		raw, err := t.content(originals[sum])
		if err != nil {
			return err
		}
		err = a.file(archiveOriginals+sum, zip.Deflate, func(w io.Writer) (int, error) {
			_, err := w.Write(raw)
			return 0, err
		})
		if err != nil {
			return fmt.Errorf("original %s: %w", sum, err)
		}
		if err := step(); err != nil {
			return err
		}
	}
	seq, err := t.Sequence()
	if err != nil {
		return err
	}
	m := manifest{
		Format: archiveFormat, Version: archiveVersion, Notebook: t.n.format, Identity: t.n.identity,
		Sequence: seq, Made: a.at, Files: maps.Clone(a.files),
	}
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	err = a.file(archiveManifest, zip.Deflate, func(w io.Writer) (int, error) {
		_, err := w.Write(append(raw, '\n'))
		return 0, err
	})
	if err != nil {
		return err
	}
	return a.z.Close()
}

// jsonLine is v as JSON with a line break after it.
func jsonLine(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}

// archived gives an entity as a line of an archive: as stored, with its read
// flag, without the numbers of content.
func (tb table[T]) archived(t *Tx, key string, raw []byte) ([]byte, error) {
	v, err := tb.read(t, key, raw)
	if err != nil {
		return nil, err
	}
	switch e := any(&v).(type) {
	case *Capture:
		e.OriginalAt, e.DocumentAt, e.ImportedAt = 0, 0, 0
	case *Highlight:
		e.DocumentAt = 0
	}
	line, err := jsonLine(v)
	return bytes.TrimSuffix(line, []byte("\n")), err
}

// ArchiveSummary is what ReadArchive brought in.
type ArchiveSummary struct {
	Added map[string]int `json:"added"` // by kind: "source", "claim" …
	Held  int            `json:"held"`  // entities that were there already, and stay as they are
}

// archiveBatch is how many captures go into one change.
const archiveBatch = 250

// IsArchive says whether the file at path is an archive, encrypted or not; of an
// encrypted file only the first is known.
func IsArchive(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	if isEncrypted(f) {
		return true
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil {
		return false
	}
	m, err := readManifest(z)
	return err == nil && m.Format == archiveFormat
}

// ReadArchive brings what an archive holds into the notebook, under the same IDs:
// sources with their versions, highlights, claims and all else. What is held
// already under its ID stays as it is. An archive is refused whole where it is
// damaged, or has a source that is held under another ID. Some hundred captures
// at a time are one change; the rest is the last one. If it is cut short, it can
// be run again.
func (n *Notebook) ReadArchive(ctx context.Context, path, passphrase string, progress Progress) (ArchiveSummary, error) {
	sum := ArchiveSummary{Added: map[string]int{}}
	fail := func(err error) (ArchiveSummary, error) {
		if errors.Is(err, ErrDamaged) {
			err = &FileError{Op: "import archive", Path: path, Err: err, Next: "take another copy of the archive, or export it again; nothing was imported from this one"}
		}
		return sum, fileError("import archive", path, err)
	}
	f, err := os.Open(path)
	if err != nil {
		return fail(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fail(err)
	}
	var src io.ReaderAt = f
	size := info.Size()
	if isEncrypted(f) {
		// It is decrypted piece by piece where it is read, never to a file.
		id, err := identity(passphrase)
		if err != nil {
			return fail(err)
		}
		if src, size, err = age.DecryptReaderAt(f, size, id); err != nil {
			return fail(decryptError(err))
		}
	}
	if _, err := probe(src, size); err == nil {
		return fail(fmt.Errorf("it is a backup, not an archive: %w; bring it back with restore", ErrInvalid))
	}
	z, err := zip.NewReader(src, size)
	if err != nil {
		return fail(fmt.Errorf("%w: it is no archive: %v", ErrDamaged, err))
	}
	r := &archiveReader{n: n, ctx: ctx, z: z, sum: &sum, progress: progress}
	if err := r.read(); err != nil {
		return fail(err)
	}
	return sum, nil
}

// archiveReader brings one archive in.
type archiveReader struct {
	n        *Notebook
	ctx      context.Context
	z        *zip.Reader
	m        manifest
	sum      *ArchiveSummary
	progress Progress
}

func readManifest(z *zip.Reader) (m manifest, err error) {
	f, err := z.Open(archiveManifest)
	if err != nil {
		return m, fmt.Errorf("%w: it has no %s", ErrDamaged, archiveManifest)
	}
	defer f.Close()
	if err := json.NewDecoder(io.LimitReader(f, 1<<30)).Decode(&m); err != nil {
		return m, fmt.Errorf("%w: its %s: %v", ErrDamaged, archiveManifest, err)
	}
	return m, nil
}

func (r *archiveReader) read() (err error) {
	if r.m, err = readManifest(r.z); err != nil {
		return err
	}
	switch {
	case r.m.Format != archiveFormat:
		return fmt.Errorf("%w: it is no archive of Sourcebook's", ErrDamaged)
	case r.m.Version > archiveVersion:
		return fmt.Errorf("%w: an archive of version %d; this program reads up to %d", ErrNewerFormat, r.m.Version, archiveVersion)
	}
	if err := r.check(); err != nil {
		return err
	}
	if err := r.refuse(); err != nil {
		return err
	}
	documents, err := r.documents()
	if err != nil {
		return err
	}
	if err := r.sources(documents); err != nil {
		return err
	}
	return r.rest(documents)
}

// check compares the hash of every file with the manifest, and the kinds.
func (r *archiveReader) check() error {
	here := map[string]*zip.File{}
	for _, f := range r.z.File {
		here[f.Name] = f
	}
	for _, name := range slices.Sorted(maps.Keys(r.m.Files)) {
		want := r.m.Files[name]
		if here[name] == nil {
			return fmt.Errorf("%w: its file %s is missing", ErrDamaged, name)
		}
		f, err := here[name].Open()
		if err != nil {
			return fmt.Errorf("%w: its file %s: %v", ErrDamaged, name, err)
		}
		sum := sha256.New()
		m := &meter{w: hashWriter{sum}, ctx: r.ctx}
		_, err = io.Copy(m, io.LimitReader(f, want.Size+1))
		f.Close()
		switch {
		case m.err != nil:
			return m.err
		case err != nil:
			return fmt.Errorf("%w: its file %s: %v", ErrDamaged, name, err)
		case hex.EncodeToString(sum.Sum(nil)) != want.SHA256:
			return fmt.Errorf("%w: its file %s is not as the manifest says", ErrDamaged, name)
		}
		if kind, ok := strings.CutSuffix(name, ".jsonl"); ok && name != archiveDocuments && tables[kind] == nil {
			return fmt.Errorf("%w: it has %ss, which this program does not know", ErrNewerFormat, kind)
		}
	}
	return nil
}

// maxArchiveLine bounds a line of an archive.
const maxArchiveLine = 2 * maxDocument

// lines goes through the lines of a file, none where there is no such file.
func (r *archiveReader) lines(name string, fn func(line []byte) error) error {
	if _, ok := r.m.Files[name]; !ok {
		return nil
	}
	f, err := r.z.Open(name)
	if err != nil {
		return fmt.Errorf("%w: its file %s: %v", ErrDamaged, name, err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(make([]byte, 64<<10), maxArchiveLine)
	for s.Scan() {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if err := fn(s.Bytes()); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("%w: its file %s: %v", ErrDamaged, name, err)
	}
	return nil
}

// refuse refuses an archive whose sources are held under other IDs, and one that
// names what is not in it.
func (r *archiveReader) refuse() error {
	return r.n.View(func(t *Tx) error {
		there := map[ref]bool{}
		var refs []ref
		for _, kind := range kinds {
			err := r.lines(kind+".jsonl", func(line []byte) error {
				key, names, err := tables[kind].parsed(line)
				if err != nil {
					return err
				}
				there[ref{kind: kind, id: key}] = true
				for _, n := range names {
					refs = append(refs, ref{kind: n.kind, id: n.id})
				}
				if kind != sources.word {
					return nil
				}
				var s Source
				if err := json.Unmarshal(line, &s); err != nil {
					return fmt.Errorf("%w: %v", ErrDamaged, err)
				}
				held, err := t.FindSource(s.Identity)
				if err == nil && held.ID != s.ID {
					return fmt.Errorf("its source %s (%s) is held as %s: %w; import it into a new notebook, with -n FILE", s.ID, excerpt(first(s.Title, s.Identity)), held.ID, ErrInvalid)
				}
				if err != nil && !errors.Is(err, ErrNotFound) {
					return err
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		for _, n := range refs {
			if there[n] {
				continue
			}
			raw, err := t.get(n.kind, n.id)
			if err != nil {
				return err
			}
			if raw == nil {
				return fmt.Errorf("%w: it names the %s %q, which is not in it", ErrDamaged, n.kind, n.id)
			}
		}
		return nil
	})
}

// parsed reads a line of an archive: its key, and the entities that it names.
func (tb table[T]) parsed(line []byte) (key string, refs []ref, err error) {
	var v T
	if err := json.Unmarshal(line, &v); err != nil {
		return "", nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	key = tb.key(v)
	if key == "" || !worded[tb.word] && !validID(key) {
		return "", nil, fmt.Errorf("%w: %q is not the key of a %s", ErrDamaged, key, tb.word)
	}
	if tb.refs != nil {
		refs = tb.refs(v)
	}
	return key, refs, nil
}

// putLine saves a line of an archive, where its key is not held.
func (tb table[T]) putLine(w *WriteTx, line []byte) (added bool, err error) {
	var v T
	if err := json.Unmarshal(line, &v); err != nil {
		return false, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	key := tb.key(v)
	if held, err := tb.has(&w.Tx, key); err != nil || held {
		return false, err
	}
	if s, ok := any(v).(Source); ok && s.Read {
		if err := w.setRead(s.ID, true); err != nil {
			return false, err
		}
	}
	return true, tb.put(w, key, v)
}

// documents reads and packs the documents, by their hashes in the archive. As
// this program stores them they may have others.
func (r *archiveReader) documents() (map[string]packed, error) {
	out := map[string]packed{}
	return out, r.lines(archiveDocuments, func(line []byte) error {
		var a archivedDocument
		if err := json.Unmarshal(line, &a); err != nil || a.Document == nil {
			return fmt.Errorf("%w: a document cannot be read: %v", ErrDamaged, err)
		}
		raw, err := encodeDocument(a.Document)
		if err != nil {
			return err
		}
		p, err := pack(raw)
		if err != nil {
			return err
		}
		out[a.Hash] = p
		return nil
	})
}

// sources brings sources and captures in, some hundred captures a change.
func (r *archiveReader) sources(documents map[string]packed) error {
	of := map[SourceID][]Capture{}
	err := r.lines("capture.jsonl", func(line []byte) error {
		var c Capture
		if err := json.Unmarshal(line, &c); err != nil {
			return fmt.Errorf("%w: %v", ErrDamaged, err)
		}
		of[c.Source] = append(of[c.Source], c)
		return nil
	})
	if err != nil {
		return err
	}
	done, total := int64(0), int64(r.m.Files["capture.jsonl"].Lines)
	var cmds []Command
	n := 0
	flush := func() error {
		if len(cmds) == 0 {
			return nil
		}
		for _, c := range cmds {
			if err := c.(*putArchived).load(r.z); err != nil {
				return err
			}
		}
		if _, err := r.n.Do(cmds...); err != nil {
			return err
		}
		for _, c := range cmds {
			p := c.(*putArchived)
			r.count(sources.word, p.added, 1)
			r.count(captures.word, p.addedCaptures, len(p.captures))
		}
		if done += int64(n); r.progress != nil {
			r.progress(done, total)
		}
		cmds, n = nil, 0
		return r.ctx.Err()
	}
	err = r.lines("source.jsonl", func(line []byte) error {
		c := &putArchived{line: bytes.Clone(line), documents: documents}
		var s Source
		if err := json.Unmarshal(line, &s); err != nil {
			return fmt.Errorf("%w: %v", ErrDamaged, err)
		}
		c.captures = of[s.ID]
		cmds, n = append(cmds, c), n+len(c.captures)
		if n >= archiveBatch {
			return flush()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return flush()
}

func (r *archiveReader) count(kind string, added, of int) {
	if added > 0 {
		r.sum.Added[kind] += added
	}
	r.sum.Held += of - added
}

// rest brings in what is not a source or capture, as one change.
func (r *archiveReader) rest(documents map[string]packed) error {
	c := &putRest{documents: documents}
	for _, kind := range kinds {
		if kind == sources.word || kind == captures.word {
			continue
		}
		err := r.lines(kind+".jsonl", func(line []byte) error {
			c.kinds, c.lines = append(c.kinds, kind), append(c.lines, bytes.Clone(line))
			return nil
		})
		if err != nil {
			return err
		}
	}
	if len(c.lines) == 0 {
		return nil
	}
	if _, err := r.n.Do(c); err != nil {
		return err
	}
	for i, kind := range c.kinds {
		added := 0
		if c.added[i] {
			added = 1
		}
		r.count(kind, added, 1)
	}
	return nil
}

// putArchived brings in one source with its captures.
type putArchived struct {
	line      []byte
	captures  []Capture
	documents map[string]packed
	originals []packed

	added, addedCaptures int
}

// load reads and packs the originals.
func (c *putArchived) load(z *zip.Reader) error {
	c.originals = make([]packed, len(c.captures))
	for i, held := range c.captures {
		f, err := z.Open(archiveOriginals + held.SHA256)
		if err != nil {
			return fmt.Errorf("%w: the original of capture %s: %v", ErrDamaged, held.ID, err)
		}
		raw, err := io.ReadAll(io.LimitReader(f, maxOriginal+1))
		f.Close()
		if err != nil {
			return fmt.Errorf("%w: the original of capture %s: %v", ErrDamaged, held.ID, err)
		}
		if c.originals[i], err = pack(raw); err != nil {
			return err
		}
		if c.originals[i].sum != held.SHA256 {
			return fmt.Errorf("%w: the original of capture %s has another hash", ErrDamaged, held.ID)
		}
	}
	return nil
}

// Name is "import archive".
func (c *putArchived) Name() string { return "import archive" }

// Validate has nothing to refuse: the archive was checked.
func (c *putArchived) Validate(*Tx) error { return nil }

// Apply puts them.
func (c *putArchived) Apply(w *WriteTx) error {
	c.added, c.addedCaptures = 0, 0
	var s Source
	if err := json.Unmarshal(c.line, &s); err != nil {
		return fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	if held, err := sources.has(&w.Tx, string(s.ID)); err != nil || held {
		return err
	}
	for i, held := range c.captures {
		var err error
		if held.OriginalAt, err = w.keepOriginal(c.originals[i]); err != nil {
			return err
		}
		if held.DocumentHash, held.DocumentAt, err = w.keepArchived(c.documents, held.DocumentHash); err != nil {
			return err
		}
		if held.ImportedHash != "" {
			if held.ImportedHash, held.ImportedAt, err = w.keepArchived(c.documents, held.ImportedHash); err != nil {
				return err
			}
		}
		if err := captures.put(w, string(held.ID), held); err != nil {
			return err
		}
		c.addedCaptures++
	}
	c.added = 1
	if _, err := sources.putLine(w, c.line); err != nil {
		return err
	}
	c.originals = nil
	if !s.Binned.IsZero() {
		return nil
	}
	return w.holdLinks(s)
}

// keepOriginal keeps bytes, where they are not kept.
func (w *WriteTx) keepOriginal(p packed) (uint64, error) {
	if k, held, err := w.heldOriginal(p.sum); err != nil || held {
		return k.number, err
	}
	return w.keepContent(p)
}

// keepArchived keeps the document that an archive names by hash, and gives its
// hash now.
func (w *WriteTx) keepArchived(documents map[string]packed, hash string) (string, uint64, error) {
	p, ok := documents[hash]
	if !ok {
		return "", 0, fmt.Errorf("%w: the document %s is not in it", ErrDamaged, hash)
	}
	if k, held, err := w.heldDocument(p.sum); err != nil || held {
		return p.sum, k.number, err
	}
	number, err := w.keepContent(p)
	return p.sum, number, err
}

// putRest brings in all that is not a source or capture.
type putRest struct {
	kinds     []string
	lines     [][]byte
	documents map[string]packed
	added     []bool
}

// Name is "import archive".
func (c *putRest) Name() string { return "import archive" }

// Validate has nothing to refuse: the archive was checked.
func (c *putRest) Validate(*Tx) error { return nil }

// Apply puts them.
func (c *putRest) Apply(w *WriteTx) error {
	c.added = make([]bool, len(c.lines))
	for i, kind := range c.kinds {
		line := c.lines[i]
		if kind == highlights.word {
			var h Highlight
			if err := json.Unmarshal(line, &h); err != nil {
				return fmt.Errorf("%w: %v", ErrDamaged, err)
			}
			if held, err := highlights.has(&w.Tx, string(h.ID)); err != nil {
				return err
			} else if held {
				continue
			}
			if h.Document != "" {
				var err error
				if h.Document, h.DocumentAt, err = w.keepArchived(c.documents, h.Document); err != nil {
					return err
				}
				if line, err = jsonLine(h); err != nil {
					return err
				}
			}
		}
		var err error
		if c.added[i], err = tables[kind].putLine(w, line); err != nil {
			return err
		}
	}
	return nil
}
