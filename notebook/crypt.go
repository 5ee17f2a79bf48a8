package notebook

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"
)

// ErrPassphrase says that what is encrypted was not opened with the right
// passphrase, or with none.
var ErrPassphrase = errors.New("the passphrase is wrong")

// Backups and archives are encrypted as age files (age-encryption.org/v1) with a
// passphrase, so that the age tool opens them too.
var encryptedHead = []byte("age-encryption.org/v1\n")

// workFactor is scrypt's, as its logarithm: about a second and 256 MiB for each
// guess. Tests set less.
var workFactor = 18

// Encrypt gives a writer that encrypts what it is given, with a passphrase. It
// must be closed; that does not close w.
func Encrypt(w io.Writer, passphrase string) (io.WriteCloser, error) {
	if passphrase == "" {
		return nil, fmt.Errorf("encrypt: an empty passphrase: %w", ErrInvalid)
	}
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	to.SetWorkFactor(workFactor)
	out, err := age.Encrypt(w, to)
	if err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	return out, nil
}

// IsEncrypted says whether the file at path is an encrypted backup or archive.
func IsEncrypted(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, fmt.Errorf("read %s: %w", path, unpath(err, path))
	}
	defer f.Close()
	return isEncrypted(f), nil
}

func isEncrypted(f io.ReaderAt) bool {
	head := make([]byte, len(encryptedHead))
	_, err := f.ReadAt(head, 0)
	return err == nil && bytes.Equal(head, encryptedHead)
}

func identity(passphrase string) (age.Identity, error) {
	if passphrase == "" {
		return nil, fmt.Errorf("%w: it is encrypted, and none was given", ErrPassphrase)
	}
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, err
	}
	id.SetMaxWorkFactor(22)
	return id, nil
}

// decryptError tells a wrong passphrase from damage.
func decryptError(err error) error {
	var no *age.NoIdentityMatchError
	if errors.As(err, &no) {
		return ErrPassphrase
	}
	return fmt.Errorf("decrypt: %w", err)
}

// decryptTo decrypts a file into w.
func decryptTo(ctx context.Context, w io.Writer, path, passphrase string) error {
	id, err := identity(passphrase)
	if err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return unpath(err, path)
	}
	defer f.Close()
	plain, err := age.Decrypt(f, id)
	if err != nil {
		return decryptError(err)
	}
	m := &meter{w: w, ctx: ctx}
	if _, err := io.Copy(m, plain); err != nil {
		if m.err != nil {
			return m.err
		}
		return fmt.Errorf("%w: it cannot be decrypted to its end: %v", ErrDamaged, err)
	}
	return nil
}

// BackupEncrypted is Backup, encrypted with a passphrase. The pages are checked
// as they are in the notebook; then what was written is decrypted and compared.
// Nothing that is not encrypted is written.
func (n *Notebook) BackupEncrypted(ctx context.Context, path, passphrase string, progress Progress) (err error) {
	fail := func(err error) error { return fileError("back up notebook to", path, err) }
	written, err := writeEncrypted(ctx, path, passphrase, func(w io.Writer) error {
		return n.View(func(t *Tx) error {
			if err := t.checkPages(ctx); err != nil {
				return err
			}
			m := &meter{w: w, ctx: ctx, total: t.b.Size(), progress: progress}
			if _, err := t.b.WriteTo(m); m.err == nil {
				return err
			}
			return m.err // bbolt keeps only its words
		})
	})
	if err != nil {
		return fail(err)
	}
	return written()
}

// checkPages checks every page of the state that t reads.
func (t *Tx) checkPages(ctx context.Context) error {
	v := &verifier{report: Report{Checked: map[string]int{}}, ctx: ctx}
	if err := v.pages(t); err != nil && !errors.Is(err, errEnough) {
		return err
	}
	if len(v.report.Faults) > 0 {
		return fmt.Errorf("%w: %s", ErrDamaged, v.report.Faults[0])
	}
	return nil
}

// writeEncrypted writes what fill gives to a file at path, encrypted, under
// another name first. The file is read back, and its content compared by hash;
// calling done gives it its name.
func writeEncrypted(ctx context.Context, path, passphrase string, fill func(io.Writer) error) (done func() error, err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".part-*")
	if err != nil {
		return nil, unwrapPath(err)
	}
	temp := f.Name()
	defer func() {
		if err != nil {
			os.Remove(temp)
		}
	}()
	in := sha256.New()
	out, err := Encrypt(f, passphrase)
	if err == nil {
		if err = fill(io.MultiWriter(in, out)); err == nil {
			err = out.Close()
		}
	}
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, unwrapPath(err)
	}
	back := sha256.New()
	if err := decryptTo(ctx, hashWriter{back}, temp, passphrase); err != nil {
		return nil, fmt.Errorf("read it back: %w", err)
	}
	if !bytes.Equal(in.Sum(nil), back.Sum(nil)) {
		return nil, fmt.Errorf("read it back: %w: it is not what was written", ErrDamaged)
	}
	return func() error {
		if err := os.Rename(temp, path); err != nil {
			os.Remove(temp)
			return fileError("write", path, err)
		}
		syncDir(dir)
		return nil
	}, nil
}

// hashWriter is a hash as a writer and nothing else.
type hashWriter struct{ h hash.Hash }

func (w hashWriter) Write(p []byte) (int, error) { return w.h.Write(p) }

// RestoreEncrypted is RestoreBackup from an encrypted backup. It is decrypted
// beside path under another name, which goes whatever happens.
func RestoreEncrypted(ctx context.Context, backup, passphrase, path string) (kept string, err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".part-*")
	if err != nil {
		return "", fileError("restore "+backup+" to notebook", path, unwrapPath(err))
	}
	temp := f.Name()
	defer os.Remove(temp)
	err = decryptTo(ctx, f, backup, passphrase)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return "", fileError("restore backup", backup, err)
	}
	return RestoreBackup(ctx, temp, path)
}
