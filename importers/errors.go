package importers

import (
	"errors"
	"fmt"
)

// Errors that callers branch on. Read wraps them in an *Error.
var (
	ErrEmpty       = errors.New("it is empty")
	ErrBinary      = errors.New("it is not text")
	ErrTooLarge    = errors.New("it is too large")
	ErrUnsupported = errors.New("this kind of file cannot be read")
	ErrEncoding    = errors.New("its characters cannot be read")
	ErrCollection  = errors.New("it holds several captures")
	ErrLimit       = errors.New("it goes beyond what is unpacked")
)

// Error says which capture could not be read, why, and what to do next.
type Error struct {
	Name string // the file, address or "the pasted text"
	Err  error
	Next string // may be empty
}

func (e *Error) Error() string {
	if e.Next == "" {
		return fmt.Sprintf("read %s: %v", e.Name, e.Err)
	}
	return fmt.Sprintf("read %s: %v; %s", e.Name, e.Err, e.Next)
}

func (e *Error) Unwrap() error { return e.Err }

func (in Input) fault(err error, next string) error {
	return &Error{Name: in.label(), Err: err, Next: next}
}
