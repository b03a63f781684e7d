#!/bin/sh
# Proves that compare.sh can fail: counts that are too large, and each of its other answers.
set -eu
compare=$(cd "$(dirname "$0")" && pwd)/compare.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# counts COMPILER OWN PRODUCTS ADAM: a file of counts
counts() {
  printf '# comment\ncompiler\t%s\nlibc\tglibc 2.36\nvalgrind\t3.19\nopenblas\tlibopenblas.so\nown\t%s\nproducts\t%s\n' "$1" "$2" "$3"
  printf 'function\t%s\tadam(float*, int)\nfunction\t300\tmse(float*)\n' "$4"
}
# expect WHAT STATUS TEXT COUNTS: compares $work/kept with a file of these counts
expect() {
  counts "$4" "$5" "$6" "$7" >"$work/found"
  status=0
  output=$(sh "$compare" "$work/kept" "$work/found" 2>&1) || status=$?
  if [ "$status" -ne "$2" ] || ! printf '%s' "$output" | grep -qF -- "$3"; then
    printf '%s: expected status %s and "%s", but got %s and\n%s\n' "$1" "$2" "$3" "$status" "$output"
    failures=$((failures + 1))
  fi
}

counts 'c++ 12' 1000 9000 400 >"$work/kept"
expect 'the same' 0 'own: 1000 instructions, +0.00 %' 'c++ 12' 1000 9000 400
expect 'just as many as are allowed' 0 '+5.00 %' 'c++ 12' 1050 9000 450
expect 'more of our own' 1 'own: the training got slower by more than 5 %' 'c++ 12' 1051 9000 451
expect 'the culprit' 1 '+51: adam(float*, int), from 400 to 451' 'c++ 12' 1051 9000 451
expect 'more in the products' 1 'products: the training got slower by more than 5 %' 'c++ 12' 1000 9500 400
expect 'fewer' 0 'own: the training got faster by more than 5 %' 'c++ 12' 900 9000 300
expect 'another compiler' 77 'skipped: other compiler: c++ 13, counted with c++ 12' 'c++ 13' 9999 9000 400
expect 'a count of nothing' 1 'expected a count "own" above 0' 'c++ 12' 0 9000 400
expect 'no compiler' 1 'expected a line "compiler" in both files' '' 1000 9000 400
rm "$work/kept"
expect 'no file to compare with' 1 'run ./do instructions' 'c++ 12' 1000 9000 400

[ "$failures" -eq 0 ] && echo 'each answer was right'
exit "$failures"
