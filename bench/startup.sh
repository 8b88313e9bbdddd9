#!/usr/bin/env bash
# Times whole processes, from their start to their end: how long the program takes before it
# does anything. Prints milliseconds a run: the wall clock's minimum, median and 90th percentile,
# and the mean of the processor's time, which other programs on the machine disturb least.
# "nothing" is /bin/true: what starting any process costs here, and is part of the others, too.
#
#   bench/startup.sh [RUNS]      default: 200 runs of each; needs bash 5
set -euo pipefail
export LC_ALL=C # a point in $EPOCHREALTIME
cd "$(dirname "$0")/.."
runs=${1:-200}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$work/tuikit-cli" ./cmd/tuikit-cli

repeat() { # COMMAND...: microseconds of every run, one a line
  local start end i
  for ((i = 0; i < runs; i++)); do
    start=${EPOCHREALTIME/./}
    "$@" >/dev/null 2>&1 || true # some of them are wrong on purpose
    end=${EPOCHREALTIME/./}
    echo $((end - start))
  done
}
measure() { # NAME COMMAND...
  local name=$1 cpu
  shift
  "$@" >/dev/null 2>&1 || true # from the disk into memory
  TIMEFORMAT='%U %S'
  cpu=$({ time repeat "$@" >"$work/times"; } 2>&1)
  sort -n "$work/times" | awk -v name="$name" -v cpu="$cpu" '
    { us[NR] = $1 }
    END {
      split(cpu, seconds, " ")
      printf "%-12s min %.1f  median %.1f  p90 %.1f  processor %.1f ms  (%d runs)\n", name, us[1] / 1000,
        us[int((NR + 1) / 2)] / 1000, us[int((NR * 9 + 9) / 10)] / 1000, (seconds[1] + seconds[2]) * 1000 / NR, NR }'
}

measure nothing /bin/true
measure version "$work/tuikit-cli" version
measure help "$work/tuikit-cli" --help
measure "init --help" "$work/tuikit-cli" init --help --lang zh
measure "wrong flag" "$work/tuikit-cli" status --nope
