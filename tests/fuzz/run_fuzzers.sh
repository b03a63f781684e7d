#!/bin/sh
# run_fuzzers.sh FOLDER SECONDS REGRESSIONS [TARGET]: runs each TARGET_fuzzer in FOLDER for so long, from its seeds and
# what was found before. What one finds is kept in REGRESSIONS/TARGET. Fails when there is something.
set -u
folder=$1 seconds=$2 regressions=$3 only=${4:-}
# Memory: one allocation may take 64 MB; the target itself counts all together; the sanitizers' own comes on top.
ASAN_OPTIONS=quarantine_size_mb=16:allocator_may_return_null=0; export ASAN_OPTIONS
UBSAN_OPTIONS=print_stacktrace=1; export UBSAN_OPTIONS
failed='' ran=0
for fuzzer in "$folder"/*_fuzzer; do
  target=$(basename "$fuzzer" _fuzzer)
  [ -z "$only" ] || [ "$target" = "$only" ] || continue
  ran=$((ran + 1))
  corpus=$folder/corpus/$target log=$folder/$target.log
  mkdir -p "$corpus" "$regressions/$target"
  "$fuzzer" --seeds "$folder/seeds/$target" || { echo "$target: its seeds could not be written" >&2; exit 1; }
  if "$fuzzer" -max_total_time="$seconds" -timeout=10 -malloc_limit_mb=64 -rss_limit_mb=512 -print_final_stats=1 \
    -artifact_prefix="$regressions/$target/" "$corpus" "$folder/seeds/$target" "$regressions/$target" >"$log" 2>&1
  then
    awk -v target="$target" '
      /^stat::number_of_executed_units:/ { runs = $2 }
      /^stat::average_exec_per_sec:/ { rate = $2 }
      /^stat::peak_rss_mb:/ { peak = $2 }
      END { printf "%s: nothing found in %d inputs, %d a second, %d MB at most\n", target, runs, rate, peak }' "$log"
  else
    failed="$failed $target"
    echo "$target: FAILED; the end of $log:"
    grep -vE '^(#|stat::|MS:|0x|artifact_prefix|Base64)' "$log" | tail -n 25
    grep -E '^artifact_prefix|Test unit written' "$log"
  fi
  rmdir "$regressions/$target" 2>/dev/null   # nothing in it
done
rmdir "$regressions" 2>/dev/null
[ $ran -gt 0 ] || { echo "no target '$only' in $folder" >&2; exit 2; }
[ -z "$failed" ] || { echo "failed:$failed; what broke them is in $regressions"; exit 1; }
