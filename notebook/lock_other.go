//go:build !unix

package notebook

import "os"

// processLives says whether a process of this computer runs.
func processLives(pid int) bool {
	if pid <= 0 {
		return false
	}
	p, err := os.FindProcess(pid) // on Windows an error where there is none
	if err != nil {
		return false
	}
	_ = p.Release()
	return true
}
