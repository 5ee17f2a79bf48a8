package search

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// The layout of a bbolt file's two meta pages, as far as it is looked at here.
const (
	metaMagic     = 0xED0CDAED
	metaAt        = 16 // bytes of a page's header
	metaPageSize  = metaAt + 8
	metaHighWater = metaAt + 40 // the number of pages in use
	metaLength    = metaAt + 64
)

// sound tells with an error where a bbolt file is too short to be opened: bbolt
// would panic on it and keep its lock.
func sound(root string) error {
	f, err := os.Open(root)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	highest := int64(0)
	for _, at := range []int64{0, 4096, 16384, 65536} { // the second page begins after one page of the system
		page := make([]byte, metaLength)
		if _, err := f.ReadAt(page, at); err != nil {
			if errors.Is(err, io.EOF) {
				continue
			}
			return err
		}
		if binary.NativeEndian.Uint32(page[metaAt:]) != metaMagic {
			continue
		}
		size := int64(binary.NativeEndian.Uint32(page[metaPageSize:]))
		highest = max(highest, size*int64(binary.NativeEndian.Uint64(page[metaHighWater:])))
	}
	if highest <= 0 {
		return fmt.Errorf("%s is no database", root)
	}
	if info.Size() < highest {
		return fmt.Errorf("%s has been cut off: %d of %d bytes", root, info.Size(), highest)
	}
	return nil
}

// unlocked tells with ErrLocked that another program has the index open. A file
// that is no database any more is as good as unlocked.
func unlocked(root string) (err error) {
	if sound(root) != nil {
		return nil
	}
	defer func() {
		if recover() != nil {
			err = nil
		}
	}()
	db, err := bbolt.Open(root, 0o600, &bbolt.Options{Timeout: 100 * time.Millisecond})
	if errors.Is(err, bolterrors.ErrTimeout) {
		return ErrLocked
	}
	if err != nil {
		return nil
	}
	return db.Close()
}
