#!/bin/sh
# The project's one script: `./do help` lists what it does. Each verb can be repeated; nothing is done twice.
set -eu
cd "$(dirname "$0")"

packages='g++ cmake ninja-build ccache libxtensor-dev libxtensor-blas-dev libxsimd-dev libopenblas-dev libpng-dev
  zlib1g-dev libminizip-dev nlohmann-json3-dev libcli11-dev libgtest-dev gnuplot-nox valgrind'
bench_packages='libbenchmark-dev'
check_packages='clang clang-tidy cppcheck gcovr libclang-rt-14-dev llvm-14 shellcheck'
peers_packages='libtorch-dev libopenblas0-openmp libdlib-dev tiny-dnn libcereal-dev rapidjson-dev libgemmlowp-dev libstb-dev'
docs_packages='doxygen doxygen-awesome-css libjs-katex python3'
site_test_packages='chromium chromium-driver python3-selenium aspell aspell-en'
python_test_packages='python3-numpy python3-onnx'
fuzz_packages='clang-14 libclang-rt-14-dev llvm-14'
fashion_package='dataset-fashion-mnist'
build=build/release
jobs=-j$(nproc 2>/dev/null || echo 2)   # ninja itself starts more, which two cores and one memory take longer for

help() {
  cat <<'END'
usage: ./do VERB [OPTION...]

  run     train the two networks of the assignment and write outputs/report.html
          options go to the program: --data DIR|mnist|fashion|strokes, --out DIR, --seed N,
          --threads N, --quick, --quiet; ./do run --help explains them
  test    build everything and run all tests; options go to ctest: -R dense, -L task2
  experiment
          who restores best: every baseline and network on 22 rows of masks, five trainings each, and a verdict on
          each of the assignment's statements; a quarter of an hour on MNIST, whose results go to docs/results and
          to the pages docs/experiment.md and docs/claims.md; options as for run
  mutants plant bugs in copies of the library and demand that the tests find them; writes docs/mutants.md
          ./do mutants dense: those of one subject only, with what their tests print
  fuzz    look for bytes that break a reader (libFuzzer, tests/fuzz), 60 seconds each; what it finds goes to
          tests/fuzz/regressions and fails ./do test from then on; ./do fuzz 600: ten minutes each;
          ./do fuzz 600 png: one reader alone
  instructions
          count the instructions of a small training anew, which ./do test compares with; writes
          tests/instructions/counts.txt
  check   the checks that take too long for each push: other compiler, sanitizers, analysers, coverage; more than an hour
          ./do check asan tidy: those parts only; tests/checks.sh says which there are
  docs    build the site, build/release/docs/html/index.html, from quick runs of the tutorials on generated digits
          ./do docs --full: from full runs on the first data set that there is, in some minutes
  bench   measure everything in about five minutes, print a table, and write docs/speed.md and docs/results/speed*,
          with what the last --peers, --scale and --compile-time found
          ./do bench --quick: a minute, shows that all works, writes outputs/bench only
          ./do bench --benchmark_filter=layers/dense: options go to Google Benchmark
          ./do bench --peers: the same jobs by PyTorch, dlib and tiny-dnn, which it installs, in eight minutes
          ./do bench --scale: how time and memory grow with batch, width, images and threads; both take --quick, --help
          ./do bench --compile-time: how long the library, and one changed layer, take to compile; with --all, everything
  clean   remove build/; outputs/ and datasets/ stay
  help    this text
END
}

say() { printf 'do: %s\n' "$*" >&2; }

# install PACKAGE...: those that are missing, as root or through sudo; elsewhere says what is needed and goes on.
install() {
  if ! command -v dpkg-query >/dev/null 2>&1; then
    say "this is no Debian system: if the build fails, install what these packages hold: $*"
    return 0
  fi
  missing=
  for package in "$@"; do
    case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
      *' ok installed') ;;
      *) missing="$missing $package" ;;
    esac
  done
  [ -n "$missing" ] || return 0
  sudo=
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || { say "not root and no sudo; as root: apt-get install$missing"; return 0; }
    sudo=sudo
  fi
  say "installing$missing"
  # shellcheck disable=SC2086  # $missing is a list
  { $sudo apt-get update -qq &&
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >&2 ||
    say "could not install$missing; going on without"
}

# configure -DNAME=VALUE...: once, and again only for a value that is not the cached one.
configure() {
  fresh=$build/build.ninja
  for option in "$@"; do
    name=${option%%=*}
    grep -q "^${name#-D}:.*=${option#*=}\$" $build/CMakeCache.txt 2>/dev/null || fresh=
  done
  [ -n "$fresh" ] && [ -f "$fresh" ] && return 0
  mkdir -p build
  cmake --preset release "$@" >build/configure.log 2>&1 || { cat build/configure.log >&2; exit 1; }
}

# find_data: MNIST where the program looks for it, else fetched, else Debian's Fashion-MNIST: real images all the same.
find_data() {
  [ -z "${MEND_DATA:-}" ] || return 0
  for folder in datasets/mnist ../shared/datasets/mnist; do
    for file in "$folder"/train-images-idx3-ubyte*; do [ ! -f "$file" ] || return 0; done
  done
  command -v curl >/dev/null 2>&1 || command -v wget >/dev/null 2>&1 || install curl ca-certificates
  datasets/fetch.sh || { say 'no MNIST to be had: taking Fashion-MNIST'; install $fashion_package; }
}

# publish FOLDER: a full experiment on MNIST becomes the results that the site and the report quote.
publish() {
  grep -q '^all rows,data,MNIST,' "$1/experiment.csv" || { say "not MNIST: docs/results stays as it is"; return 0; }
  mkdir -p docs/results
  cp "$1/experiment.csv" "$1/claims.csv" docs/results/
  for figure in ratio error shape reading; do cp "$1/experiment_$figure.svg" docs/results/; done
  cp "$1/experiment.md" "$1/claims.md" docs/
  say 'docs/results, docs/experiment.md and docs/claims.md are written anew: look at the difference before you commit'
}

case " ${*:-help} " in
  ' help '* | ' --help '* | ' -h '*) help ;;
  ' run '*)
    shift
    # shellcheck disable=SC2086  # $packages is a list
    install $packages
    configure
    ninja -C $build "$jobs" --quiet mend_program >&2
    case " $* " in
      *' --help '* | *' -h '*) ;;
      *' --data fashion '* | *' --data=fashion '*) install $fashion_package ;;
      *' --data '* | *' --data='*) ;;
      *) find_data ;;
    esac
    exec $build/lib/cli/mend run "$@"
    ;;
  ' experiment '*)
    shift
    # shellcheck disable=SC2086
    install $packages
    configure
    ninja -C $build "$jobs" --quiet mend_program >&2
    case " $* " in *' --data '* | *' --data='*) ;; *) find_data ;; esac
    case " $* " in
      *' --out '* | *' --out='* | *' --help '* | *' -h '*) exec $build/lib/cli/mend claims "$@" ;;
      *' --quick '*) exec $build/lib/cli/mend claims --out outputs/experiment_quick "$@" ;;
    esac
    $build/lib/cli/mend claims --out outputs/experiment "$@"
    case " $* " in *' --data '* | *' --data='* | *' --seed '* | *' --seed='*) ;; *) publish outputs/experiment ;; esac
    ;;
  ' test '*)
    shift
    # shellcheck disable=SC2086
    install $packages $bench_packages $docs_packages $site_test_packages $python_test_packages
    if [ "${CI:-}" = true ]; then warnings=-DMEND_WARNINGS_AS_ERRORS=ON; else warnings=; fi
    docs=OFF   # where its tools are not to be had, all else is tested
    if command -v doxygen >/dev/null && [ -d /usr/share/doxygen-awesome-css ] && [ -d /usr/share/javascript/katex ]; then docs=ON; fi
    # shellcheck disable=SC2086
    configure -DMEND_BENCHMARKS=ON -DMEND_DOCS=$docs -DMEND_DOCS_FULL=OFF $warnings
    ninja -C $build "$jobs"
    exec ctest --test-dir $build --output-on-failure --no-tests=error -j "$(nproc)" "$@"
    ;;
  ' mutants '*)
    shift
    # shellcheck disable=SC2086
    install $packages
    configure
    ninja -C $build "$jobs" --quiet run_mutants >&2
    case ${1:-} in
      '' | -*) exec $build/tests/mutants/run_mutants "$@" ;;
      *) exec $build/tests/mutants/run_mutants --only "$1" ;;
    esac
    ;;
  ' fuzz '*)
    seconds=${2:-60} only=${3:-}
    case $seconds in '' | *[!0-9]*) say "expected a number of seconds, found '$seconds'"; exit 2 ;; esac
    # shellcheck disable=SC2086
    install $packages $fuzz_packages
    clang=$(command -v clang++-14 || command -v clang++) || { say 'libFuzzer needs clang++, which is not here'; exit 1; }
    mkdir -p build
    cmake --preset fuzz -DCMAKE_CXX_COMPILER="$clang" >build/configure.log 2>&1 || { cat build/configure.log >&2; exit 1; }
    ninja -C build/fuzz "$jobs" --quiet fuzzers >&2
    exec sh tests/fuzz/run_fuzzers.sh build/fuzz/tests/fuzz "$seconds" tests/fuzz/regressions "$only"
    ;;
  ' instructions '*)
    # shellcheck disable=SC2086
    install $packages
    configure
    ninja -C $build "$jobs" --quiet instructions_training >&2
    compiler=$(sed -n 's/^CMAKE_CXX_COMPILER:[A-Z]*=//p' $build/CMakeCache.txt)
    exec sh tests/instructions/count.sh $build/tests/instructions/instructions_training "$compiler" \
      tests/instructions/counts.txt
    ;;
  ' check '*)
    shift
    # shellcheck disable=SC2086
    install $packages $check_packages
    exec sh tests/checks.sh "$@"
    ;;
  ' docs '*)
    # shellcheck disable=SC2086
    install $packages $docs_packages
    case "$*" in
      docs) full=OFF ;;
      'docs --full') full=ON; find_data ;;
      *) say "unknown option; ./do help lists them"; exit 2 ;;
    esac
    configure -DMEND_DOCS=ON -DMEND_DOCS_FULL=$full
    ninja -C $build "$jobs" docs
    ;;
  ' bench --peers '*)
    shift 2
    # shellcheck disable=SC2086
    install $packages $bench_packages $peers_packages
    configure -DMEND_BENCHMARKS=ON
    cmake $build >build/configure.log 2>&1 || { cat build/configure.log >&2; exit 1; }   # packages may have come since
    ninja -C $build "$jobs" --quiet mend_peers >&2
    exec $build/bench/peers/compare_peers "$@"
    ;;
  ' bench --scale '*)
    shift 2
    # shellcheck disable=SC2086
    install $packages $bench_packages
    configure -DMEND_BENCHMARKS=ON
    ninja -C $build "$jobs" --quiet mend_scale >&2
    exec $build/bench/scale/mend_scale "$@"
    ;;
  ' bench --compile-time '*)
    shift 2
    # shellcheck disable=SC2086
    install $packages
    exec sh bench/compile_time.sh "$@"
    ;;
  ' bench '*)
    shift
    # shellcheck disable=SC2086
    install $packages $bench_packages
    configure -DMEND_BENCHMARKS=ON
    ninja -C $build "$jobs" --quiet mend_bench mend_bench_report >&2
    # This processor's kernels, not those of another that an environment names for the sake of equal bits.
    [ -n "${MEND_KEEP_OPENBLAS:-}" ] || unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
    mkdir -p outputs/bench
    docs=
    case "$*" in
      '')
        results=outputs/bench/full.json
        docs=docs
        set -- --benchmark_min_time=0.1 --benchmark_repetitions=3 --benchmark_enable_random_interleaving=true
        say 'measuring for about five minutes; what else runs now, spoils it'
        ;;
      --quick)
        results=outputs/bench/quick.json
        set -- --benchmark_min_time=0.01
        ;;
      *) results=outputs/bench/selection.json ;;
    esac
    $build/bench/mend_bench "$@" --benchmark_out=$results.part --benchmark_out_format=json >outputs/bench/log.txt 2>&1 ||
      { cat outputs/bench/log.txt >&2; exit 1; }
    mv $results.part $results
    # shellcheck disable=SC2086  # $docs is nothing or a folder
    $build/bench/mend_bench_report $results $docs
    [ -z "$docs" ] || say 'docs/speed.md and docs/results/speed* are written anew: look at the difference before you commit'
    ;;
  ' clean '*) rm -rf build ;;
  *)
    say "unknown verb '$1'; ./do help lists them"
    exit 2
    ;;
esac
