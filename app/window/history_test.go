package window

import (
	"testing"

	"sourcebook/app/session"
)

func TestHistory(t *testing.T) {
	a, b, c := session.Target{Place: "a"}, session.Target{Place: "b"}, session.Target{Place: "c"}
	var h history
	if h.canBack() || h.canForward() {
		t.Fatal("an empty history leads somewhere")
	}
	h.visit(a)
	h.visit(b)
	h.visit(b)
	if got, ok := h.back(); !ok || got != a {
		t.Fatalf("back from b gave %v, %v", got, ok)
	}
	if _, ok := h.back(); ok {
		t.Fatal("there is something before the first")
	}
	if got, ok := h.forward(); !ok || got != b {
		t.Fatalf("forward gave %v, %v", got, ok)
	}
	h.back()
	h.visit(c)
	if h.canForward() {
		t.Error("a new visit keeps what lay ahead")
	}
	if got, _ := h.current(); got != c {
		t.Errorf("current is %v, want c", got)
	}
	for range 500 {
		h.visit(a)
		h.visit(b)
	}
	if len(h.places) > 200 {
		t.Errorf("%d places are kept", len(h.places))
	}
}
