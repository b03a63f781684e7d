# shellcheck shell=sh
# What the tests of the program as a user meets it have in common; they read it by `.` from their own folder.

# begin EMPTY_FOLDER [MAKE_PICTURES]: works in there from now on, among those pictures.
begin() {
  rm -rf "$1"
  mkdir -p "$1"
  [ $# -lt 2 ] || "$2" "$1" || exit 1
  cd "$1" || exit 1
  unset MEND_DATA
  failures=0
}

fail() { echo "FAILED: $*"; failures=$((failures + 1)); }

# expect STATUS 'WORDS ON THE ERROR OUTPUT' COMMAND...: the status, the words, and no more than one line; no words, no line.
expect() {
  status=$1 words=$2
  shift 2
  "$@" >output.txt 2>error.txt
  got=$?
  [ "$got" = "$status" ] || fail "$*: exit status $got, expected $status: $(cat error.txt)"
  [ "$(wc -l <error.txt)" -le 1 ] || fail "$*: more than one line on the error output: $(cat error.txt)"
  [ -n "$words" ] || [ ! -s error.txt ] || fail "$*: on the error output: $(cat error.txt)"
  [ -z "$words" ] || grep -q -- "$words" error.txt || fail "$*: '$words' is not in: $(cat error.txt)"
}

end() {
  [ "$failures" = 0 ] && echo 'all as expected'
  exit "$failures"
}
