package webpage

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
)

// modelText holds the weights: see its own first lines. The program in fit
// writes it.
//
//go:embed model.txt
var modelText string

// A Forest is a sum of small decision trees over named features. Its value,
// brought to 0…1 by the logistic function, is how sure it is that a segment is
// text to keep.
type Forest struct {
	Bias  float32
	Trees []Tree
}

// A Tree asks one question a node. Node 0 is the root.
type Tree []Node

// A Node asks whether a feature is at most At, and goes to Yes or No; where
// Feature is -1 it is a leaf, whose Value is added.
type Node struct {
	Feature int32
	At      float32
	Yes, No int32
	Value   float32
}

// Value of one row of features, as a probability.
func (f *Forest) Value(row []float32) float32 {
	sum := f.Bias
	for _, t := range f.Trees {
		n := &t[0]
		for n.Feature >= 0 {
			if row[n.Feature] <= n.At {
				n = &t[n.Yes]
			} else {
				n = &t[n.No]
			}
		}
		sum += n.Value
	}
	return float32(1 / (1 + math.Exp(-float64(sum))))
}

// Model is what label.go judges by: a first forest sees each segment by itself,
// a second one also what the first thought of those around it.
type Model struct {
	First, Second Forest
	Threshold     float32 // a segment is kept from this part of the F1 to be expected
}

var model = sync.OnceValue(func() *Model {
	m, err := ParseModel(modelText)
	if err != nil {
		panic("webpage: model.txt: " + err.Error()) // a fault of the build, not of any input
	}
	return m
})

// String writes a model in the form that ParseModel reads.
func (m *Model) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "threshold %g\n", m.Threshold)
	names := FeatureNames()
	for i, f := range []*Forest{&m.First, &m.Second} {
		fmt.Fprintf(&b, "\nforest %d, starting from %.4f\n", i+1, f.Bias)
		for _, t := range f.Trees {
			b.WriteString("tree\n")
			t.write(&b, 0, 1, names)
		}
	}
	return b.String()
}

func (t Tree) write(b *strings.Builder, at int32, depth int, names []string) {
	n := t[at]
	b.WriteString(strings.Repeat(" ", depth))
	if n.Feature < 0 {
		fmt.Fprintf(b, "%+.3f\n", n.Value)
		return
	}
	fmt.Fprintf(b, "%s ≤ %s\n", names[n.Feature], strconv.FormatFloat(float64(n.At), 'g', 4, 32))
	t.write(b, n.Yes, depth+1, names)
	t.write(b, n.No, depth+1, names)
}

// ParseModel reads a model: trees in which a question is followed by the branch
// for yes and the branch for no, and a leaf is a number.
func ParseModel(text string) (*Model, error) {
	m := &Model{}
	index := map[string]int32{}
	for i, n := range FeatureNames() {
		index[n] = int32(i)
	}
	var forest *Forest
	lines := strings.Split(text, "\n")
	i := 0
	var branch func(t *Tree) (int32, error)
	branch = func(t *Tree) (int32, error) {
		if i >= len(lines) {
			return 0, fmt.Errorf("line %d: a branch is missing", i+1)
		}
		line := strings.TrimSpace(lines[i])
		i++
		at := int32(len(*t))
		name, limit, question := strings.Cut(line, " ≤ ")
		if !question {
			v, err := strconv.ParseFloat(line, 32)
			if err != nil {
				return 0, fmt.Errorf("line %d: %q is neither a question nor a number", i, line)
			}
			*t = append(*t, Node{Feature: -1, Value: float32(v)})
			return at, nil
		}
		f, ok := index[name]
		if !ok {
			return 0, fmt.Errorf("line %d: there is no feature %q", i, name)
		}
		v, err := strconv.ParseFloat(limit, 32)
		if err != nil {
			return 0, fmt.Errorf("line %d: %w", i, err)
		}
		*t = append(*t, Node{Feature: f, At: float32(v)})
		yes, err := branch(t)
		if err != nil {
			return 0, err
		}
		no, err := branch(t)
		if err != nil {
			return 0, err
		}
		(*t)[at].Yes, (*t)[at].No = yes, no
		return at, nil
	}
	for i < len(lines) {
		line := strings.TrimSpace(lines[i])
		i++
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "threshold "):
			v, err := strconv.ParseFloat(line[len("threshold "):], 32)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", i, err)
			}
			m.Threshold = float32(v)
		case strings.HasPrefix(line, "forest "):
			var number int
			var bias float64
			if _, err := fmt.Sscanf(line, "forest %d, starting from %f", &number, &bias); err != nil {
				return nil, fmt.Errorf("line %d: %w", i, err)
			}
			forest = &m.First
			if number == 2 {
				forest = &m.Second
			}
			forest.Bias = float32(bias)
		case line == "tree" && forest != nil:
			var t Tree
			if _, err := branch(&t); err != nil {
				return nil, err
			}
			forest.Trees = append(forest.Trees, t)
		default:
			return nil, fmt.Errorf("line %d: %q is not known", i, line)
		}
	}
	if len(m.First.Trees) == 0 || len(m.Second.Trees) == 0 {
		return nil, fmt.Errorf("a forest is missing")
	}
	return m, nil
}
