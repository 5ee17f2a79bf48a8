package notebook

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"
	bolt "go.etcd.io/bbolt"
)

// BackupFile is one automatic backup in a folder of them.
type BackupFile struct {
	Path   string
	At     time.Time // UTC, whole seconds
	Reason string    // "scheduled", "by-hand", "before-migration", "before-compact", "before-restore"
	Size   int64
}

const backupTime = "20060102T150405Z"

func backupName(notebook string, at time.Time, reason string) string {
	base := strings.TrimSuffix(filepath.Base(notebook), ".sourcebook")
	return base + "-" + at.UTC().Format(backupTime) + "-" + reason + ".sourcebook"
}

// Backups lists the automatic backups in dir, newest first. Where there is no
// such folder there are none.
func Backups(dir string) ([]BackupFile, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list backups: %w", err)
	}
	var out []BackupFile
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".sourcebook")
		if !ok || strings.HasPrefix(name, ".") || !e.Type().IsRegular() {
			continue
		}
		// NAME-TIME-REASON; the name may have dashes, and so may the reason.
		at, reason := time.Time{}, ""
		for rest := name; ; {
			i := strings.Index(rest, "-")
			if i < 0 {
				break
			}
			rest = rest[i+1:]
			stamp, r, ok := strings.Cut(rest, "-")
			if t, err := time.Parse(backupTime, stamp); err == nil && ok {
				at, reason = t, r
				break
			}
		}
		if at.IsZero() {
			continue // not one of ours
		}
		info, err := e.Info()
		if err != nil {
			continue // it went away
		}
		out = append(out, BackupFile{Path: filepath.Join(dir, e.Name()), At: at, Reason: reason, Size: info.Size()})
	}
	slices.SortFunc(out, func(a, b BackupFile) int { return b.At.Compare(a.At) })
	return out, nil
}

// backupsOf lists those of the notebook at path.
func backupsOf(path, dir string) ([]BackupFile, error) {
	list, err := Backups(dir)
	base := strings.TrimSuffix(filepath.Base(path), ".sourcebook")
	return slices.DeleteFunc(list, func(b BackupFile) bool {
		return filepath.Base(b.Path) != filepath.Base(backupName(base, b.At, b.Reason))
	}), err
}

// Thinned says of one backup whether it is kept, and why.
type Thinned struct {
	BackupFile
	Keep bool
	Why  string
}

// Thin decides which backups are kept at the time now: all of the day, the
// newest of each day for a week, the newest of each week for a quarter, and in
// any case the newest of all. Days and weeks are those of now's time zone.
func Thin(list []BackupFile, now time.Time) []Thinned {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b BackupFile) int { return b.At.Compare(a.At) })
	day := func(t time.Time) string { return t.In(now.Location()).Format("2006-01-02") }
	week := func(t time.Time) string {
		y, w := t.In(now.Location()).ISOWeek()
		return fmt.Sprintf("%d-W%02d", y, w)
	}
	days, weeks := map[string]bool{}, map[string]bool{}
	out := make([]Thinned, 0, len(sorted))
	for i, b := range sorted {
		t := Thinned{BackupFile: b}
		d, w := day(b.At), week(b.At)
		age := now.Sub(b.At)
		switch {
		case d == day(now) || age < 0:
			t.Keep, t.Why = true, "of today"
		case age < 7*24*time.Hour && !days[d]:
			t.Keep, t.Why = true, "the newest of "+d
		case age < 92*24*time.Hour && !weeks[w]:
			t.Keep, t.Why = true, "the newest of week "+w
		case i == 0:
			t.Keep, t.Why = true, "the newest of all"
		case age < 7*24*time.Hour:
			t.Why = "there is a newer one of " + d
		case age < 92*24*time.Hour:
			t.Why = "there is a newer one of week " + w
		default:
			t.Why = "older than a quarter"
		}
		if t.Keep {
			days[d], weeks[w] = true, true
		}
		out = append(out, t)
	}
	return out
}

// AutoBackup adds a checked backup to dir (empty: Options.Backups, or else
// BackupDir), then deletes those there that Thin does not keep. progress may be
// nil.
func (n *Notebook) AutoBackup(ctx context.Context, dir string, progress Progress) (BackupFile, error) {
	return n.addBackup(ctx, dir, "scheduled", progress)
}

func (n *Notebook) autoBackup(reason string) (BackupFile, error) {
	return n.addBackup(context.Background(), "", reason, nil)
}

func (n *Notebook) addBackup(ctx context.Context, dir, reason string, progress Progress) (BackupFile, error) {
	if dir = first(dir, n.o.Backups); dir == "" {
		dir = BackupDir(n.path)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return BackupFile{}, fileError("back up notebook to", dir, err)
	}
	removeAbandoned(dir)
	at := n.now().Truncate(time.Second)
	path := freeName(dir, n.path, &at, reason)
	if err := n.Backup(ctx, path, progress); err != nil {
		return BackupFile{}, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return BackupFile{}, fileError("back up notebook to", path, err)
	}
	made := BackupFile{Path: path, At: at, Reason: reason, Size: info.Size()}
	mine, err := backupsOf(n.path, dir)
	if err != nil {
		return made, err
	}
	for _, t := range Thin(mine, n.now()) {
		if !t.Keep && t.Path != path {
			if err := os.Remove(t.Path); err != nil {
				return made, fmt.Errorf("thin backups: %w", err)
			}
		}
	}
	return made, nil
}

// freeName gives the path of a new backup. Two within a second would have one
// name: the later one is dated a second on.
func freeName(dir, notebook string, at *time.Time, reason string) string {
	for {
		path := filepath.Join(dir, backupName(notebook, *at, reason))
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			return path
		}
		*at = at.Add(time.Second)
	}
}

// removeAbandoned deletes the backups in the making of programs that were killed:
// those that nobody has written to for a day.
func removeAbandoned(dir string) {
	left, err := filepath.Glob(filepath.Join(globQuote(dir), ".*.part-*"))
	if err != nil {
		return
	}
	for _, name := range left {
		if info, err := os.Lstat(name); err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > 24*time.Hour {
			_ = os.Remove(name)
		}
	}
}

// RestoreBackup puts a copy of a backup, which is checked first, in the place of
// the notebook at path, or makes a new one there. What was there is kept under
// the name that is returned, empty where there was nothing: a notebook that is
// sound among its backups, anything else beside. The notebook must not be open.
//
// The copy gets an identity of its own, so that a search index that has more
// than it holds is made anew.
func RestoreBackup(ctx context.Context, backup, path string) (kept string, err error) {
	fail := func(err error) (string, error) {
		return "", fileError("restore "+backup+" to notebook", path, err)
	}
	if err := checkCopy(ctx, backup); err != nil {
		return "", fileError("restore backup", backup, err)
	}
	dir := filepath.Dir(path)
	temp, err := copyFile(ctx, backup, dir, "."+filepath.Base(path)+".part-*")
	if err != nil {
		return fail(unwrapPath(err))
	}
	defer os.Remove(temp)
	if err := renewIdentity(temp); err != nil {
		return fail(err)
	}
	if err := checkCopy(ctx, temp); err != nil {
		return fail(err)
	}
	if info, err := os.Stat(path); err == nil && info.Size() > 0 {
		// Whoever has it open would go on writing into what was put aside.
		if _, err := probeFile(path); err == nil {
			db, err := openEngine(path, engineOptions(false, 0))
			switch {
			case err == nil:
				db.Close()
			case errors.Is(err, ErrDamaged):
			default:
				return "", lockedBy(path)
			}
		}
		if kept, err = placeFor(ctx, path); err != nil {
			return fail(err)
		}
		if err := os.Rename(path, kept); err != nil {
			return fail(err)
		}
	}
	if err := os.Rename(temp, path); err != nil {
		return fail(err)
	}
	syncDir(dir)
	return kept, nil
}

// placeFor gives the name under which what is at path is kept.
func placeFor(ctx context.Context, path string) (string, error) {
	if checkCopy(ctx, path) == nil {
		dir := BackupDir(path)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return "", err
		}
		at := time.Now().UTC().Truncate(time.Second)
		return freeName(dir, path, &at, "before-restore"), nil
	}
	for i := 1; ; i++ {
		name := fmt.Sprintf("%s.replaced-%d", path, i)
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name, nil
		}
	}
}

// renewIdentity gives the notebook at path, which nobody has open, another
// identity.
func renewIdentity(path string) (err error) {
	defer guardDamage(path, &err)()
	db, err := openEngine(path, engineOptions(false, 0))
	if err != nil {
		return err
	}
	err = db.Update(func(b *bolt.Tx) error {
		meta := b.Bucket([]byte(bucketMeta))
		if meta == nil || string(meta.Get([]byte(metaFormat))) != formatName {
			return ErrNotNotebook
		}
		id, err := ulid.New(ulid.Now(), entropy)
		if err != nil {
			return fmt.Errorf("make an identity: %w", err)
		}
		return meta.Put([]byte(metaIdentity), []byte(id.String()))
	})
	if cerr := db.Close(); err == nil {
		err = cerr
	}
	return err
}

// copyFile copies a file into dir under a temporary name, synced, for its owner
// alone.
func copyFile(ctx context.Context, from, dir, pattern string) (name string, err error) {
	in, err := os.Open(from)
	if err != nil {
		return "", err
	}
	defer in.Close()
	out, err := os.CreateTemp(dir, pattern)
	if err != nil {
		return "", err
	}
	defer func() {
		if cerr := out.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			os.Remove(out.Name())
		}
	}()
	// In pieces, so that it can be cancelled; io.Copy uses what the system has
	// for copying within one.
	for {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		n, err := io.CopyN(out, in, 64<<20)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", err
		}
		if n == 0 {
			break
		}
	}
	return out.Name(), out.Sync()
}
