package notebook

import (
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// The version of the format that this program writes, and the oldest program
// (by the version that it writes) that can still read it.
const (
	formatVersion  = 2
	formatReadable = 2
)

// migration brings a notebook from the version before to version To.
type migration struct {
	to    uint64
	what  string
	apply func(*WriteTx) error
}

// migrations are all there ever were, in order. They are only ever added to: a
// file of any past version must still open (testdata holds one of each).
var migrations = []migration{
	{2, "numbered content, the catalogue's lines, folders, saved queries and settings", toFormat2},
}

// toFormat2 makes the buckets that are new, and takes the indexes to those that
// there are now. Content stays where format 1 put it.
func toFormat2(w *WriteTx) error {
	if err := w.merge(); err != nil {
		return err
	}
	for _, name := range []string{"content", "folder", "saved", "setting"} {
		if _, err := w.b.CreateBucketIfNotExists([]byte(name)); err != nil {
			return fmt.Errorf("bucket %s: %w", name, err)
		}
	}
	root, err := w.bucket(bucketIndex)
	if err != nil {
		return err
	}
	for _, name := range []string{"source.captured", "source.title", "source.site", "source.text"} {
		if root.Bucket([]byte(name)) == nil {
			continue
		}
		if err := root.DeleteBucket([]byte(name)); err != nil {
			return fmt.Errorf("index %s: %w", name, err)
		}
	}
	for _, name := range []string{"source.line", "highlight.document", "saved.place"} {
		if _, err := root.CreateBucketIfNotExists([]byte(name)); err != nil {
			return fmt.Errorf("index %s: %w", name, err)
		}
	}
	lines := root.Bucket([]byte("source.line"))
	lines.FillPercent = 0.9 // they come in order
	for s, err := range sources.all(&w.Tx) {
		if err != nil {
			return err
		}
		if !s.Binned.IsZero() {
			continue
		}
		if err := lines.Put([]byte("\x00"+s.ID), []byte(lineValue(s))); err != nil {
			return fmt.Errorf("index source.line: %w", err)
		}
	}
	return nil
}

// migrate brings the file up to date, one transaction a migration, after a
// backup.
func (n *Notebook) migrate(from uint64) error {
	return n.migrateBy(from, formatVersion, migrations)
}

func (n *Notebook) migrateBy(from, to uint64, list []migration) error {
	if _, err := n.autoBackup("before-migration"); err != nil {
		return fmt.Errorf("back up before bringing the format from %d to %d: %w", from, to, err)
	}
	for _, m := range list {
		if m.to <= from || m.to > to {
			continue
		}
		if m.to != from+1 {
			return fmt.Errorf("bring the format from %d to %d: no migration", from, m.to)
		}
		err := n.db.Update(func(b *bolt.Tx) error {
			if err := m.apply(&WriteTx{Tx: Tx{b: b, n: n, writing: true}, now: n.now()}); err != nil {
				return err
			}
			return b.Bucket([]byte(bucketMeta)).Put([]byte(metaVersion), number8(m.to))
		})
		if err != nil {
			return fmt.Errorf("bring the format to %d (%s): %w", m.to, m.what, err)
		}
		from = m.to
		n.format = m.to
		n.recent.Store(nil)
	}
	if from != to {
		return fmt.Errorf("bring the format from %d to %d: no migration", from, to)
	}
	return nil
}
