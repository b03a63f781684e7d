#!/bin/sh
# count.sh PROGRAM COMPILER COUNTS: runs the training under callgrind and writes its instructions to the file COUNTS.
#
# What is counted is fit() and all that it calls. OpenBLAS gets its Sandybridge kernels: valgrind computes fused
# multiply-adds one number at a time, so those of Haswell take sixteen times as long to count. The products are the same.
set -eu
LC_ALL=C; export LC_ALL
program=$1 compiler=$2 counts=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

unset OPENBLAS_L2_SIZE OPENBLAS_NUM_THREADS OMP_NUM_THREADS
OPENBLAS_CORETYPE=Sandybridge MEND_KERNELS=openblas \
  valgrind --tool=callgrind --toggle-collect='mend::fit*' --callgrind-out-file="$work/callgrind" "$program" \
  >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }

# The costs of a function follow its fn= line, the library file that it is from is named by the last ob= before. Names
# stand where they occur first; after that there are only their numbers. The line after a calls= line is no cost of its own.
awk '
  function number(text) {
    match(text, /\([0-9]+\)/)
    id = substr(text, RSTART, RLENGTH)
    if (length(text) > RSTART + RLENGTH) name[substr(text, 1, 1), id] = substr(text, RSTART + RLENGTH + 1)
    return id
  }
  /^c?ob=/ { id = number("o" substr($0, index($0, "=") + 1)); if (!/^c/) object = id; next }
  /^c?fn=/ { id = number("f" substr($0, index($0, "=") + 1)); if (!/^c/) fn = id; next }
  /^calls=/ { called = 1; next }
  /^[-+*0-9]/ { if (!called) { cost[fn] += $2; from[fn] = object }; called = 0 }
  END {
    for (fn in cost) {
      file = name["o", from[fn]]; sub(/.*\//, "", file)
      if (file ~ /openblas/) { blas += cost[fn]; library = file } else { own += cost[fn] }
      printf "function\t%d\t%s\n", cost[fn], name["f", fn] >functions
    }
    printf "openblas\t%s\nown\t%d\nproducts\t%d\n", library, own, blas
  }' functions="$work/functions" "$work/callgrind" >"$work/sums"

field() { sed -n "s/^$1	//p" "$work/sums"; }
if [ "$(field own)" -eq 0 ] || [ "$(field products)" -eq 0 ]; then
  echo "count.sh: expected instructions of mend::fit and of OpenBLAS, found none; is fit still called that?" >&2
  exit 1
fi
{
  echo '# How many instructions a small training takes: tests/instructions. Written by ./do instructions.'
  echo '# own: of the library and of what it calls, but for the products, which are OpenBLAS.'
  printf 'compiler\t%s\n' "$("$compiler" --version | sed 1q)"
  printf 'libc\t%s\n' "$(getconf GNU_LIBC_VERSION)"
  printf 'valgrind\t%s\n' "$(valgrind --version)"
  cat "$work/sums"
  echo '# Those functions that take more than a thousandth of own.'
  sort -t'	' -k2,2nr -k3 "$work/functions" | awk -F'\t' -v least="$(($(field own) / 1000))" '$2 > least'
} >"$counts.new"
mv "$counts.new" "$counts"
