package notebook

import (
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// The version of the format that this program writes, and the oldest program
// (by the version that it writes) that can still read it.
const (
	formatVersion  = 1
	formatReadable = 1
)

// migration brings a notebook from the version before to version To.
type migration struct {
	to    uint64
	what  string
	apply func(*bolt.Tx) error
}

// migrations are all there ever were, in order. They are only ever added to: a
// file of any past version must still open (testdata holds one of each).
var migrations = []migration{}

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
			if err := m.apply(b); err != nil {
				return err
			}
			return b.Bucket([]byte(bucketMeta)).Put([]byte(metaVersion), number8(m.to))
		})
		if err != nil {
			return fmt.Errorf("bring the format to %d (%s): %w", m.to, m.what, err)
		}
		from = m.to
	}
	if from != to {
		return fmt.Errorf("bring the format from %d to %d: no migration", from, to)
	}
	return nil
}
