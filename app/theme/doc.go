// Package theme is how the window looks: one scale of type, one grid of
// spacing, and a few colours that each mean one thing, in a light and a dark
// form. Every text colour stands at 4.5:1 or better on the surfaces it is used
// on (WCAG 2.2, criterion 1.4.3); a test holds that.
package theme
