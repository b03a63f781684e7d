#!/bin/sh
# Proves that check_spelling.sh reads prose, all of it, and nothing else.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# expect WHAT STATUS FILE LINE...: a tree whose FILE has these lines must be accepted (0) or refused (1)
expect() {
  what=$1 status=$2 file=$3; shift 3
  rm -rf "$work/tree"
  mkdir -p "$work/tree/docs" "$work/tree/tutorials" "$work/tree/tests/layers" "$work/tree/tests/losses" "$work/tree/lib/mend/layers"
  for each in README.md docs/a.md docs/a.md.in docs/topics.dox tutorials/01_a.cpp tests/layers/a_test.cpp \
              tests/losses/a_test.cpp lib/mend/layers/a.hpp; do : >"$work/tree/$each"; done
  printf '%s\n' "$@" >"$work/tree/$file"
  got=0
  sh "$here/check_spelling.sh" "$work/tree" >"$work/said" 2>&1 || got=$?
  [ "$got" -eq "$status" ] || { echo "$what: expected status $status, got $got"; cat "$work/said"; failures=1; }
}

expect 'British English' 0 README.md 'The colour of a neighbour.'
expect 'American English' 1 README.md 'The color of a neighbor.'
expect 'a slip in a page' 1 docs/a.md 'A prrof.'
expect 'a slip in a tutorial' 1 tutorials/01_a.cpp '// A prrof.' 'int prrof;'
expect 'a slip in a proof' 1 tests/losses/a_test.cpp '// A prrof.'
expect 'a slip in a header' 1 lib/mend/layers/a.hpp 'int proof;  ///< A prrof.'
expect 'a slip after a listing' 1 README.md '```sh' 'lss' '```' 'A prrof.'
expect 'a slip after a formula' 1 docs/a.md '\f[' 'xx = yy' '\f]' 'A prrof.'
expect 'code' 0 tutorials/01_a.cpp 'int prrof;' '// A `prrof` and \f$ prrof \f$, @ref prrof_prrof, mend::Prrof, prrof().' \
  '// ```' '// prrof' '// ```'
expect 'a word of the field' 0 README.md 'An autoencoder.'

[ "$failures" -eq 0 ] && echo 'prose is read'
exit "$failures"
