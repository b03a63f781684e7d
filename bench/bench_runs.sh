#!/bin/sh
# bench_runs.sh MEND_BENCH MEND_BENCH_REPORT FOLDER: does every benchmark still run, and does the report understand what
# it finds? Nothing here is about how fast.
set -eu
bench=$1; report=$2; folder=$3
rm -rf "$folder"; mkdir -p "$folder"
"$bench" --benchmark_min_time=0.0001 --benchmark_out="$folder/results.json" --benchmark_out_format=json \
  >"$folder/log.txt" 2>&1 || { tail -n 20 "$folder/log.txt"; exit 1; }
"$report" "$folder/results.json" "$folder/docs" >"$folder/table.txt"

# Each registered benchmark has a line of the table, and one part of the page.
registered=$("$bench" --benchmark_list_tests | sed 's,/real_time,,; s,/manual_time,,; s,/iterations:1,,' | sort)
for name in $registered; do
  grep -q "^$name " "$folder/table.txt" || { echo "$name: has no line in $folder/table.txt"; exit 1; }
done
[ "$(printf '%s\n' "$registered" | uniq -d | wc -l)" -eq 0 ] || { echo 'two benchmarks have one name:'; printf '%s\n' "$registered" | uniq -d; exit 1; }
grep -q '{#speed_roofline}' "$folder/docs/speed.md"
grep -q 'not measured' "$folder/docs/speed.md"   # there are no peers here
[ -s "$folder/docs/results/speed_roofline.svg" ]
# What it cannot read, it says.
echo '{}' >"$folder/empty.json"
if "$report" "$folder/empty.json" 2>"$folder/error.txt"; then echo 'an empty file was taken for results'; exit 1; fi
grep -q '^mend_bench_report: expected the JSON' "$folder/error.txt"
