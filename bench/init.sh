#!/usr/bin/env bash
# Times `tuikit-cli init` against the guide's own commands (npm init, npm i, cp -r), in turn,
# in one run, with a warm npm cache. Prints seconds: minimum, median and maximum of each side.
# "guide" is what the guide says; what it makes does not run, as UIKit 1.1 and later need npm
# packages that it does not install. "whole" installs those, too, and still wires nothing.
#
#   bench/init.sh [RUNS] [VERSION]      default: 9 runs of the newest UIKit
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-9}
version=${2:-latest}
case $version in
  1.*) sdk=() ;; # declared by the UIKit itself, or bundled
  *) sdk=(@tencentcloud/chat tim-upload-plugin tim-profanity-filter-plugin) ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -trimpath -ldflags '-s -w' -o "$work/tuikit-cli" ./cmd/tuikit-cli

ours() { "$work/tuikit-cli" init "$1" --yes --quiet --uikit "$version" >/dev/null; }
guide() { by_hand "$1" "@tencentcloud/chat-uikit-wechat@$version"; }
whole() { by_hand "$1" "@tencentcloud/chat-uikit-wechat@$version" "${sdk[@]}"; }
by_hand() { # FOLDER PACKAGE...
  mkdir "$1"
  (
    cd "$1"
    shift
    npm init -y >/dev/null 2>&1
    npm i "$@" >/dev/null 2>&1
    mkdir -p ./TUIKit && cp -r node_modules/@tencentcloud/chat-uikit-wechat/ ./TUIKit
  )
}
timed() { # NAME FUNCTION
  local folder start end
  folder="$work/run"
  start=$(date +%s%N)
  "$2" "$folder"
  end=$(date +%s%N)
  rm -rf "$folder"
  echo $(((end - start) / 1000000)) >>"$work/$1"
}

ours "$work/run" && rm -rf "$work/run" # warms the cache for both
whole "$work/run" && rm -rf "$work/run"
for ((i = 0; i < runs; i++)); do
  timed guide guide
  timed whole whole
  timed ours ours
done
for name in guide whole ours; do
  sort -n "$work/$name" | awk -v name="$name" '
    { ms[NR] = $1 }
    END { printf "%-6s min %.2f  median %.2f  max %.2f  (%d runs, UIKit '"$version"')\n", name, ms[1] / 1000, ms[int((NR + 1) / 2)] / 1000, ms[NR] / 1000, NR }'
done
