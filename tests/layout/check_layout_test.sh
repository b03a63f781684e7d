#!/bin/sh
# Proves that check_layout.sh accepts a sound tree, and that it sees each breach on a tree with that one breach.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# file PATH [LINE]...: writes a file of these lines into the tree
file() {
  path=$work/tree/$1; shift
  mkdir -p "$(dirname "$path")"
  [ $# -eq 0 ] || printf '%s\n' "$@" >"$path"
  touch "$path"
}

# A small tree without breaches that has one case of everything that is allowed.
sound_tree() {
  rm -rf "$work/tree"
  file .gitignore '/build/' '/outputs/'
  file build/anything.txt
  for entry in README.md LICENSE CMakePresets.json 'do' CMakeLists.txt cmake/x.cmake docs/x.md datasets/README.md \
               tutorials/01_x.cpp; do file "$entry"; done
  file lib/mend/tensor/gemm.hpp '#pragma once' '#include <vector>  // not "quoted"'
  file lib/mend/tensor/gemm.cpp '#include "mend/tensor/gemm.hpp"' '#include <xtensor-blas/xblas.hpp>'
  file lib/mend/tensor/xt.hpp '#include <xtensor/xadapt.hpp>'
  file lib/mend/layers/layer.hpp '#include "mend/tensor/gemm.hpp"'
  file lib/mend/losses/mse.hpp '#include "mend/layers/layer.hpp"'
  file lib/mend/baselines/pca.hpp '#include "mend/tensor/gemm.hpp"'
  file lib/mend/baselines/pca.cpp '#include "mend/baselines/pca.hpp"' '#include <xtensor-blas/xlinalg.hpp>'
  file lib/mend/models/on_pca.hpp '#include "mend/baselines/pca.hpp"'
  file lib/mend/files/png.hpp '#include "mend/tensor/gemm.hpp"'
  file lib/mend/figures/chart.hpp '#include "mend/files/png.hpp"'
  file lib/cli/tutorial.hpp '#include "mend/figures/chart.hpp"'
  file tests/tensor/gemm_test.cpp
  file tests/tensor/gemm_memory_test.cpp
  file tests/baselines/pca_test.cpp
  file tests/cli/tutorial_test.cpp
  file bench/tensor/gemm_bench.cpp
  file bench/machine/fma_bench.cpp
  file bench/steps/adam_bench.cpp
  file bench/report/page.hpp
  file tests/bench/report/page_test.cpp
}

# expect WHAT TEXT: the checker must fail on the tree as it stands, with one breach, which contains TEXT
expect() {
  if output=$(sh "$here/check_layout.sh" "$work/tree" 2>&1); then
    echo "not seen: $1"; failures=$((failures + 1))
  elif [ "$(printf '%s\n' "$output" | wc -l)" -ne 1 ] || ! printf '%s' "$output" | grep -qF -- "$2"; then
    printf '%s: expected one line with "%s", but got\n%s\n' "$1" "$2" "$output"; failures=$((failures + 1))
  fi
  sound_tree
}

sound_tree
if ! output=$(sh "$here/check_layout.sh" "$work/tree" 2>&1); then
  printf 'a sound tree was refused:\n%s\n' "$output"; failures=1
fi

file notes.txt
expect 'a stray file' 'notes.txt: does not belong at the top level'
file src/x.cpp
expect 'a stray folder' 'src: does not belong at the top level'
file docs/x.md '```sh' 'ls' '```' '```cpp' 'int x;' '```'
expect 'a listing in a page' 'docs/x.md:4: a listing that nobody compiles'
rm "$work/tree/tests/tensor/gemm_test.cpp"
expect 'a source without a test' 'lib/mend/tensor/gemm.cpp: has no test; write tests/tensor/gemm_test.cpp'
file lib/mend/losses/mse.cpp; file tests/layers/mse_test.cpp; file lib/mend/layers/mse.hpp
expect 'a test in another module' 'lib/mend/losses/mse.cpp: has no test; write tests/losses/mse_test.cpp'
rm "$work/tree/lib/mend/losses/mse.hpp"; file tests/losses/mse_test.cpp
expect 'a test of nothing' 'tests/losses/mse_test.cpp: there is no lib/mend/losses/mse.hpp'
file lib/mend/tensor/gemm.cpp '#include <vector>' '#include "mend/tensor/gemm.hpp"'
expect 'another header first' 'lib/mend/tensor/gemm.cpp:1: not "mend/tensor/gemm.hpp", which stands first'
file bench/layers/fast_bench.cpp
expect 'a benchmark of nothing' 'bench/layers/fast_bench.cpp: there is no lib/mend/layers/fast.hpp'
file bench/machines/fma_bench.cpp
expect 'a benchmark in a folder that mirrors nothing' 'bench/machines/fma_bench.cpp: there is no lib/mend/machines/fma.hpp'
file tests/bench/report/lone_test.cpp
expect 'a test of no part of the report' 'tests/bench/report/lone_test.cpp: there is no bench/report/lone.hpp'
file tests/cli/lone_test.cpp
expect 'a test of no part of the program' 'tests/cli/lone_test.cpp: there is no lib/cli/lone.hpp'
file lib/mend/tensor/gemm.hpp '#pragma once' '' '#include "mend/layers/layer.hpp"'
expect 'a look up' 'lib/mend/tensor/gemm.hpp:3: tensor may not include layers'
file lib/mend/layers/layer.hpp '  #  include <mend/training/fit.hpp>'
expect 'a look up, oddly spelt' 'lib/mend/layers/layer.hpp:1: layers may not include training'
file lib/mend/layers/layer.hpp '#include "mend/losses/mse.hpp"'
expect 'a look aside that is not allowed' 'lib/mend/layers/layer.hpp:1: layers may not include losses'
file lib/mend/masks/mask.hpp '#include "mend/data/idx.hpp"'
expect 'a look aside' 'lib/mend/masks/mask.hpp:1: masks may not include data'
file lib/mend/baselines/pca.hpp '#include "mend/models/on_pca.hpp"'
expect 'a look aside in the other direction' 'lib/mend/baselines/pca.hpp:1: baselines may not include models'
file lib/mend/files/png.hpp '#include "cli/tutorial.hpp"'
expect 'a look at the program' 'lib/mend/files/png.hpp:1: "cli/tutorial.hpp" is not named from the top'
file lib/mend/files/png.hpp '#include "safetensors.hpp"'
expect 'a relative include' 'lib/mend/files/png.hpp:1: "safetensors.hpp" is not named from the top'
file lib/mend/layers/dense.hpp '#include <xtensor/xarray.hpp>'
expect 'xtensor in a layer' 'lib/mend/layers/dense.hpp:1: only tensor/gemm.cpp'
file lib/mend/baselines/pca.hpp '#include <xtensor-blas/xlinalg.hpp>'
expect 'xtensor-blas in a public header' 'lib/mend/baselines/pca.hpp:1: only tensor/gemm.cpp'
file lib/mend/gadgets/x.hpp '#pragma once'
expect 'a module without a floor' 'lib/mend/gadgets/x.hpp: is in no module of the list of floors'
file lib/mend/all.hpp '#pragma once'
expect 'a file outside of any module' 'lib/mend/all.hpp: is in no module of the list of floors'
awk 'BEGIN { for (i = 0; i < 321; ++i) print "// line" }' >"$work/tree/lib/cli/tutorial.hpp"
expect 'a long file' 'lib/cli/tutorial.hpp: has 321 lines, 320 at most'

[ "$failures" -eq 0 ] && echo 'each of the breaches was seen'
exit "$failures"
