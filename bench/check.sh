#!/usr/bin/env bash
# Times `tuikit-cli check` as a whole process against WeChat's own tools on the same project, the
# generated one with UIKit 2.4.5, all in turn in one run: the compiler (miniprogram-ci) and the
# dependency analyser with wcc and wcsc, as e2e/judge calls them. Then check alone on projects of
# 100, 1000 and 10000 files, with its peak of memory (from /proc, Linux only).
# Prints milliseconds: minimum, median and maximum of each side.
#
#   bench/check.sh [RUNS] [COMPILER RUNS]      default: 15 and 3
set -euo pipefail
export LC_ALL=C # a point in $EPOCHREALTIME
cd "$(dirname "$0")/.."
runs=${1:-15}
compiles=${2:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$work/tuikit-cli" ./cmd/tuikit-cli
mkdir "$work/judges"
cp e2e/package.json "$work/judges"
(cd "$work/judges" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error >/dev/null)
export JUDGE_MODULES=$work/judges
"$work/tuikit-cli" init "$work/project" --yes --quiet --uikit 2.4.5 --sdkappid 1400000000 --userid alice >/dev/null

timed() { # NAME COMMAND...
  local name=$1 start end
  shift
  start=${EPOCHREALTIME/./}
  "$@" >"$work/out" 2>&1 || { cat "$work/out"; exit 1; }
  end=${EPOCHREALTIME/./}
  echo $((end - start)) >>"$work/times.$name"
}
show() { # NAME NOTE
  sort -n "$work/times.$1" | awk -v name="$1" -v note="$2" '
    { us[NR] = $1 }
    END { printf "%-9s min %.1f  median %.1f  max %.1f ms  (%d runs%s)\n", name, us[1] / 1000, us[int((NR + 1) / 2)] / 1000, us[NR] / 1000, NR, note }'
}

for ((i = 0; i < runs; i++)); do
  timed check "$work/tuikit-cli" check "$work/project"
  timed analyser node e2e/judge/analyse.cjs "$work/project"
  if ((i < compiles)); then timed compiler node e2e/judge/compile.cjs "$work/project"; fi
done
for side in check analyser compiler; do show "$side" ", UIKit 2.4.5"; done

for count in 100 1000 10000; do
  node bench/series.mjs write "$work/series" "$count"
  for ((i = 0; i < runs; i++)); do timed "$count" "$work/tuikit-cli" check "$work/series"; done
  show "$count" " on $(find "$work/series" -type f | wc -l) files, peak $(node bench/series.mjs peak "$work/tuikit-cli" check "$work/series") MB"
  rm -rf "$work/series"
done
