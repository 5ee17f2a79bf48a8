//go:build ci

package main

import "context"

// openWindow is nil in a build without a graphics library; the window command
// says so.
var openWindow func(ctx context.Context, path string) error
