package notebook

import (
	"slices"
	"strings"
)

// Publisher is who stands behind a site. Its Key is the lower-cased name or
// host that Source.Publisher, or else Source.Site, folds to (PublisherKey).
type Publisher struct {
	Key         string      `json:"key"`
	Name        string      `json:"name,omitempty"`
	Reliability Reliability `json:"reliability,omitempty"`
	Note        string      `json:"note,omitempty"`
}

var publishers = table[Publisher]{
	word: "publisher",
	key:  func(p Publisher) string { return p.Key },
}

// PublisherKey is the key of the publisher behind a source: its Publisher, or
// else its Site, folded, without "www." in front. Empty where it has neither.
func PublisherKey(s Source) string {
	return publisherKey(first(strings.TrimSpace(s.Publisher), s.Site))
}

func publisherKey(name string) string {
	return groupKey(strings.TrimPrefix(fold(name), "www."))
}

// Publisher is what is known of a publisher. One that is unknown has its key
// and zero grades, and is no error.
func (t *Tx) Publisher(key string) (Publisher, error) {
	held, err := publishers.has(t, key)
	if err != nil || !held {
		return Publisher{Key: key}, err
	}
	return publishers.get(t, key)
}

// Publishers are those of the sources held and those with a grade or note, by
// key, each with how many sources it has.
func (t *Tx) Publishers() ([]PublisherCount, error) {
	found := map[string]int{}
	var keys []string
	err := t.groups(sourceOfPublisher, func(key string, n int) {
		found[key] = n
		keys = append(keys, key)
	})
	if err != nil {
		return nil, err
	}
	for p, err := range publishers.all(t) {
		if err != nil {
			return nil, err
		}
		if _, held := found[p.Key]; !held {
			keys = append(keys, p.Key)
		}
	}
	slices.Sort(keys)
	out := make([]PublisherCount, len(keys))
	for i, key := range keys {
		p, err := t.Publisher(key)
		if err != nil {
			return nil, err
		}
		out[i] = PublisherCount{Publisher: p, Sources: found[key]}
	}
	return out, nil
}

// PublisherCount is a publisher and how many sources it has.
type PublisherCount struct {
	Publisher Publisher
	Sources   int
}

// PutPublisher saves a publisher. Key empty means that of Name.
type PutPublisher struct{ Publisher Publisher }

// Name is "grade publisher".
func (c *PutPublisher) Name() string { return "grade publisher" }

func (c *PutPublisher) folded() string { return publisherKey(first(c.Publisher.Key, c.Publisher.Name)) }

// Validate wants a key or name and a grade that exists.
func (c *PutPublisher) Validate(*Tx) error {
	if c.folded() == "" {
		return invalid("a publisher without key and name")
	}
	if !c.Publisher.Reliability.valid() {
		return invalid("reliability %q is not A to F", c.Publisher.Reliability)
	}
	return nil
}

// Apply saves the publisher.
func (c *PutPublisher) Apply(w *WriteTx) error {
	c.Publisher.Key = c.folded()
	return publishers.put(w, c.Publisher.Key, c.Publisher)
}
