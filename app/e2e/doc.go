// Package e2e drives the real window: the built program under an X server of
// its own, by mouse, keyboard, clipboard and dropped files, and looks at the
// notebook and the files that come out. It is built with the tag e2e; `make
// e2e` runs it. Screenshots go to build/e2e, to be looked at.
package e2e
