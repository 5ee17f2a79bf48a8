//go:build unix

package notebook

import (
	"errors"
	"syscall"
)

// processLives says whether a process of this computer runs.
func processLives(pid int) bool {
	if pid <= 0 {
		return false
	}
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
