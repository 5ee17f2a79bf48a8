package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// passphraseFlags are the flags of commands that encrypt or decrypt.
type passphraseFlags struct {
	PassphraseFile string `placeholder:"FILE" help:"Read the passphrase from the first line of this file. Otherwise it is $SOURCEBOOK_PASSPHRASE, or asked for at the terminal."`
}

// maxPassphrase bounds a passphrase, in bytes.
const maxPassphrase = 4096

// ask gives the passphrase: from the file, the environment, or the terminal,
// where it is typed without being shown, and twice where it is a new one.
func (f passphraseFlags) ask(r *run, isNew bool) (string, error) {
	if f.PassphraseFile != "" {
		file, err := os.Open(f.PassphraseFile)
		if err != nil {
			return "", fmt.Errorf("read the passphrase from %s: %w", f.PassphraseFile, unpath(err))
		}
		defer file.Close()
		raw, err := io.ReadAll(io.LimitReader(file, maxPassphrase))
		if err != nil {
			return "", fmt.Errorf("read the passphrase from %s: %w", f.PassphraseFile, err)
		}
		line, _, _ := strings.Cut(string(raw), "\n")
		if line = strings.TrimSuffix(line, "\r"); line == "" {
			return "", fmt.Errorf("read the passphrase from %s: its first line is empty", f.PassphraseFile)
		}
		return line, nil
	}
	if p := r.Getenv("SOURCEBOOK_PASSPHRASE"); p != "" {
		return p, nil
	}
	in, ok := r.Stdin.(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) {
		return "", usagef("a passphrase is needed: set SOURCEBOOK_PASSPHRASE, name a file with --passphrase-file, or run this at a terminal")
	}
	read := func(prompt string) (string, error) {
		fmt.Fprint(r.Stderr, prompt)
		raw, err := term.ReadPassword(int(in.Fd()))
		fmt.Fprintln(r.Stderr)
		if err != nil {
			return "", fmt.Errorf("read the passphrase: %w", err)
		}
		return string(raw), nil
	}
	first, err := read("Passphrase: ")
	if err != nil {
		return "", err
	}
	if first == "" {
		return "", errors.New("read the passphrase: it is empty")
	}
	if !isNew {
		return first, nil
	}
	again, err := read("The same again: ")
	if err != nil {
		return "", err
	}
	if first != again {
		return "", errors.New("read the passphrase: the two are not the same; try again")
	}
	return first, nil
}
