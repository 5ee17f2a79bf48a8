package notebook

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"
	bolt "go.etcd.io/bbolt"
	bolterr "go.etcd.io/bbolt/errors"
)

// What the meta bucket holds.
const (
	metaFormat   = "format"   // formatName
	metaVersion  = "version"  // of the format, counter
	metaReadable = "readable" // the oldest version of the program's format that can still read it, counter
	metaIdentity = "identity" // a ULID
	metaMade     = "made"     // RFC 3339
	metaSequence = "sequence" // number of the last change, counter
	metaContent  = "content"  // number of the last content, counter
)

const formatName = "sourcebook notebook"

// Open opens or creates the notebook at path. The error tells what is wrong and
// is, or wraps, ErrLocked, ErrNotNotebook, ErrDamaged, ErrNewerFormat or the
// system's; a FileError says what to do next. A file that is empty or damaged
// is left as it is.
func Open(path string, o Options) (*Notebook, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fileError("open notebook", path, err)
	}
	path = abs
	_, err = os.Stat(path)
	switch {
	case err == nil:
	case errors.Is(err, fs.ErrNotExist) && !o.ReadOnly && !o.MustExist:
		if err := create(path, o); err != nil {
			return nil, fileError("create notebook", path, err)
		}
	default:
		return nil, fileError("open notebook", path, err)
	}
	n, err := open(path, o)
	if err != nil {
		var locked *LockedError
		if errors.As(err, &locked) {
			return nil, err
		}
		err = fileError("open notebook", path, err)
		offerBackup(err, first(o.Backups, BackupDir(path)))
		return nil, err
	}
	return n, nil
}

// offerBackup names the newest backup as what to do next about a damaged file.
func offerBackup(err error, dir string) {
	var fe *FileError
	if !errors.Is(err, ErrDamaged) || !errors.As(err, &fe) {
		return
	}
	list, lerr := Backups(dir)
	if lerr != nil {
		return // then there is nothing to offer
	}
	for _, b := range list {
		if checkCopy(context.Background(), b.Path) == nil {
			fe.Next = "restore the backup of " + b.At.Local().Format("2006-01-02 15:04") + ", " + b.Path
			return
		}
	}
}

// engineOptions are bbolt's. A wait of zero still needs a timeout, or bbolt
// waits for ever; one nanosecond makes it try once. The free pages are kept as a
// list: as a map they take five times as long to open.
func engineOptions(readOnly bool, wait time.Duration) *bolt.Options {
	return &bolt.Options{
		ReadOnly:     readOnly,
		Timeout:      max(wait, 1),
		FreelistType: bolt.FreelistArrayType,
		NoStatistics: true,
	}
}

func open(path string, o Options) (*Notebook, error) {
	if _, err := probeFile(path); err != nil {
		return nil, err
	}
	if !o.ReadOnly {
		// bbolt creates what is not there and cannot tell who may write.
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return nil, err
		}
		f.Close()
	}
	db, err := openEngine(path, engineOptions(o.ReadOnly, o.Wait))
	if errors.Is(err, bolterr.ErrTimeout) {
		return nil, lockedBy(path)
	}
	if err != nil {
		return nil, err
	}
	n := &Notebook{path: path, o: o, db: db}
	if err := n.begin(); err != nil {
		_ = db.Close()
		return nil, err
	}
	if !o.ReadOnly {
		removeStale(path)
		leaveNote(path, lockNote{Host: hostName(), PID: os.Getpid(), Actor: n.actor(), Since: n.now()})
		n.release = func() { removeNote(path) }
	}
	return n, nil
}

// removeStale deletes the copies that a compaction left which did not end. The
// lock is held: nobody works on them.
func removeStale(path string) {
	left, err := filepath.Glob(filepath.Join(globQuote(filepath.Dir(path)), "."+globQuote(filepath.Base(path))+".compact-*"))
	if err != nil {
		return
	}
	for _, name := range left {
		_ = os.Remove(name)
	}
}

// globQuote makes a name match itself alone.
func globQuote(name string) string {
	if filepath.Separator == '\\' {
		return name // no quoting there, and a pattern in a name matches too little
	}
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(name)
}

// openEngine opens the file with bbolt; what it does on damage becomes an error.
func openEngine(path string, o *bolt.Options) (db *bolt.DB, err error) {
	defer guardDamage(path, &err)()
	db, err = bolt.Open(path, 0o600, o)
	switch {
	case errors.Is(err, bolterr.ErrChecksum), errors.Is(err, bolterr.ErrVersionMismatch), errors.Is(err, bolterr.ErrInvalid):
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	return db, err
}

// begin checks that the file is a notebook of a format that this program knows,
// and brings an older one up to date.
func (n *Notebook) begin() error {
	var version, readable uint64
	err := n.View(func(t *Tx) error {
		if t.b.Bucket([]byte(bucketMeta)) == nil {
			return ErrNotNotebook
		}
		name, err := t.meta(metaFormat)
		if err != nil {
			return err
		}
		if name != formatName {
			return ErrNotNotebook
		}
		if version, err = t.number(metaVersion); err != nil {
			return err
		}
		if readable, err = t.number(metaReadable); err != nil {
			return err
		}
		if n.identity, err = t.meta(metaIdentity); err != nil {
			return err
		}
		seq, err := t.number(metaSequence)
		n.sequence.Store(seq)
		return err
	})
	if err != nil {
		return err
	}
	n.format = version
	switch {
	case version > formatVersion && (readable > formatVersion || !n.o.ReadOnly):
		if readable > formatVersion {
			return fmt.Errorf("%w (format %d, this program knows up to %d) and cannot be read by this one", ErrNewerFormat, version, formatVersion)
		}
		return fmt.Errorf("%w (format %d, this program writes %d)", ErrNewerFormat, version, formatVersion)
	case version == 0:
		return fmt.Errorf("%w: it has no format version", ErrDamaged)
	case version < formatVersion && !n.o.ReadOnly:
		return n.migrate(version)
	}
	return nil
}

// create makes a new notebook. It is made beside path and then given its name,
// so that no half-made file is ever found there.
func create(path string, o Options) error {
	dir := filepath.Dir(path)
	if info, err := os.Stat(dir); err != nil {
		return fmt.Errorf("the folder %s: %w", dir, unpath(err, dir))
	} else if !info.IsDir() {
		return fmt.Errorf("%s is not a folder", dir)
	}
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".new-*")
	if err != nil {
		return unwrapPath(err)
	}
	temp := f.Name()
	defer os.Remove(temp)
	if err := f.Close(); err != nil {
		return err
	}
	// bbolt initialises the empty file.
	db, err := openEngine(temp, engineOptions(false, time.Second))
	if err != nil {
		return err
	}
	n := &Notebook{path: path, o: o, db: db}
	err = db.Update(func(b *bolt.Tx) error { return n.lay(b) })
	if cerr := db.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	// Link refuses to take the place of a file that was made meanwhile; where
	// the file system knows no links, a rename must do.
	if err := os.Link(temp, path); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return nil // it is opened like any other
		}
		if err := os.Rename(temp, path); err != nil {
			return err
		}
	}
	syncDir(dir)
	return nil
}

// lay makes the buckets of a new notebook.
func (n *Notebook) lay(b *bolt.Tx) error {
	for _, name := range bucketNames() {
		if _, err := b.CreateBucketIfNotExists([]byte(name)); err != nil {
			return fmt.Errorf("bucket %s: %w", name, err)
		}
	}
	root := b.Bucket([]byte(bucketIndex))
	for name := range indexes {
		if _, err := root.CreateBucketIfNotExists([]byte(name)); err != nil {
			return fmt.Errorf("index %s: %w", name, err)
		}
	}
	now := n.now()
	id, err := ulid.New(ulid.Timestamp(now), entropy)
	if err != nil {
		return fmt.Errorf("make an identity: %w", err)
	}
	meta := b.Bucket([]byte(bucketMeta))
	for _, kv := range []struct {
		key   string
		value []byte
	}{
		{metaFormat, []byte(formatName)},
		{metaVersion, number8(formatVersion)},
		{metaReadable, number8(formatReadable)},
		{metaIdentity, []byte(id.String())},
		{metaMade, []byte(now.Format(time.RFC3339))},
	} {
		if err := meta.Put([]byte(kv.key), kv.value); err != nil {
			return err
		}
	}
	return nil
}

// bucketNames are all buckets at the top.
func bucketNames() []string {
	return append([]string{bucketMeta, bucketContent, bucketOriginal, bucketDocument, bucketRead, bucketIndex, bucketCount, bucketChange, bucketImage, bucketRecent}, kinds...)
}

// syncDir makes a new name in a folder durable. Not every system can; then the
// name may be lost with the power, the file under its old name not.
func syncDir(dir string) {
	d, err := os.Open(dir)
	if err != nil {
		return
	}
	_ = d.Sync()
	_ = d.Close()
}

// unpath takes the path off an error that already names it.
func unpath(err error, path string) error {
	var pe *fs.PathError
	if errors.As(err, &pe) && pe.Path == path {
		return pe.Err
	}
	return err
}

// unwrapPath takes the name of a temporary file off an error.
func unwrapPath(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
