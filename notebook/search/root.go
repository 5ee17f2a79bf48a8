package search

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"sourcebook/notebook/search/segment"
)

// RootName is the bbolt file in an index's folder that says which segments make
// up the index. It is changed in one transaction, so that the index moves from
// one state to the next at once, and its lock is that of the index.
const RootName = "root.bolt"

// The buckets and keys of the root.
var (
	bucketIndex   = []byte("index")    // the keys below
	bucketParts   = []byte("segments") // number, uint64 big-endian → what is deleted in it: a bit a document
	keyIdentity   = []byte("identity")
	keySchema     = []byte("schema")
	keyWatermark  = []byte("watermark")
	errNoSuchRoot = errors.New("the index has no root")
)

// openRoot opens the root of the index in a folder, turning the panics of a
// damaged file into errors.
func openRoot(folder string) (db *bbolt.DB, err error) {
	path := filepath.Join(folder, RootName)
	defer func() {
		if r := recover(); r != nil {
			db, err = nil, fmt.Errorf("damaged: %v", r)
		}
	}()
	if err := sound(path); err != nil {
		return nil, err
	}
	return bbolt.Open(path, 0o600, &bbolt.Options{Timeout: lockTimeout})
}

// state is what the root says.
type state struct {
	identity, schema, watermark string
	numbers                     []uint64
	deleted                     []segment.Set
}

func readState(db *bbolt.DB) (s state, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("damaged: %v", r)
		}
	}()
	err = db.View(func(tx *bbolt.Tx) error {
		b, parts := tx.Bucket(bucketIndex), tx.Bucket(bucketParts)
		if b == nil || parts == nil {
			return errNoSuchRoot
		}
		s.identity, s.schema, s.watermark = string(b.Get(keyIdentity)), string(b.Get(keySchema)), string(b.Get(keyWatermark))
		return parts.ForEach(func(k, v []byte) error {
			if len(k) != 8 || len(v)%8 != 0 {
				return fmt.Errorf("the root names a segment %x of no sound form", k)
			}
			var set segment.Set
			for ; len(v) > 0; v = v[8:] {
				set = append(set, binary.LittleEndian.Uint64(v))
			}
			s.numbers = append(s.numbers, binary.BigEndian.Uint64(k))
			s.deleted = append(s.deleted, set)
			return nil
		})
	})
	return s, err
}

// commit makes a snapshot the state of the index, with a watermark where one is
// given.
func (x *Index) commit(s *snapshot, watermark *string) error {
	return x.root.Update(func(tx *bbolt.Tx) error {
		parts := tx.Bucket(bucketParts)
		was := map[string][]byte{}
		if err := parts.ForEach(func(k, v []byte) error { was[string(k)] = v; return nil }); err != nil {
			return err
		}
		for i, p := range s.parts {
			key := binary.BigEndian.AppendUint64(nil, p.number)
			value := make([]byte, 0, 8*len(s.deleted[i]))
			for _, w := range s.deleted[i] {
				value = binary.LittleEndian.AppendUint64(value, w)
			}
			old, ok := was[string(key)]
			delete(was, string(key))
			if ok && string(old) == string(value) {
				continue
			}
			if err := parts.Put(key, value); err != nil {
				return err
			}
		}
		for k := range was {
			if err := parts.Delete([]byte(k)); err != nil {
				return err
			}
		}
		if watermark == nil {
			return nil
		}
		return tx.Bucket(bucketIndex).Put(keyWatermark, []byte(*watermark))
	})
}

// Create removes what is in the folder path, if it is an index, and begins an
// empty one. It refuses a folder that holds anything else. It gives ErrLocked
// where another program uses the index.
func Create(path, identity string) (*Index, error) {
	if err := remove(path); err != nil {
		return nil, fmt.Errorf("create the search index %s: %w", path, err)
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("create the search index: %w", err)
	}
	db, err := bbolt.Open(filepath.Join(path, RootName), 0o600, &bbolt.Options{Timeout: lockTimeout})
	if err != nil {
		return nil, fmt.Errorf("create the search index %s: %w", path, err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists(bucketIndex)
		if err != nil {
			return err
		}
		if _, err := tx.CreateBucketIfNotExists(bucketParts); err != nil {
			return err
		}
		return errors.Join(b.Put(keyIdentity, []byte(identity)), b.Put(keySchema, []byte(schema)), b.Put(keyWatermark, nil))
	})
	if err != nil {
		return nil, fmt.Errorf("create the search index %s: %w", path, errors.Join(err, db.Close()))
	}
	return newIndex(path, db, newSnapshot(nil, nil), ""), nil
}

// remove deletes an index and nothing else.
func remove(path string) error {
	entries, err := os.ReadDir(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		switch name := e.Name(); {
		case name == RootName, isPart(name):
		case name == "index_meta.json", name == "store": // of the versions before schema 4
		default:
			return fmt.Errorf("%s is no part of a search index; it is left alone", filepath.Join(path, name))
		}
	}
	for _, root := range []string{filepath.Join(path, RootName), filepath.Join(path, "store", RootName)} {
		if _, err := os.Stat(root); err == nil {
			if err := unlocked(root); err != nil {
				return err
			}
		}
	}
	return os.RemoveAll(path)
}

// isPart tells whether a file name is that of a segment.
func isPart(name string) bool {
	number, ok := strings.CutSuffix(name, SegmentExt)
	if !ok {
		return false
	}
	_, err := strconv.ParseUint(number, 10, 64)
	return err == nil
}

// sweep removes the segments that the root does not name: what a merge left
// behind that was not finished.
func sweep(path string, numbers []uint64) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return
	}
	named := map[string]bool{}
	for _, n := range numbers {
		named[filepath.Base(partPath(path, n))] = true
	}
	for _, e := range entries {
		if isPart(e.Name()) && !named[e.Name()] {
			_ = os.Remove(filepath.Join(path, e.Name()))
		}
	}
}

// isLocked tells whether bbolt gave up waiting for another program.
func isLocked(err error) bool { return errors.Is(err, bolterrors.ErrTimeout) }
