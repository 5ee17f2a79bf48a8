package notebook_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
)

// killEnv names the folder in which this test binary, run again, works until it
// is killed; killSeed says how.
const (
	killEnv  = "SOURCEBOOK_KILL_TEST"
	killSeed = "SOURCEBOOK_KILL_SEED"
	killOld  = "SOURCEBOOK_KILL_OLD" // a notebook of a past format, to be brought up to date over and over
)

var kills = flag.Int("kills", 6, "how often the kill test kills")

const killFile = "kill.sourcebook"

// victim imports, edits, undoes, backs up and compacts until it is killed, and
// says on standard output what has been saved.
func victim(dir string) {
	seed, _ := strconv.ParseUint(os.Getenv(killSeed), 10, 64)
	r := rand.New(rand.NewPCG(seed, 1))
	die := func(err error) {
		fmt.Println("failed", strings.ReplaceAll(err.Error(), "\n", " "))
		os.Exit(1)
	}
	if old := os.Getenv(killOld); old != "" {
		migrant(dir, old, die)
	}
	n, err := notebook.Open(filepath.Join(dir, killFile), notebook.Options{Actor: "victim"})
	if err != nil {
		die(err)
	}
	fmt.Println("open", n.Sequence())
	g := notebooktest.NewTexts(seed)
	var claims []notebook.ClaimID
	for i := 0; ; i++ {
		switch k := r.IntN(100); {
		case k < 50:
			c := g.Capture(int(seed)*100_000+i, 200)
			if _, err := n.Do(c); err != nil {
				die(err)
			}
			fmt.Println("source", c.SourceID, c.Capture.SHA256)
		case k < 60: // many at once
			var cmds []notebook.Command
			for j := range 20 {
				cmds = append(cmds, g.Capture(int(seed)*100_000+50_000+i*20+j, 100))
			}
			if _, err := n.Do(cmds...); err != nil {
				die(err)
			}
			for _, c := range cmds {
				a := c.(*notebook.AddCapture)
				fmt.Println("source", a.SourceID, a.Capture.SHA256)
			}
		case k < 75 || len(claims) == 0:
			c := &notebook.PutClaim{Claim: notebook.Claim{Statement: "version 0", Topics: []string{"trade"}}}
			if _, err := n.Do(c); err != nil {
				die(err)
			}
			claims = append(claims, c.Claim.ID)
			fmt.Println("claim", c.Claim.ID, 0)
		case k < 90:
			id := claims[r.IntN(len(claims))]
			c := &notebook.PutClaim{Claim: notebook.Claim{ID: id, Statement: fmt.Sprint("version ", i)}}
			if _, err := n.Do(c); err != nil {
				die(err)
			}
			fmt.Println("claim", id, i)
		case k < 94:
			// An edit that is undone and done again is there.
			id := claims[r.IntN(len(claims))]
			c := &notebook.PutClaim{Claim: notebook.Claim{ID: id, Statement: fmt.Sprint("version ", i)}}
			if _, err := n.Do(c); err != nil {
				die(err)
			}
			if _, err := n.Undo(); err != nil {
				die(err)
			}
			if _, err := n.Redo(); err != nil {
				die(err)
			}
			fmt.Println("claim", id, i)
		case k < 95: // the text of a source is edited
			c := g.Capture(int(seed)*100_000+90_000+i, 200)
			if _, err := n.Do(c); err != nil {
				die(err)
			}
			shorter, err := notebook.WithoutBlock(c.Document, 0, "")
			if err != nil {
				die(err)
			}
			if _, err := n.Do(&notebook.EditDocument{Capture: c.Capture.ID, Document: shorter}); err != nil {
				die(err)
			}
			fmt.Println("source", c.SourceID, c.Capture.SHA256)
		case k < 96: // an archive goes out, and comes in
			archive := filepath.Join(dir, "all.zip")
			if err := n.Archive(context.Background(), archive, "", nil); err != nil {
				die(err)
			}
			other, err := notebook.Open(filepath.Join(dir, fmt.Sprintf("archive-%d-%d.sourcebook", seed, i)), notebook.Options{})
			if err != nil {
				die(err)
			}
			if _, err := other.ReadArchive(context.Background(), archive, "", nil); err != nil {
				die(err)
			}
			other.Close()
			os.Remove(other.Path())
		case k < 97:
			if _, err := n.AutoBackup(context.Background(), "", nil); err != nil {
				die(err)
			}
			if err := n.Backup(context.Background(), filepath.Join(dir, "backup.sourcebook"), nil); err != nil {
				die(err)
			}
			fmt.Println("backup", n.Sequence())
		default:
			if _, _, err := n.Compact(context.Background()); err != nil {
				die(err)
			}
			fmt.Println("compacted", n.Sequence())
		}
	}
}

// migrant brings copies of a notebook of a past format up to date until it is
// killed. All copies but the last one are done.
func migrant(dir, old string, die func(error)) {
	raw, err := os.ReadFile(old)
	if err != nil {
		die(err)
	}
	for i := 0; ; i++ {
		path := filepath.Join(dir, fmt.Sprintf("old-%d.sourcebook", i))
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			die(err)
		}
		fmt.Println("begun", path)
		n, err := notebook.Open(path, notebook.Options{})
		if err != nil {
			die(err)
		}
		if err := n.Close(); err != nil {
			die(err)
		}
		fmt.Println("migrated", path)
	}
}

// TestKillMigration kills a program that brings notebooks up to date: each opens
// afterwards, is sound, and holds what it held.
func TestKillMigration(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	old, err := filepath.Abs(filepath.Join("testdata", "v1.sourcebook"))
	if err != nil {
		t.Fatal(err)
	}
	seed := uint64(time.Now().UnixNano())
	r := rand.New(rand.NewPCG(seed, 0))
	migrated, cut := 0, 0
	for round := range max(*kills/3, 2) {
		dir := t.TempDir()
		cmd := exec.Command(exe)
		cmd.Env = append(os.Environ(), killEnv+"="+dir, killOld+"="+old)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(20+r.IntN(250))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		var begun []string
		done := 0
		scan := bufio.NewScanner(out)
		for scan.Scan() {
			switch f := strings.Fields(scan.Text()); f[0] {
			case "begun":
				begun = append(begun, f[1])
			case "migrated":
				done++
			default:
				t.Errorf("round %d: %s", round, scan.Text())
			}
		}
		_ = cmd.Wait() // it was killed
		timer.Stop()
		migrated += done
		if len(begun) > done {
			cut++
		}
		for _, path := range begun[max(0, len(begun)-2):] {
			n, err := notebook.Open(path, notebook.Options{MustExist: true})
			if err != nil {
				t.Fatalf("round %d: open after the kill: %v", round, err)
			}
			notebooktest.Verify(t, n)
			view(t, n, func(tx *notebook.Tx) error {
				sources, err := tx.CountSources(notebook.SourceQuery{})
				if sources != 2 {
					t.Errorf("round %d: %d sources, %v", round, sources, err)
				}
				return err
			})
			list, err := n.BackupFiles("")
			if err != nil || len(list) == 0 {
				t.Errorf("round %d: the backups before the migration are %v, %v", round, list, err)
			}
			for _, b := range list {
				if _, err := notebook.CheckBackup(t.Context(), b.Path); err != nil {
					t.Errorf("round %d: %v", round, err)
				}
			}
			if err := n.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Logf("%d migrations done, %d cut short, none lost anything", migrated, cut)
}

// TestKill kills a program that works on a notebook at random moments: all that
// it had reported as saved is there, and the notebook is sound.
func TestKill(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	sources := map[notebook.SourceID]string{}
	claims := map[notebook.ClaimID]int{}
	var dir string
	reported, rounds := 0, 0
	for round := range *kills {
		if round%25 == 0 { // the file grows; a new one now and then
			dir = t.TempDir()
			clear(sources)
			clear(claims)
		}
		cmd := exec.Command(exe)
		cmd.Env = append(os.Environ(), killEnv+"="+dir, fmt.Sprintf("%s=%d", killSeed, round+1))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(30+r.IntN(1500))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		scan := bufio.NewScanner(out)
		for scan.Scan() {
			f := strings.Fields(scan.Text())
			switch {
			case len(f) == 3 && f[0] == "source" && len(f[2]) == 64:
				sources[notebook.SourceID(f[1])] = f[2]
				reported++
			case len(f) == 3 && f[0] == "claim":
				version, err := strconv.Atoi(f[2])
				if err == nil {
					claims[notebook.ClaimID(f[1])] = version
					reported++
				}
			case len(f) > 0 && f[0] == "failed":
				t.Errorf("round %d: %s", round, scan.Text())
			}
		}
		_ = cmd.Wait() // it was killed
		timer.Stop()

		path := filepath.Join(dir, killFile)
		n, err := notebook.Open(path, notebook.Options{})
		if err != nil {
			t.Fatalf("round %d: open after the kill: %v", round, err)
		}
		notebooktest.Verify(t, n)
		view(t, n, func(tx *notebook.Tx) error {
			for id, hash := range sources {
				s, err := tx.Source(id)
				if err != nil {
					return fmt.Errorf("round %d: lost: %w", round, err)
				}
				if c, err := tx.Capture(s.Current()); err != nil || c.SHA256 != hash {
					return fmt.Errorf("round %d: source %s is not as it was saved: %v", round, id, err)
				}
			}
			for id, version := range claims {
				c, err := tx.Claim(id)
				if err != nil {
					return fmt.Errorf("round %d: lost: %w", round, err)
				}
				// What was saved but not yet reported may be there too.
				if got, err := strconv.Atoi(strings.TrimPrefix(c.Statement, "version ")); err != nil || got < version {
					return fmt.Errorf("round %d: claim %s is %q, version %d was saved", round, id, c.Statement, version)
				}
			}
			return nil
		})
		if err := n.Close(); err != nil {
			t.Fatal(err)
		}
		list, err := notebook.Backups(notebook.BackupDir(path))
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range list[:min(3, len(list))] {
			if _, err := notebook.CheckBackup(t.Context(), b.Path); err != nil {
				t.Fatalf("round %d: an automatic backup: %v", round, err)
			}
		}
		backup := filepath.Join(dir, "backup.sourcebook")
		if _, err := os.Stat(backup); err == nil {
			b, err := notebook.Open(backup, notebook.Options{ReadOnly: true})
			if err != nil {
				t.Fatalf("round %d: the backup: %v", round, err)
			}
			notebooktest.Verify(t, b)
			b.Close()
		}
		if t.Failed() {
			t.Fatalf("round %d", round)
		}
		rounds++
	}
	t.Logf("%d kills, %d saved things reported, none lost", rounds, reported)
}
