# Sourcebook: build, run, test. `make run` and `make test` install what they need.

HEADLESS = CGO_ENABLED=0 go
TAGS = -tags ci,migrated_fynedo

.PHONY: run build cli test unit race vet staticcheck e2e cross bench bench-extract install clean

run: ## open the window on the sample notebook
	@sh scripts/run.sh

build: ## build/sourcebook, with the window
	@sh scripts/deps.sh window
	@sh scripts/build.sh

cli: ## build/sourcebook-cli, for machines without any graphics library
	@mkdir -p build
	$(HEADLESS) build $(TAGS) -o build/sourcebook-cli .

test: ## every test, the real window under Xvfb included
	@sh scripts/deps.sh test
	$(MAKE) --no-print-directory vet unit e2e

unit: ## the tests that need no display
	$(HEADLESS) test $(TAGS) ./...

vet:
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); if [ -n "$$unformatted" ]; then echo "not gofmt-ed: $$unformatted"; exit 1; fi
	$(HEADLESS) vet $(TAGS) ./...

staticcheck: ## a linter, at a pinned version
	go run honnef.co/go/tools/cmd/staticcheck@v0.7.0 $(TAGS) ./...

race: ## the packages where goroutines meet, under the race detector
	CGO_ENABLED=1 go test -race $(TAGS) ./notebook/ ./notebook/search/... ./app/intake/... ./app/finder/... ./app/cli/... ./importers/

e2e: ## the real window, driven under Xvfb
	@sh scripts/e2e.sh

cross: ## everything compiles for Windows and macOS
	GOOS=windows $(HEADLESS) build $(TAGS) -o /dev/null ./...
	GOOS=darwin $(HEADLESS) build $(TAGS) -o /dev/null ./...

bench: ## the benchmarks behind docs/benchmarks.md
	$(HEADLESS) test $(TAGS) -run '^$$' -bench . -benchtime 3x ./notebook/... ./app/widgets/reader/... ./app/library ./importers/webpage
	cd notebook/search/benchfts && $(HEADLESS) test -mod=mod $(TAGS) -run '^$$' -bench . -benchtime 1x

bench-extract: ## extraction quality and speed beside peers, where ../shared is there
	@sh scripts/bench-extract.sh

PREFIX ?= /usr/local
install: export TRIM = 1
install: build ## install the program, its icon, desktop entry and file type
	install -D build/sourcebook $(DESTDIR)$(PREFIX)/bin/sourcebook
	install -D -m 644 assets/icon/sourcebook.svg $(DESTDIR)$(PREFIX)/share/icons/hicolor/scalable/apps/sourcebook.svg
	install -D -m 644 packaging/sourcebook.desktop $(DESTDIR)$(PREFIX)/share/applications/sourcebook.desktop
	install -D -m 644 packaging/sourcebook-mime.xml $(DESTDIR)$(PREFIX)/share/mime/packages/sourcebook.xml

clean:
	rm -rf build
