#!/bin/sh
# Scores extraction on pages with ground truth, the product beside peers in one
# run. The pages are not part of the project: without them it says so and stops.
set -eu
cd "$(dirname "$0")/.."
corpus=${CORPUS:-../shared/corpus}
if [ ! -d "$corpus/extract" ] || [ ! -d "$corpus/extract-bench" ]; then
	echo "bench-extract: no pages at $corpus; skipped" >&2
	exit 0
fi
work=build/bench-extract
mkdir -p "$work/pages"
for a in dev dev-ext paste-dev serp-dev; do
	[ -d "$work/pages/$a" ] || tar xzf "$corpus/extract/$a.tar.gz" -C "$work/pages"
done
[ -d "$work/bench" ] || { cp -R "$corpus/extract-bench" "$work/bench"; chmod -R u+w "$work/bench"; }
(cd "$work/bench" && go build -o ../score .)
(cd "$work/bench/peers" && go build -o ../../peers .)
CGO_ENABLED=0 go build -o "$work/webpage" ./importers/webpage/benchextract
CGO_ENABLED=0 go build -o "$work/pastedtext" ./importers/pastedtext/benchextract
cd "$work"
for who in "sourcebook ./webpage" "go-trafilatura ./peers -x trafilatura" "readeck ./peers -x readeck"; do
	name=${who%% *}
	cmd=${who#* }
	echo "== $name"
	./score -dir pages/dev -dir pages/dev-ext -name "$name" -batch-cmd "env GOMAXPROCS=1 $cmd" -out "$name.json" || echo "($name gave no result)"
done
echo "== sourcebook, pasted text"
./score -dir pages/paste-dev -name pasted -batch-cmd "env GOMAXPROCS=1 ./pastedtext" -out pasted.json
