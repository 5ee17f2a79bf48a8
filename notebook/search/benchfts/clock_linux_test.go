package benchfts

import (
	"time"

	"golang.org/x/sys/unix"
)

// processor is the time that the calling thread has had on a processor: what a
// busy machine does not change.
func processor() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		return 0
	}
	return time.Duration(t.Nano())
}
