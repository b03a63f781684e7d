#!/bin/sh
# Tests datasets/fetch.sh without a network: fetch_test.sh SOURCE_FOLDER
set -u

source=$1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf -- "$scratch"' EXIT
failures=0

expect() {   # expect WHAT COMMAND...: the command must succeed
  what=$1
  shift
  if "$@"; then
    printf 'ok      %s\n' "$what"
  else
    printf 'FAILED  %s: %s\n' "$what" "$(cat "$scratch/err")"
    failures=$((failures + 1))
  fi
}

fetch() {   # fetch URL: from this mirror into $scratch/here/mnist
  MEND_MNIST_URL=$1 no_proxy='*' \
    sh "$source/datasets/fetch.sh" "$scratch/here/mnist" >"$scratch/out" 2>"$scratch/err"
}

refused() { ! fetch "$1"; }
one_line() { [ "$(wc -l <"$scratch/err")" -eq 1 ] && grep -q "$1" "$scratch/err"; }
nothing_left() { [ -z "$(ls -A "$scratch/here")" ]; }

mkdir "$scratch/here" "$scratch/wrong" "$scratch/no_gzip" "$scratch/empty"
for name in train-images-idx3 train-labels-idx1 t10k-images-idx3 t10k-labels-idx1; do
  printf 'not the digits' | gzip >"$scratch/wrong/$name-ubyte.gz"
  printf '<html>404</html>' >"$scratch/no_gzip/$name-ubyte.gz"
done

for mirror in wrong no_gzip; do
  expect "$mirror: refused" refused "file://$scratch/$mirror"
  expect "$mirror: one line that names the file" one_line "$mirror/train-labels-idx1-ubyte.gz is not the file"
  expect "$mirror: nothing left" nothing_left
done

expect 'empty mirror: refused' refused "file://$scratch/empty"
expect 'empty mirror: one line' one_line 'cannot get file://'
expect 'empty mirror: nothing left' nothing_left

before=$(date +%s)
expect 'no server: refused' refused 'http://127.0.0.1:9'   # the discard port, where nobody listens
expect 'no server: one line that says what to do' one_line 'cannot get http.*--data strokes'
expect 'no server: nothing left' nothing_left
expect 'no server: quick' [ $(($(date +%s) - before)) -le 15 ]

expect 'all mirrors are tried' refused "file://$scratch/wrong file://$scratch/empty"
expect 'all mirrors are named' one_line 'wrong/.*empty/'

mkdir "$scratch/here/mnist"
cp "$scratch/wrong"/* "$scratch/here/mnist"
expect 'a damaged folder does not count as fetched' refused "file://$scratch/empty"
expect 'a damaged folder is left as it was' diff -r "$scratch/wrong" "$scratch/here/mnist"

mnist=$source/../shared/datasets/mnist
[ -d "$mnist" ] || mnist=$source/datasets/mnist
if [ -f "$mnist/train-images-idx3-ubyte.gz" ]; then
  expect 'the real files repair a damaged folder' fetch "file://$mnist"
  for name in train-images-idx3 train-labels-idx1 t10k-images-idx3 t10k-labels-idx1; do
    expect "$name is the file" cmp "$mnist/$name-ubyte.gz" "$scratch/here/mnist/$name-ubyte.gz"
  done
  expect 'fetched already: no mirror is asked' fetch "file://$scratch/empty"
  rm -rf "$scratch/here/mnist"
  expect 'the second mirror serves when the first does not' fetch "file://$scratch/wrong file://$mnist"
  expect 'nothing but the folder is left' [ "$(ls -A "$scratch/here")" = mnist ]
fi

[ "$failures" -eq 0 ]
