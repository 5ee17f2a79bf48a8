package citation

func (s *scan) mentions()                    {}
func (s *scan) labelled()                    {}
func (s *scan) footnotes()                   {}
func (s *scan) datedMention(open, close int) {}
