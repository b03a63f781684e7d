#!/bin/sh
# Training that is killed, stopped, or has nowhere to write. usage: interrupted_test.sh PROGRAM MAKE_PICTURES EMPTY_FOLDER
set -u
mend=$1
# shellcheck source=tests/cli/commands.sh
. "$(dirname "$0")/commands.sh"
begin "$3" "$2"

now() { date +%s%N; }
training='train --data digits --quiet --threads 1 --epochs'
epochs=100

# --- the uninterrupted training, and how long it takes ---
start=$(now)
# shellcheck disable=SC2086  # $training is several words
"$mend" $training $epochs --out whole.safetensors >output.txt || fail "training: $(cat output.txt)"
took=$((($(now) - start) / 1000000))   # ms

# --- how long it takes to begin: what is finished has nothing else to do ---
start=$(now)
# shellcheck disable=SC2086
"$mend" $training $epochs --out whole.safetensors --resume >output.txt || fail "resuming what is finished: $(cat output.txt)"
beginning=$((($(now) - start) / 1000000))

# --- killed at 20 random moments, always the same ones as shares of these times ---
# From at once to a fifth of the training after the beginning, so that they add up to more than the whole: each goes on where
# the last whole epoch ended. A training that got to its end is compared, and begun anew.
moments=$(awk -v most=$((beginning + took / 5)) 'BEGIN { srand(7); for (i = 0; i < 60; ++i) printf "%.3f ", rand() * most / 1000 }')
kills=0 ends=0
for moment in $moments; do
  [ $kills -lt 20 ] || break
  # shellcheck disable=SC2086
  "$mend" $training $epochs --out killed.safetensors --resume >output.txt 2>error.txt &
  pid=$!
  sleep "$moment"
  kill -KILL $pid 2>/dev/null
  wait $pid 2>/dev/null
  status=$?
  case $status in
    137) kills=$((kills + 1)) ;;
    0)
      ends=$((ends + 1))
      cmp whole.safetensors killed.safetensors || fail "killed $kills times, the training came to something else"
      rm killed.safetensors
      ;;
    *) fail "resumed after $kills kills: exit status $status: $(cat error.txt)" ;;
  esac
done
[ $kills = 20 ] || fail "only $kills of 20 trainings were killed in time"
left=$(find . -name '.mend-*.tmp' | wc -l)
find . -name '.mend-*.tmp' -exec rm {} +   # what a killed program cannot clear away
# shellcheck disable=SC2086
"$mend" $training $epochs --out killed.safetensors --resume >output.txt || fail "the last resumption: $(cat output.txt)"
cmp whole.safetensors killed.safetensors || fail 'killed 20 times, the training came to something else'
done=$(sed -n 's/.* parameters, \([0-9]*\) of .* epochs are done/\1/p' output.txt)
[ $ends -gt 0 ] || [ "$done" -ge 3 ] || fail "the killed trainings came to $done epochs, too few to say anything"
echo "$took ms, $beginning of them to begin; killed $kills times, $left of them while writing; came to the end $ends times and $done of $epochs epochs"

# --- SIGTERM and SIGINT: before the next batch, with a line that says how to go on ---
# SIGINT is ignored by what a shell starts in the background, so timeout(1) sends it to a process of its own.
for signal in TERM:143 INT:130; do
  out=${signal%:*}.safetensors
  # shellcheck disable=SC2086
  timeout --preserve-status --foreground -s "${signal%:*}" "$(awk -v t="$took" 'BEGIN { print t / 3000 }')" \
    "$mend" $training $epochs --out "$out" >output.txt 2>error.txt
  status=$?
  [ $status = "${signal#*:}" ] || fail "$signal: exit status $status: $(cat error.txt)"
  [ "$(wc -l <error.txt)" = 1 ] || fail "$signal: not one line: $(cat error.txt)"
  grep -q "stopped by SIG${signal%:*} after .* to go on: mend train --resume" error.txt || fail "$signal: $(cat error.txt)"
  again=$(sed 's/.*to go on: mend //' error.txt)
  # shellcheck disable=SC2086
  "$mend" $again --quiet >output.txt || fail "$signal: mend $again: $(cat output.txt)"
  cmp whole.safetensors "$out" || fail "$signal: resumed, the training came to something else"
done

# --- nowhere to write: one line, and the earlier checkpoint is whole ---
# shellcheck disable=SC2086
"$mend" $training 2 --out short.safetensors >output.txt || fail "training: $(cat output.txt)"
cp short.safetensors before.safetensors
cannot_write() {  # cannot_write WHAT 'WORDS' FILE COMMAND...
  what=$1 words=$2 file=$3
  shift 3
  "$@" >output.txt 2>error.txt
  status=$?
  [ $status = 1 ] || fail "$what: exit status $status: $(cat error.txt)"
  [ "$(wc -l <error.txt)" = 1 ] || fail "$what: not one line: $(cat error.txt)"
  grep -q -- "$words" error.txt || fail "$what: '$words' is not in: $(cat error.txt)"
  cmp before.safetensors "$file" || fail "$what: the earlier checkpoint is not what it was"
  left=$(find "$(dirname "$file")" -name '.mend*')
  [ -z "$left" ] || fail "$what: temporary files are left over: $left"
}
# A limit on the size of files, below that of a checkpoint.
# shellcheck disable=SC2086
cannot_write 'a limit on files' 'File too large; the checkpoint of the epoch before is whole' short.safetensors \
  sh -c 'ulimit -f 2000; exec "$@"' sh "$mend" $training 4 --out short.safetensors --resume
# A disk with room for one checkpoint and not for a second beside it; only root can mount one.
mkdir disk
size=$(($(wc -c <short.safetensors) * 3 / 2))
if mount -t tmpfs -o "size=$size" mend_test disk 2>/dev/null; then
  cp short.safetensors disk/
  # shellcheck disable=SC2086
  cannot_write 'a full disk' 'No space left on device; the checkpoint of the epoch before is whole' disk/short.safetensors \
    "$mend" $training 4 --out disk/short.safetensors --resume
  umount disk
else
  echo 'not tested: a full disk, which needs a file system that may be mounted'
fi
# A folder that may not be written into; root may write everywhere, so it becomes nobody.
mkdir closed
cp short.safetensors closed/
chmod 555 closed
as_nobody=
[ "$(id -u)" != 0 ] || as_nobody='setpriv --reuid=65534 --regid=65534 --clear-groups'
# shellcheck disable=SC2086
if $as_nobody test -x "$mend" && $as_nobody test -r closed/short.safetensors; then
  cannot_write 'a closed folder' 'cannot write into the output folder' closed/short.safetensors \
    $as_nobody "$mend" $training 4 --out closed/short.safetensors --resume
else
  echo 'not tested: a closed folder, which needs a user who is not root'
fi
chmod 755 closed

end
