package notebook

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"

	"os"
)

// FileError is what went wrong with a notebook file as a whole: what was
// attempted, on which file, why, and what the person can do next.
type FileError struct {
	Op   string // "open notebook", "save to notebook", "back up notebook"
	Path string
	Err  error
	Next string // what to do next, in lower case and without a full stop; may be empty
}

// Error is one line, without Next.
func (e *FileError) Error() string { return fmt.Sprintf("%s %s: %v", e.Op, e.Path, e.Err) }

func (e *FileError) Unwrap() error { return e.Err }

// fileError wraps err with what was attempted, and says what to do next for the
// causes that a person can do something about.
func fileError(op, path string, err error) error {
	if err == nil {
		return nil
	}
	var known *FileError
	if errors.As(err, &known) {
		return err
	}
	// The path is named once: os errors carry it too.
	var pe *fs.PathError
	if errors.As(err, &pe) && pe.Path == path {
		err = pe.Err
	}
	next := ""
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		next = "free some room on the disk and try again; nothing that was saved is lost"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		next = "check who may write to the file and its folder, or open it for reading only"
	case errors.Is(err, fs.ErrNotExist):
		next = "check the path, or leave out the option that says it must exist"
	case errors.Is(err, ErrPassphrase):
		next = "try again with the passphrase that it was encrypted with; without it nobody can open the file"
	case errors.Is(err, ErrDamaged):
		next = "restore the newest good backup, or run verify for a report"
	case errors.Is(err, ErrNotNotebook):
		next = "choose a notebook, a file *.sourcebook, or import this one into one"
	case errors.Is(err, ErrNewerFormat):
		next = "update Sourcebook, or open it for reading only"
	}
	return &FileError{Op: op, Path: path, Err: err, Next: next}
}

// guardDamage turns what bbolt does on a damaged page (a panic, or a fault in
// the memory map) into ErrDamaged. Use: defer guardDamage(path, &err)(). A
// panic that comes from elsewhere goes on.
func guardDamage(path string, err *error) func() {
	old := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(old)
		r := recover()
		if r == nil {
			return
		}
		if _, fault := r.(interface{ Addr() uintptr }); !fault && !raisedInEngine() {
			panic(r)
		}
		*err = &FileError{Op: "read notebook", Path: path, Err: fmt.Errorf("%w: %v", ErrDamaged, firstLine(r)),
			Next: "restore the newest good backup, or run verify for a report"}
	}
}

// raisedInEngine says whether the panic being recovered was raised by bbolt.
func raisedInEngine() bool {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		switch {
		case strings.HasPrefix(f.Function, "runtime."), strings.HasPrefix(f.Function, "runtime/"),
			strings.Contains(f.Function, "notebook.guardDamage"):
		default:
			return strings.HasPrefix(f.Function, "go.etcd.io/bbolt")
		}
		if !more {
			return false
		}
	}
}

func firstLine(v any) string {
	s, _, _ := strings.Cut(fmt.Sprint(v), "\n")
	return s
}

// hostName is this computer's name, empty where it has none.
func hostName() string {
	h, err := os.Hostname()
	if err != nil {
		return ""
	}
	return h
}
