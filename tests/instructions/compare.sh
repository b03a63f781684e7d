#!/bin/sh
# compare.sh KEPT COUNTED: fails when what was counted is more than 5 % above what is kept in the repository, and says
# which functions grew most. Ends with 77, which CTest calls skipped, when the two are from other compilers or libraries.
set -eu
LC_ALL=C; export LC_ALL
for file in "$1" "$2"; do
  [ -r "$file" ] || { echo "compare.sh: expected the counts in $file, found no such file; run ./do instructions" >&2; exit 1; }
done
awk -F'\t' -v kept="$1" '
  /^#/ { next }
  $1 == "function" { if (FILENAME == kept) before[$3] = $2; else { after[$3] = $2 }; next }
  FILENAME == kept { old[$1] = $2; next }
  { found[$1] = $2 }
  function fail(text) { print text; failed = 1 }
  # The functions that grew by at least a hundredth of what is kept, the first ones first.
  function print_growth(   name, grown, worst, shown) {
    for (shown = 0; shown < 5; ++shown) {
      worst = ""
      for (name in after) {
        grown = after[name] - before[name]
        if (grown <= old["own"] / 100 || name in told) continue
        if (worst == "" || grown > after[worst] - before[worst]) worst = name
      }
      if (worst == "") return
      told[worst] = 1
      printf "  %+d: %s, from %d to %d\n", after[worst] - before[worst], worst, before[worst], after[worst]
    }
  }
  END {
    split("compiler libc valgrind openblas", versions, " ")
    for (i = 1; i <= 4; ++i) {
      what = versions[i]
      if (old[what] == "" || found[what] == "") { fail("expected a line \"" what "\" in both files"); exit 1 }
      if (old[what] != found[what]) { print "skipped: other " what ": " found[what] ", counted with " old[what]; skipped = 1 }
    }
    if (skipped) exit 77
    split("own products", sums, " ")
    for (i = 1; i <= 2; ++i) {
      what = sums[i]
      if (old[what] <= 0 || found[what] <= 0) { fail("expected a count \"" what "\" above 0 in both files"); exit 1 }
      change = 100 * (found[what] / old[what] - 1)
      printf "%s: %d instructions, %+.2f %% of the %d that are kept\n", what, found[what], change, old[what]
      if (100 * found[what] > 105 * old[what])
        fail(what ": the training got slower by more than 5 %; where that is worth it, run ./do instructions and commit")
      else if (100 * found[what] < 95 * old[what])
        print what ": the training got faster by more than 5 %: keep it so, run ./do instructions and commit"
    }
    if (failed) print_growth()
    exit failed
  }' "$1" "$2"
