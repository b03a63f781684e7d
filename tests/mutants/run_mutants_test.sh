#!/bin/sh
# run_mutants_test.sh RUN_MUTANTS SCRATCH: the judge is fair. One good mutant is killed; each of the others below
# must be reported for what it is, and fail the run.
set -eu
judge=$1 work=$2
failures=0
rm -rf "$work"

# expect WHAT STATUS TEXT: runs the catalogue on standard input; it must end with STATUS and say TEXT
expect() {
  mkdir -p "$work/layers"
  { printf 'source: lib/mend/layers/relu.cpp\ntest: layers_relu_test\n'; cat; } >"$work/layers/relu.mutants"
  status=0
  output=$("$judge" --catalogues "$work" --only relu --seconds 2 2>&1) || status=$?
  if [ "$status" -ne "$2" ] || ! printf '%s' "$output" | grep -qF -- "$3"; then
    printf '%s: expected status %s and "%s", but got %s and\n%s\n' "$1" "$2" "$3" "$status" "$output"
    failures=$((failures + 1))
  fi
}

expect 'a mutant that is killed' 0 '1 planted, 1 killed, 0 survived, 0 errors' <<'END'
== sign: dx has the wrong sign
killed by: Relu.ByHand
diagnosis: none
- dy[i] = real_part(saved_.x[i]) <= 0 ? T(0) : dy[i];
+     dy[i] = real_part(saved_.x[i]) <= 0 ? T(0) : -dy[i];
END
expect 'a mutant that survives' 1 'same: SURVIVED: Relu.ByHand passes' <<'END'
== same: nothing is changed
killed by: Relu.ByHand
diagnosis: none
- saved_.x = std::move(x);
+   saved_.x = x;
END
expect 'one that does not apply' 1 'gone: ERROR: no longer applies: `saved_.y = x;` stands 0 times' <<'END'
== gone: a line that is not there
killed by: Relu.ByHand
diagnosis: none
- saved_.y = x;
END
expect 'one that does not compile' 1 'broken: ERROR: does not compile' <<'END'
== broken: no C++
killed by: Relu.ByHand
diagnosis: none
- saved_.x = std::move(x);
+   this is no statement
END
expect 'a test that is not there' 1 'sign: ERROR: there is no test Relu.ByFoot' <<'END'
== sign: dx has the wrong sign
killed by: Relu.ByFoot
diagnosis: none
- dy[i] = real_part(saved_.x[i]) <= 0 ? T(0) : dy[i];
+     dy[i] = real_part(saved_.x[i]) <= 0 ? T(0) : -dy[i];
END
expect 'a program that is not there' 1 'there is no test program layers_rely_test' <<'END'
== sign: dx has the wrong sign
test: layers_rely_test
killed by: Relu.ByHand
diagnosis: none
- saved_.x = std::move(x);
END
expect 'a crash' 1 'crash: ERROR: the test ended with status' <<'END'
== crash: a null pointer is written to
killed by: Relu.ByHand
diagnosis: none
- saved_.x = std::move(x);
+   *static_cast<volatile int*>(nullptr) = 1;
END
expect 'an endless loop' 1 'endless: ERROR: the test did not end within' <<'END'
== endless: forward never returns
killed by: Relu.ByHand
diagnosis: none
- saved_.x = std::move(x);
+   for (volatile bool on = true; on;) saved_.x = x;
END
expect 'a malformed entry' 1 'relu.mutants:4: unknown key `killed`' <<'END'
== sign: dx has the wrong sign
killed: Relu.ByHand
END
printf '%s\n' 'source: lib/mend/layers/relu.cpp' 'test: layers_relu_test' '== new: dx has the wrong sign' \
  'killed by: Relu.ByHand' 'diagnosis: none' '- dy[i] = real_part(saved_.x[i]) <= 0 ? T(0) : dy[i];' \
  '+     dy[i] = real_part(saved_.x[i]) <= 0 ? T(0) : -dy[i];' >"$work/layers/relu.mutants"
if output=$("$judge" --catalogues "$work" --check --sample 2 2>&1); then
  echo 'a mutant that the page does not know was accepted'; failures=$((failures + 1))
elif ! printf '%s' "$output" | grep -qF '| `new` | dx has the wrong sign | `Relu.ByHand` |'; then
  printf 'a mutant that the page does not know: got\n%s\n' "$output"; failures=$((failures + 1))
fi
mv "$work/layers/relu.mutants" "$work/layers/rely.mutants"
if output=$("$judge" --catalogues "$work" --only rely 2>&1); then
  echo 'a catalogue of nothing was accepted'; failures=$((failures + 1))
fi

[ "$failures" -eq 0 ] && echo 'the judge is fair'
exit "$failures"
