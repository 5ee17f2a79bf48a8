#!/bin/sh
# make run: builds the window and opens it on the sample notebook; where there
# is no display it builds the sample and its briefing and says where they lie.
set -eu
cd "$(dirname "$0")/.."
command -v go >/dev/null 2>&1 || { echo "Sourcebook is built with Go 1.26 or newer; get it from go.dev/dl" >&2; exit 1; }

display=yes
if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
	display=no
fi
if [ $display = no ]; then
	echo "There is no display here, so the window cannot open. Building the sample notebook and its briefing instead." >&2
	mkdir -p build
	CGO_ENABLED=0 go build -tags ci,migrated_fynedo -o build/sourcebook-cli .
	exec build/sourcebook-cli demo
fi
sh scripts/deps.sh window
sh scripts/build.sh
build/sourcebook demo >build/demo.txt
cat build/demo.txt
exec build/sourcebook "$(sed -n 's/^notebook: //p' build/demo.txt)"
