#!/bin/sh
# check_promises.sh ROOT: does each promise of docs/promises.md name a test, and is each test there that it names?
# `tests/x_test.cpp: Suite.Name` is a test in a file, `tests/x.sh` a file. Prints a line for each that is missing, and
# fails when there is one.
set -u
cd "${1:?usage: check_promises.sh ROOT}" || exit 2
page=docs/promises.md

breaches=$(
  # A row of a table that is no heading and no rule.
  awk -v page="$page" '
    /^\|/ && !/^\| promise \|/ && !/^\|:?-/ {
      ++promises
      if (!/\| `tests\/[^|]*\|$/) print page ":" FNR ": a promise without a test"
    }
    END { if (promises == 0) print page ": expected promises in tables, found none" }' "$page"
  grep -no '`tests/[^`]*`' "$page" | sed 's/`//g; s/: /:/' | while IFS=: read -r line file test; do
    if [ ! -f "$file" ]; then
      echo "$page:$line: there is no $file"
    elif [ -n "$test" ]; then
      suite=${test%%.*} name=${test#*.}
      grep -qE "^TEST(_F|_P)?\($suite, $name\)" "$file" || echo "$page:$line: there is no test $test in $file"
    fi
  done
)
[ -z "$breaches" ] && exit 0
printf '%s\n' "$breaches"
exit 1
