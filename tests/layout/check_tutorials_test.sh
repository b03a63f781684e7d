#!/bin/sh
# Proves that check_tutorials.awk accepts a sound tutorial, and that it sees each breach in one with that one breach.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

cat >"$work/sound.cpp" <<'END'
// # Sound
//
// A lead.
//
// ## What you will see
//
// ## Shapes
//
// | symbol | meaning | shape    |
// |--------|---------|----------|
// | `x`    | images  | (N, H W) |
// | rows   | of them | a number |

#include "cli/tutorial.hpp"

void sound(cli::Tutorial& tutorial) {
  tutorial.show_shape("x", "(N, H W)", x.shape());
  tutorial.show_number(
      "rows", x.dim(0));

  // ## Run
  //
  // ```
  // build/release/tutorials/sound; echo done
  // ```
  //
  // ## If it differs
  //
  // - **One**: a.
  // - **Two**: b.
  // - **Three**: c.
  //
  // ## Exercise
  //
  // ## For the lecturer
  //
  // @lesson{10}
  //
  // ## Next
}
END

# expect WHAT TEXT SED: the tutorial, changed by the sed script, must have one breach, which contains TEXT
expect() {
  sed "$3" "$work/sound.cpp" >"$work/broken.cpp"
  if output=$(awk -f "$here/../../docs/reading_time.awk" -f "$here/check_tutorials.awk" "$work/broken.cpp"); then
    echo "not seen: $1"; failures=$((failures + 1))
  elif [ "$(printf '%s\n' "$output" | wc -l)" -ne 1 ] || ! printf '%s' "$output" | grep -qF -- "$2"; then
    printf '%s: expected one line with "%s", but got\n%s\n' "$1" "$2" "$output"; failures=$((failures + 1))
  fi
}

output=$(awk -f "$here/../../docs/reading_time.awk" -f "$here/check_tutorials.awk" "$work/sound.cpp" "$work/sound.cpp")
[ -z "$output" ] || { printf 'a sound tutorial was refused:\n%s\n' "$output"; failures=1; }

expect 'no title' 'does not begin with a title' '1s/# //'
expect 'a section missing' "has no section '## Exercise'" '/## Exercise/d'
expect 'sections in another order' "'Exercise' comes too early" '/## Exercise/d; s/## Run/## Run\n  \/\/ ## Exercise/; /## If/!b'
expect 'two mistakes' 'names 2 mistakes' '/Two/d'
expect 'no lesson' 'does not say how long to discuss' '/@lesson/d'
expect 'no table' 'has no table of shapes' '/^\/\/ |/d'
expect 'a column too many' 'has three columns' 's/| images /| images | digits /'
expect 'a shape not printed' 'call tutorial.show_shape("x", "(N, H W)", ...)' '/show_shape/d'
expect 'another shape printed' 'call tutorial.show_shape("x", "(N, H W)", ...)' 's/"(N, H W)"/"(N, D)"/'
expect 'a number not printed' 'call tutorial.show_number("rows", ...)' 's/"rows"/"columns"/'
expect 'a listing' 'broken.cpp:23: a listing in the prose is not compiled' '23s/```/```cpp/'
expect 'a statement' 'broken.cpp:24: C++ in the prose is not compiled' 's/; echo done/;/'
expect 'too long' 'takes 15.' "s/A lead\\./$(yes word | head -n 3300 | tr '\n' ' ')/"

[ $failures -eq 0 ] && echo 'each breach was seen'
exit $failures
