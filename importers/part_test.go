package importers

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// boxed stands for any container: lines of text, each a part; "[" opens a box
// within and a line "!" is damage.
const formatBox format = "a box of lines"

func withBoxes(t *testing.T) {
	magics = append([]magic{{bytes: "BOX\n", format: formatBox}}, magics...)
	splitters[formatBox] = func(w *walk, in Input, depth int) error {
		for i, line := range strings.Split(string(in.Bytes), "\n")[1:] {
			if line == "!" {
				return errors.New("it is torn")
			}
			part := Input{Name: Within(in.Name, fmt.Sprint(i+1)), Bytes: []byte(line)}
			if strings.HasPrefix(line, "[") {
				part.Bytes = []byte("BOX\n" + strings.ReplaceAll(line[1:], "|", "\n"))
			}
			if err := w.file(part, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	collections[formatBox] = true
	t.Cleanup(func() {
		magics = magics[1:]
		delete(splitters, formatBox)
		delete(collections, formatBox)
	})
}

func TestReadEach(t *testing.T) {
	withBoxes(t)
	long := func(s string) string { return s + " is a line that is long enough to be read as the text of a note." }
	for _, c := range []struct{ name, bytes, want string }{
		{"one capture", long("One"), "box: One"},
		{"an empty file", "", "box: ERROR it is empty"},
		{"several in order", "BOX\n" + long("One") + "\n" + long("Two") + "\n" + long("Three"), "box > 1: One; box > 2: Two; box > 3: Three"},
		{"a bad one among them", "BOX\n" + long("One") + "\n\x00\x01\n" + long("Three"), "box > 1: One; box > 2: ERROR it is not text; box > 3: Three"},
		{"a container within", "BOX\n[" + long("One") + "|" + long("Two") + "\n" + long("Three"), "box > 1 > 1: One; box > 1 > 2: Two; box > 2: Three"},
		{"damage within costs no more than the rest of it", "BOX\n[" + long("One") + "|!|" + long("Two") + "\n" + long("Three"), "box > 1 > 1: One; box > 1: ERROR it is torn; box > 2: Three"},
		{"damage at the end", "BOX\n" + long("One") + "\n!", "box > 1: One; box: ERROR it is torn"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			err := ReadEach(context.Background(), Input{Name: "box", Bytes: []byte(c.bytes)}, func(p Part) error {
				line := p.Input.Name + ": "
				var fault *Error
				switch {
				case errors.As(p.Err, &fault):
					line += "ERROR " + fault.Err.Error()
				case p.Err != nil:
					t.Errorf("%v is no *Error", p.Err)
				default:
					line += strings.Fields(p.Document.Text)[0]
				}
				got = append(got, line)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if g := strings.Join(got, "; "); g != c.want {
				t.Errorf("got  %s\nwant %s", g, c.want)
			}
		})
	}
	t.Run("too deep", func(t *testing.T) {
		deep := Input{Name: "box", Bytes: []byte("BOX\n[x")}
		var last error
		splitters[formatBox] = func(w *walk, in Input, depth int) error { return w.file(in, depth+1) }
		if err := ReadEach(context.Background(), deep, func(p Part) error { last = p.Err; return nil }); err != nil || !errors.Is(last, ErrLimit) {
			t.Errorf("got %v and %v", err, last)
		}
	})
}

func TestReadEachEnds(t *testing.T) {
	withBoxes(t)
	many := Input{Name: "box", Bytes: []byte("BOX" + strings.Repeat("\na line of text, which is read as a note", 500))}
	enough := errors.New("enough")
	n := 0
	if err := ReadEach(context.Background(), many, func(Part) error {
		if n++; n == 7 {
			return enough
		}
		return nil
	}); !errors.Is(err, enough) || n != 7 {
		t.Errorf("got %v after %d", err, n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	n = 0
	if err := ReadEach(ctx, many, func(Part) error {
		if n++; n == 7 {
			cancel()
		}
		return nil
	}); !errors.Is(err, context.Canceled) || n > 8 {
		t.Errorf("cancelled: got %v after %d", err, n)
	}
}

func TestReadRefusesACollection(t *testing.T) {
	withBoxes(t)
	if _, err := Read(context.Background(), Input{Bytes: []byte("BOX\nx")}); !errors.Is(err, ErrCollection) {
		t.Errorf("got %v", err)
	}
}
