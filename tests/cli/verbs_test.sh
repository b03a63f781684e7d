#!/bin/sh
# The verbs that restore, judge and explain, as a user meets them. usage: verbs_test.sh PROGRAM MAKE_PICTURES EMPTY_FOLDER
set -u
mend=$1
# shellcheck source=tests/cli/commands.sh
. "$(dirname "$0")/commands.sh"
begin "$3" "$2"

# --- help: examples for every verb, exit codes ---
expect 0 '' "$mend" --help
cp output.txt help.txt
grep -q '^exit codes: 0 ' help.txt || fail 'the help does not explain the exit codes'
for verb in run experiment claims train restore evaluate info check completion; do
  grep -q "^  $verb " help.txt || fail "the help does not know $verb"
  expect 0 '' "$mend" $verb --help
  grep -qE "^ .*mend $verb" output.txt || fail "$verb --help has no example"
done
"$mend" restore --help | grep -q 'white = hole' || fail 'restore --help does not say what white means'

# --- without a model: one line that says how to get one ---
expect 1 'mend train --out outputs/restorer.safetensors' "$mend" restore grey_8.png --mask mask.png -o out.png
expect 1 'mend train --out outputs/restorer.safetensors' "$mend" evaluate --data digits

# --- train one; what was trained is not written over ---
expect 0 '' "$mend" train --data digits --epochs 4 --quiet
[ -s outputs/restorer.safetensors ] || fail 'no outputs/restorer.safetensors'
expect 1 'already: go on with it by --resume' "$mend" train --data digits --epochs 4 --quiet
expect 2 'epochs' "$mend" train --data digits --epochs 0

# --- one picture as every kind of PNG: one result ---
expect 0 '' "$mend" restore grey_8.png --mask mask.png -o expected.png
for kind in grey_1 grey_16 grey_1_interlaced rgb_8 rgb_16_interlaced palette_1 palette_8_interlaced grey_alpha_8 rgb_alpha_16_interlaced; do
  expect 0 '' "$mend" restore $kind.png --mask mask.png -o $kind.restored.png
  cmp -s expected.png $kind.restored.png || fail "$kind is restored to something else than grey_8"
done
expect 0 '' "$mend" info expected.png
grep -q 'PNG, 28 x 28 pixels, grey, 8 bits' output.txt || fail "info: $(cat output.txt)"
expect 0 '' "$mend" info rgb_alpha_16_interlaced.png
grep -q '280 x 280 pixels, RGB and alpha, 16 bits, interlaced' output.txt || fail "info: $(cat output.txt)"

# --- several, into a folder, of either polarity; as they are; raw ---
expect 0 '' "$mend" restore grey_8.png light.png --mask mask.png -o many
cmp -s expected.png many/grey_8.png || fail 'many/grey_8.png differs from the one restored alone'
cmp -s many/light.png many/grey_8.png && fail 'light on dark came out like dark on light'
expect 0 '' "$mend" restore digit28.png --mask mask28.png --as-is -o as_is.png
expect 0 '' "$mend" restore digit28.png --mask mask28.png --as-is --raw -o raw.png
cmp -s as_is.png raw.png && fail '--raw keeps the known pixels'

# --- from a pipe; not over a pipe, a device or the model ---
mkfifo pipe
cat grey_8.png >pipe &
expect 0 '' "$mend" restore pipe --mask mask.png -o from_pipe.png
cmp -s expected.png from_pipe.png || fail 'a picture from a pipe is restored to something else'
expect 1 'no regular file' "$mend" restore grey_8.png --mask mask.png -o pipe
[ -p pipe ] || fail 'the pipe was replaced'
cp outputs/restorer.safetensors model.safetensors
expect 1 'the model' "$mend" restore --model model.safetensors grey_8.png --mask mask.png -o model.safetensors
cmp -s outputs/restorer.safetensors model.safetensors || fail 'the model was written over'

# --- a link in the output folder leads no probe elsewhere ---
mkdir linked && echo precious >precious && ln -s ../precious linked/.mend_can_write
expect 0 '' "$mend" restore grey_8.png --mask mask.png -o linked/out.png
[ "$(cat precious)" = precious ] || fail 'a link in the output folder was written through'
rm -r linked

# --- what cannot be restored: one line, nothing written ---
refused() {
  words=$1
  shift
  expect 1 "$words" "$mend" restore "$@" -o refused.png
  [ ! -e refused.png ] || fail "a result for: $*"
}
refused 'truncated.png as PNG' truncated.png --mask mask.png
refused '20000 x 20000' vast.png --mask mask.png
refused '20000 x 20000' grey_8.png --mask vast.png
refused 'none.png: No such file' none.png --mask mask.png
refused 'more than 64 MiB' /dev/zero --mask mask.png
refused 'more than 64 MiB' grey_8.png --mask /dev/zero
refused 'File name too long' "$(printf '%0300d' 0).png" --mask mask.png
refused 'output.txt as PNG' output.txt --mask mask.png
refused 'but its mask' grey_8.png --mask mask28.png
refused 'expected 28 x 28 with --as-is' grey_8.png --mask mask.png --as-is
refused 'as safetensors' grey_8.png --mask mask.png --model digit28.png
refused 'is no folder' grey_8.png light.png --mask mask.png
expect 1 'would be written over' "$mend" restore grey_8.png --mask mask.png -o mask.png
expect 1 'output folder' "$mend" restore grey_8.png --mask mask.png -o mask.png/out.png
expect 2 'mask' "$mend" restore grey_8.png -o refused.png
# The mask the wrong way round: restored, with a warning.
expect 0 'hole; if white is to mean known, invert it' "$mend" restore light.png --mask wrong_mask.png -o warned.png

# --- evaluate, for people and for scripts ---
expect 0 '' "$mend" evaluate --data digits --quick
grep -q 'the network loses to the Gaussian fill on' output.txt || fail "evaluate: $(cat output.txt)"
expect 0 '' "$mend" evaluate --data digits --quick --json
if [ "$(head -c 1 output.txt)" != '{' ] || [ "$(grep -c '"mask"' output.txt)" != 22 ]; then fail "evaluate --json: $(cat output.txt)"; fi

# --- info ---
expect 0 '' "$mend" info outputs/restorer.safetensors
grep -q '"model.0.weight"  F32  (784, 256)' output.txt || fail "info: $(cat output.txt)"
expect 0 '' "$mend" info digits/train-images-idx3-ubyte --json
grep -q '"kind": "IDX"' output.txt || fail "info --json: $(cat output.txt)"
expect 0 '' "$mend" info vast.png   # reads its header alone
grep -q '20000 x 20000 pixels' output.txt || fail "info: $(cat output.txt)"
expect 1 'neither' "$mend" info error.txt
expect 1 'is not there' "$mend" info none
if [ -w /dev/full ]; then
  for command in 'info expected.png' --help 'train --help'; do
    # shellcheck disable=SC2086  # a verb and its arguments
    "$mend" $command >/dev/full 2>error.txt && fail "a full disk behind the output of $command is no failure"
  done
  grep -q 'standard output' error.txt || fail "a full disk behind the output: $(cat error.txt)"
fi

# --- completion ---
expect 2 'shell' "$mend" completion
expect 2 'bash' "$mend" completion fish
if command -v bash >/dev/null 2>&1; then
  cat >complete.bash <<'END'
eval "$("$1" completion bash)"
shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_mend
echo "${COMPREPLY[*]}"
END
  completes() {
    words=$1
    shift
    got=$(bash complete.bash "$mend" mend "$@")
    [ "$got" = "$words" ] || fail "completing '$*': '$got', expected '$words'"
  }
  completes 'restore' res
  completes 'check claims completion' c
  completes '--resume' train --re
  completes '--mask --model' restore --m
  completes '' restore gre   # files are for bash
fi

left=$(find . -name '.mend*')
[ -z "$left" ] || fail "temporary files are left over: $left"
end
