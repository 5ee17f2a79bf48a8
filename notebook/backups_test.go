package notebook_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"sourcebook/notebook"
)

func TestThin(t *testing.T) {
	now := time.Date(2026, 3, 18, 15, 0, 0, 0, time.UTC) // a Wednesday
	at := func(days, hour int) time.Time { return time.Date(2026, 3, 18-days, hour, 0, 0, 0, time.UTC) }
	for _, tt := range []struct {
		name  string
		times []time.Time
		keep  []time.Time
	}{
		{"none", nil, nil},
		{"all of today", []time.Time{at(0, 9), at(0, 10), at(0, 14)}, []time.Time{at(0, 14), at(0, 10), at(0, 9)}},
		{"the newest of a day of this week", []time.Time{at(1, 9), at(1, 18), at(3, 8), at(3, 9)}, []time.Time{at(1, 18), at(3, 9)}},
		{"the newest of a week of this quarter", []time.Time{at(20, 9), at(21, 9), at(30, 9)}, []time.Time{at(20, 9), at(30, 9)}},
		{"older than a quarter", []time.Time{at(0, 9), at(200, 9)}, []time.Time{at(0, 9)}},
		{"the newest of all, however old", []time.Time{at(200, 9), at(300, 9)}, []time.Time{at(200, 9)}},
		{"of a clock that ran ahead", []time.Time{at(-5, 9)}, []time.Time{at(-5, 9)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var list []notebook.BackupFile
			for _, at := range tt.times {
				list = append(list, notebook.BackupFile{At: at})
			}
			var kept []time.Time
			for _, b := range notebook.Thin(list, now) {
				if b.Why == "" {
					t.Errorf("%v has no reason", b.At)
				}
				if b.Keep {
					kept = append(kept, b.At)
				}
			}
			if !slices.EqualFunc(kept, tt.keep, time.Time.Equal) {
				t.Errorf("kept %v, want %v", kept, tt.keep)
			}
		})
	}
}

// Thinning every day keeps few, and something of every week of a quarter.
func TestThinOverTime(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	now := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	var list []notebook.BackupFile
	for range 2000 {
		now = now.Add(time.Duration(1+r.IntN(12)) * time.Hour)
		list = append(list, notebook.BackupFile{At: now})
		var kept []notebook.BackupFile
		for _, b := range notebook.Thin(list, now) {
			if b.Keep {
				kept = append(kept, b.BackupFile)
			}
		}
		list = kept
		if len(list) > 50 {
			t.Fatalf("%d are kept at %v", len(list), now)
		}
	}
	for week := range 11 {
		from, to := now.AddDate(0, 0, -7*(week+2)), now.AddDate(0, 0, -7*week)
		if !slices.ContainsFunc(list, func(b notebook.BackupFile) bool { return b.At.After(from) && b.At.Before(to) }) {
			t.Errorf("nothing is kept between %v and %v", from, to)
		}
	}
}
