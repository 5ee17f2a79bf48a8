// Package pdfium reads and draws PDF pages with PDFium, compiled to WebAssembly
// and run in a sandbox in pure Go (wazero). A faulty or hostile file can crash
// the sandbox, never the program: every document has a sandbox of its own with
// bounded memory, and a context ends it at any moment.
package pdfium

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/imports/emscripten"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

//go:embed pdfium.wasm
var wasm []byte

// Errors that callers branch on.
var (
	ErrPassword = errors.New("it is protected by a password")
	ErrDamaged  = errors.New("it is damaged or not a PDF")
	ErrCrashed  = errors.New("reading it failed inside the PDF engine")
)

// maxMemory bounds a document's sandbox, in pages of 64 KiB: 768 MiB.
const maxMemory = 12 << 10

// Engine is the compiled PDFium. It is safe for use from any goroutine.
type Engine struct {
	runtime wazero.Runtime
	module  wazero.CompiledModule
}

var shared = sync.OnceValues(func() (*Engine, error) {
	dir := ""
	if cache, err := os.UserCacheDir(); err == nil {
		dir = filepath.Join(cache, "sourcebook", "pdfium")
	}
	return New(context.Background(), dir)
})

// Shared is the engine of this process, made at the first call. The compiled
// code is kept in the user's cache, so that only the first start ever takes
// about two seconds.
func Shared() (*Engine, error) { return shared() }

// New compiles PDFium. The compiled code is kept in cacheDir, where that can be
// written; empty keeps it nowhere.
func New(ctx context.Context, cacheDir string) (*Engine, error) {
	cfg := wazero.NewRuntimeConfig().WithMemoryLimitPages(maxMemory).WithCloseOnContextDone(true)
	if cacheDir != "" {
		if cache, err := wazero.NewCompilationCacheWithDir(cacheDir); err == nil {
			cfg = cfg.WithCompilationCache(cache)
		}
	}
	r := wazero.NewRuntimeWithConfig(ctx, cfg)
	m, err := r.CompileModule(ctx, wasm)
	if err != nil {
		return nil, fmt.Errorf("start the PDF engine: %w", err)
	}
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, r); err != nil {
		return nil, fmt.Errorf("start the PDF engine: %w", err)
	}
	env := r.NewHostModuleBuilder("env")
	exporter, err := emscripten.NewFunctionExporterForModule(m)
	if err != nil {
		return nil, fmt.Errorf("start the PDF engine: %w", err)
	}
	exporter.ExportFunctions(env)
	for _, f := range m.ImportedFunctions() {
		mod, name, _ := f.Import()
		if mod == "env" && !providedByEmscripten(name) {
			env.NewFunctionBuilder().WithGoModuleFunction(hostFunction(name, len(f.ResultTypes())), f.ParamTypes(), f.ResultTypes()).Export(name)
		}
	}
	if _, err := env.Instantiate(ctx); err != nil {
		return nil, fmt.Errorf("start the PDF engine: %w", err)
	}
	return &Engine{runtime: r, module: m}, nil
}

// providedByEmscripten names what wazero's exporter brings: the invoke_
// trampolines of setjmp and the rest of its table.
func providedByEmscripten(name string) bool {
	return strings.HasPrefix(name, "invoke_") || name == "_emscripten_throw_longjmp" || name == "emscripten_notify_memory_growth"
}

// hostFunction gives the sandbox memory and a clock and nothing else: every
// system call answers ENOSYS, as on a system that does not have it.
func hostFunction(name string, results int) api.GoModuleFunc {
	switch name {
	case "emscripten_resize_heap":
		return func(_ context.Context, m api.Module, stack []uint64) {
			want, have := uint64(uint32(stack[0])), uint64(m.Memory().Size())
			stack[0] = 1
			if want > have {
				if _, ok := m.Memory().Grow(uint32((want - have + 65535) / 65536)); !ok {
					stack[0] = 0
				}
			}
		}
	case "emscripten_date_now":
		// A fixed time: nothing that is read may depend on the day.
		return func(_ context.Context, _ api.Module, stack []uint64) {
			stack[0] = api.EncodeF64(float64(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()))
		}
	case "_abort_js":
		return func(context.Context, api.Module, []uint64) { panic(ErrCrashed) }
	}
	const enosys = -52
	return func(_ context.Context, _ api.Module, stack []uint64) {
		if results > 0 {
			code := int32(enosys)
			stack[0] = uint64(uint32(code))
		}
	}
}
