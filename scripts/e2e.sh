#!/bin/sh
# Builds the window with the toolkit's thread checks and drives it under Xvfb.
set -eu
cd "$(dirname "$0")/.."
tags=x11,gles
TAGS=$tags OUT=build/e2e-sourcebook sh scripts/build.sh
CGO_ENABLED=0 LIBGL_ALWAYS_SOFTWARE=1 SOURCEBOOK_BIN="$PWD/build/e2e-sourcebook" \
	go test -count=1 -timeout 10m -tags e2e,ci,migrated_fynedo ./app/e2e/ "$@"
