// Package cli is Sourcebook's command line: the same work as in the window, by
// the same code, for a terminal and for scripts.
//
// Results go to standard output, progress and messages to standard error. With
// --json a command prints one JSON document (or, where its help says so, one
// object a line). Exit codes: 0 done, 1 the work found a fault, 2 wrong usage.
// An error is one line: what was attempted, on what, why, what to do next.
package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"sourcebook/notebook"
)

// The exit codes.
const (
	ExitDone  = 0
	ExitFault = 1
	ExitUsage = 2
)

// Env is what a run of the command line works with.
type Env struct {
	Args   []string // without the program's name
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	Getenv func(string) string
	Clock  func() time.Time
	// Window opens the window on the notebook at path, empty for the one that the
	// user had last; nil where this program was built without a window.
	Window func(ctx context.Context, path string) error
}

// grammar is the whole command line. The order is that of the loop: capture,
// read, claim, corroborate, compare, brief.
type grammar struct {
	Notebook string           `short:"n" name:"notebook" placeholder:"FILE" help:"The notebook file. Default: $SOURCEBOOK_NOTEBOOK, else one in your data folder."`
	JSON     bool             `name:"json" help:"Print JSON."`
	Version  kong.VersionFlag `name:"version" help:"Print the version."`

	Window        windowCmd        `cmd:"" default:"withargs" help:"Open the window (the default)."`
	Demo          demoCmd          `cmd:"" help:"Build the sample notebook and its briefing; needs no display."`
	Extract       extractCmd       `cmd:"" help:"Read a capture and print what is in it; touches no notebook."`
	Import        importCmd        `cmd:"" help:"Bring files, folders or pasted text into the notebook."`
	List          listCmd          `cmd:"" help:"List the sources."`
	Show          showCmd          `cmd:"" help:"Show a source, claim, highlight or briefing."`
	Search        searchCmd        `cmd:"" help:"Search texts, claims and notes."`
	Highlight     highlightCmd     `cmd:"" help:"Highlight a passage of a source."`
	Claim         claimCmd         `cmd:"" help:"Make and read claims."`
	Link          linkCmd          `cmd:"" help:"Attach a source link to a claim."`
	Relate        relateCmd        `cmd:"" help:"Say how one claim stands to another."`
	Impact        impactCmd        `cmd:"" help:"Show what leans on a source."`
	Origins       originsCmd       `cmd:"" help:"Show which sources of a claim trace to one origin."`
	Drift         driftCmd         `cmd:"" help:"Show what later versions of a source changed or removed of what is highlighted."`
	Dossier       dossierCmd       `cmd:"" help:"Show all that is held on a country."`
	Compare       compareCmd       `cmd:"" help:"Compare two to six countries by topic."`
	Matrix        matrixCmd        `cmd:"" help:"Count the claims that name two countries together."`
	Brief         briefCmd         `cmd:"" help:"Compose a briefing and write it as PDF, DOCX, Markdown or HTML."`
	Export        exportCmd        `cmd:"" help:"Write all that the notebook holds to one file, for keeping or for another notebook."`
	Check         checkCmd         `cmd:"" help:"Look for unsupported and ungraded claims."`
	Undo          undoCmd          `cmd:"" help:"Take the last change back."`
	Redo          redoCmd          `cmd:"" help:"Do again what was taken back."`
	Verify        verifyCmd        `cmd:"" help:"Check the notebook file."`
	Backup        backupCmd        `cmd:"" help:"Write a checked copy of the notebook, also beside an open window."`
	Restore       restoreCmd       `cmd:"" help:"Put a backup in the notebook's place; what was there is kept."`
	Compact       compactCmd       `cmd:"" help:"Give back the space that deleting has freed."`
	Reindex       reindexCmd       `cmd:"" help:"Build the search index anew."`
	FindCountries findCountriesCmd `cmd:"" help:"Find the countries that a text on standard input names."`
	FindCitations findCitationsCmd `cmd:"" help:"Find the sources that a text on standard input cites."`
	FindDates     findDatesCmd     `cmd:"" help:"Find the dates in a text on standard input."`
	FindFigures   findFiguresCmd   `cmd:"" help:"Find the figures in a text on standard input, with their measure and bounds."`
	RelateTexts   relateTextsCmd   `cmd:"" help:"Say how pairs of statements stand to each other."`
	SameOrigin    sameOriginCmd    `cmd:"" help:"Compare two captures: reprint, shared passage or independent."`
}

// Version is the program's version; the build sets it.
var Version = "0.2.0"

// run is one run: the environment and what the global flags say.
type run struct {
	Env
	ctx      context.Context
	notebook string
	json     bool
}

// usageError is wrong usage: exit 2.
type usageError struct{ msg string }

func (e usageError) Error() string { return e.msg }

func usagef(format string, a ...any) error { return usageError{fmt.Sprintf(format, a...)} }

// errFault ends a run with exit 1 after the command has said itself what is wrong.
var errFault = errors.New("fault")

// Run runs one command line and returns its exit code.
func Run(ctx context.Context, env Env) int {
	if env.Clock == nil {
		env.Clock = time.Now
	}
	out := bufio.NewWriter(env.Stdout)
	stdout := env.Stdout
	env.Stdout = out
	code := dispatch(ctx, env)
	if err := out.Flush(); err != nil && code == ExitDone {
		fmt.Fprintf(env.Stderr, "sourcebook: write the result: %v\n", err)
		code = ExitFault
	}
	env.Stdout = stdout
	return code
}

// exited carries kong's wish to exit (help, version) up the stack.
type exited int

func dispatch(ctx context.Context, env Env) (code int) {
	defer func() {
		if p := recover(); p != nil {
			e, ok := p.(exited)
			if !ok {
				panic(p)
			}
			code = int(e)
		}
	}()
	var g grammar
	parser, err := kong.New(&g,
		kong.Name("sourcebook"),
		kong.Description("A research notebook: capture, read, claim, corroborate, compare, brief."),
		kong.Vars{"version": "sourcebook " + Version},
		kong.Writers(env.Stdout, env.Stderr),
		kong.Exit(func(c int) { panic(exited(c)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
	)
	if err != nil {
		panic(err) // the grammar is a constant: a fault here is ours
	}
	kctx, err := parser.Parse(env.Args)
	if word := misspelt(parser, env.Args); err != nil && word != "" {
		err = fmt.Errorf("%q is neither a command nor a notebook", word)
	}
	if err != nil {
		fmt.Fprintf(env.Stderr, "sourcebook: %s; see sourcebook --help\n", oneLine(err))
		return ExitUsage
	}
	r := &run{Env: env, ctx: ctx, notebook: g.Notebook, json: g.JSON}
	err = kctx.Run(r)
	var usage usageError
	switch {
	case err == nil:
		return ExitDone
	case errors.As(err, &usage):
		fmt.Fprintf(env.Stderr, "sourcebook: %s\n", oneLine(err))
		return ExitUsage
	case errors.Is(err, errFault):
		return ExitFault
	default:
		fmt.Fprintf(env.Stderr, "sourcebook: %s\n", oneLine(err))
		return ExitFault
	}
}

// misspelt is the word that stands where a command should, if none is called so.
func misspelt(parser *kong.Kong, args []string) string {
	for i, a := range args {
		switch {
		case i > 0 && (args[i-1] == "-n" || args[i-1] == "--notebook"), strings.HasPrefix(a, "-"):
			continue
		case strings.HasSuffix(a, ".sourcebook"):
			return ""
		}
		for _, c := range parser.Model.Children {
			if c.Name == a {
				return ""
			}
		}
		return a
	}
	return ""
}

// oneLine is err's message without line breaks, with what to do next where the
// error knows that apart.
func oneLine(err error) string {
	msg := err.Error()
	var file *notebook.FileError
	if errors.As(err, &file) && file.Next != "" && !strings.Contains(msg, file.Next) {
		msg += "; " + file.Next
	}
	return strings.Join(strings.Fields(msg), " ")
}

// print writes v as one indented JSON document.
func (r *run) print(v any) error {
	enc := json.NewEncoder(r.Stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// printLine writes v as one line of JSON and hands it on at once, so that a
// program at the other end can go on.
func (r *run) printLine(v any) error {
	enc := json.NewEncoder(r.Stdout)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	if f, ok := r.Stdout.(interface{ Flush() error }); ok {
		return f.Flush()
	}
	return nil
}

func (r *run) printf(format string, a ...any) { fmt.Fprintf(r.Stdout, format, a...) }

// say writes a message for people to standard error.
func (r *run) say(format string, a ...any) { fmt.Fprintf(r.Stderr, format+"\n", a...) }
