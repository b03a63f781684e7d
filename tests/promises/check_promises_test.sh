#!/bin/sh
# Proves that check_promises.sh accepts promises that are tested and sees those that are not.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/docs" "$work/tests/files"
printf 'TEST(Png, Keeps) {\nTEST_P(Png, Refuses) {\n// TEST(Png, Dreams) {\n' >"$work/tests/files/png_test.cpp"
: >"$work/tests/files/x.sh"
failures=0

# expect STATUS TEXT ROW...: a page with a table of these rows
expect() {
  status=$1 text=$2; shift 2
  { echo '| promise | test |'; echo '|:--------|:-----|'; printf '%s\n' "$@"; } >"$work/docs/promises.md"
  got=0
  output=$(sh "$here/check_promises.sh" "$work") || got=$?
  if [ $got -ne "$status" ] || { [ -n "$text" ] && ! printf '%s' "$output" | grep -qF -- "$text"; }; then
    printf '%s: expected status %s and "%s", got %s and "%s"\n' "$*" "$status" "$text" $got "$output"
    failures=1
  fi
}

expect 0 '' '| A. | `tests/files/png_test.cpp: Png.Keeps` |' \
  '| B. | `tests/files/png_test.cpp: Png.Refuses`, `tests/files/x.sh` |'
expect 1 'docs/promises.md:3: a promise without a test' '| A. | |'
expect 1 'docs/promises.md:3: a promise without a test' '| A, see `tests/files/x.sh`. | soon |'
expect 1 'docs/promises.md:3: there is no tests/files/y.sh' '| A. | `tests/files/y.sh` |'
expect 1 'docs/promises.md:3: there is no test Png.Keep in' '| A. | `tests/files/png_test.cpp: Png.Keep` |'
expect 1 'docs/promises.md:3: there is no test Png.Dreams in' '| A. | `tests/files/png_test.cpp: Png.Dreams` |'
expect 1 'docs/promises.md:4: there is no test Jpg.Keeps in' '| A. | `tests/files/x.sh` |' \
  '| B. | `tests/files/x.sh`, `tests/files/png_test.cpp: Jpg.Keeps` |'
expect 1 'expected promises in tables, found none' 'Trust us.'

[ $failures -eq 0 ] && echo 'promises are held to their tests'
exit $failures
