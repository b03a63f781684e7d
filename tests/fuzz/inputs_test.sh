#!/bin/sh
# inputs_test.sh PROGRAM: proves that a fuzz test fails for each way in which a reader can be wrong, and keeps the input.
set -u
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
mkdir regressions
failures=0

# expect HOW STATUS TEXT: what a target broken so must end with and say
expect() {
  rm -f failed-broken
  output=$(BROKEN="$1" "$program" broken 500 regressions 2>&1)
  status=$?
  if [ $status -ne "$2" ] || ! printf '%s' "$output" | grep -qF -- "$3"; then
    printf '%s: expected status %s and "%s", got %s and\n%s\n' "$1" "$2" "$3" $status "$output"
    failures=1
  fi
}

# kept: the input of the last failure is there
kept() { [ -s failed-broken ] || { echo "$1: the input was not kept"; failures=1; }; }

expect '' 0 'broken: 2 seeds, 0 regressions, 500 mutations, of which'
[ ! -e failed-broken ] || { echo 'an input was kept that did not fail'; failures=1; }
expect 'other exception' 1 'no Error'; kept 'other exception'
expect memory 1 'memory is the file'"'"'s size and 64 MB at most'; kept memory
expect crash 1 'died of a signal on mutation'; kept crash
expect promise 1 'this was to hold: a promise'; kept promise
expect 'two lines' 1 'an error is one line'; kept 'two lines'
expect 'long error' 1 'an error is short: it has 3000 bytes'; kept 'long error'
expect seed 1 'seed 1 is refused'
expect 'takes everything' 1 'expected some inputs to be taken and some to be refused'
printf 'x' >regressions/found-once
expect promise 1 'failed on regressions/found-once'
expect '' 0 '2 seeds, 1 regressions'

[ $failures -eq 0 ] && echo 'a reader that is wrong is found'
exit $failures
