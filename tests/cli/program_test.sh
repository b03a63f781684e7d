#!/bin/sh
# The program as a user meets it. usage: program_test.sh PROGRAM EMPTY_FOLDER
set -u
mend=$1
# shellcheck source=tests/cli/commands.sh
. "$(dirname "$0")/commands.sh"
begin "$2"

# --- wrong usage: status 2 ---
expect 2 'subcommand' "$mend"
expect 2 'subcommand' "$mend" nonsense
expect 2 'colour' "$mend" run --colour
for seed in many -1 0x10 1e3 18446744073709551616; do
  expect 2 "expected a whole number of 0 to 2^64 - 1, found '$seed'" "$mend" run --seed="$seed"
  expect 2 'found' "$mend" check --seed="$seed"
done
expect 2 'threads' "$mend" run --threads 0
expect 0 '' "$mend" run --help
grep -q -- '--data' output.txt || fail 'run --help does not explain --data'

# --- data that cannot be used: status 1, nothing written ---
bytes() { printf '%b' "$1"; }
label_header() { bytes '\000\000\010\001\000\000\000\0'"$1"; }         # $1: count, three octal digits
image_header() { bytes '\000\000\010\003\000\000\000\0'"$1"'\000\000\000\034\000\000\000\034'; }  # 28 x 28
zeros() { head -c "$1" /dev/zero; }
data_set() {  # two images of class 5 and 7 in each half
  rm -rf "$1"
  mkdir "$1"
  for half in train t10k; do
    { image_header 002; zeros 1568; } >"$1/$half-images-idx3-ubyte"
    { label_header 002; bytes '\005\007'; } >"$1/$half-labels-idx1-ubyte"
  done
}
broken() { expect 1 "$1" "$mend" run --quick --quiet --data broken --out out; [ ! -e out/report.html ] || fail "a report for broken data ($1)"; }

expect 1 'nowhere' "$mend" run --quick --quiet --data nowhere --out out
data_set broken && rm broken/t10k-labels-idx1-ubyte
broken 't10k-labels'
data_set broken && { image_header 002; zeros 1000; } >broken/train-images-idx3-ubyte
broken 'train-images'
data_set broken && { bytes '\000\000\011\003\000\000\000\002\000\000\000\034\000\000\000\034'; zeros 1568; } >broken/train-images-idx3-ubyte
broken 'magic'
data_set broken && { label_header 003; bytes '\005\007\007'; } >broken/train-labels-idx1-ubyte
broken 'label'
data_set broken && { label_header 002; bytes '\005\005'; } >broken/train-labels-idx1-ubyte
broken '7'
data_set broken && for half in train t10k; do
  { bytes '\000\000\010\003\000\000\000\002\000\000\000\012\000\000\000\012'; zeros 200; } >broken/$half-images-idx3-ubyte
done
broken '28 x 28'

# --- gradients: of all layers and losses, of some, of none ---
expect 0 '' "$mend" check Dense huber --seeds 3
grep -q '4 tensors of 2 layers, losses and networks, 3 seeds: all passed' output.txt || fail "check: $(cat output.txt)"
expect 1 'the name of a layer or a loss' "$mend" check Dens
expect 2 'seeds' "$mend" check --seeds 0

# --- an output folder that cannot be written to: status 1, at once ---
: >file
expect 1 'file/out' "$mend" run --quick --quiet --data strokes --out file/out

# --- the whole job, small ---
expect 0 '' "$mend" run --quick --quiet --data strokes --out out --seed 3
for figure in task2_embeddings task2_reconstructions task3_restorations task3_comprehensive_analysis; do
  for ending in png svg gp csv alt.txt; do [ -s "out/$figure.$ending" ] || fail "no $figure.$ending"; done
done
for file in task3_table.csv task2_history.csv task3_history.csv \
  task2_autoencoder.safetensors task3_restorer.safetensors report.html; do
  [ -s "out/$file" ] || fail "no $file"
done
[ "$(wc -l <out/task3_table.csv)" = 23 ] || fail 'task3_table.csv does not have 22 rows and a head'
for number in 3,922 400,784; do grep -q "$number" out/report.html || fail "the report does not count $number parameters"; done
grep -q 'stroke' out/report.html || fail 'the report does not name its data set'
if grep -qE '(src|href)="(https?:)?//' out/report.html; then fail 'the report asks for something from elsewhere'; fi
[ "$(grep -o '<img alt="[^"]\{40,\}"' out/report.html | wc -l)" = 4 ] || fail 'not four pictures with an alt text each'
left=$(find out -name '.*' ! -name . -o -name '*tmp*' -o -name '*partial*')
[ -z "$left" ] || fail "temporary files are left over: $left"

# --- the same seed gives the same bytes, for one thread and for two ---
"$mend" run --quick --quiet --data strokes --out again --seed 3 --threads 1 >/dev/null || fail 'a second run'
for file in task2_autoencoder.safetensors task3_restorer.safetensors task3_table.csv task3_history.csv; do
  cmp -s "out/$file" "again/$file" || fail "$file differs between two runs of one seed"
done

grep -q 'loses to the Gaussian fill on' out/report.html || fail 'the report does not set the network against a baseline'

# --- the experiment, small: what was measured is kept, and an interrupted one goes on to the same results ---
expect 0 '' "$mend" experiment --quick --quiet --data strokes --out e
for file in experiment.csv experiment.md experiment.html experiment_ratio.png experiment_shape.svg experiment_error.svg \
  experiment_reading.svg experiment_maps.png experiment_cases.png; do
  [ -s "e/$file" ] || fail "no $file"
done
grep -q 'Gaussian fill' e/experiment.html || fail 'the page has no baseline'
cp e/experiment.csv first.csv
touch -d '2000-01-01' e/measured/*
rm e/measured/better_restorer_1.measured.safetensors e/measured/leave_black.measured.safetensors
: >e/measured/mean_fill.measured.safetensors   # as a killed program might have left it
expect 0 '' "$mend" experiment --quick --quiet --data strokes --out e
cmp -s first.csv e/experiment.csv || fail 'experiment.csv differs after a resumption'
[ "$(find e/measured -newermt '2020-01-01' -name '*.safetensors' | wc -l)" = 3 ] || fail 'not just the three missing files were made anew'

# --- the claims, small: a verdict on each, kept beside the experiment ---
expect 0 '' "$mend" claims --quick --quiet --data strokes --out e
[ "$(wc -l <e/claims.csv)" = 33 ] || fail 'claims.csv does not have 32 rows and a head'
[ "$(grep -c '^| [0-9]' e/claims.md)" = 32 ] || fail 'claims.md does not have 32 rows'
grep -q '<table' e/claims.html || fail 'claims.html has no table'
grep -qE '^Of 32 statements [0-9]+ hold, [0-9]+ do not, and [0-9]+ cannot be told' output.txt || fail "claims: $(cat output.txt)"
grep -q 'does not hold' e/claims.md || fail 'no claim fails, although two count parameters wrongly'

end
