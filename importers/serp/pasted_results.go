package serp

import "sourcebook/notebook/document"

// results reads what stands below the answer.
func (p *paste) results() {
	p.d.Finish()
	locate(p.d)
	_ = document.Related
}
