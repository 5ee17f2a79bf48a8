package line

import "context"

// table holds the weights of a pass: a row a feature, a column a bin, and what
// every line starts with.
type table struct {
	bias float64
	rows []row
}

type row struct {
	feature string
	weights []float32
}

// sum adds the weights of a line's bins.
func (t *table) sum(v vector) float64 {
	s := t.bias
	for f, b := range v {
		if f < len(t.rows) && int(b) < len(t.rows[f].weights) {
			s += float64(t.rows[f].weights[b])
		}
	}
	return s
}

// Score gives each line its log-odds of belonging to the article. It ends early
// only with the error of ctx.
func Score(ctx context.Context, lines []Line) ([]float64, error) {
	p := newPage(lines)
	scores := make([]float64, len(lines))
	v := make(vector, 0, len(secondFeatures))
	for i := range lines {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		scores[i] = first.sum(p.context(i, p.local(i, v[:0])))
	}
	s := newPass(p, scores)
	final := make([]float64, len(lines))
	for i := range lines {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		final[i] = second.sum(p.found(i, s, p.context(i, p.local(i, v[:0]))))
	}
	return final, nil
}

// Article says which lines belong to the article, given Score's numbers: the
// labelling with the highest sum of scores, where each change between kept and
// dropped costs. So a short line between two kept paragraphs is kept, and a long
// teaser among headlines is not.
func Article(lines []Line, scores []float64) []bool {
	return decode(lines, scores, costs)
}

// cost holds what Article weighs.
type cost struct {
	enter, leave float64 // for a change from dropped to kept, and back
	bias         float64 // added to each score
	scale        float64 // how much more a long line counts than a short one
}

func decode(lines []Line, scores []float64, c cost) []bool {
	n := len(scores)
	kept := make([]bool, n)
	if n == 0 {
		return kept
	}
	// came[i] holds, for each state of line i, the better state of the line before.
	came := make([]uint8, n)
	out, in := 0.0, -c.enter/2
	for i, s := range scores {
		gain := (s + c.bias) * (1 + c.scale*float64(min(lines[i].words, 60))/10)
		nextOut, nextIn := out, in
		came[i] = 2 // bit 0: best state before dropped; bit 1: before kept
		if in-c.leave > nextOut {
			nextOut = in - c.leave
			came[i] |= 1
		}
		if out-c.enter > nextIn {
			nextIn = out - c.enter
			came[i] &^= 2
		}
		out, in = nextOut, nextIn+gain
	}
	state := in-c.leave/2 > out
	for i := n - 1; i >= 0; i-- {
		kept[i] = state
		if state {
			state = came[i]&2 != 0
		} else {
			state = came[i]&1 != 0
		}
	}
	return kept
}
