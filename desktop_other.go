//go:build !ci && !linux

package main

// desktopDark is nil: the toolkit knows the desktop's colours here.
func desktopDark() func() bool { return nil }
