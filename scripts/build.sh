#!/bin/sh
# Builds build/sourcebook with the window. On Linux it draws through X11 (or
# XWayland) with OpenGL ES, which needs the fewest headers. TRIM=1 leaves out paths
# of this machine, for programs that are handed on; everything is compiled again then.
set -eu
cd "$(dirname "$0")/.."
tags=migrated_fynedo
[ "$(uname -s)" = Linux ] && tags=x11,gles,$tags
mkdir -p build
echo "Building the window (the first time takes a minute or two) …" >&2
CGO_ENABLED=1 go build ${TRIM:+-trimpath} -tags "${TAGS:-$tags}" -ldflags "-s -w" -o "${OUT:-build/sourcebook}" .
