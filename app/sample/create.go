package sample

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"sourcebook/notebook"
)

// New is Create with the real clock.
func New(ctx context.Context, path string) error {
	return Create(ctx, path, notebook.Options{Actor: "sample"})
}

// Create makes a new notebook at path and fills it with the sample. The file
// appears whole or not at all.
func Create(ctx context.Context, path string, o notebook.Options) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the folder of the sample notebook: %w", err)
	}
	dir, err := os.MkdirTemp(filepath.Dir(path), ".sample-*")
	if err != nil {
		return fmt.Errorf("build the sample notebook: %w", err)
	}
	defer os.RemoveAll(dir)
	staged := filepath.Join(dir, filepath.Base(path))
	nb, err := notebook.Open(staged, o)
	if err != nil {
		return err
	}
	err = Build(ctx, nb)
	if cerr := nb.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	if err := os.Rename(staged, path); err != nil {
		return fmt.Errorf("build the sample notebook: %w", err)
	}
	return nil
}
