#!/bin/sh
# checks.sh [PART...]: what takes too long for every push. Builds the project in other ways, beside build/release, and
# runs its tests there; reads it with two analysers; says which lines of the library no test runs. All parts, or those
# that are named:
#
#   clang      clang++ instead of g++, warnings as errors
#   asan       address, leak and undefined-behaviour sanitizers
#   tsan       thread sanitizer, for what has threads
#   coverage   little optimisation, the standard library's assertions, no precompiled headers; fails under 95 % of the lines
#              of lib/; the others are listed in outputs/coverage.txt
#   valgrind   a tutorial and a test without optimisation under memcheck
#   tidy       clang-tidy with the rules of .clang-tidy
#   cppcheck   cppcheck
#   shell      shellcheck of all scripts
set -eu
cd "$(dirname "$0")/.."
jobs=$(nproc 2>/dev/null || echo 2)

configure() {
  mkdir -p build
  cmake --preset "$1" >build/configure.log 2>&1 || { cat build/configure.log >&2; return 1; }
}

# build PRESET [TARGET...]
build() {
  preset=$1; shift
  configure "$preset" || return 1
  ninja -C "build/$preset" -j "$jobs" -k 0 --quiet "$@"   # all faults at once
}

# run_tests PRESET [OPTION...]: all but those that build or measure something themselves
run_tests() {
  preset=$1; shift
  # shellcheck disable=SC2086  # a command and its arguments, or nothing
  ${pinned:-} ctest --test-dir "build/$preset" --output-on-failure --no-tests=error -j "$jobs" -LE 'package|instructions|site|layout' "$@"
}

clang() { build clang && run_tests clang; }
asan() { build asan && run_tests asan; }
tsan() {
  build tsan tensor_parallel_test tensor_gemm_test tensor_memory_test training_fit_test training_fit_memory_test &&
    run_tests tsan -R '^(tensor_parallel|tensor_gemm|tensor_memory|training_fit|training_fit_memory)_test$'
}
valgrind() {
  build debug tutorial_03_dense_layer files_safetensors_test || return 1
  for program in 'tutorials/03_dense_layer --quick --out build/valgrind' tests/files_safetensors_test; do
    # shellcheck disable=SC2086  # a program and its arguments
    OPENBLAS_CORETYPE=Haswell MEND_KERNELS=openblas command valgrind --quiet --error-exitcode=1 --leak-check=full \
      --errors-for-leak-kinds=definite build/debug/$program >build/valgrind.log || { cat build/valgrind.log; return 1; }
  done
}
tidy() {
  configure debug || return 1
  find lib -name '*.cpp' ! -name gemm_kernel.cpp -print0 | xargs -0 -P "$jobs" -n 4 clang-tidy --quiet -p build/debug 2>/dev/null
}
# Its parser (2.10) takes lambdas with template parameters for a mistake, and T for a number.
cppcheck() {
  command cppcheck --quiet --std=c++20 --language=c++ --enable=warning,performance,portability --inline-suppr \
    --suppress=missingIncludeSystem --suppress=syntaxError:lib/mend/losses/terms.hpp \
    --suppress=syntaxError:lib/mend/check/diagnosis.cpp --suppress=sizeofwithnumericparameter --error-exitcode=1 -j "$jobs" -I lib lib
}
# Without the tutorials, which run much of the library and check little of it, and without the program that is killed,
# which counts nothing. Atomic counters would take five times as long: all threads of a test share one processor instead.
# What little they lose makes gcov print a negative number here and there, not of a line: those are passed over.
coverage() {
  build coverage || return 1
  find build/coverage -name '*.gcda' -delete   # what earlier runs have counted
  shares=; processor=0
  while [ "$processor" -lt "$jobs" ]; do
    (pinned="taskset -c $processor" run_tests coverage -j 1 -I "$((processor + 1)),,$jobs" \
      -E '^(tutorial_.*|cli_interrupted_test)$') & shares="$shares $!"
    processor=$((processor + 1))
  done
  passed=0
  for share in $shares; do wait "$share" || passed=1; done
  [ "$passed" = 0 ] || return 1
  mkdir -p outputs
  gcovr --root . --filter 'lib/' --exclude-throw-branches --gcov-ignore-parse-errors -j "$jobs" build/coverage \
    --txt outputs/coverage.txt --print-summary --fail-under-line 95
}
shell() { shellcheck --severity=warning ./do .ci/run && find . -name build -prune -o -name '*.sh' -exec shellcheck --severity=warning {} +; }

failed=
[ $# -gt 0 ] || set -- shell cppcheck tidy clang tsan asan coverage valgrind
for part in "$@"; do
  case $part in
    clang | asan | tsan | valgrind | tidy | cppcheck | coverage | shell) ;;
    *) echo "checks: there is no part '$part'; see tests/checks.sh" >&2; exit 2 ;;
  esac
  echo "checks: $part" >&2
  "$part" || failed="$failed $part"
done
[ -z "$failed" ] || { echo "checks: failed:$failed" >&2; exit 1; }
echo 'checks: all passed' >&2
