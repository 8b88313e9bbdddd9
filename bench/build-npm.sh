#!/usr/bin/env bash
# Times `tuikit-cli build-npm` against WeChat's own "build npm" (packNpm of miniprogram-ci), both as
# whole processes on the same three projects, in turn in one run, and weighs what each makes:
# UIKit 2.4.5 as init wires it in; ten components of tdesign-miniprogram and dayjs; ten of
# @vant/weapp and lodash. Both begin without any miniprogram_npm, as a fresh clone does.
# Prints milliseconds (minimum, median, maximum) and bytes. Exit code 2 when a goal is missed: at
# least 5 times faster, and at most a quarter of the bytes, both without --minify, whose row is
# for comparison.
#
#   bench/build-npm.sh [RUNS]      default: 9
set -euo pipefail
export LC_ALL=C # a point in $EPOCHREALTIME
cd "$(dirname "$0")/.."
runs=${1:-9}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$work/tuikit-cli" ./cmd/tuikit-cli
mkdir "$work/judges"
cp e2e/package.json "$work/judges"
(cd "$work/judges" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error >/dev/null)
export JUDGE_MODULES=$work/judges
node -e "require('fs').writeFileSync('$work/key', require('crypto').generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs1', format: 'pem' } }).privateKey)"

app() { # NAME COMPONENTS SCRIPT PACKAGES...: a mini program of one page
  local dir=$work/$1 components=$2 script=$3
  shift 3
  mkdir -p "$dir/pages/index"
  echo '{ "pages": ["pages/index/index"] }' >"$dir/app.json"
  echo 'App({});' >"$dir/app.js"
  echo '{ "appid": "touristappid", "compileType": "miniprogram", "setting": { "es6": true, "enhance": true } }' >"$dir/project.config.json"
  echo '{ "name": "app", "private": true }' >"$dir/package.json"
  echo "$script" >"$dir/pages/index/index.js"
  echo "{ \"usingComponents\": { $components } }" >"$dir/pages/index/index.json"
  echo '<view/>' >"$dir/pages/index/index.wxml"
  (cd "$dir" && npm install --ignore-scripts --no-audit --no-fund --loglevel=error "$@" >/dev/null)
}
components() { # PATTERN NAMES...: usingComponents, with the name in the place of every %
  local pattern=$1 list=() name
  shift
  for name; do list+=("\"c-$name\": \"${pattern//%/$name}\""); done
  (IFS=,; echo "${list[*]}")
}

"$work/tuikit-cli" init "$work/uikit" --yes --quiet --uikit 2.4.5 --sdkappid 1400000000 --userid alice >/dev/null
app tdesign "$(components tdesign-miniprogram/%/% button cell dialog icon input navbar picker popup tabs toast)" \
  "const dayjs = require('dayjs'); Page({ data: { now: dayjs().format() } });" tdesign-miniprogram@1.16.0 dayjs@1.11.23
app vant "$(components @vant/weapp/%/index button cell dialog field icon popup picker tab tabs toast)" \
  "const _ = require('lodash'); Page({ data: { chunks: _.chunk([1, 2, 3], 2) } });" @vant/weapp@1.11.7 lodash@4.18.1
projects=(uikit tdesign vant)

timed() { # NAME COMMAND...
  local name=$1 start end
  shift
  start=${EPOCHREALTIME/./}
  "$@" >"$work/out" 2>&1 || { cat "$work/out"; exit 1; }
  end=${EPOCHREALTIME/./}
  echo $((end - start)) >>"$work/times.$name"
}
median() { sort -n "$work/times.$1" | awk '{ us[NR] = $1 } END { print us[int((NR + 1) / 2)] }'; }
spread() { sort -n "$work/times.$1" | awk '{ us[NR] = $1 } END { printf "%.0f / %.0f / %.0f", us[1] / 1000, us[int((NR + 1) / 2)] / 1000, us[NR] / 1000 }'; }
weight() { # DIR [EXPRESSION OF FIND...]: bytes below its miniprogram_npm
  local dir=$1
  shift
  find "$dir" -name node_modules -prune -o -type f -path '*/miniprogram_npm/*' "$@" -printf '%s\n' | awk '{ sum += $1 } END { print sum + 0 }'
}
clear_npm() { find "$1" -name node_modules -prune -o -type d -name miniprogram_npm -prune -exec rm -rf {} +; }

for name in "${projects[@]}"; do
  for side in wechat ours minify; do cp -a "$work/$name" "$work/$name.$side"; done
done
for ((i = 0; i < runs; i++)); do
  for name in "${projects[@]}"; do
    for side in wechat ours minify; do clear_npm "$work/$name.$side"; done
    timed "$name.wechat" node bench/pack-npm.cjs "$work/$name.wechat" "$work/key"
    timed "$name.ours" "$work/tuikit-cli" build-npm "$work/$name.ours" --yes
    timed "$name.minify" "$work/tuikit-cli" build-npm "$work/$name.minify" --minify --yes
  done
done

failed=0
printf '%-8s %-7s %-22s %9s %13s\n' project side 'min / median / max ms' bytes 'without maps'
for name in "${projects[@]}"; do
  for side in wechat ours minify; do
    dir=$work/$name.$side
    printf '%-8s %-7s %-22s %9d %13d\n' "$name" "$side" "$(spread "$name.$side")" "$(weight "$dir")" "$(weight "$dir" ! -name '*.map')"
  done
  awk -v name="$name" -v us="$(median "$name.ours")" -v they="$(median "$name.wechat")" \
    -v bytes="$(weight "$work/$name.ours")" -v theirs="$(weight "$work/$name.wechat")" 'BEGIN {
    printf "%-8s %.1f times faster, %.1f %% of the bytes\n", name, they / us, 100 * bytes / theirs
    exit !(they >= 5 * us && 4 * bytes <= theirs)
  }' || failed=1
done
[ "$failed" = 0 ] || { echo 'a goal is missed: 5 times faster, a quarter of the bytes'; exit 2; }
