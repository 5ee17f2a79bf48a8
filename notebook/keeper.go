package notebook

import (
	"context"
	"fmt"
	"sync"
	"time"

	"sourcebook/notebook/country"
)

// KeeperOptions says how often a Keeper backs up. The zero value is every half
// hour, beside the notebook.
type KeeperOptions struct {
	Every time.Duration // zero: half an hour; negative: only when asked to
	Dir   string        // empty: as AutoBackup
	// Done hears of each backup that was made or failed, on the Keeper's goroutine.
	Done func(BackupFile, error)
}

// Keeper backs a notebook up on a schedule, when something has changed since the
// last backup. A window has one as long as it has the notebook open. Its methods
// may be called from any goroutine.
type Keeper struct {
	n      *Notebook
	o      KeeperOptions
	cancel context.CancelFunc
	done   chan struct{}
	every  chan time.Duration

	mu   sync.Mutex // held while a backup is made
	last uint64     // the change that the last backup has
	took time.Duration
}

const (
	defaultEvery = 30 * time.Minute
	// A backup of a large notebook takes a while: no more than one part in so many
	// of the time goes to it.
	restBetween = 20
)

// Keep starts a Keeper for n. Stop it before n is closed.
func (n *Notebook) Keep(o KeeperOptions) *Keeper {
	ctx, cancel := context.WithCancel(context.Background())
	k := &Keeper{n: n, o: o, cancel: cancel, done: make(chan struct{}), every: make(chan time.Duration, 1)}
	go k.run(ctx, orDefault(o.Every))
	return k
}

func orDefault(every time.Duration) time.Duration {
	if every == 0 {
		return defaultEvery
	}
	return every
}

func (k *Keeper) run(ctx context.Context, every time.Duration) {
	defer close(k.done)
	k.mu.Lock()
	k.last = k.newest(ctx)
	k.mu.Unlock()
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		timer.Stop()
		if every > 0 {
			k.mu.Lock()
			timer.Reset(max(every, restBetween*k.took))
			k.mu.Unlock()
		}
		select {
		case <-ctx.Done():
			return
		case every = <-k.every:
			continue
		case <-timer.C:
		}
		b, made, err := k.backup(ctx, "scheduled", false, nil)
		if (made || err != nil) && k.o.Done != nil && ctx.Err() == nil {
			k.o.Done(b, err)
		}
	}
}

// newest gives the change that the newest backup of this notebook has, zero
// where there is none.
func (k *Keeper) newest(ctx context.Context) uint64 {
	list, err := k.n.BackupFiles(k.o.Dir)
	if err != nil {
		return 0 // then the next one is made in any case
	}
	for _, b := range list {
		if ctx.Err() != nil {
			break
		}
		if info, err := readBackup(b.Path); err == nil && info.Identity == k.n.Identity() {
			return info.Sequence
		}
	}
	return 0
}

// backup makes one if something has changed, or must is set.
func (k *Keeper) backup(ctx context.Context, reason string, must bool, progress Progress) (b BackupFile, made bool, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	seq := k.n.Sequence()
	if !must && seq == k.last {
		return b, false, nil
	}
	start := time.Now()
	b, err = k.n.addBackup(ctx, k.o.Dir, reason, progress)
	k.took = time.Since(start)
	if err == nil {
		k.last = seq
	}
	return b, err == nil, err
}

// Now makes a backup at once, whether or not something has changed. progress may
// be nil.
func (k *Keeper) Now(ctx context.Context, progress Progress) (BackupFile, error) {
	b, _, err := k.backup(ctx, "by-hand", true, progress)
	return b, err
}

// SetEvery changes how often a backup is made; zero and negative are as in
// KeeperOptions.
func (k *Keeper) SetEvery(every time.Duration) {
	select {
	case <-k.every: // the one before was not taken yet
	default:
	}
	select {
	case k.every <- orDefault(every):
	default:
	}
}

// Stop ends it, and waits for a backup that is being made to be given up.
func (k *Keeper) Stop() {
	k.cancel()
	<-k.done
}

// BackupFiles lists the automatic backups of this notebook in dir (empty:
// Options.Backups, or else BackupDir), newest first.
func (n *Notebook) BackupFiles(dir string) ([]BackupFile, error) {
	return backupsOf(n.path, first(dir, n.o.Backups, BackupDir(n.path)))
}

// BackupInfo is what a backup holds.
type BackupInfo struct {
	Identity  string // of the notebook that it is of
	Format    uint64
	Sequence  uint64 // the last change that it has
	Changed   time.Time
	Sources   int
	Claims    int
	Countries []country.Code // those with the most claims and sources, at most five
}

// CheckBackup checks the pages of a backup, as it was when it was made, and
// tells what it holds. It takes as long as reading the file.
func CheckBackup(ctx context.Context, path string) (BackupInfo, error) {
	if err := checkCopy(ctx, path); err != nil {
		return BackupInfo{}, fileError("check backup", path, err)
	}
	return readBackup(path)
}

// readBackup tells what a backup holds, without checking it.
func readBackup(path string) (info BackupInfo, err error) {
	n, err := Open(path, Options{ReadOnly: true, MustExist: true})
	if err != nil {
		return info, err
	}
	defer n.Close()
	info.Identity, info.Format, info.Sequence = n.identity, n.format, n.Sequence()
	err = n.View(func(t *Tx) error {
		if info.Sources, err = t.CountSources(SourceQuery{}); err != nil {
			return err
		}
		if info.Claims, err = t.CountClaims(ClaimQuery{}); err != nil {
			return err
		}
		counts, err := t.CountryCounts()
		if err != nil {
			return err
		}
		for _, c := range counts[:min(5, len(counts))] {
			info.Countries = append(info.Countries, c.Country)
		}
		if info.Sequence == 0 {
			return nil
		}
		l, err := t.logged(info.Sequence)
		info.Changed = l.At
		return err
	})
	if err != nil {
		return info, fmt.Errorf("read backup %s: %w", path, err)
	}
	return info, nil
}
