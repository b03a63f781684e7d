#!/bin/sh
# compile_time.sh [--all]: how long one waits for the compiler, with no compiler cache to help, in a build folder of its own.
# Writes outputs/bench/compile_time.csv and prints it. --all also builds all programs and tests anew, some minutes more.
set -eu
cd "$(dirname "$0")/.."
case ${1:-} in
  '') all= ;;
  --all) all=yes ;;
  *) echo "compile_time.sh: expected --all or nothing, found $1" >&2; exit 2 ;;
esac
export CCACHE_DISABLE=1
jobs=$(nproc 2>/dev/null || echo 2)   # as ./do builds
build=build/compile_time table=outputs/bench/compile_time.csv
mkdir -p outputs/bench build
trap 'rm -f "$table.new"' EXIT

# quietly COMMAND...: shows what it writes only when it fails
quietly() { "$@" >build/compile_time.log 2>&1 || { cat build/compile_time.log >&2; exit 1; }; }
# seconds COMMAND...: how long it takes
seconds() {
  begin=$(date +%s.%N)
  quietly "$@"
  echo "$begin $(date +%s.%N)" | awk '{ printf "%.2f", $2 - $1 }'
}
clean_build() {
  quietly ninja -C $build -j "$jobs" -t clean
  seconds ninja -C $build -j "$jobs" "$@"
}
# As after an edit: touched, since what the edit says makes no difference without a cache.
edit_to_verdict() {
  touch lib/mend/layers/dense.cpp
  seconds sh -c "ninja -C $build -j $jobs layers_dense_test && ctest --test-dir $build -R '^layers_dense_test\$' --no-tests=error"
}

# Each in a variable of its own, so that a build that fails ends the script.
rm -rf $build
configure=$(seconds cmake --preset release -B $build)
library=$(clean_build mend)
program=$(clean_build mend_program)
quietly ninja -C $build -j "$jobs" layers_dense_test
first=$(edit_to_verdict) second=$(edit_to_verdict) third=$(edit_to_verdict)
edit=$(printf '%s\n' "$first" "$second" "$third" | sort -n | sed -n 2p)
[ -z "$all" ] || everything=$(clean_build)
{
  echo 'what,seconds,budget_seconds'
  echo "configure,$configure,"
  echo "the library anew,$library,"
  echo "the library and the program anew,$program,180"
  echo "an edit of lib/mend/layers/dense.cpp to the verdict of its test (median of 3),$edit,15"
  [ -z "$all" ] || echo "everything anew,$everything,"
} >"$table.new"
mv "$table.new" "$table"
cat "$table"
