package claims

import (
	"fmt"
	"net/url"

	"sourcebook/app/session"

	"fyne.io/fyne/v2"
)

// OpenURL opens a web address in the browser. Addresses that are not of the web
// are refused: a captured page may link to anything.
func OpenURL(s session.Session, address string) {
	u, err := url.Parse(address)
	if err == nil && u.Scheme != "http" && u.Scheme != "https" {
		err = fmt.Errorf("%q is no web address", address)
	}
	if err == nil {
		err = fyne.CurrentApp().OpenURL(u)
	}
	if err != nil {
		s.Fail("open the address in the browser", err)
	}
}
