package country

// rules returns what a language brings to its table. A language without rules
// of its own has its names as they stand.
func rules(language string) lang {
	switch language {
	case "en":
		return english()
	}
	return lang{}
}
